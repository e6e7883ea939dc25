"""The custom tags of an OFD file (GB/T 33190-2016, 16) that say which objects form a paragraph.

They are those whose names are the structure types of PDF; other tags, as of invoices, say nothing about paragraphs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from liulin_gazette.intake.pdf_files.pdf_tags import BLOCKS, MAX_DEPTH
from liulin_gazette.intake.xml_archive import local_name

STRUCTURE = "http://iso.org/pdf/ssn"
"""The namespace of the standard structure types of PDF 1.7 (ISO 32000-2 §14.8.6.1)."""


def tagged_objects(root: Element | None) -> dict[tuple[str, str], int]:
    """Return the number of the block of each object below ``root``, by the identifiers of its page and of itself."""
    if root is None:
        return {}
    numbers = itertools.count()
    return dict(_objects(root, next(numbers), numbers, 0))


def _objects(
    node: Element, block: int, numbers: Iterator[int], depth: int
) -> Iterator[tuple[tuple[str, str], int]]:
    if depth > MAX_DEPTH:
        return
    for child in node:
        name = local_name(child)
        if name == "ObjectRef":
            yield (child.get("PageRef", ""), (child.text or "").strip()), block
        else:
            inner = next(numbers) if name in BLOCKS else block
            yield from _objects(child, inner, numbers, depth + 1)
