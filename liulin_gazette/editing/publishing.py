"""Records of published issues: that an issue is published, and why a published one was changed, which its page says."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette import RELEASED
from liulin_gazette.check import faults_of_reason
from liulin_gazette.check.published_issues import LIST, Records, changed_issues
from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_record import Prints, PublicationRecord, Republication, Witness, witness
from liulin_gazette.model.publication import Issue, Publication, issue_format
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.source.loader import load_issue, load_series
from liulin_gazette.source.publication_records import (
    RECORD_FILE,
    changed_settings,
    list_text,
    record_text,
    recorded_anchors,
    recorded_digests,
    recorded_settings,
    with_recorded,
)
from liulin_gazette.text.advised_acts import Act, Advice, AdvisedAct, advice
from liulin_gazette.text.editor_error import CONTENT, EditorError


class ClockError(EditorError):
    """The clock is wrong, and so would the record be."""


class PrivateReasonError(EditorError):
    """The reason of a change has what must not become public."""


class NotYetError(EditorError):
    """An issue is to be recorded as published before its date."""

    exit_code = CONTENT


def publish_changes(
    root: Path,
    publication: Publication,
    issue: Issue,
    folder: Folder,
    today: date,
    prints: Prints | None = None,
) -> list[Change]:
    """Return the changes that record ``issue`` as published with the content of ``folder``, and its PDFs ``prints``.

    The settings that hold for it are frozen in the record. If it has a record already, that is kept, completed where
    an earlier version recorded less, and added to the list of published issues. Raises ClockError, NotYetError.
    """
    if issue.record is None:
        check_day(issue, today)
    record = issue.record or PublicationRecord(today, recorded_digests(issue, folder.portable_digests))
    settings = with_recorded(record, recorded_settings(publication, issue))
    prints = record.prints or prints
    anchors = record.anchors or _anchors(publication.gazette, issue, folder, {})
    whole = replace(record, settings=settings, prints=prints, anchors=anchors)
    return _record_changes(root, {issue.folder: whole})


def _anchors(gazette: Gazette, issue: Issue, folder: Folder, former: Mapping[str, str]) -> Mapping[str, str]:
    """Return the names of the places in the documents of ``issue``, whose texts are in ``folder``; see ``recorded_anchors``."""
    whole, _ = load_issue(folder, issue_format(gazette, issue.prefix))
    return former if whole is None else recorded_anchors(whole, former)


def check_day(issue: Issue, today: date) -> None:
    """Raise NotYetError if ``issue`` is to appear after ``today``, ClockError if one of its documents is later."""
    _check_clock(today, *(document.date for document in issue.documents))
    if issue.date > today:
        raise NotYetError(f"{issue.name} 的出版日期是 {issue.date}，还没有到，没有记为已发布。")


def republish_changes(
    root: Path,
    publication: Publication,
    reason: str,
    today: date,
    names: Container[str] = (),
    printed_formerly: Container[str] = (),
    witnesses: Mapping[str, Witness] | None = None,
) -> list[Change]:
    """Return the changes that record ``reason`` for each published issue whose content has changed.

    Only for the issues ``names``, if there are any; and then also for those of them for which gazette.toml has other
    settings than they were published with, those whose folder is in ``printed_formerly``: they are to be typeset
    anew, those with a day to come in their record, which is corrected, and those whose record is lost, or other than
    the last site says (``witnesses``, by the folder). The settings of now are frozen, and the seal of the PDFs is left
    out until there are new ones. Raises ClockError, and PrivateReasonError for a reason that no page may show.
    """
    for fault in faults_of_reason(publication.gazette, reason):
        raise PrivateReasonError(f"理由会写在网页上，{fault.message}{fault.hint}没有记。")
    published = _published_records(root)
    digests = {issue.folder: read_folder(root, issue.folder).portable_digests for issue in publication.issues}
    records: dict[str, PublicationRecord] = {}
    changes: dict[str, tuple[Issue, PublicationRecord, tuple[str, ...]]] = {
        issue.folder: (issue, record, changed)
        for issue, record, changed in changed_issues(publication, published, digests)
    }
    for issue in publication.issues:
        if issue.name in names:
            record = published.get(issue.folder, issue.record)
            said = (witnesses or {}).get(issue.folder)
            if (
                record is None and said is not None
            ):  # The digests of then are lost, so all of it may be other.
                changes[issue.folder] = issue, PublicationRecord(said.date, {}), (RECORD_FILE,)
            elif record is not None and (_with_past_days(record, today) != record or _is_other(record, said)):
                _, _, changed = changes.get(issue.folder, (issue, record, ()))
                changes[issue.folder] = issue, record, tuple(dict.fromkeys((*changed, RECORD_FILE)))
            elif record is not None and (
                changed_settings(record, publication, issue) or issue.folder in printed_formerly
            ):
                changes.setdefault(issue.folder, (issue, record, ()))
    for issue, recorded, changed in changes.values():
        if not names or issue.name in names:
            record = _dated(issue, recorded, today, is_named=issue.name in names)
            # The issue takes the settings of now, so its page names those that differ too.
            files = tuple(dict.fromkeys((*changed, *changed_settings(record, publication, issue))))
            records[issue.folder] = PublicationRecord(
                record.published,
                recorded_digests(issue, digests[issue.folder]),
                (*record.changes, Republication(today, reason, files)),
                recorded_settings(publication, issue),
                anchors=_anchors(publication.gazette, issue, read_folder(root, issue.folder), record.anchors),
            )
    return _record_changes(root, records)


def seal_changes(root: Path, prints: Sequence[tuple[Issue, Prints]]) -> list[Change]:
    """Return the changes that add the PDFs ``prints`` to the records of published issues."""
    records = {
        issue.folder: replace(issue.record, prints=of_issue)
        for issue, of_issue in prints
        if issue.record is not None
    }
    return _record_changes(root, records)


def _check_clock(today: date, *past: date) -> None:
    """Raise ClockError if ``today`` is earlier than a date that is known to have passed."""
    if today < max(past):
        raise ClockError(
            f"这台计算机的日期是 {today}，早于 {max(past)}（公文、这一期或程序的日期），没有记。"
            "改正计算机的日期以后再做。"
        )


def doubt_about_day(publication: Publication, issue: Issue, today: date) -> str | Advice:
    """Return why ``today``, on which ``issue`` is to be published, may be a wrong date of the machine; empty if nothing is odd."""
    last = max(
        (
            (_latest_day(each.record), each.name)
            for each in publication.issues
            if each.record is not None and each.folder != issue.folder
        ),
        default=(date.min, ""),
    )
    if today < last[0]:
        return advice(
            f"这台计算机的日期是 {today}，早于 {last[1]} 发布记录里的 {last[0]}。计算机的日期不对的，先改正；那一期记错了的，",
            AdvisedAct(Act.REPUBLISH, last[1]),
            "，更正。",
        )
    if today < date.fromisoformat(RELEASED):
        return f"这台计算机的日期是 {today}，早于这个程序发布的日期（{RELEASED}）。先看看计算机的日期对不对。"
    return ""


def _dated(issue: Issue, record: PublicationRecord, today: date, is_named: bool) -> PublicationRecord:
    """Return ``record`` of ``issue`` without days after ``today``, which a wrong clock put there.

    Raises ClockError where it is the clock of now that may be wrong: unless the issue is named, and always where
    ``today`` is earlier than the issue itself or this program.
    """
    dated = _with_past_days(record, today)
    if dated == record:
        return record
    _check_clock(
        today, issue.date, date.fromisoformat(RELEASED), *(document.date for document in issue.documents)
    )
    if not is_named:
        raise ClockError(
            advice(
                f"这台计算机的日期是 {today}，早于 {issue.name} 的发布记录里的 {_latest_day(record)}，没有记。"
                "计算机的日期不对的，改正以后再做；是记录的日期记错了的，写上期号，一并更正，",
                AdvisedAct(Act.REPUBLISH, issue.name),
                "。",
            )
        )
    return dated


def _latest_day(record: PublicationRecord) -> date:
    return max([record.published, *(change.day for change in record.changes)])


def _with_past_days(record: PublicationRecord, today: date) -> PublicationRecord:
    changes = tuple(replace(change, day=min(change.day, today)) for change in record.changes)
    return replace(record, published=min(record.published, today), changes=changes)


def _is_other(record: PublicationRecord, said: Witness | None) -> bool:
    """Return whether ``record`` was written anew since the last site, of which ``said`` is left."""
    return said is not None and said.changes == len(record.changes) and said != witness(record)


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
