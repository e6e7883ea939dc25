"""期号: the series of issues, its declared exceptions, and how 总期号 is computed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeriesException:
    """A declared departure from the regular series (期号例外)."""

    year: int
    number: int
    category: str
    """增刊 (an extra issue outside the six), 合刊 (two numbers in one), 停刊 (a number not
    published), 延期 (published late)."""
    merged_with: int = 0
    """合刊: the second number."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """期号起算: the issue from which 总期号 is counted, and the exceptions."""

    year: int
    number: int
    total: int
    per_year: int
    exceptions: tuple[SeriesException, ...] = ()


def expected_total(series: Series, year: int, number: int) -> int:
    """Return the 总期号 of issue ``number`` of ``year``.

    A 停刊 takes no 总期号; a 合刊 takes one for its two numbers; a 增刊 has a number beyond those of its year
    and takes the 总期号 after the issue before it.
    """
    steps = (year - series.year) * series.per_year + (number - series.number)
    return series.total + steps + _shift(series, year, number) - _shift(series, series.year, series.number)


def _shift(series: Series, year: int, number: int) -> int:
    """Return by how much the exceptions before an issue change its 总期号."""
    shift = 0
    for exception in series.exceptions:
        earlier = (exception.year, exception.number) < (year, number)
        if (exception.category == "停刊" and earlier) or (
            exception.category == "合刊" and (exception.year, exception.merged_with) < (year, number)
        ):
            shift -= 1
        elif exception.category == "增刊" and exception.year < year:
            # An extra issue's number lies beyond the year's regular ones: it counts for later years.
            shift += 1
    return shift


def covered_months(number: int, per_year: int, merged_with: int = 0) -> tuple[int, int]:
    """Return the first and last month that issue ``number`` covers: issue 1 of six a year covers (1, 2)."""
    months = 12 // per_year
    return (number - 1) * months + 1, max(number, merged_with) * months
