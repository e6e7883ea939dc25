"""The book that an issue is printed as: its parts, their pages, and the order in which they are bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.pdf.typeset.layout import Layout, Page


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: cover, contents, a document and so on."""

    name: str
    layout: Layout
    furniture: Layout | None = None
    """Running heads and folios: a page for each page of ``layout``."""
    first_page: int = 0
    """The printed number of its first page; 0 when its pages have none."""
    key: str = ""
    """Digest of everything that its layouts are made from."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page of the book."""

    part: Part
    index: int
    """Index of the page in the part's layout."""

    @property
    def page(self) -> Page:
        """The drawn page, without running head and folio."""
        return self.part.layout.pages[self.index]

    @property
    def furniture(self) -> Page | None:
        """The drawn running head and folio; None when the page has none."""
        return self.part.furniture.pages[self.index] if self.part.furniture else None

    @property
    def number(self) -> int:
        """The printed page number; 0 when there is none."""
        return self.part.first_page + self.index if self.part.first_page else 0


def book_pages(parts: Sequence[Part]) -> Iterator[BookPage]:
    """Yield the pages of ``parts``, in their order."""
    for part in parts:
        for index in range(len(part.layout.pages)):
            yield BookPage(part, index)


def blank_part(width: float, height: float) -> Part:
    """Return a part of one empty page of ``width`` × ``height`` pt."""
    page = Page(width, height, b"", 0, (), {}, {}, False)
    return Part("blank", Layout((page,), (), (), {}, {}))


def binding_order(parts: Sequence[Part], inside_cover: Part, width: float, height: float) -> tuple[Part, ...]:
    """Return ``parts`` in the order in which they are bound, for saddle stitch; pages are ``width`` × ``height`` pt.

    The inside of the cover follows the cover, and the first numbered page is a right-hand one. Blank pages before
    the back cover make the number of pages a multiple of four, which fills the sheets.
    """
    blank = blank_part(width, height)
    cover, *inner, back_cover = parts
    front_matter = [part for part in inner if not part.first_page]
    body = [part for part in inner if part.first_page]
    ordered = [cover, inside_cover, *front_matter]
    if _page_count(ordered) % 2:
        ordered.append(blank)
    ordered += body
    ordered += [blank] * (-(_page_count(ordered) + _page_count([back_cover])) % 4)
    return (*ordered, back_cover)


def _page_count(parts: Sequence[Part]) -> int:
    return sum(len(part.layout.pages) for part in parts)
