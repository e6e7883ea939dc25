"""The tags of a PDF page: which characters form a paragraph, and which are no part of the text."""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterable, Iterator
from typing import Any

from liulin_gazette.intake.pdf_files.pdf_page import Glyph

BLOCKS = frozenset(
    (
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "LI",
        "Caption",
        "TH",
        "TD",
        "TOCI",
        "Note",
        "BlockQuote",
        "Title",
    )
)
"""Structure types whose text is one paragraph (ISO 32000-1, 14.8.4)."""
MAX_DEPTH = 60
_MAX_ELEMENTS = 50_000
_MOST = 0.95
"""Share of a page's characters, its margins not counted, that the tags have where they agree with the page."""


def tagged_blocks(page: Any) -> dict[int, int]:
    """Return the number of the block by the number of the marked content (MCID) of ``page``; empty without tags."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    blocks: dict[int, int] = {}
    numbers = iter(range(_MAX_ELEMENTS))
    for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
        if element:
            blocks.update(_contents(element, next(numbers, 0), numbers, 0))
    pdfium.FPDF_StructTree_Close(tree)
    return blocks


def _contents(element: Any, block: int, numbers: Iterator[int], depth: int) -> Iterator[tuple[int, int]]:
    """Yield the marked contents of ``element`` on the page, each with its block; ``block`` is the one around it."""
    import pypdfium2.raw as pdfium

    if depth > MAX_DEPTH:
        return
    if _type(element) in BLOCKS:
        block = next(numbers, block)
    for index in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
        content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        child = None if content >= 0 else pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if content >= 0:
            yield content, block
        elif child:
            yield from _contents(child, block, numbers, depth + 1)


def _type(element: Any) -> str:
    """Return the structure type of ``element``."""
    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(64)
    length = pdfium.FPDF_StructElement_GetType(element, name, 64)
    return name.raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def agreeing_blocks(glyphs: Iterable[Glyph], blocks: Container[int], foot: float, head: float) -> bool:
    """Tell whether ``blocks`` have nearly all of the characters between the heights ``foot`` and ``head`` in pt."""
    inside = [glyph for glyph in glyphs if foot < glyph.baseline < head and glyph.text.strip()]
    return bool(inside) and sum(glyph.content in blocks for glyph in inside) >= _MOST * len(inside)
