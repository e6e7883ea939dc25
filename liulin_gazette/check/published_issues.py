"""Check that published issues are still as they were published (codes B050, B052, B053)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import Issue, Publication, PublicationRecord
from liulin_gazette.source.folder import PortableDigests
from liulin_gazette.source.publication_records import RECORD_FILE, SETTINGS_PATH, differences

LIST = f"content/{RECORD_FILE}"
"""Project path of the list of published issues."""
Records = Mapping[str, PublicationRecord]
"""Records by the project path of the issue's folder."""


def changed_issues(
    publication: Publication, listed: Records, now: Mapping[str, PortableDigests]
) -> Iterator[tuple[Issue, PublicationRecord, tuple[str, ...]]]:
    """Yield each published issue that differs from its record, with the record and the names of what differs.

    ``now`` are the present digests of each published issue, by the project path of its folder. If the record in the
    folder differs from the one in the list, ``listed``, the latter counts and the record file is named too.
    """
    for issue in publication.issues:
        record = listed.get(issue.folder, issue.record)
        if record is not None:
            names = differences(record, publication, issue, now.get(issue.folder, {}))
            if record != issue.record:
                names = (*names, RECORD_FILE)
            if names:
                yield issue, record, names


def silent_changes(
    publication: Publication, listed: Records, now: Mapping[str, PortableDigests]
) -> Iterator[Diagnostic]:
    """Yield the findings about published issues; for the arguments see ``changed_issues``.

    B050: an issue was changed without being republished. B052: an issue in the list is missing. B053: an issue has
    a record but is not in the list.
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
    folders = {issue.folder for issue in publication.issues}
    for path, record in listed.items():
        if path not in folders:
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
                Place(f"{issue.folder}/{RECORD_FILE}"),
                f"{issue.name} 有发布记录，{LIST} 里却没有它。",
                f"从备份恢复 {LIST}；从来没有的，运行 python3 build.py publish {issue.name}，补上。",
            )
