"""Publishing an issue, and changing a published one with a reason that its page tells."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.desk.editing import Change, change
from liulin_gazette.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model import Issue, Publication, PublicationRecord, Republication
from liulin_gazette.source.folder import Folder, PortableDigests, read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.source.records import (
    FILE,
    SETTINGS_PATH,
    differences,
    list_text,
    record_text,
    recorded_digests,
    settings_of,
)

LIST = f"content/{FILE}"
Records = Mapping[str, PublicationRecord]
"""The list of published issues: records by the project path of the issue's folder."""


class ClockError(Exception):
    """The clock is wrong, and the record would be; the argument says so in Chinese."""


def changed_issues(
    publication: Publication, listed: Records, now: Mapping[str, PortableDigests]
) -> Iterator[tuple[Issue, PublicationRecord, tuple[str, ...]]]:
    """Yield each published issue that is not as it was published, its record, and what differs.

    ``now`` has the portable digests of the files of each published issue, by the project path of its folder.
    Where the record is not as it is ``listed``, it differs too, and the list is right.
    """
    for issue in publication.issues:
        record = listed.get(issue.folder, issue.record)
        if record is not None:
            names = differences(record, publication, issue, now.get(issue.folder, {}))
            if record != issue.record:
                names = (*names, FILE)
            if names:
                yield issue, record, names


def silent_changes(
    publication: Publication, listed: Records, now: Mapping[str, PortableDigests]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with published issues.

    They are B050 for one that was changed without being republished, B052 for one that is no longer there, and
    B053 for one that is not ``listed``.
    """
    for issue, _, names in changed_issues(publication, listed, now):
        place = SETTINGS_PATH if names[0].startswith(SETTINGS_PATH) else f"{issue.folder}/{names[0]}"
        yield Diagnostic(
            "B050",
            Severity.ERROR,
            Place(place),
            f"{issue.year}年第{issue.number}期已经发布，{'、'.join(names)}却有改动。",
            "公报不能悄悄改写。恢复原样；确应改正的，写明理由："
            f'python3 build.py {issue.name} --republish "理由"，网页上会公布。',
        )
    there = {issue.folder for issue in publication.issues}
    for path, record in listed.items():
        if path not in there:
            yield Diagnostic(
                "B052",
                Severity.ERROR,
                Place(path),
                f"{path} 已于 {record.published} 发布，现在没有了，或者栏目里没有公文。",
                "从备份恢复：公布过的网址不能消失。确应撤下的，保留这一期，把公文换成撤下的说明，"
                '再用 --republish "理由" 写明。',
            )
    for issue in publication.issues:
        if issue.record is not None and issue.folder not in listed:
            yield Diagnostic(
                "B053",
                Severity.WARNING,
                Place(f"{issue.folder}/{FILE}"),
                f"{issue.name} 有发布记录，{LIST} 里却没有它。",
                f"从备份恢复 {LIST}；从来没有的，运行 python3 build.py publish {issue.name}，补上。",
            )


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
    root: Path, publication: Publication, reason: str, today: date, names: Container[str] = ()
) -> list[Change]:
    """Return the changes that record every change to published issues, with ``reason``.

    Where there are ``names``, only changes to the issues of these names are. Raises ClockError.
    """
    listed = _listed(root)
    now = {issue.folder: read_folder(root, issue.folder).portable_digests for issue in publication.issues}
    made: dict[str, PublicationRecord] = {}
    for issue, record, changed in changed_issues(publication, listed, now):
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
