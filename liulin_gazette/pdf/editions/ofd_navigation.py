"""Navigation in the OFD edition: outline, places with names, printed page numbers and links (GB/T 33190-2016, 7.8, 7.10, 15)."""

from __future__ import annotations

from collections.abc import Sequence

from liulin_gazette.pdf.ofd.fixed_document import Bookmark, Destination, Link, OutlineEntry
from liulin_gazette.pdf.typeset.layout import Bookmark as Heading
from liulin_gazette.pdf.typeset.layout import Page
from liulin_gazette.pdf.write.book import BookPage, Part
from liulin_gazette.pdf.write.navigation import destination_names, label_in_words

_MM = 25.4 / 72


def outline(parts: Sequence[Part]) -> tuple[OutlineEntry, ...]:
    """Return the headings of ``parts``; an entry is below the nearest one of a higher rank (lower level) before it."""
    headings: list[tuple[Heading, Destination]] = []
    start = 0
    for part in parts:
        for heading in part.layout.bookmarks:
            page = part.layout.pages[heading.page]
            headings.append((heading, _destination(start + heading.page, page, 0, heading.top)))
        start += len(part.layout.pages)
    return _entries(headings)


def _entries(headings: Sequence[tuple[Heading, Destination]]) -> tuple[OutlineEntry, ...]:
    """Return ``headings`` as entries, each with the lower ones that follow it."""
    entries: list[OutlineEntry] = []
    index = 0
    while index < len(headings):
        heading, destination = headings[index]
        end = index + 1
        while end < len(headings) and headings[end][0].level > heading.level:
            end += 1
        entries.append(OutlineEntry(heading.label, destination, _entries(headings[index + 1 : end])))
        index = end
    return tuple(entries)


def bookmarks(book: Sequence[BookPage]) -> tuple[Bookmark, ...]:
    """Return the places with names: the documents by their slugs, then the pages by their printed numbers.

    OFD has no page labels. A reader goes to 第3页 by the bookmark of that name.
    """
    named: dict[str, Destination] = {}
    for index, book_page in enumerate(book):
        anchors = book_page.page.anchors
        for name in book_page.part.destinations:
            if name in anchors and name not in named:
                named[name] = _destination(index, book_page.page, *anchors[name])
    places = [Bookmark(name, destination) for name, destination in sorted(named.items())]
    labels = [
        Bookmark(label, Destination(index, 0, 0))
        for index, book_page in enumerate(book)
        if (label := _page_label(book_page))
    ]
    return (*places, *labels)


def _page_label(book_page: BookPage) -> str:
    return f"第{book_page.number}页" if book_page.number else label_in_words(book_page)


def page_links(book: Sequence[BookPage]) -> list[tuple[Link, ...]]:
    """Return the links of each page; one to a place that is not in the file is left out."""
    names = destination_names(list({id(each.part): each.part for each in book}.values()))
    return [_links(book_page.page, names) for book_page in book]


def _links(page: Page, names: frozenset[str]) -> tuple[Link, ...]:
    links: list[Link] = []
    for link in page.links:
        if link.internal and link.target not in names:
            continue
        x1, y1, x2, y2 = link.rectangle
        left, bottom, right, top = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        area = (left * _MM, (page.height - top) * _MM, (right - left) * _MM, (top - bottom) * _MM)
        links.append(Link(area, link.target, link.target, link.target if link.internal else ""))
    return tuple(links)


def _destination(index: int, page: Page, x: float, y: float) -> Destination:
    """Return the point ``x``, ``y`` (pt, upwards) of ``page``, which has the ``index`` in the file."""
    return Destination(index, x * _MM, (page.height - y) * _MM)
