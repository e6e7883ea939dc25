"""All issues of an archive against one another: gaps, doubles, dates and 总期号 out of order; and the table of the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from liulin_gazette.intake.back_issues.archive_records import EXISTING, REFUSED, WRITTEN, IssueRecord
from liulin_gazette.intake.back_issues.issue_evidence import IssueNumber
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.series import Series, absent_numbers, periods


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """An issue of the gazette, from the archive or there before."""

    year: int
    number: IssueNumber
    total: int | None
    day: date | None
    state: str
    source: str
    """The path of its files; empty for an issue that was there before."""

    @property
    def told(self) -> str:
        """Its name for people."""
        return f"{self.year}年{self.number.told}"


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the table."""

    year: int
    cells: tuple[tuple[str, str], ...]
    """For each number of the year: words, and the class that colours them."""
    beside: str
    """增刊 and 特刊."""


def known_issues(publication: Publication, records: Iterable[IssueRecord]) -> list[KnownIssue]:
    """Return the issues of ``publication`` and of ``records`` whose number is certain, in their order."""
    own = [
        KnownIssue(each.year, each.number, each.total, each.day, each.outcome, each.path)
        for each in records
        if each.year and each.number
    ]
    names = {(each.year, each.number.code) for each in own}
    before = [
        KnownIssue(
            issue.year,
            IssueNumber(issue.number, issue.merged_with, issue.supplement if issue.has_own_count else ""),
            issue.total,
            issue.date,
            EXISTING,
            "",
        )
        for issue in publication.issues
    ]
    rest = [each for each in before if (each.year, each.number.code) not in names]
    return sorted(
        [*own, *rest], key=lambda each: (each.year, bool(each.number.supplement), each.number.number)
    )


def series_findings(series: Series, issues: Sequence[KnownIssue]) -> tuple[str, ...]:
    """Return what is wrong among ``issues``, in Chinese: gaps, doubles, dates and 总期号 out of order."""
    regular = [each for each in issues if not each.number.supplement]
    return (
        *_doubles(issues),
        *(f"缺 {year} 年第{number}期" for year, number in gaps(series, regular)),
        *_out_of_order(regular),
    )


def gaps(series: Series, regular: Sequence[KnownIssue]) -> list[tuple[int, int]]:
    """Return the numbers, with their years, between the first and the last of ``regular`` that none of them has."""
    if not regular:
        return []
    have = {
        (each.year, number)
        for each in regular
        for number in range(each.number.number, max(each.number.number, each.number.merged_with) + 1)
    }
    absent = absent_numbers(series)
    first, last = min(have), max(have)
    missing: list[tuple[int, int]] = []
    for year in range(first[0], last[0] + 1):
        for number in range(1, _last_number(series, year, have) + 1):
            at = (year, number)
            if first < at < last and at not in have and at not in absent:
                missing.append(at)
    return missing


def _last_number(series: Series, year: int, have: Iterable[tuple[int, int]]) -> int:
    regular = periods(series, year)
    found = max((number for own, number in have if own == year), default=0)
    return max(len(regular), found) if regular is not None else found


def _doubles(issues: Sequence[KnownIssue]) -> Iterator[str]:
    by_number: dict[tuple[int, str], list[KnownIssue]] = defaultdict(list)
    for each in issues:
        if each.number.supplement:
            by_number[each.year, each.number.code].append(each)
            continue
        for number in range(each.number.number, max(each.number.number, each.number.merged_with) + 1):
            by_number[each.year, str(number)].append(each)
    told: set[str] = set()
    for same in by_number.values():
        if len(same) > 1:
            sources = "、".join(each.source or "原有的一期" for each in same)
            told.add(f"{same[0].told}有 {len(same)} 份：{sources}")
    yield from sorted(told)
    by_total: dict[int, list[KnownIssue]] = defaultdict(list)
    for each in issues:
        if each.total:
            by_total[each.total].append(each)
    for total, same in sorted(by_total.items()):
        names = list(dict.fromkeys(each.told for each in same))
        if len(names) > 1:
            yield f"总第{total}期有 {len(names)} 期：{'、'.join(names)}"


def _out_of_order(regular: Sequence[KnownIssue]) -> Iterator[str]:
    dated = [each for each in regular if each.day]
    for before, after in pairwise(dated):
        if before.day and after.day and after.day < before.day:
            yield f"{after.told}的出版日期（{after.day}）早于{before.told}（{before.day}）"
    counted = [each for each in regular if each.total]
    for before, after in pairwise(counted):
        if before.total and after.total and after.total < before.total:
            yield f"{after.told}的总期号（{after.total}）小于{before.told}（{before.total}）"


def year_rows(series: Series, issues: Sequence[KnownIssue]) -> tuple[YearRow, ...]:
    """Return the table of the years; all rows have as many cells as the longest year has numbers."""
    regular = [each for each in issues if not each.number.supplement]
    missing = set(gaps(series, regular))
    absent = absent_numbers(series)
    years = range(
        min((each.year for each in issues), default=0), max((each.year for each in issues), default=-1) + 1
    )
    have = [(each.year, max(each.number.number, each.number.merged_with)) for each in regular]
    width = max((_last_number(series, year, have) for year in years), default=0)
    rows: list[YearRow] = []
    for year in years:
        cells: list[tuple[str, str]] = []
        for number in range(1, width + 1):
            own = [
                each
                for each in regular
                if each.year == year
                and each.number.number <= number <= max(each.number.number, each.number.merged_with)
            ]
            cells.append(_cell(own, (year, number) in missing, (year, number) in absent))
        beside = [each for each in issues if each.year == year and each.number.supplement]
        rows.append(YearRow(year, tuple(cells), "、".join(each.number.told for each in beside)))
    return tuple(rows)


def _cell(own: Sequence[KnownIssue], is_missing: bool, is_absent: bool) -> tuple[str, str]:
    if len(own) > 1:
        return f"{len(own)} 份", "out"
    if own:
        merged = "（合刊）" if own[0].number.merged_with else ""
        kinds = {WRITTEN: ("草稿", "new"), EXISTING: ("已有", "kept"), REFUSED: ("没有写", "out")}
        words, kind = kinds[own[0].state]
        return f"{words}{merged}", kind
    if is_missing:
        return "缺", "out"
    return ("停刊" if is_absent else ""), ""
