"""A back issue that was read → the files of its draft issue, and the record of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liulin_gazette.editing.changes import Change
from liulin_gazette.editing.new_issues import DEFAULT_SECTIONS, NewIssue, issue_text
from liulin_gazette.intake.back_issues.archive_folder import SourceIssue
from liulin_gazette.intake.back_issues.archive_records import EXISTING, REFUSED, WRITTEN, IssueRecord
from liulin_gazette.intake.back_issues.issue_evidence import clue_of_name
from liulin_gazette.intake.back_issues.issue_identity import IssueIdentity, against_series, identity_of
from liulin_gazette.intake.back_issues.issue_recognition import IssueReading
from liulin_gazette.intake.draft_files import Plan, plan_drafts, report
from liulin_gazette.intake.drafts import verification_mark
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.series import expected_total
from liulin_gazette.source.folder import ISSUE_FILE


@dataclass(frozen=True, slots=True)
class IssueDrafts:
    """The files of a draft issue, none where it is not to be written, and its record."""

    changes: tuple[Change, ...]
    record: IssueRecord
    plan: Plan | None = None


def identity_from(source: SourceIssue, reading: IssueReading) -> IssueIdentity:
    """Return which issue ``source`` is: by what its files and their names say, or as the office has decided."""
    named = clue_of_name(source.path)
    return identity_of((*reading.clues, *([named] if named else ())), source.decision)


def issue_drafts(
    root: Path,
    publication: Publication,
    source: SourceIssue,
    reading: IssueReading,
    identity: IssueIdentity,
) -> IssueDrafts:
    """Return the files that add the back issue to ``root``; none if its number is open, or if it is there already.

    Raises issue_file.NewError.
    """
    record = IssueRecord(
        source.path,
        REFUSED,
        year=identity.year,
        number=identity.number,
        total=identity.total,
        day=identity.day,
        sources=identity.sources,
        doubts=tuple(_doubts(publication.gazette, reading, identity)),
        documents=reading.documents,
        missing=reading.missing,
    )
    if not identity.name:
        return IssueDrafts((), replace(record, told=_open_number(source, identity)))
    if (root / "content" / identity.name).exists():
        told = f"content/{identity.name} 已经有了，没有动它"
        return IssueDrafts((), replace(record, outcome=EXISTING, told=told))
    if not any(draft.conversions for draft in reading.intake.drafts):
        return IssueDrafts((), replace(record, told="没有可以转换的文字"))
    issue = _new_issue(publication, reading, identity)
    plan = plan_drafts(root, publication, issue, "", (reading.intake,))
    if not plan.planned:
        return IssueDrafts((), replace(record, told="各份公文的文号在别的期里都有了"))
    repeated = tuple(
        f"{each.document.number or each.document.title} 在别的一期里已经有了，没有写：核对是不是重登"
        for each in plan.duplicates
    )
    changes = tuple(_with_open_values(change, issue, identity) for change in plan.changes)
    by_draft = {id(each.draft): each.path for each in plan.planned}
    marks = sum(each.marks for each in plan.planned) + len(_open_values(identity))
    record = replace(
        record,
        outcome=WRITTEN,
        total=issue.total,
        doubts=(*record.doubts, *repeated),
        drafts=tuple(by_draft.get(id(draft), "") for draft in reading.intake.drafts),
        marks=marks,
        page=f"旧刊-{identity.name}.html",
    )
    return IssueDrafts(changes, record, plan)


def comparison(root: Path, gazette: Gazette, reading: IssueReading, drafts: IssueDrafts) -> bytes:
    """Return the page that shows the files of a back issue and its ``drafts`` side by side."""
    plan = drafts.plan or Plan((), (), ())
    return report(root, gazette, (reading.intake,), plan)


def _doubts(gazette: Gazette, reading: IssueReading, identity: IssueIdentity) -> list[str]:
    """Return what wants a human eye in the issue as a whole, in Chinese."""
    told = [f"{each.field}不一致：{each.told}" for each in identity.conflicts]
    told += against_series(identity, gazette.series)
    if identity.day is None and not identity.conflict("出版日期"):
        told.append("没有找到出版日期")
    if identity.sources and not reading.clues:
        told.append("封面、页眉上没有认出期号，只凭文件名")
    if not reading.has_contents:
        told.append("没有找到目录，各份公文按标题和文号分开，没有与目录核对")
    told += [f"目录里的“{each.title}”（第{each.page}页）在正文里没有找到" for each in reading.missing]
    if any(each.in_contents and not each.last_page for each in reading.documents):
        told.append("来稿里看不出印刷页码，各份的首页取自目录，末页要对照原件补上")
    extra = sum(not each.in_contents for each in reading.documents) if reading.has_contents else 0
    if extra:
        told.append(f"正文里有 {extra} 份目录里没有")
    return [*told, *reading.intake.remarks]


def _open_number(source: SourceIssue, identity: IssueIdentity) -> str:
    """Return why the number of the issue is open, and what the office can do."""
    conflicts = [each.told for each in (identity.conflict("年"), identity.conflict("期")) if each]
    why = "；".join(conflicts) if conflicts else "封面、页眉、文件名里没有认出是哪一年、哪一期"
    return f'{why}。对照原件，在往期文件夹的 期号.toml 里写一行 "{source.path}" = "年-期"（例如 "2018-3"），再运行一次'


def _new_issue(publication: Publication, reading: IssueReading, identity: IssueIdentity) -> NewIssue:
    assert identity.year
    assert identity.number
    series, number = publication.gazette.series, identity.number
    total = identity.total
    if series.total is None:
        total = None
    elif total is None and not number.supplement:
        expected = expected_total(series, identity.year, number.number)
        total = expected if expected and expected > 0 else None
    regular = [issue for issue in publication.issues if issue.is_regular]
    own = tuple(section.name for section in regular[-1].sections) if regular else DEFAULT_SECTIONS
    sections = reading.sections or own
    day = identity.day or date(identity.year, 1, 1)
    return NewIssue(identity.year, number.number, total, day, sections, number.merged_with, number.supplement)


def _open_values(identity: IssueIdentity) -> dict[str, str]:
    """Return the marks that stand in issue.toml for values that are open, by their keys."""
    marks: dict[str, str] = {}
    if conflict := identity.conflict("总期号"):
        marks["总期号"] = verification_mark(conflict.told)
    if identity.day is None:
        conflict = identity.conflict("出版日期")
        marks["出版日期"] = verification_mark(conflict.told if conflict else "来稿里没有找到")
    return marks


def _with_open_values(change: Change, issue: NewIssue, identity: IssueIdentity) -> Change:
    """Return ``change``; issue.toml has a mark for each value that is open, so that no check passes it."""
    if not change.path.endswith(f"/{ISSUE_FILE}") or change.after is None:
        return change
    text = change.after.decode()
    for key, mark in _open_values(identity).items():
        known = next((line for line in issue_text(issue).split("\n") if line.startswith(f'"{key}" = ')), None)
        line = f'"{key}" = "{mark}"'
        year = f'"年" = {issue.year}'
        text = text.replace(known, line, 1) if known else text.replace(year, f"{year}\n{line}", 1)
    return replace(change, after=text.encode())


def failed(path: str, told: str) -> IssueRecord:
    """Return the record of files that were not read, with the reason ``told``; their name may say which issue they are."""
    clue = clue_of_name(path)
    return IssueRecord(
        path, REFUSED, told, year=clue.year if clue else None, number=clue.number if clue else None
    )


def names_of_sections(publication: Publication) -> Sequence[str]:
    """Return the names of all sections that the gazette has had."""
    return tuple(dict.fromkeys(section.name for issue in publication.issues for section in issue.sections))
