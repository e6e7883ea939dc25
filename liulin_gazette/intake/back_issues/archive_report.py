"""The page that tells what a run over back issues found: the table of the years, and each issue with its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.intake.back_issues.archive_records import REFUSED, WRITTEN, IssueRecord
from liulin_gazette.intake.back_issues.archive_series import YearRow, known_issues, series_findings, year_rows
from liulin_gazette.intake.back_issues.issue_recognition import FoundDocument
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment

CERTAIN, LIKELY, DOUBTFUL = "相符", "大致相符", "要核对"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of an issue in the report."""

    document: FoundDocument
    pages: str
    confidence: str
    """Whether 目录 and body agree on it."""
    kind: str
    """The class that colours it."""
    draft: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue in the report."""

    record: IssueRecord
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run."""

    issues: int
    written: int
    refused: int
    documents: int
    doubtful: int
    """Documents about which 目录 and body do not agree."""
    missing: int
    marks: int


def archive_report(
    root: Path,
    publication: Publication,
    records: Sequence[IssueRecord],
    others: Sequence[tuple[str, str]],
) -> tuple[bytes, Summary, tuple[str, ...]]:
    """Return the page about ``records`` and ``others``, the files that were not read; its figures; what is wrong in the series."""
    rows = [_issue_row(record) for record in records]
    known = known_issues(publication, records)
    findings = series_findings(publication.gazette.series, known)
    years = year_rows(publication.gazette.series, known)
    summary = _summary(records)
    template = environment(read_templates(root)).get_template("report/archive.html")
    page = template.render(
        publication=publication.gazette,
        summary=summary,
        findings=findings,
        years=years,
        numbers=range(1, _width(years) + 1),
        issues=rows,
        others=others,
    )
    return page.encode(), summary, findings


def _width(years: Sequence[YearRow]) -> int:
    return max((len(row.cells) for row in years), default=0)


def _summary(records: Sequence[IssueRecord]) -> Summary:
    documents = [each for record in records for each in record.documents]
    return Summary(
        len(records),
        sum(record.outcome == WRITTEN for record in records),
        sum(record.outcome == REFUSED for record in records),
        len(documents),
        sum(_confidence(each)[0] != CERTAIN for each in documents),
        sum(len(record.missing) for record in records),
        sum(record.marks for record in records),
    )


def _issue_row(record: IssueRecord) -> IssueRow:
    drafts = record.drafts or ("",) * len(record.documents)
    rows = tuple(
        DocumentRow(each, _pages(each), *_confidence(each), draft)
        for each, draft in zip(record.documents, drafts, strict=True)
    )
    return IssueRow(record, rows)


def _pages(document: FoundDocument) -> str:
    if not document.first_page:
        return ""
    is_long = document.last_page > document.first_page
    return f"{document.first_page}—{document.last_page}" if is_long else str(document.first_page)


def _confidence(document: FoundDocument) -> tuple[str, str]:
    """Return how far 目录 and body agree on ``document``, and the class that colours it."""
    if not document.doubts:
        return CERTAIN, ""
    return (LIKELY, "") if document.in_contents and len(document.doubts) == 1 else (DOUBTFUL, "out")
