"""Long lists of documents in parts that a reader opens: years, months, hundreds."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from liulin_gazette.web.registers import Entry, SerialRun

MOST_UNFOLDED = 40
"""The most documents that a page shows at once; of more it shows parts, most of which are closed."""
HUNDRED = 100

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Month:
    """Documents whose date is in one month."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def is_short(self) -> bool:
        """Whether a page may show it open."""
        return len(self.entries) <= MOST_UNFOLDED


Months = list[Month]
"""Documents by the month of their date, newest first; empty for a list that is short."""


def by_year(entries: Sequence[Entry]) -> list[tuple[int, list[Entry], Months]]:
    """Return ``entries``, newest issue first, by the year of their issue; those of a long year also by month."""
    years = itertools.groupby(entries, lambda entry: entry[0].year)
    listed = [(year, list(of_year)) for year, of_year in years]
    return [(year, of_year, by_month(of_year, year)) for year, of_year in listed]


def by_month(entries: Sequence[Entry], year: int) -> Months:
    """Return ``entries`` of the issues of ``year`` by the month of their date, nothing for a short list.

    A month of another year is named with it: the first issue of a year has documents of the December before.
    """
    if len(entries) <= MOST_UNFOLDED:
        return []
    months: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        months.setdefault((entry[1].date.year, entry[1].date.month), []).append(entry)
    return [
        Month(f"{month}月" if own_year == year else f"{own_year}年{month}月", tuple(of_month))
        for (own_year, month), of_month in sorted(months.items(), reverse=True)
    ]


def runs_by_hundred(runs: Sequence[SerialRun]) -> list[tuple[str, list[SerialRun]]]:
    """Return the ``runs`` of a ledger by hundreds of serial numbers, each named by its first and last number.

    Numbers that are absent stand with the published ones before them, so that no part has only such. Nothing is
    returned for a ledger that is short, or has only one part.
    """
    if len(runs) <= MOST_UNFOLDED:
        return []
    parts: list[list[SerialRun]] = []
    hundred = -1
    for run in runs:
        if not parts or (run.document and (run.first - 1) // HUNDRED != hundred):
            parts.append([])
            hundred = (run.first - 1) // HUNDRED
        parts[-1].append(run)
    return [(_span(part[0].first, part[-1].last), part) for part in parts] if len(parts) > 1 else []


def _span(first: int, last: int) -> str:
    return f"{first}—{last}号" if last > first else f"{first}号"


def lines_by_hundred(lines: Sequence[Line]) -> list[tuple[str, Sequence[Line]]]:
    """Return ``lines`` by hundreds, each named by the places of its first and last; nothing for up to a hundred."""
    if len(lines) <= HUNDRED:
        return []
    starts = range(0, len(lines), HUNDRED)
    parts = [(start + 1, lines[start : start + HUNDRED]) for start in starts]
    return [(f"第{first}—{first + len(part) - 1}份", part) for first, part in parts]
