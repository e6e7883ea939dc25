"""Reading and checking one issue: what the rest of the series needs to know of it, and the issue with its texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from liulin_gazette.cache.encoded import decode, encode
from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.check import PlacedFinding, check_issue
from liulin_gazette.check.rule import PLACED_IN_SERIES, CitedNumber
from liulin_gazette.model.blocks import Block
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Document, FullText, Issue, Publication, Section
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web.registers import issue_for_lists

_DOCUMENT_FIELDS = tuple(field.name for field in fields(Document))


@dataclass(frozen=True, slots=True)
class ReadingUnit:
    """An issue to be read."""

    folder: Folder
    publication: Publication | None
    """The settings of gazette.toml; None if that file cannot be read."""
    prefix: str
    """文件名前缀."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An issue without its texts, and the findings about it alone."""

    issue: Issue | None
    """None if the folder is no issue."""
    load_findings: tuple[Diagnostic, ...] = ()
    """Findings of the loader."""
    rule_findings: tuple[PlacedFinding, ...] = ()
    """Findings of the rules; none are applied where the loader reports errors."""
    cited: tuple[CitedNumber, ...] = ()
    """The document numbers that its documents cite, in print order."""
    listed: str = ""
    """A digest of what lists can show of the issue; empty if it cannot be published."""


@dataclass(frozen=True, slots=True)
class ReadIssue:
    """A reading together with the texts."""

    key: str
    """The digest of the folder that was read."""
    reading: Reading
    packed: bytes
    """The issue with its texts, for ``unpack``; empty if there is no issue."""


def read_issue(unit: ReadingUnit) -> ReadIssue:
    """Read and check an issue."""
    folder, publication = unit.folder, unit.publication
    issue, findings = load_issue(folder, unit.prefix)
    if issue is None or publication is None or has_errors(findings):
        return ReadIssue(folder.digest, Reading(issue and without_texts(issue), findings), b"")
    checked = check_issue(publication, issue, folder.read_bytes)
    outline = without_texts(issue)
    listed = fingerprint(issue_for_lists(outline))
    reading = Reading(outline, findings, checked.findings, checked.cited, listed)
    return ReadIssue(folder.digest, reading, pack(issue))


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
        Section(section.name, tuple(next(rest) for _ in section.documents)) for section in issue.sections
    )
    return replace(issue, sections=sections)


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that have an issue, oldest first."""
    known = [(reading.issue, reading) for reading in readings if reading.issue]
    known.sort(key=lambda each: (each[0].year, each[0].number, each[0].folder))
    return [reading for _, reading in known]
