"""Recording that an issue is published, and with a reason, which its page tells, that a published one has changed."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.check.published_issues import LIST, Records, changed_issues
from liulin_gazette.editing.changes import Change, change
from liulin_gazette.model.publication import Issue, Publication, PublicationRecord, Republication
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.source.publication_records import (
    FILE,
    list_text,
    record_text,
    recorded_digests,
    settings_of,
)


class ClockError(Exception):
    """The clock is wrong, and the record would be; the argument says so in Chinese."""


def publish_changes(
    root: Path, publication: Publication, issue: Issue, folder: Folder, today: date
) -> list[Change]:
    """Return the changes that record ``issue`` as published, as it is in ``folder``; a record that it has is listed.

    Raises ClockError.
    """
    if issue.record is None:
        _check_clock(today, *(document.date for document in issue.documents))
    record = issue.record or PublicationRecord(today, recorded_digests(issue, folder.portable_digests))
    settings = record.settings or settings_of(publication, issue)
    return _written(root, {issue.folder: replace(record, settings=settings)})


def republish_changes(
    root: Path,
    publication: Publication,
    reason: str,
    today: date,
    names: Container[str] = (),
    printed_formerly: Container[str] = (),
) -> list[Change]:
    """Return the changes that record every change to published issues, with ``reason``.

    Where there are ``names``, only changes to the issues of these names are, and also that one of them is typeset
    anew because its folder is among those ``printed_formerly``. Raises ClockError.
    """
    listed = _listed(root)
    now = {issue.folder: read_folder(root, issue.folder).portable_digests for issue in publication.issues}
    made: dict[str, PublicationRecord] = {}
    changed_ones = {
        issue.folder: each for each in changed_issues(publication, listed, now) for issue in each[:1]
    }
    for issue in publication.issues:
        record = listed.get(issue.folder, issue.record)
        if record is not None and names and issue.name in names and issue.folder in printed_formerly:
            changed_ones.setdefault(issue.folder, (issue, record, ()))
    for issue, record, changed in changed_ones.values():
        if not names or issue.name in names:
            _check_clock(today, record.published, *(each.day for each in record.changes))
            made[issue.folder] = PublicationRecord(
                record.published,
                recorded_digests(issue, now[issue.folder]),
                (*record.changes, Republication(today, reason, changed)),
                settings_of(publication, issue),
            )
    return _written(root, made)


def _check_clock(today: date, *before: date) -> None:
    """Raise ClockError when ``today`` is earlier than a day that is known to have been."""
    if today < max(before):
        raise ClockError(
            f"这台计算机的日期是 {today}，早于 {max(before)}（公文的日期，或上次记下的日期），没有记。"
            "改正计算机的日期以后再运行。"
        )


def is_listed(root: Path, issue: Issue) -> bool:
    """Tell whether the list of published issues has ``issue``."""
    return issue.folder in _listed(root)


def _listed(root: Path) -> Records:
    return load_series(read_folder(root, "content")).published


def _written(root: Path, records: Records) -> list[Change]:
    if not records:
        return []
    made = [change(root, f"{path}/{FILE}", record_text(record).encode()) for path, record in records.items()]
    return [*made, change(root, LIST, list_text({**_listed(root), **records}).encode())]
