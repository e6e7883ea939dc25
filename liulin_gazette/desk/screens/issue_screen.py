"""The screen of an issue: its documents in the order in which they are printed, which is changed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.desk.issue_folder import (
    head_of,
    is_published,
    issue_content,
    issue_of,
    require_unchanged,
    require_unpublished,
    shown_digest,
    shown_name,
    title_in,
)
from liulin_gazette.desk.issue_reviews import issue_review
from liulin_gazette.desk.screen import act, moved, page, view
from liulin_gazette.desk.screens.unlisted_file_screen import unlisted_files
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.issue_arrangement import (
    ListedPlace,
    ListedSection,
    listed_sections,
    with_document_moved,
)
from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue
from liulin_gazette.review.issue_status import finding_counts
from liulin_gazette.review.next_step import days_until, next_step
from liulin_gazette.source.folder import ISSUE_FILE

ORDER_TITLE = "调整公文次序"
_PLACE = re.compile(r"(\d{1,4}):(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the screen lists it."""

    name: str
    """Of its file, without .md."""
    title: str
    document: Document | None
    """None where it cannot be read."""
    is_there: bool
    """Whether its file exists."""
    number: int
    """Its place in the issue, from 1."""
    place: str
    """Section and index, as ``move`` takes them."""
    up: str
    """The place before; empty for the first document."""
    down: str
    """The place after; empty for the last document."""
    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A 栏目 as the screen lists it."""

    name: str
    rows: tuple[Row, ...]


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the screen of an issue."""
    return [
        view(desk, "/issues/{folder}/", lambda request: _issue(desk, request)),
        act(desk, "/issues/{folder}/order", lambda request, form: _move(desk, request, form)),
    ]


def _issue(desk: Desk, request: Request) -> Response:
    name = issue_of(desk, request)
    folder = f"content/{name}"
    snapshot = desk.content.snapshot
    issue = known_issue(desk, folder)
    content = issue_content(desk, name)
    fault, sections = "", tuple[ListedSection, ...]()
    try:
        sections = listed_sections(content)
    except NewError as error:
        fault = error.told_with(at_desk)
    paths = {f"{folder}/{file}" for section in sections for file in section.files}
    findings = [
        each
        for each in snapshot.diagnostics
        if f"{each.place.path}/".startswith(f"{folder}/") and each.place.path not in paths
    ]
    counts = finding_counts(folder, snapshot.diagnostics)
    documents = sum(len(section.files) for section in sections)
    return page(
        desk,
        request,
        "issue",
        folder=name,
        name=shown_name(name),
        issue=issue,
        days=days_until(issue.date, date.today()) if issue else "",
        sections=tuple(_rows(desk, folder, sections, issue)),
        documents=documents,
        step=next_step(desk.root, folder, documents, is_published(desk, name), counts),
        findings=sorted(findings, key=lambda each: list(Severity).index(each.severity)),
        counts=tuple((severity.value, counts[severity]) for severity in Severity),
        digest=shown_digest(content),
        fault=fault,
        unlisted=() if fault or is_published(desk, name) else unlisted_files(desk, name, content),
        is_published=is_published(desk, name),
        version=snapshot.version,
        review=issue_review(desk, name),
        waiting=desk.batches.of_issue(name),
    )


def known_issue(desk: Desk, folder: str) -> Issue | None:
    """Return the issue in the project path ``folder`` as it could last be read; None if it never could."""
    readable = desk.content.snapshot.last_readable
    issues = readable.publication.issues if readable and readable.publication else ()
    return next((issue for issue in issues if issue.folder == folder), None)


def _rows(desk: Desk, folder: str, sections: Sequence[ListedSection], issue: Issue | None) -> Iterator[Rows]:
    """Yield ``sections`` with what is known of each document."""
    documents = {document.path: document for document in issue.documents} if issue else {}
    findings = _by_path(desk.content.snapshot.diagnostics)
    number = 0
    for index, section in enumerate(sections):
        rows: list[Row] = []
        for place, file in enumerate(section.files):
            number += 1
            path = f"{folder}/{file}"
            head = head_of(desk, path)
            found = findings.get(path, [])
            counts = [sum(each.severity is severity for each in found) for severity in Severity]
            row = Row(
                file.removesuffix(".md"),
                title_in(head, file),
                documents.get(path),
                head is not None,
                number,
                f"{index}:{place}",
                _up(sections, index, place),
                _down(sections, index, place),
                *counts,
            )
            rows.append(row)
        yield Rows(section.name, tuple(rows))


def _by_path(diagnostics: Sequence[Diagnostic]) -> Mapping[str, list[Diagnostic]]:
    findings: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        findings.setdefault(each.place.path, []).append(each)
    return findings


def _up(sections: Sequence[ListedSection], section: int, index: int) -> str:
    """Return the place before the one at ``index`` of ``section``: at its top, the end of the section before."""
    if index:
        return f"{section}:{index - 1}"
    return f"{section - 1}:{len(sections[section - 1].files)}" if section else ""


def _down(sections: Sequence[ListedSection], section: int, index: int) -> str:
    if index + 1 < len(sections[section].files):
        return f"{section}:{index + 1}"
    return f"{section + 1}:0" if section + 1 < len(sections) else ""


def _move(desk: Desk, request: Request, form: Form) -> Response:
    """Move a document to another place of the issue. Raises EditorError."""
    name = issue_of(desk, request)
    require_unpublished(desk, name)
    source, target = _place(form["source"]), _place(form["target"])
    content = issue_content(desk, name)
    require_unchanged(form["digest"], content)
    after = with_document_moved(content, source, target)
    sections = listed_sections(after)
    file = sections[target.section].files[target.index]
    path = f"content/{name}/{ISSUE_FILE}"
    if after != content:
        apply(desk.root, ORDER_TITLE, (Change(path, content, after),))
    title = title_in(head_of(desk, f"content/{name}/{file}"), file)
    words = f"“{title}”现在是“{sections[target.section].name}”的第 {target.index + 1} 份。"
    return moved(request, f"/issues/{name}/", words)


def _place(written: str) -> ListedPlace:
    match = _PLACE.fullmatch(written)
    if match is None:
        raise FormError("网页送来的位置不对。", "刷新这一页，再做一次。")
    return ListedPlace(int(match[1]), int(match[2]))
