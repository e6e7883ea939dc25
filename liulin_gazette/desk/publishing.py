"""Publishing an issue, and changing a published one with a reason that its page tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.desk.editing import Change, change
from liulin_gazette.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model import Issue, Publication, PublicationRecord, Republication
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.records import FILE, differences, digests, record_text


def changed_issues(
    publication: Publication, now: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Issue, tuple[str, ...]]]:
    """Yield each published issue that is not as it was published, with the names of the files that differ.

    ``now`` has the portable digests of the files of each published issue, by the project path of its folder.
    """
    for issue in publication.issues:
        if issue.record is not None and (names := differences(issue.record, now.get(issue.folder, {}))):
            yield issue, names


def silent_changes(publication: Publication, now: Mapping[str, Mapping[str, str]]) -> Iterator[Diagnostic]:
    """Yield B050 for each published issue that was changed without being republished."""
    for issue, names in changed_issues(publication, now):
        yield Diagnostic(
            "B050",
            Severity.ERROR,
            Place(f"{issue.folder}/{names[0]}"),
            f"{issue.year}年第{issue.number}期已经发布，{'、'.join(names)}却有改动。",
            '公报不能悄悄改写。恢复原样；确应改正的，写明理由：python3 build.py --republish "理由"，网页上会公布。',
        )


def publish_change(root: Path, issue: Issue, today: date) -> Change:
    """Return the change that records ``issue`` as published."""
    return _written(root, issue, PublicationRecord(today, digests(read_folder(root, issue.folder))))


def republish_changes(root: Path, publication: Publication, reason: str, today: date) -> list[Change]:
    """Return the changes that record every change to published issues, with ``reason``."""
    made: list[Change] = []
    published = [issue for issue in publication.issues if issue.record is not None]
    now_of = {issue.folder: read_folder(root, issue.folder).portable_digests for issue in published}
    for issue, names in changed_issues(publication, now_of):
        if issue.record is not None:
            changes = (*issue.record.changes, Republication(today, reason, names))
            now = digests(read_folder(root, issue.folder))
            made.append(_written(root, issue, replace(issue.record, digests=now, changes=changes)))
    return made


def _written(root: Path, issue: Issue, record: PublicationRecord) -> Change:
    return change(root, f"{issue.folder}/{FILE}", record_text(record).encode())
