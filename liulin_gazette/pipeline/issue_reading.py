"""An issue read and checked: what the rest of the series needs to know of it, and its texts."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.check import PlacedFinding, check_issue
from liulin_gazette.check.rule import PLACED_IN_SERIES, CitedNumber
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Document, Issue, Publication, Section
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web.registers import issue_for_lists

_KNOWN = tuple(field.name for field in fields(Document))


@dataclass(frozen=True, slots=True)
class ReadingUnit:
    """An issue to be read."""

    folder: Folder
    publication: Publication | None
    """What gazette.toml says; None where that cannot be read."""
    prefix: str
    """文件名前缀."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of an issue, and wrong with it, by itself."""

    issue: Issue | None
    """Without texts; None where the folder is no issue."""
    found: tuple[Diagnostic, ...] = ()
    """What loading reports."""
    said: tuple[PlacedFinding, ...] = ()
    """What rules say; nothing where loading reports errors."""
    cited: tuple[CitedNumber, ...] = ()
    """What its documents cite, in print order."""
    listed: str = ""
    """A digest of what lists can show of it; empty where it cannot be published."""


@dataclass(frozen=True, slots=True)
class ReadIssue:
    """A reading, and the texts."""

    key: str
    """The digest of the folder that was read."""
    reading: Reading
    texts: bytes
    """The issue with its texts, for ``unpacked``; empty where there is none."""


def read_issue(unit: ReadingUnit) -> ReadIssue:
    """Read and check an issue."""
    folder, publication = unit.folder, unit.publication
    issue, found = load_issue(folder, unit.prefix)
    if issue is None or publication is None:
        return ReadIssue(folder.digest, Reading(issue and outlined(issue), found), b"")
    if has_errors(found):
        return ReadIssue(folder.digest, Reading(outlined(issue), found), b"")
    checked = check_issue(publication, issue, folder.read_bytes)
    outline = outlined(issue)
    listed = fingerprint(issue_for_lists(outline))
    reading = Reading(outline, found, checked.findings, checked.cited, listed)
    return ReadIssue(folder.digest, reading, packed(issue))


def outlined(issue: Issue) -> Issue:
    """Return ``issue`` without its texts, and without what only they are checked with."""
    sections = tuple(
        Section(section.name, tuple(map(_outlined, section.documents))) for section in issue.sections
    )
    return replace(issue, sections=sections)


def _outlined(document: Document) -> Document:
    known = {name: getattr(document, name) for name in _KNOWN}
    known["places"] = {key: document.places[key] for key in PLACED_IN_SERIES if key in document.places}
    return Document(**known)


def packed(issue: Issue) -> bytes:
    """Return ``issue`` as bytes; they stay within one build."""
    return pickle.dumps(issue, pickle.HIGHEST_PROTOCOL)


def unpacked(texts: bytes) -> Issue:
    """Return the issue that ``packed`` made bytes of."""
    issue: Issue = pickle.loads(texts)
    return issue


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that have an issue, oldest first."""
    known = [(reading.issue, reading) for reading in readings if reading.issue]
    known.sort(key=lambda each: (each[0].year, each[0].number, each[0].folder))
    return [reading for _, reading in known]
