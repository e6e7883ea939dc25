"""Rules about 发文字号 and 期号 (codes N002–N011)."""

from __future__ import annotations

import calendar
import difflib
from collections.abc import Iterator
from datetime import date

from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.publication import Document, Issue, Publication
from liulin_gazette.model.series import SeriesException, covered_months, expected_total


def _at(document: Document, key: str) -> Place:
    return document.places.get(key, document.place)


def _in(issue: Issue, key: str) -> Place:
    return issue.places.get(key, Place(f"{issue.folder}/issue.toml", 1, 1))


def _documents(publication: Publication) -> Iterator[tuple[Issue, Document]]:
    for issue in publication.issues:
        for document in issue.documents:
            yield issue, document


def issuer_is_registered(publication: Publication) -> Findings:
    """N011: 发文机关 stands in gazette.toml (《党政机关公文处理工作条例》第九条：发文机关用全称或规范化简称)."""
    known = [issuer.name for issuer in publication.issuers]
    for _, document in _documents(publication):
        if document.issuer not in known:
            close = difflib.get_close_matches(document.issuer, known, n=1, cutoff=0.5)
            hint = f"是不是“{close[0]}”？" if close else ""
            yield Finding(
                _at(document, "发文机关"),
                f"发文机关“{document.issuer}”没有登记。",
                hint + "新的机关在 content/gazette.toml 的“发文机关”中登记。",
            )


def code_belongs_to_issuer(publication: Publication) -> Findings:
    """N002: 机关代字 is one that the issuer may use (GB/T 9704-2012 §7.2.5)."""
    owners = {code: issuer.name for issuer in publication.issuers for code in issuer.codes}
    codes = {issuer.name: issuer.codes for issuer in publication.issuers}
    for _, document in _documents(publication):
        if document.issuer not in codes or document.number.code in codes[document.issuer]:
            continue
        code, owner = document.number.code, owners.get(document.number.code)
        problem = f"是{owner}的，不是{document.issuer}的" if owner else "没有登记"
        own = "、".join(codes[document.issuer]) or "（未登记）"
        yield Finding(
            _at(document, "发文字号"),
            f"机关代字“{code}”{problem}。",
            f"{document.issuer}的机关代字是：{own}。新的代字在 content/gazette.toml 中登记。",
        )


def year_agrees_with_date(publication: Publication) -> Findings:
    """N003: the number's year is that of 成文日期; a January signature may carry last year's."""
    for _, document in _documents(publication):
        if document.number.year == document.date.year:
            continue
        carried = document.number.year == document.date.year - 1 and document.date.month == 1
        yield Finding(
            _at(document, "发文字号"),
            f"发文字号是{document.number.year}年的，成文日期却在{document.date.year}年。",
            "核对原件，改正其中写错的一处。",
            severity=Severity.WARNING if carried else None,
        )


def numbers_are_unique(publication: Publication) -> Findings:
    """N004: no number stands twice in an issue or across issues."""
    first: dict[str, Document] = {}
    for _, document in _documents(publication):
        other = first.setdefault(str(document.number), document)
        if other is not document:
            yield Finding(
                _at(document, "发文字号"),
                f"发文字号“{document.number}”与另一份公文相同。",
                f"另一处：{_at(other, '发文字号')}。核对两份原件，改正写错的一处。",
            )


def addresses_are_unique(publication: Publication) -> Findings:
    """N012: no two numbers of an issue have the same romanised address."""
    for issue in publication.issues:
        first: dict[str, Document] = {}
        for document in issue.documents:
            other = first.setdefault(document.slug, document)
            if other is not document and other.number != document.number:
                yield Finding(
                    _at(document, "发文字号"),
                    f"“{document.number}”与“{other.number}”的网址相同（{document.slug}）。",
                    "两个机关代字读音相同，请联系开发者为其中一个另定网址。",
                )


def documents_precede_publication(publication: Publication) -> Findings:
    """N005: no document is dated after the issue that prints it."""
    for issue, document in _documents(publication):
        if document.date > issue.date:
            yield Finding(
                _at(document, "成文日期"),
                f"成文日期（{document.date}）晚于本期出版日期（{issue.date}）。",
                "核对成文日期和 issue.toml 中的出版日期。",
            )


def _exception(publication: Publication, issue: Issue, category: str) -> SeriesException | None:
    for exception in publication.series.exceptions:
        if (exception.year, exception.number, exception.category) == (issue.year, issue.number, category):
            return exception
    return None


def total_agrees_with_number(publication: Publication) -> Findings:
    """N006: 总期号 follows from 年·期 by the declared series."""
    for issue in publication.issues:
        expected = expected_total(publication.series, issue.year, issue.number)
        if issue.total != expected:
            yield Finding(
                _in(issue, "总期号"),
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
                _in(issue, "出版日期"),
                f"出版日期（{issue.date}）不在本期的月份（{issue.year}年{first}月至{last}月）之内。",
                "核对日期；确实推迟出版的，在 content/gazette.toml 的“期号例外”中登记“延期”。",
            )


def folder_agrees_with_issue(publication: Publication) -> Findings:
    """N008: the folder's name is 年-期."""
    for issue in publication.issues:
        folder = issue.folder.rsplit("/", 1)[-1]
        if folder != issue.name:
            yield Finding(
                _in(issue, "期"),
                f"文件夹名是“{folder}”，里面的 issue.toml 却是{issue.year}年第{issue.number}期。",
                f"把文件夹改名为“{issue.name}”，或改正 issue.toml。",
            )


def issues_are_unique(publication: Publication) -> Findings:
    """N009: no 年·期 and no 总期号 stands twice."""
    names: dict[str, Issue] = {}
    totals: dict[int, Issue] = {}
    for issue in publication.issues:
        other = names.setdefault(issue.name, issue)
        if other is not issue:
            yield Finding(
                _in(issue, "期"),
                f"{issue.year}年第{issue.number}期与另一期重复。", f"另一处：{_in(other, '期')}。",
            )  # fmt: skip
            continue
        other = totals.setdefault(issue.total, issue)
        if other is not issue:
            yield Finding(
                _in(issue, "总期号"),
                f"总第{issue.total}期与另一期重复。", f"另一处：{_in(other, '总期号')}。",
            )  # fmt: skip


def number_is_in_range(publication: Publication) -> Findings:
    """N010: 期 is one of the year's numbers, unless it is a declared 增刊; a 停刊 number is not published."""
    per_year = publication.series.per_year
    for issue in publication.issues:
        if not 1 <= issue.number <= per_year and _exception(publication, issue, "增刊") is None:
            yield Finding(
                _in(issue, "期"),
                f"每年{per_year}期，没有第{issue.number}期。",
                "增刊在 content/gazette.toml 的“期号例外”中登记。",
            )
        if _exception(publication, issue, "停刊") is not None:
            yield Finding(
                _in(issue, "期"),
                f"{issue.year}年第{issue.number}期已登记为停刊，却有内容。",
                "删去停刊的登记，或移走这一期。",
            )
