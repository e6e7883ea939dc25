"""Leaves that fold out (折页): printed by themselves on one side, folded, and put between two leaves of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.pdf.composition.page_format import MM
from liulin_gazette.pdf.editions.print_edition import Placement, PressEdition, Sheet
from liulin_gazette.pdf.write.book import BookPage, Part, book_pages
from liulin_gazette.pdf.write.page_content import upright_size

SHORT_OF_EDGE = 5 * MM
"""pt: how far the first fold stays inside the edge of the book, so that it is not cut open when the book is trimmed."""


@dataclass(frozen=True, slots=True)
class Foldout:
    """A leaf that folds out."""

    book_page: BookPage
    after: int
    """The printed number of the page that it follows in the text."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the trimmed leaf in pt."""
        return upright_size(self.book_page.page)

    @property
    def folds(self) -> tuple[float, float]:
        """Pt from the left edge, where it is bound, to the fold back and the fold forth again.

        The last part ends short of the first fold, so that the reader takes hold of it.
        """
        width, _ = self.size
        first = width / 2 - SHORT_OF_EDGE
        return first, round(first + (width - first) / 2 + SHORT_OF_EDGE / 2, 3)


@dataclass(frozen=True, slots=True)
class Inserts:
    """The leaves of an issue that fold out, and their file for the press."""

    leaves: tuple[Foldout, ...]
    edition: PressEdition
    """A page for each of ``leaves``."""


def foldouts(parts: Sequence[Part]) -> tuple[Foldout, ...]:
    """Return the leaves of ``parts`` that fold out, in reading order."""
    return tuple(
        Foldout(each, each.part.number_at(each.index)) for each in book_pages(parts) if each.page.is_foldout
    )


def facing_pages(leaf: Foldout, bound: Sequence[BookPage], has_own_cover: bool) -> tuple[int, int]:
    """Return the indexes in ``bound`` of the pages between which ``leaf`` is put: a left one, and the right one after it.

    ``bound`` are the pages in binding order, of which the first is on the right, so that every second one and the next
    are two sides of a leaf. Where they have ``has_own_cover``, a cover that is glued round them, the right one can be
    the inside of its back (封三): it has the index after the last then. Otherwise the last one is the outside of the
    back cover, which nothing can follow: what would come after the leaf before it is put before that leaf.
    """
    numbers = [page.number for page in bound]
    followed = [index for index, number in enumerate(numbers) if 0 < number <= leaf.after]
    first = next((index for index, number in enumerate(numbers) if number), 1)
    index = max(followed, default=first - 1)
    left = index if index % 2 else index + 1
    last = len(bound) - (1 if has_own_cover else 3)
    return min(left, last), min(left, last) + 1


def foldout_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return what folds out of each of ``parts`` that has any."""
    own = (part.with_pages(lambda page: page.is_foldout) for part in parts)
    return tuple(part for part in own if part.layout.pages)


def foldout_sheets(leaves: Sequence[Foldout]) -> list[Sheet]:
    """Return the sheets of the file for the press, with marks where they are folded."""
    return [Sheet(*leaf.size, (Placement(leaf.book_page),), leaf.folds) for leaf in leaves]
