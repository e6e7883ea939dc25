"""Rules about 期, 总期号 and the date of an issue (codes N006–N010, N020)."""

from __future__ import annotations

import calendar
import itertools
from datetime import date

from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.series import SeriesException, covered_months, expected_total


def total_agrees_with_number(publication: Publication) -> Findings:
    """N006: 总期号 is what 年·期 and the declared series (期号起算, 期号例外) give."""
    for issue in publication.issues:
        expected = expected_total(publication.series, issue.year, issue.number)
        if issue.total != expected:
            yield Finding(
                _place(issue, "总期号"),
                f"{issue.year}年第{issue.number}期应是总第{expected}期，这里写的是总第{issue.total}期。",
                "核对年、期、总期号；有增刊、合刊、停刊的，在 content/gazette.toml 的“期号例外”中登记。",
            )


def date_lies_in_issue_months(publication: Publication) -> Findings:
    """N007: 出版日期 lies in the months that the issue covers, unless 延期 is declared."""
    for issue in publication.issues:
        per_year = publication.series.per_year
        if not 1 <= issue.number <= per_year:
            continue
        merged = _exception(publication, issue, "合刊")
        first, last = covered_months(issue.number, per_year, merged.merged_with if merged else 0)
        end = date(issue.year, last, calendar.monthrange(issue.year, last)[1])
        late = issue.date > end and _exception(publication, issue, "延期") is not None
        if not late and not date(issue.year, first, 1) <= issue.date <= end:
            yield Finding(
                _place(issue, "出版日期"),
                f"出版日期（{issue.date}）不在本期的月份（{issue.year}年{first}月至{last}月）之内。",
                "核对日期；确实推迟出版的，在 content/gazette.toml 的“期号例外”中登记“延期”。",
            )


def folder_agrees_with_issue(publication: Publication) -> Findings:
    """N008: the folder's name is 年-期."""
    for issue in publication.issues:
        folder = issue.folder.rsplit("/", 1)[-1]
        if folder != issue.name:
            yield Finding(
                _place(issue, "期"),
                f"文件夹名是“{folder}”，里面的 issue.toml 却是{issue.year}年第{issue.number}期。",
                f"把文件夹改名为“{issue.name}”，或改正 issue.toml。",
            )


def issues_are_unique(publication: Publication) -> Findings:
    """N009: no 年·期 and no 总期号 is used twice."""
    names: dict[str, Issue] = {}
    totals: dict[int, Issue] = {}
    for issue in publication.issues:
        other = names.setdefault(issue.name, issue)
        if other is not issue:
            yield Finding(
                _place(issue, "期"),
                f"{issue.year}年第{issue.number}期与另一期重复。", f"另一处：{_place(other, '期')}。",
            )  # fmt: skip
            continue
        other = totals.setdefault(issue.total, issue)
        if other is not issue:
            yield Finding(
                _place(issue, "总期号"),
                f"总第{issue.total}期与另一期重复。", f"另一处：{_place(other, '总期号')}。",
            )  # fmt: skip


def number_is_in_range(publication: Publication) -> Findings:
    """N010: 期 is within 每年期数 unless it is a declared 增刊; a number declared 停刊 is not published."""
    per_year = publication.series.per_year
    for issue in publication.issues:
        if not 1 <= issue.number <= per_year and _exception(publication, issue, "增刊") is None:
            yield Finding(
                _place(issue, "期"),
                f"每年{per_year}期，没有第{issue.number}期。",
                "增刊在 content/gazette.toml 的“期号例外”中登记。",
            )
        if _exception(publication, issue, "停刊") is not None:
            yield Finding(
                _place(issue, "期"),
                f"{issue.year}年第{issue.number}期已登记为停刊，却有内容。",
                "删去停刊的登记，或移走这一期。",
            )


def series_is_complete(publication: Publication) -> Findings:
    """N020: no issue is missing between the first and the last, apart from 停刊 and 合刊."""
    series = publication.series
    absent = {
        (exception.year, number)
        for exception in series.exceptions
        for number in (
            [exception.number]
            if exception.category == "停刊"
            else range(exception.number + 1, exception.merged_with + 1)
        )
        if exception.category in ("停刊", "合刊")
    }
    regular = [issue for issue in publication.issues if 1 <= issue.number <= series.per_year]
    for before, after in itertools.pairwise(regular):
        year, number = before.year, before.number
        missing: list[str] = []
        while (year, number) < (after.year, after.number) and len(missing) < 24:
            number += 1
            if number > series.per_year:
                year, number = year + 1, 1
            if (year, number) < (after.year, after.number) and (year, number) not in absent:
                missing.append(f"{year}年第{number}期")
        if missing:
            yield Finding(
                _place(after, "期"),
                f"前面缺{'、'.join(missing)}。",
                "补上；停刊、合刊的，在 gazette.toml 的“期号例外”中登记。",
                severity=Severity.WARNING,
            )


def _place(issue: Issue, key: str) -> Place:
    """Return where the value ``key`` stands in the issue's issue.toml."""
    return issue.places.get(key, Place(f"{issue.folder}/issue.toml", 1, 1))


def _exception(publication: Publication, issue: Issue, category: str) -> SeriesException | None:
    """Return the exception of ``category`` that gazette.toml declares for ``issue``; None if there is none."""
    for exception in publication.series.exceptions:
        if (exception.year, exception.number, exception.category) == (issue.year, issue.number, category):
            return exception
    return None
