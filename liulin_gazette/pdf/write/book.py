"""The book that an issue is printed as: its parts, their pages, and the order in which they are bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

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
    documents: tuple[str, ...] = ()
    """The slugs of the documents on its pages; empty for covers, contents and the like."""

    @property
    def numbered_pages(self) -> int:
        """How many of its pages count in the numbering: all but leaves that fold out."""
        return sum(not page.is_foldout for page in self.layout.pages)

    def number_at(self, index: int) -> int:
        """Return the printed number of the page at ``index``; on a leaf that folds out, that of the page before it."""
        return self.first_page - 1 + sum(not page.is_foldout for page in self.layout.pages[: index + 1])

    def with_pages(self, is_kept: Callable[[Page], bool]) -> Part:
        """Return the part with those of its pages only that are kept; what refers to pages by index is void then."""
        kept = [index for index, page in enumerate(self.layout.pages) if is_kept(page)]
        if len(kept) == len(self.layout.pages):
            return self
        return replace(
            self,
            layout=_of_pages(self.layout, kept),
            furniture=_of_pages(self.furniture, kept) if self.furniture else None,
        )

    @property
    def destinations(self) -> tuple[str, ...]:
        """The anchors that links and readers of the file can go to by name."""
        return self.documents or (self.name,)


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
        if self.part.furniture is None or self.page.is_foldout:
            return None
        return self.part.furniture.pages[self.index]

    @property
    def number(self) -> int:
        """The printed page number; 0 when there is none."""
        return self.part.number_at(self.index) if self.part.first_page and not self.page.is_foldout else 0


def _of_pages(layout: Layout, kept: Sequence[int]) -> Layout:
    pages = tuple(layout.pages[index] for index in kept)
    shown = {name for page in pages for name in page.pictures}
    pictures = {name: file for name, file in layout.pictures.items() if name in shown}
    return replace(layout, pages=pages, pictures=pictures)


def book_pages(parts: Sequence[Part]) -> Iterator[BookPage]:
    """Yield the pages of ``parts``, in their order."""
    for part in parts:
        for index in range(len(part.layout.pages)):
            yield BookPage(part, index)


def blank_part(width: float, height: float) -> Part:
    """Return a part of one empty page of ``width`` × ``height`` pt."""
    page = Page(width, height, b"", 0, (), {}, {}, False)
    return Part("blank", Layout((page,), (), (), {}, {}))


def binding_order(
    parts: Sequence[Part], inside_pages: Sequence[Part], width: float, height: float
) -> tuple[Part, ...]:
    """Return ``parts`` in the order in which they are bound, for saddle stitch; pages are ``width`` × ``height`` pt.

    ``inside_pages`` are the inside of the cover, which follows the cover, and that of the back cover if it is not
    blank; ``parts`` may have them too. The first numbered page is a right-hand one. Blank pages at the end make the
    number of pages a multiple of four, which fills the sheets. Leaves that fold out are not among them: they are printed
    by themselves and put in.
    """
    blank = blank_part(width, height)
    inside_cover, *inside_back = inside_pages
    cover, inner, back_cover = _without_inside_pages(parts, inside_pages)
    ordered = [cover, inside_cover, *_from_the_right(inner, blank)]
    last = (*inside_back, back_cover)
    ordered += [blank] * (-(_page_count(ordered) + _page_count(last)) % 4)
    return (*ordered, *last)


@dataclass(frozen=True, slots=True)
class GluedBook:
    """A book whose pages are glued into a cover (胶订)."""

    cover: tuple[Part, Part, Part, Part]
    """封面, 封二, 封三 and 封底, of one page each."""
    inner: tuple[Part, ...]
    """The pages between them, a multiple of four, which fills the sheets."""


def glued_book(parts: Sequence[Part], inside_pages: Sequence[Part], width: float, height: float) -> GluedBook:
    """Return ``parts`` in the order in which they are bound, for perfect binding; arguments as of ``binding_order``."""
    blank = blank_part(width, height)
    inside_cover, inside_back = (*inside_pages, blank)[:2]
    cover, inner, back_cover = _without_inside_pages(parts, inside_pages)
    ordered = _from_the_right(inner, blank)
    ordered += [blank] * (-_page_count(ordered) % 4)
    return GluedBook((cover, inside_cover, inside_back, back_cover), tuple(ordered))


def _without_inside_pages(
    parts: Sequence[Part], inside_pages: Sequence[Part]
) -> tuple[Part, list[Part], Part]:
    """Return the cover, what is between it and the back cover but for ``inside_pages``, and the back cover."""
    names = {part.name for part in inside_pages}
    bound = (part.with_pages(lambda page: not page.is_foldout) for part in parts)
    cover, *inner, back_cover = (part for part in bound if part.name not in names)
    return cover, inner, back_cover


def _from_the_right(inner: Sequence[Part], blank: Part) -> list[Part]:
    """Return ``inner`` with a ``blank`` page before the first numbered one where that would be on the left."""
    front_matter = [part for part in inner if not part.first_page]
    body = [part for part in inner if part.first_page]
    return [*front_matter, *([blank] if _page_count(front_matter) % 2 else []), *body]


def _page_count(parts: Sequence[Part]) -> int:
    return sum(len(part.layout.pages) for part in parts)
