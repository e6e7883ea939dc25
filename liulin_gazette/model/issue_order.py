"""The order of issues: by year and number; a 增刊 or 特刊 has its place among them by its date, or where it is declared."""

from __future__ import annotations

from collections.abc import Iterable

from liulin_gazette.model.publication import Issue
from liulin_gazette.model.series import Series, periods

MAX_ISSUE_NUMBER = 99
"""The largest number of an issue, or count of a 增刊 or 特刊."""
Position = tuple[int, int, int, str, int, str]
"""Year, number, whether it follows the issue of that number, then what tells those apart that follow the same one."""


def in_order(issues: Iterable[Issue], series: Series) -> tuple[Issue, ...]:
    """Return ``issues``, oldest first."""
    known = tuple(issues)
    by_folder = positions(known, series)
    return tuple(sorted(known, key=lambda issue: by_folder[issue.folder]))


def positions(issues: Iterable[Issue], series: Series) -> dict[str, Position]:
    """Return by what to sort each of ``issues``, by the project path of its folder."""
    known = tuple(issues)
    regular: dict[int, list[Issue]] = {}
    for issue in known:
        if not issue.has_own_count:
            regular.setdefault(issue.year, []).append(issue)
    return {issue.folder: _position(issue, regular.get(issue.year, []), series) for issue in known}


def _number_before(issue: Issue, regular: list[Issue], series: Series) -> int:
    """Return the last regular number before ``issue``, a 增刊 or 特刊; 0 for the beginning of its year.

    Where ``regular``, the issues of its year, are not all there, the numbers whose periods are over come before it.
    """
    numbers = [other for other in regular if other.is_regular]
    earlier = max((other.number for other in numbers if other.date <= issue.date), default=0)
    later = min((other.number for other in numbers if other.date > issue.date), default=MAX_ISSUE_NUMBER)
    over = [period.number for period in periods(series, issue.year) or () if period.last < issue.date]
    return max(earlier, min(max(over, default=0), later - 1))


def _position(issue: Issue, regular: list[Issue], series: Series) -> Position:
    year, number = issue.year, issue.number
    if issue.has_own_count:
        return year, _number_before(issue, regular, series), 2, issue.date.isoformat(), number, issue.folder
    extra = series.exception(year, number, "增刊")
    if extra and extra.follows:
        return year, extra.follows, 1, "", number, issue.folder
    return year, number, 0, "", 0, issue.folder
