"""Rules about 期, 总期号 and the date of an issue (codes N006–N010, N020, N025)."""

from __future__ import annotations

import itertools
from datetime import date

from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.issue_totals import chained_totals
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.series import (
    Period,
    Series,
    absent_numbers,
    next_number,
    periods,
)

MANY = 24
"""So many missing issues are named at most."""


def total_agrees_with_number(publication: Publication) -> Findings:
    """N006: 总期号 is what 年·期 and the declared series (期号起算, 期号例外) give."""
    series = publication.gazette.series
    chained = chained_totals(series, publication.issues)
    previous: Issue | None = None
    for issue in publication.issues:
        if series.total is None:
            if issue.total is not None:
                yield Finding(
                    _place(issue, "总期号"),
                    f"{issue_name(issue)}写了总期号，本刊却没有总期号（“期号起算”里没有写）。",
                    "删去这一行；本刊有总期号的，在 content/gazette.toml 的“期号起算”里写上。",
                )
            continue
        if issue.total is None:
            continue
        expected = chained[issue.folder]
        if expected is not None and issue.total != expected:
            yield Finding(
                _place(issue, "总期号"),
                f"{issue_name(issue)}应是总第{expected}期，这里写的是总第{issue.total}期。",
                "核对年、期、总期号；有增刊、合刊、停刊的，在 content/gazette.toml 的“期号例外”中登记。",
            )
        if expected is None and previous is not None:
            yield from _follows(previous, issue)
        previous = issue


def _follows(previous: Issue, issue: Issue) -> Findings:
    """Yield N006 where the 总期号 of ``issue`` cannot follow that of the issue before it (不定期)."""
    if previous.total is None or issue.total is None:
        return
    is_next = issue.year == previous.year and issue.is_regular and previous.is_regular
    steps = issue.number - max(previous.number, previous.merged_with) if is_next else 1
    least = previous.total + max(steps, 1)
    if issue.total < least or (is_next and issue.total != least):
        yield Finding(
            _place(issue, "总期号"),
            f"前一期（{issue_name(previous)}）是总第{previous.total}期，"
            f"{issue_name(issue)}应是总第{least}期{'' if is_next else '或更大'}，这里写的是总第{issue.total}期。",
            "核对年、期、总期号；停刊、合刊的，在 content/gazette.toml 的“期号例外”中登记。",
        )


def date_lies_in_period(publication: Publication) -> Findings:
    """N007: 出版日期 lies in the period that the issue covers, unless 延期 is declared."""
    series = publication.gazette.series
    for issue in publication.issues:
        covered = _covered(series, issue)
        if covered is None:
            if (issue.has_own_count or periods(series, issue.year) is None) and issue.date.year != issue.year:
                yield Finding(
                    _place(issue, "出版日期"),
                    f"出版日期（{issue.date}）不在{issue.year}年之内。",
                    "核对年和出版日期。",
                )
            continue
        late = issue.date > covered.last and series.exception(issue.year, issue.number, "延期") is not None
        if not late and not covered.first <= issue.date <= covered.last:
            yield Finding(
                _place(issue, "出版日期"),
                f"出版日期（{issue.date}）不在本期的{_span_words(issue.year, covered)}之内。",
                "核对日期；确实推迟出版的，在 content/gazette.toml 的“期号例外”中登记“延期”。",
            )


def _covered(series: Series, issue: Issue) -> Period | None:
    """Return the days that ``issue`` covers; None for a 增刊, a 特刊, and in a year of 不定期."""
    regular = periods(series, issue.year)
    if regular is None or not issue.is_regular or not 1 <= issue.number <= len(regular):
        return None
    last = min(max(issue.number, issue.merged_with), len(regular))
    return Period(issue.number, regular[issue.number - 1].first, regular[last - 1].last)


def _span_words(year: int, covered: Period) -> str:
    """Return the words for a period: in months where it begins and ends with one."""
    first, last = covered.first, covered.last
    next_day = date.fromordinal(last.toordinal() + 1)
    if first.day == 1 and next_day.day == 1 and first.year == last.year == year:
        return f"月份（{year}年{first.month}月至{last.month}月）"
    return f"日期（{first}至{last}）"


def folder_agrees_with_issue(publication: Publication) -> Findings:
    """N008: the folder's name is 年-期."""
    for issue in publication.issues:
        folder = issue.folder.rsplit("/", 1)[-1]
        if folder != issue.name:
            yield Finding(
                _place(issue, "期"),
                f"文件夹名是“{folder}”，里面的 issue.toml 却是{issue_name(issue)}。",
                f"把文件夹改名为“{issue.name}”，或改正 issue.toml。",
            )


def issues_are_unique(publication: Publication) -> Findings:
    """N009: no 年·期 and no 总期号 is used twice."""
    names: dict[tuple[int, int | str], Issue] = {}
    totals: dict[int, Issue] = {}
    for issue in publication.issues:
        # The code of a 合刊 has its other numbers too.
        key = issue.year, issue.code if issue.has_own_count else issue.number
        other = names.setdefault(key, issue)
        if other is not issue:
            yield Finding(
                _place(issue, "期"),
                f"{issue_name(issue)}与另一期重复。", f"另一处：{_place(other, '期')}。",
            )  # fmt: skip
            continue
        if issue.total is None:
            continue
        other = totals.setdefault(issue.total, issue)
        if other is not issue:
            yield Finding(
                _place(issue, "总期号"),
                f"总第{issue.total}期与另一期重复。", f"另一处：{_place(other, '总期号')}。",
            )  # fmt: skip


def number_is_in_range(publication: Publication) -> Findings:
    """N010: 期 is one of its year's, unless it is a declared 增刊; a number that has no issue is not published."""
    series = publication.gazette.series
    merged = {
        (each.year, number): each
        for each in series.exceptions
        if each.category == "合刊"
        for number in range(each.number + 1, each.merged_with + 1)
    }
    for issue in publication.issues:
        if issue.has_own_count:
            continue
        regular = periods(series, issue.year)
        last = max(issue.number, issue.merged_with)
        if issue.is_regular and regular is not None and not 1 <= last <= len(regular):
            yield Finding(
                _place(issue, "期" if issue.number == last else "并期"),
                f"每年{len(regular)}期，没有第{last}期。",
                "增刊在 content/gazette.toml 的“期号例外”中登记；每年期数变了的，写一项“变更”。",
            )
        if series.exception(issue.year, issue.number, "停刊") is not None:
            yield Finding(
                _place(issue, "期"),
                f"{issue_name(issue)}已登记为停刊，却有内容。",
                "删去停刊的登记，或移走这一期。",
            )
        if double := merged.get((issue.year, issue.number)):
            yield Finding(
                _place(issue, "期"),
                f"{issue_name(issue)}已并入第{double.number}期，却另有内容。",
                "改正合刊的“并期”，或移走这一期。",
            )


def series_has_begun(publication: Publication) -> Findings:
    """N025: no issue is earlier than the one that the series begins with (期号起算).

    It is a warning where 总期号, counted backwards, leaves room for it: earlier issues may have been added later.
    """
    series = publication.gazette.series
    chained = chained_totals(series, publication.issues)
    for issue in publication.issues:
        is_earlier = (
            issue.year < series.year
            if issue.has_own_count
            else (issue.year, issue.number) < (series.year, series.number)
        )
        if not is_earlier:
            continue
        total = chained[issue.folder]
        has_room = series.total is not None and (total is None or total >= 1)
        yield Finding(
            _place(issue, issue.supplement if issue.has_own_count else "期"),
            f"{issue_name(issue)}早于期号起算的{series.year}年第{series.number}期。",
            "核对年、期；确有更早的各期的，把 content/gazette.toml 的“期号起算”改成最早的一期和它的总期号。",
            severity=Severity.WARNING if has_room else None,
        )


def series_is_complete(publication: Publication) -> Findings:
    """N020: no issue is missing between the first and the last, apart from 停刊 and 合刊; no 增刊 before another."""
    series = publication.gazette.series
    absent = absent_numbers(series)
    regular = [issue for issue in publication.issues if issue.is_regular and _is_in_year(series, issue)]
    for before, after in itertools.pairwise(regular):
        year, number = before.year, max(before.number, before.merged_with)
        missing: list[str] = []
        while (year, number) < (after.year, after.number) and len(missing) < MANY:
            if periods(series, year) is None and year < after.year:
                year, number = year + 1, 1  # How many issues a year of 不定期 has, nobody knows.
            else:
                year, number = next_number(series, year, number)
            if (year, number) < (after.year, after.number) and (year, number) not in absent:
                missing.append(f"{year}年第{number}期")
        if missing:
            yield Finding(
                _place(after, "期"),
                f"前面缺{'、'.join(missing)}。",
                "补上；停刊、合刊的，在 gazette.toml 的“期号例外”中登记。",
                severity=Severity.WARNING,
            )
    yield from _counts_without_gaps(publication)


def _is_in_year(series: Series, issue: Issue) -> bool:
    regular = periods(series, issue.year)
    return regular is None or 1 <= issue.number <= len(regular)


def _counts_without_gaps(publication: Publication) -> Findings:
    """Yield N020 where a 增刊 or 特刊 with a count of its own is not one more than the one before it in its year."""
    counts: dict[tuple[int, str], int] = {}
    for issue in publication.issues:
        if issue.has_own_count:
            key = issue.year, issue.supplement
            before = counts.get(key, 0)
            if issue.number != before + 1:
                yield Finding(
                    _place(issue, issue.supplement),
                    f"{issue.year}年的{issue.supplement}按出版日期排，这里应是第{before + 1}，写的是第{issue.number}。",
                    "核对次序和出版日期；缺的补上。",
                    severity=Severity.WARNING,
                )
            counts[key] = max(before, issue.number)


def _place(issue: Issue, key: str) -> Place:
    """Return where the value ``key`` stands in the issue's issue.toml."""
    return issue.places.get(key, Place(f"{issue.folder}/issue.toml", 1, 1))
