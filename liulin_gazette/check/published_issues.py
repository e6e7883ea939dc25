"""Check that published issues are still as they were published (codes B050, B052, B053, B072, B073, B074)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.issue_record import PublicationRecord, Witness, witness
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.source.folder import PortableDigests
from liulin_gazette.source.publication_records import RECORD_FILE, SETTINGS_PATH, differences
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice

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
        told = f"{issue_name(issue)}已经发布，{'、'.join(names)}却有改动。"
        yield advised(
            Diagnostic("B050", Severity.ERROR, Place(place), told),
            advice(
                "公报不能悄悄改写。恢复原样；确应改正的，",
                AdvisedAct(Act.REPUBLISH, issue.name),
                "，网页上会公布。",
            ),
        )
    folders = {issue.folder for issue in publication.issues}
    for path, record in listed.items():
        if path not in folders:
            told = f"{path} 已于 {record.published} 发布，现在没有了，或者栏目里没有公文。"
            yield advised(
                Diagnostic("B052", Severity.ERROR, Place(path), told),
                advice(
                    "从备份恢复：公布过的网址不能消失。确应撤下的，保留这一期，把公文换成撤下的说明，再",
                    AdvisedAct(Act.REPUBLISH, path.rpartition("/")[2]),
                    "。",
                ),
            )
    for issue in publication.issues:
        if issue.record is not None and issue.folder not in listed:
            place = Place(f"{issue.folder}/{RECORD_FILE}")
            yield advised(
                Diagnostic("B053", Severity.WARNING, place, f"{issue.name} 有发布记录，{LIST} 里却没有它。"),
                advice(f"从备份恢复 {LIST}；从来没有的，", AdvisedAct(Act.PUBLISH, issue.name), "，补上。"),
            )


def lost_records(
    publication: Publication, listed: Records, witnesses: Mapping[str, Witness]
) -> Iterator[Diagnostic]:
    """Yield the findings about issues that the site of the last build has as published, ``witnesses``.

    They go by the project path of the issue's folder. B072: both records of an issue are gone. B073: they were both
    written anew. B074: changes that were recorded are gone from them.
    """
    records = {issue.folder: issue.record for issue in publication.issues if issue.record} | dict(listed)
    for path, said in sorted(witnesses.items()):
        name = path.rpartition("/")[2]
        if path not in records:
            told = f"output 里的网站和报告说 {name} 已于 {said.date} 发布，它的发布记录和 {LIST} 里的那一份却都没有了。"
            yield advised(
                Diagnostic("B072", Severity.ERROR, Place(f"{path}/{RECORD_FILE}"), told),
                advice(
                    f"从备份恢复 {path}/{RECORD_FILE} 和 {LIST}。没有备份的，重新记，",
                    AdvisedAct(Act.REPUBLISH, name),
                    "。撤销了发布、网站也还没有上传的，",
                    Act.CLEAN,
                    "，再生成。",
                ),
            )
            continue
        now = witness(records[path])
        if now.changes < said.changes:
            yield Diagnostic(
                "B074",
                Severity.WARNING,
                Place(f"{path}/{RECORD_FILE}"),
                f"{name} 的发布记录有 {now.changes} 次改动，output 里的网站有 {said.changes} 次：有的理由没有了。",
                "网站还没有上传的，不要紧；已经上传的，从备份恢复发布记录，公布过的理由不能消失。",
            )
        elif now.changes == said.changes and (now.date, now.sha256) != (said.date, said.sha256):
            told = (
                f"{name} 的两份发布记录都与 output 里的网站记的不同：它们由程序写，却被改过，没有写明理由。"
            )
            yield advised(
                Diagnostic("B073", Severity.ERROR, Place(f"{path}/{RECORD_FILE}"), told),
                advice(
                    "从备份恢复，或",
                    AdvisedAct(Act.REPUBLISH, name),
                    "。网站还没有上传的，",
                    Act.CLEAN,
                    "，再生成。",
                ),
            )
