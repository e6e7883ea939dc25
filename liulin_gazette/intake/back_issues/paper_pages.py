"""The page numbers that an issue on paper bears, by the pages of its file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from liulin_gazette.intake.manuscript import Omission
from liulin_gazette.intake.pdf_files.pdf_furniture import folio

_PAGE = re.compile(r"^第(\d+)页")
_FURNITURE = re.compile("页眉|页脚|页码")


def page_of(place: str) -> int:
    """Return the page of the file in ``place``, a position in a manuscript; 0 in files without pages."""
    match = _PAGE.match(place)
    return int(match[1]) if match else 0


def running_lines(omissions: Iterable[Omission]) -> list[tuple[int, str]]:
    """Return the running heads and page numbers among ``omissions``, each with its page of the file."""
    return [(page_of(each.place), each.text) for each in omissions if _FURNITURE.search(each.reason)]


def paper_pages(lines: Iterable[tuple[int, str]], last: int) -> Mapping[int, int]:
    """Return the printed number of the pages of a file from 1 to ``last``; without those of which none is known.

    ``lines`` are the running heads and page numbers. A page without a number counts on from the page before; those
    before the first number count back to 1. A number that no second page confirms is none.
    """
    stated = {page: number for page, text in lines if page and (number := folio(text)) is not None}
    counts = Counter(number - page for page, number in stated.items())
    stated = {page: number for page, number in stated.items() if counts[number - page] > 1}
    if not stated:
        return {}
    first = min(stated)
    offset = stated[first] - first
    numbers: dict[int, int] = {}
    for page in range(1, last + 1):
        if page in stated:
            offset = stated[page] - page
        if page + offset > 0:
            numbers[page] = page + offset
    return numbers


def pages_with_number(lines: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Return the pages of the file that bear a number."""
    return frozenset(page for page, text in lines if page and folio(text) is not None)
