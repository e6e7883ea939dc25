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
    def between(self) -> tuple[int, int]:
        """The printed numbers of the pages between which it is put: a left one and the right one that faces it.

        Odd pages are on the right, so pages 11 and 12 are two sides of one leaf.
        """
        left = self.after + self.after % 2
        return left, left + 1

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


def foldout_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return what folds out of each of ``parts`` that has any."""
    own = (part.with_pages(lambda page: page.is_foldout) for part in parts)
    return tuple(part for part in own if part.layout.pages)


def foldout_sheets(leaves: Sequence[Foldout]) -> list[Sheet]:
    """Return the sheets of the file for the press, with marks where they are folded."""
    return [Sheet(*leaf.size, (Placement(leaf.book_page),), leaf.folds) for leaf in leaves]
