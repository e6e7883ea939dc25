"""Dates in running text: 2026年2月5日, 3月31日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, with or without a year, and its offsets in the text."""

    text: str
    start: int
    end: int
    year: int
    """0 if no year is written."""
    month: int
    day: int

    def value(self, year: int = 0) -> date | None:
        """Return the day, in ``year`` if no year is written; None if there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether the calendar has this day; without a year, whether a leap year has it."""
        return self.value(2024) is not None


def dates(text: str) -> Iterator[WrittenDate]:
    """Yield the dates in ``text``, in order."""
    if "月" not in text:
        return
    for match in _DATE.finditer(text):
        yield WrittenDate(
            match[0],
            match.start(),
            match.end(),
            int(match["year"] or 0),
            int(match["month"]),
            int(match["day"]),
        )
