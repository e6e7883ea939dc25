"""来源 and 政策咨询, which close a document: where they stand, and the room that they take below the text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from liulin_gazette.model.blocks import Annex, Figure, Signature, Table
from liulin_gazette.model.document import Document
from liulin_gazette.pdf.composition.flow import Segment
from liulin_gazette.pdf.composition.page_format import MM, PageFormat
from liulin_gazette.text.display_lines import em_width

_AROUND = 28 + 2 * 10 + 2 * 0.75
"""pt above the box, and between its rules and its text (print.css, ``.contact``)."""
_SIDES = 2 * (16 + 0.75)
"""pt at its sides."""
_CODE = 24 * MM
"""pt: width and height of the code in it."""
_ANNEX_LABEL, _ANNEX_TITLE = 1.5, 1.5
"""Leadings of the label of an annex and of a line of its title."""
_AROUND_TITLE = 22
"""pt around the title."""
_AROUND_FIGURE = 2
"""Leadings: the space above a caption, and what the line of the figure takes beside it."""
_LABEL = 5
"""em of the labels in it."""


def closing_at(parts: Sequence[Segment]) -> int | None:
    """Return the index of the last of ``parts`` before turned pages and leaves that fold out at the end, None where it is the last of all.

    What stands below the text would be alone on a page after them.
    """
    upright = [index for index, part in enumerate(parts) if not part.kind.startswith(("across", "foldout"))]
    return upright[-1] if upright and upright[-1] < len(parts) - 1 else None


def with_room_for_closing(
    document: Document, parts: Sequence[Segment], page: PageFormat
) -> tuple[Segment, ...]:
    """Return ``parts`` with the depth of what closes ``document`` set on the part that it must not be parted from.

    That is the last upright one: columns, a table, an annex or a short notice. The signatures of several issuers stay
    with the last lines of the text: the columns that end in them, or above them, leave room for what closes the
    document too. In one column the lines above it go overleaf with it, whatever they are.
    """
    depth = closing_depth(document, page)
    last = closing_at(parts)
    index = len(parts) - 1 if last is None else last
    if not depth or not parts:
        return tuple(parts)
    signed = _columns_before_signatures(parts, index, page)
    if signed is not None:
        room = (parts[signed].closing or 0) + depth
        return (*parts[:signed], replace(parts[signed], closing=room), *parts[signed + 1 :])
    if not _can_be_parted(parts[index], index, page):
        return tuple(parts)
    above = replace(parts[index], below=depth, figure_depth=_figure_depth(parts[index], depth, page))
    return (*parts[:index], above, *parts[index + 1 :])


def _figure_depth(part: Segment, below: int, page: PageFormat) -> int:
    """Return how high, in pt, the figure of an annex may be with ``below`` pt beneath it; 0 where there is no such figure."""
    annex = part.blocks[-1]
    if not isinstance(annex, Annex) or len(annex.blocks) != 1 or not isinstance(annex.blocks[0], Figure):
        return 0
    titles = math.ceil(em_width(annex.title) * page.scale.subtitle / page.measure)
    captions = math.ceil(em_width(annex.blocks[0].caption) * page.scale.table / page.measure)
    head = (_ANNEX_LABEL + titles * _ANNEX_TITLE) * page.leading + bool(titles) * _AROUND_TITLE
    return max(0, math.floor(page.depth - head - (captions + _AROUND_FIGURE) * page.leading - below))


def _can_be_parted(part: Segment, index: int, page: PageFormat) -> bool:
    if page.columns == 1:
        return part.kind.startswith("full") and bool(part.blocks)
    if part.kind in ("columns", "full notice"):
        return bool(part.blocks)
    return index > 0 and part.kind.startswith("full") and isinstance(part.blocks[-1], (Annex, Table))


def _columns_before_signatures(parts: Sequence[Segment], index: int, page: PageFormat) -> int | None:
    """Return the index of the columns that end in the signatures of several issuers, or above them; None without any.

    ``index`` is that of the part that what closes the document follows.
    """
    if page.columns == 1:
        return None
    if index and parts[index].kind == "full" and isinstance(parts[index].blocks[-1], Signature):
        index -= 1
    part = parts[index]
    return index if part.kind == "columns" and part.closing is not None else None


def closing_depth(document: Document, page: PageFormat) -> int:
    """Return the depth, in whole pt, of 来源 and 政策咨询 below the text with the space above them; 0 without either."""
    scale, leading = page.scale, page.leading
    depth = 0.0
    if document.source:
        lines = math.ceil(em_width("来源：" + document.source) * scale.table / page.measure)
        depth += leading + lines * 0.9 * leading
    if document.contact:
        contact = document.contact
        measure = (page.measure - _SIDES - _CODE) / scale.body - _LABEL
        rows = sum(
            max(1, math.ceil(em_width(value) / measure))
            for value in (contact.unit, contact.office, contact.person, contact.phone)
        )
        depth += _AROUND + 1.2 * leading + max(rows * leading, _CODE + 0.6 * leading)
    return math.ceil(depth)
