"""Records of published issues: that an issue is published, and why a published one was changed, which its page says."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.check.published_issues import LIST, Records, changed_issues
from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.model.publication import Issue, Publication, PublicationRecord, Republication
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.source.publication_records import (
    RECORD_FILE,
    list_text,
    record_text,
    recorded_digests,
    recorded_settings,
)
from liulin_gazette.text.editor_error import EditorError


class ClockError(EditorError):
    """The clock is wrong, and so would the record be."""


def publish_changes(
    root: Path, publication: Publication, issue: Issue, folder: Folder, today: date
) -> list[Change]:
    """Return the changes that record ``issue`` as published with the content of ``folder``.

    If it has a record already, that is kept and added to the list of published issues. Raises ClockError.
    """
    if issue.record is None:
        _check_clock(today, *(document.date for document in issue.documents))
    record = issue.record or PublicationRecord(today, recorded_digests(issue, folder.portable_digests))
    settings = record.settings or recorded_settings(publication, issue)
    return _record_changes(root, {issue.folder: replace(record, settings=settings)})


def republish_changes(
    root: Path,
    publication: Publication,
    reason: str,
    today: date,
    names: Container[str] = (),
    printed_formerly: Container[str] = (),
) -> list[Change]:
    """Return the changes that record ``reason`` for each published issue whose content has changed.

    Only for the issues ``names``, if there are any; and then also for those of them whose folder is in
    ``printed_formerly``, since they are to be typeset anew. Raises ClockError.
    """
    published = _published_records(root)
    digests = {issue.folder: read_folder(root, issue.folder).portable_digests for issue in publication.issues}
    records: dict[str, PublicationRecord] = {}
    changes: dict[str, tuple[Issue, PublicationRecord, tuple[str, ...]]] = {
        issue.folder: (issue, record, changed)
        for issue, record, changed in changed_issues(publication, published, digests)
    }
    for issue in publication.issues:
        record = published.get(issue.folder, issue.record)
        if record is not None and names and issue.name in names and issue.folder in printed_formerly:
            changes.setdefault(issue.folder, (issue, record, ()))
    for issue, record, changed in changes.values():
        if not names or issue.name in names:
            _check_clock(today, record.published, *(change.day for change in record.changes))
            records[issue.folder] = PublicationRecord(
                record.published,
                recorded_digests(issue, digests[issue.folder]),
                (*record.changes, Republication(today, reason, changed)),
                recorded_settings(publication, issue),
            )
    return _record_changes(root, records)


def _check_clock(today: date, *past: date) -> None:
    """Raise ClockError if ``today`` is earlier than a date that is known to have passed."""
    if today < max(past):
        raise ClockError(
            f"这台计算机的日期是 {today}，早于 {max(past)}（公文的日期，或上次记下的日期），没有记。"
            "改正计算机的日期以后再运行。"
        )


def is_listed(root: Path, issue: Issue) -> bool:
    """Tell whether ``issue`` is in the list of published issues."""
    return issue.folder in _published_records(root)


def _published_records(root: Path) -> Records:
    """Return the list of published issues."""
    return load_series(read_folder(root, "content")).published


def _record_changes(root: Path, records: Records) -> list[Change]:
    """Return the changes that write ``records`` into the issues' folders and the list; none without records."""
    if not records:
        return []
    changes = [
        file_change(root, f"{path}/{RECORD_FILE}", record_text(record).encode())
        for path, record in records.items()
    ]
    return [*changes, file_change(root, LIST, list_text({**_published_records(root), **records}).encode())]
