"""期号: the series of issues, its periods, its declared exceptions, and how 总期号 is computed."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

PERIODS = {
    "年刊": 1, "半年刊": 2, "季刊": 4, "双月刊": 6, "月刊": 12, "半月刊": 24, "旬刊": 36, "周刊": 52,
}  # fmt: skip
"""Issues a year by 刊期."""
IRREGULAR = "不定期"
"""刊期 of a gazette without a fixed number of issues a year; ``per_year`` is then 0."""
PER_YEAR = (1, 2, 3, 4, 6, 12, 24, 36, 52, 53)
"""The numbers of issues a year of which it is known which days each issue covers.

Of 52, the last one covers two weeks where the year has 53 (ISO 8601); with 53 there are as many issues as weeks.
"""
_FIRST_DAYS = {24: (1, 16), 36: (1, 11, 21)}
"""The days of a month on which the periods of 半月刊 and 旬刊 begin."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeriesException:
    """A declared departure from the regular series (期号例外)."""

    year: int
    number: int
    category: str
    """增刊 (an extra issue with a running number beyond the regular ones), 合刊 (several numbers in one), 停刊 (a
    number not published), 延期 (published late)."""
    merged_with: int = 0
    """合刊: the last number."""
    reason: str = ""
    follows: int = 0
    """接: the regular number that a 增刊 comes after; 0 where it comes after the last one of its year."""


@dataclass(frozen=True, slots=True)
class Since:
    """自: the issue, or the day, from which a change holds."""

    year: int
    number: int = 0
    """The first issue; 0 where a day is given."""
    day: date | None = None

    def __str__(self) -> str:
        return self.day.isoformat() if self.day else f"{self.year}-{self.number}"


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """A change of the number of issues a year."""

    since: Since
    per_year: int
    """0 for 不定期."""


@dataclass(frozen=True, slots=True)
class Series:
    """期号起算: the issue from which 总期号 is counted, the periods, and the exceptions."""

    year: int
    number: int
    total: int | None
    """None where issues have no 总期号."""
    per_year: int
    """At the beginning; 0 for 不定期."""
    exceptions: tuple[SeriesException, ...] = ()
    period_changes: tuple[PeriodChange, ...] = ()
    """In ascending order."""

    def exception(self, year: int, number: int, category: str) -> SeriesException | None:
        """Return the exception of ``category`` that is declared for issue ``number`` of ``year``; None without one."""
        for each in self.exceptions:
            if (each.year, each.number, each.category) == (year, number, category):
                return each
        return None


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a regular issue covers."""

    number: int
    first: date
    last: date


@lru_cache(maxsize=1024)
def periods(series: Series, year: int) -> tuple[Period, ...] | None:
    """Return the periods of the regular issues of ``year``; None where any of the year is 不定期.

    After a change within the year, the periods before it stay; the first one after it begins where they end.
    """
    per_year = _per_year_before(series, year)
    known = _numbered(_spans(per_year, year), 1)
    rates = [per_year]
    for change in series.period_changes:
        if change.since.year != year:
            continue
        before = [period for period in known if _precedes(period, change.since)]
        spans = list(_spans(change.per_year, year))
        if before:
            end = before[-1].last
            spans = [(max(first, end + _DAY), last) for first, last in spans if last > end]
        else:
            rates.clear()
        rates.append(change.per_year)
        known = [*before, *_numbered(spans, len(before) + 1)]
    return None if 0 in rates else tuple(known)


def _per_year_before(series: Series, year: int) -> int:
    """Return the number of issues a year that holds when ``year`` begins."""
    earlier = [change.per_year for change in series.period_changes if change.since.year < year]
    return earlier[-1] if earlier else series.per_year


def _precedes(period: Period, since: Since) -> bool:
    return period.last < since.day if since.day else period.number < since.number


def _numbered(spans: Iterator[tuple[date, date]] | list[tuple[date, date]], first: int) -> list[Period]:
    return [Period(number, *span) for number, span in enumerate(spans, first)]


def _spans(per_year: int, year: int) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each period of ``year``; none for 不定期."""
    if per_year in (52, 53):
        after = date.fromisocalendar(year + 1, 1, 1)
        starts = [date.fromisocalendar(year, week, 1) for week in range(1, 53)]
        if per_year == 53 and after - starts[-1] > 7 * _DAY:
            starts.append(starts[-1] + 7 * _DAY)
        yield from zip(starts, [start - _DAY for start in (*starts[1:], after)], strict=True)
    elif per_year in _FIRST_DAYS:
        starts = [date(year, month, day) for month in range(1, 13) for day in _FIRST_DAYS[per_year]]
        yield from zip(starts, [start - _DAY for start in starts[1:]] + [date(year, 12, 31)], strict=True)
    elif per_year:
        for number in range(1, per_year + 1):
            first, last = covered_months(number, per_year)
            yield date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def covered_months(number: int, per_year: int, merged_with: int = 0) -> tuple[int, int]:
    """Return the first and last month that issue ``number`` covers: issue 1 of six a year covers (1, 2)."""
    months = 12 // per_year
    return (number - 1) * months + 1, max(number, merged_with) * months


def expected_total(series: Series, year: int, number: int) -> int | None:
    """Return the 总期号 of issue ``number`` of ``year``; None without 总期号, or where years of 不定期 lie between.

    A 停刊 takes no 总期号; a 合刊 takes one for its numbers; a 增刊 with a running number takes the one after the issue
    that it follows.
    """
    return _total_at(series, year, _issues_before(series, year, number))


def total_after(series: Series, year: int, number: int) -> int | None:
    """Return the 总期号 that comes after issue ``number`` of ``year``, 0 for the end of the year before."""
    return _total_at(series, year, _regular_before(series, year, number + 1))


def _total_at(series: Series, year: int, before: int) -> int | None:
    """Return the 总期号 of the issue that has ``before`` issues before it in ``year``."""
    if series.total is None:
        return None
    steps = before - _issues_before(series, series.year, series.number)
    for between in range(min(year, series.year), max(year, series.year)):
        count = issues_in_year(series, between)
        if count is None:
            return None
        steps += count if year > series.year else -count
    return series.total + steps


def issues_in_year(series: Series, year: int) -> int | None:
    """Return how many issues ``year`` has, 增刊 with running numbers counted; None where it is 不定期."""
    regular = periods(series, year)
    return (
        None if regular is None else _regular_before(series, year, len(regular) + 1) + _at_end(series, year)
    )


def _issues_before(series: Series, year: int, number: int) -> int:
    """Return how many issues of ``year`` come before issue ``number``."""
    extra = series.exception(year, number, "增刊")
    regular = periods(series, year)
    if extra is None or regular is None:
        return _regular_before(series, year, number)
    earlier = sum(
        each.category == "增刊"
        and each.year == year
        and each.follows == extra.follows
        and each.number < number
        for each in series.exceptions
    )
    if extra.follows:
        # Those that follow the same number are counted one by one.
        alike = sum(
            each.category == "增刊" and each.year == year and each.follows == extra.follows
            for each in series.exceptions
        )
        return _regular_before(series, year, extra.follows + 1) - alike + earlier
    return _regular_before(series, year, len(regular) + 1) + earlier


def _regular_before(series: Series, year: int, number: int) -> int:
    """Return how many issues of ``year`` come before the regular ``number``, 增刊 between them counted."""
    count = number - 1
    for each in series.exceptions:
        if each.year != year:
            continue
        if each.category == "停刊" and each.number < number:
            count -= 1
        elif each.category == "合刊" and each.merged_with < number:
            count -= max(each.merged_with - each.number, 0)
        elif each.category == "增刊" and 0 < each.follows < number:
            count += 1
    return count


def _at_end(series: Series, year: int) -> int:
    return sum(
        each.category == "增刊" and each.year == year and not each.follows for each in series.exceptions
    )


def absent_numbers(series: Series) -> frozenset[tuple[int, int]]:
    """Return the numbers, with their years, that have no issue: those of 停刊, and all but the first of a 合刊."""
    return frozenset(
        (each.year, number)
        for each in series.exceptions
        for number in (
            [each.number]
            if each.category == "停刊"
            else range(each.number + 1, each.merged_with + 1)
            if each.category == "合刊"
            else []
        )
    )


def next_number(series: Series, year: int, number: int) -> tuple[int, int]:
    """Return year and number after the regular ``number`` of ``year``, whether an issue has it or not.

    In a year of 不定期 the number goes on.
    """
    regular = periods(series, year)
    return (year, number + 1) if regular is None or number < len(regular) else (year + 1, 1)
