"""Where a document is printed: the lines of its text, the values of its form → areas on the pictures of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.editing.document_file import as_shown, read_document
from liulin_gazette.editing.front_matter_edits import FrontMatterError
from liulin_gazette.model.blocks import Footnotes, anchor_of, footnotes, walk
from liulin_gazette.model.document import FullText
from liulin_gazette.pdf.typeset.document_parts import CONTACT_LINE, TITLE, part_name
from liulin_gazette.pdf.typeset.layout import Layout
from liulin_gazette.source.front_matter import CONTACT_KEYS

RESOLUTION = 96
"""Of the pictures of printed pages, in dpi."""
_WHOLE = {
    TITLE: "标题",
    "headnote": "题注",
    "addressees": "主送",
    "signature-date": "成文日期",
    "release": "公开方式",
    "source": "来源",
    "contact": "政策咨询",
}
"""Field of the form by the part that is printed of it."""
_PX = RESOLUTION / 72
"""Pixels in a pt."""


@dataclass(frozen=True, slots=True)
class PrintedArea:
    """A rectangle on the picture of a page, in its pixels."""

    page: int
    """From 1."""
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A block of the text, and where it is printed."""

    first: int
    """Its first row in the text, from 0."""
    last: int
    """Its last row that is not blank."""
    areas: tuple[PrintedArea, ...]
    """One for each column or page that it runs over; none where that is not known."""


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A value of 文首信息, as its form has it, and where it is printed."""

    field: str
    number: int
    """Of its line, from 0; -1 where all lines are printed as one."""
    name: str
    """In its row; empty for the whole field."""
    areas: tuple[PrintedArea, ...]


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """The printed pages of a document, as the desk shows them."""

    pictures: Sequence[bytes] = ()
    """PNG files."""
    rows: tuple[str, ...] = ()
    """The rows of the text that is printed, as a browser has them."""
    blocks: tuple[PrintedBlock, ...] = ()
    """In the order of the text."""
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each picture, in its pixels; none where that is not known."""
    fields: tuple[PrintedField, ...] = ()
    """Those that are printed; a part of another one comes before it."""


def printed_document(
    document: FullText, content: bytes, layout: Layout, pictures: Sequence[bytes]
) -> PrintedDocument:
    """Return ``document``, whose file has ``content`` and whose pages are ``layout``, with ``pictures`` of the pages.

    Where the pictures are not those of the pages one by one, no block and no field has an area.
    """
    try:
        file = read_document(content)
    except FrontMatterError:
        return PrintedDocument(pictures)
    rows = as_shown(file.text).split("\n")
    is_paged = len(pictures) == len(layout.pages)
    places = _places(document) if is_paged else {}
    sizes = tuple((round(page.width * _PX, 1), round(page.height * _PX, 1)) for page in layout.pages)
    starts = sorted(line - file.text_line for line in places if line >= file.text_line)
    ends = [*starts, len(rows)][1:]
    blocks = [
        PrintedBlock(start, _last(rows, start, end), tuple(_areas(layout, places[start + file.text_line])))
        for start, end in zip(starts, ends, strict=True)
    ]
    fields = tuple(_fields(document, layout)) if places else ()
    return PrintedDocument(pictures, tuple(rows), tuple(blocks), sizes if is_paged else (), fields)


def _places(document: FullText) -> dict[int, list[str]]:
    """Return the names in print of the blocks and footnotes that begin at each line of the file."""
    found = [
        (block.line, anchor_of(block))
        for block, _ in walk(document.blocks)
        if not isinstance(block, Footnotes)
    ]
    found += [(note.line, note.anchor) for note in footnotes(document.blocks)]
    places: dict[int, list[str]] = {}
    for line, anchor in found:
        places.setdefault(line, []).extend([f"{document.slug}-{anchor}"] if anchor else [])
    return places


def _fields(document: FullText, layout: Layout) -> Iterator[PrintedField]:
    """Yield the values of the front matter that are printed in so many words."""

    def areas(part: str) -> list[PrintedArea]:
        return list(_areas(layout, [part_name(document.slug, part)]))

    numbers = [key for key, value in (("发文字号", document.number), ("令号", document.order)) if value]
    for key, area in zip(numbers, areas("number"), strict=False):
        yield PrintedField(key, 0, "", (area,))
    for name, area in zip(CONTACT_KEYS, areas(CONTACT_LINE), strict=False):
        yield PrintedField("政策咨询", 0, name, (area,))
    signed = areas("signature-issuer")
    if not document.signatory and len(signed) == len(document.issuers):
        for number, area in enumerate(signed):
            yield PrintedField("发文机关", number, "", (area,))
    by_part = _WHOLE | {"signature-issuer": "签署" if document.signatory else "发文机关"}
    for part, key in by_part.items():
        if found := areas(part):
            yield PrintedField(key, -1, "", tuple(found))


def _last(rows: Sequence[str], start: int, end: int) -> int:
    """Return the last row from ``start`` on, and before ``end``, that is not blank."""
    return next((row for row in range(min(end, len(rows)) - 1, start, -1) if rows[row].strip()), start)


def _areas(layout: Layout, names: Sequence[str]) -> Iterator[PrintedArea]:
    for number, page in enumerate(layout.pages, 1):
        for name in names:
            for left, lower, right, upper in page.areas.get(name, ()):
                sizes = (left, page.height - upper, right - left, upper - lower)
                yield PrintedArea(number, *(round(size * _PX, 1) for size in sizes))
