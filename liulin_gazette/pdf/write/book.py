"""An issue's parts in the order in which they are bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.pdf.typeset.layout import Layout, Page


@dataclass(frozen=True, slots=True)
class Part:
    """A typeset item in its place."""

    name: str
    layout: Layout
    furniture: Layout | None = None
    """Running heads and folios, a page for each page of ``layout``."""
    first: int = 0
    """The printed number of its first page; 0 when its pages have none."""
    key: str = ""
    """What its layouts are made from, as a digest."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page of the book."""

    part: Part
    index: int
    """In the part's layout."""

    @property
    def page(self) -> Page:
        """What is drawn on it."""
        return self.part.layout.pages[self.index]

    @property
    def furniture(self) -> Page | None:
        """Its running head and folio."""
        return self.part.furniture.pages[self.index] if self.part.furniture else None

    @property
    def number(self) -> int:
        """Its printed number, 0 when it has none."""
        return self.part.first + self.index if self.part.first else 0


def book_pages(parts: Sequence[Part]) -> Iterator[BookPage]:
    """Yield the pages of ``parts``."""
    for part in parts:
        for index in range(len(part.layout.pages)):
            yield BookPage(part, index)


def blank(width: float, height: float) -> Part:
    """Return an empty page of ``width`` × ``height`` pt."""
    page = Page(width, height, b"", 0, (), {}, {}, False)
    return Part("blank", Layout((page,), (), (), {}, {}))


def bound(parts: Sequence[Part], inside_cover: Part, width: float, height: float) -> tuple[Part, ...]:
    """Return ``parts`` as they are printed, for saddle stitch.

    The inside of the cover comes after the cover, the first numbered page stands on the right, and blank
    pages before the back cover fill the sheets: their pages are a multiple of four.
    """
    empty = blank(width, height)
    cover, *inner, back = parts
    front = [part for part in inner if not part.first]
    body = [part for part in inner if part.first]
    made = [cover, inside_cover, *front]
    if _count(made) % 2:
        made.append(empty)
    made += body
    made += [empty] * (-(_count(made) + _count([back])) % 4)
    return (*made, back)


def _count(parts: Sequence[Part]) -> int:
    return sum(len(part.layout.pages) for part in parts)
