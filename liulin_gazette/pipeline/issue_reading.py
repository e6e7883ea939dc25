"""Reading and checking one issue: what the rest of the series needs to know of it, and the issue with its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from liulin_gazette.cache.encoded import decode, encode
from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.cache.memo import Memo, no_memo
from liulin_gazette.check import check_issue
from liulin_gazette.check.rule import PLACED_IN_SERIES, CitedNumber
from liulin_gazette.model.blocks import Block
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic, Severity, has_errors
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, IssueFormat, Publication
from liulin_gazette.pdf.composition.crowded_tables import crowded_tables_in
from liulin_gazette.pdf.composition.glyph_coverage import characters_of_issue, shown_characters
from liulin_gazette.pdf.composition.page_format import PageFormat, page_format
from liulin_gazette.pipeline.edited_issues import EditedIssue
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import assembled, load_issue
from liulin_gazette.web.registers import issue_for_lists

Loaded = Callable[[Folder, Gazette, Issue], None]
"""Is given an issue without errors before it is checked: its folder, the settings that hold for it, and itself."""
_DOCUMENT_FIELDS = tuple(field.name for field in fields(Document))


@dataclass(frozen=True, slots=True)
class ReadingUnit:
    """An issue to be read."""

    folder: Folder
    publication: Publication | None
    """The settings of gazette.toml; None if that file cannot be read."""
    form: IssueFormat


@dataclass(frozen=True, slots=True)
class Reading:
    """An issue without its texts, and the findings about it alone."""

    issue: Issue | None
    """None if the folder is no issue."""
    load_findings: tuple[Diagnostic, ...] = ()
    """Findings of the loader, and tables that no page has room for."""
    rule_findings: tuple[Diagnostic, ...] = ()
    """Findings of the rules in the documents that can be read; none where issue.toml has errors."""
    cited: tuple[CitedNumber, ...] = ()
    """The document numbers that its documents cite, in print order."""
    characters: str = ""
    """Each character of its printed texts and of issue.toml, once; empty if it cannot be published."""
    list_digest: str = ""
    """A digest of what lists can show of the issue; empty if it cannot be published."""


@dataclass(frozen=True, slots=True)
class ReadIssue:
    """A reading together with the texts."""

    key: str
    """The digest of the folder that was read."""
    reading: Reading
    packed: bytes
    """The issue with its texts, for ``unpack``; empty if there is no issue."""


def read_issue(
    unit: ReadingUnit,
    edited: EditedIssue | None = None,
    loaded: Loaded | None = None,
    kept: Memo = no_memo,
) -> ReadIssue:
    """Read and check an issue; ``edited`` or ``kept`` have what is known of its documents, and get what is new.

    It is given to ``loaded`` in between.
    """
    folder, publication = unit.folder, unit.publication
    memo: Memo = edited or kept
    issue, findings = load_issue(folder, unit.form, memo)
    if issue is None or publication is None or _is_faulty(findings):
        return ReadIssue(folder.digest, Reading(issue and without_texts(issue), findings), b"")
    settings = settings_at(assembled(publication, [issue]), issue)
    if loaded is not None and not has_errors(findings):
        loaded(folder, settings, issue)
    checked = check_issue(settings, issue, edited.read_bytes if edited else folder.read_bytes, memo)
    if has_errors(findings):
        return ReadIssue(folder.digest, Reading(without_texts(issue), findings, checked.findings), b"")
    outline = without_texts(issue)
    if issue.record is None:
        page = page_format(settings.page_size, settings.body)
        for each in issue.full_texts:
            findings = (*findings, *memo("tables", each.path, partial(_crowded, each, page)))
    list_digest = fingerprint(issue_for_lists(outline))
    shown = characters_of_issue(issue, folder.read_bytes).union(
        *(memo("characters", each.path, partial(shown_characters, each)) for each in issue.full_texts)
    )
    characters = "".join(sorted(shown))
    if edited:
        edited.whole = folder.digest, unit.form, issue
    reading = Reading(outline, findings, checked.findings, checked.cited, characters, list_digest)
    return ReadIssue(folder.digest, reading, pack(issue))


def _crowded(document: FullText, page: PageFormat) -> tuple[Diagnostic, ...]:
    return tuple(crowded_tables_in(document, page))


def _is_faulty(findings: Iterable[Diagnostic]) -> bool:
    """Return whether an error is in more than a document, so that rules would be misled by what is missing."""
    return any(
        found.severity is Severity.ERROR and not found.place.path.endswith(".md") for found in findings
    )


def without_texts(issue: Issue) -> Issue:
    """Return ``issue`` without its texts, and without the source positions that only checks of texts point at."""
    return _with_documents(issue, map(_outline, issue.documents))


def _outline(document: Document) -> Document:
    values = _values(document)
    values["places"] = {key: document.places[key] for key in PLACED_IN_SERIES if key in document.places}
    return Document(**values)


@dataclass(frozen=True, slots=True)
class _PackedIssue:
    issue: Issue
    """The issue without its texts."""
    texts: tuple[tuple[Block, ...], ...]
    """The blocks of each document, in print order."""


def pack(issue: Issue) -> bytes:
    """Return ``issue``, of which all texts are at hand, as bytes."""
    documents = issue.full_texts
    outline = _with_documents(issue, (Document(**_values(document)) for document in documents))
    return encode(_PackedIssue(outline, tuple(document.blocks for document in documents)))


def unpack(packed: bytes) -> Issue:
    """Return the issue that ``pack`` turned into bytes."""
    read = decode(packed, _PackedIssue)
    documents = zip(read.issue.documents, read.texts, strict=True)
    return _with_documents(
        read.issue, (FullText(**_values(document), blocks=blocks) for document, blocks in documents)
    )


def _values(document: Document) -> dict[str, Any]:
    """Return the values of the fields that every document has, with or without its text."""
    return {name: getattr(document, name) for name in _DOCUMENT_FIELDS}


def _with_documents(issue: Issue, documents: Iterable[Document]) -> Issue:
    """Return ``issue`` with ``documents`` in place of its own, which are as many."""
    rest = iter(documents)
    sections = tuple(
        replace(section, documents=tuple(next(rest) for _ in section.documents)) for section in issue.sections
    )
    return replace(issue, sections=sections)
