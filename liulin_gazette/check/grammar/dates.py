"""Dates as they are written: 2026年2月5日, 3月31日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date with a day, and where it stands."""

    text: str
    start: int
    end: int
    year: int
    """0 where none is written."""
    month: int
    day: int

    def value(self, year: int = 0) -> date | None:
        """Return the day, in ``year`` where none is written; None when there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether the calendar has this day, in a leap year where no year is written."""
        return self.value(2024) is not None


def dates(text: str) -> Iterator[WrittenDate]:
    """Yield the dates of ``text`` in order."""
    if "月" not in text:
        return
    for found in _DATE.finditer(text):
        yield WrittenDate(
            found[0],
            found.start(),
            found.end(),
            int(found["year"] or 0),
            int(found["month"]),
            int(found["day"]),
        )
