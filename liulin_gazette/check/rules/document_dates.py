"""Rules about 成文日期 (codes N003, N005, N015)."""

from __future__ import annotations

from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.publication import Publication


def year_agrees_with_date(publication: Publication) -> Findings:
    """N003: the year in 发文字号 is that of 成文日期; in January, last year's is only a warning."""
    for issue in publication.issues:
        for document in issue.documents:
            if document.number is None or document.number.year == document.date.year:
                continue
            carried = document.number.year == document.date.year - 1 and document.date.month == 1
            yield Finding(
                value_place(document, "发文字号"),
                f"发文字号是{document.number.year}年的，成文日期却在{document.date.year}年。",
                "核对原件，改正其中写错的一处。",
                severity=Severity.WARNING if carried else None,
            )


def documents_precede_publication(publication: Publication) -> Findings:
    """N005: no document is dated after the issue that publishes it."""
    for issue in publication.issues:
        for document in issue.documents:
            if document.date > issue.date:
                yield Finding(
                    value_place(document, "成文日期"),
                    f"成文日期（{document.date}）晚于本期出版日期（{issue.date}）。",
                    "核对成文日期和 issue.toml 中的出版日期。",
                )


def documents_are_recent(publication: Publication) -> Findings:
    """N015: a document is published within 最长间隔 (days) of its date."""
    for issue in publication.issues:
        longest_lag = settings_at(publication, issue).proofreading.longest_lag
        for document in issue.documents:
            lag = (issue.date - document.date).days
            if lag > longest_lag:
                yield Finding(
                    value_place(document, "成文日期"),
                    f"成文日期（{document.date}）比出版日期早{lag}天。",
                    "核对日期；确是补登的，可写明豁免理由。",
                )
