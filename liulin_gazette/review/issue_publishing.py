"""Publishing an issue: whether it can be recorded as published, what is asked before, and the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.publishing import check_day, doubt_about_day, is_listed, publish_changes
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_record import Prints
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.sample_texts import SITE_URL
from liulin_gazette.pipeline.examination import Examined, examine
from liulin_gazette.pipeline.sealed_prints import current_prints, has_exact_prints, keep_prints
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.publication_records import keeps_all_settings
from liulin_gazette.text.advised_acts import Act, Advice, AdvisedAct, advice
from liulin_gazette.text.editor_error import CONTENT, EditorError, outcome


class PublishingError(EditorError):
    """An issue cannot be recorded as published; the message says why, and what to do."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class Candidate:
    """An issue that can be recorded as published, or whose record can be completed."""

    publication: Publication
    issue: Issue
    digest: str
    """Of its folder, as it was examined."""
    prints: Prints | None
    """Its PDFs, which the record seals; None where a published issue has no current ones."""
    doubt: str | Advice = ""
    """Why the machine's date may be wrong; empty if nothing is odd."""
    additions: tuple[str, ...] = ()
    """Of an issue that has a record: what is told once it has been completed. Empty with nothing to tell."""
    is_complete: bool = False
    """Whether it has a record to which there is nothing to add."""


def candidate(root: Path, name: str, today: date) -> Candidate:
    """Return the issue ``name`` as it can be published on the day ``today``.

    Raises PublishingError, NotYetError, ClockError, UnreadableError.
    """
    examined = examine(root)
    publication = examined.publication
    if publication is None or has_errors(examined.diagnostics):
        raise PublishingError(advice("内容有错误，不能发布。先", Act.CHECK, "，改正。"))
    issue = next((issue for issue in publication.issues if issue.name == name), None)
    if issue is None:
        raise PublishingError(f"{name} 还没有公文。")
    prints = current_prints(root, publication, issue)
    if issue.record is not None:
        return _published(root, examined, publication, issue, prints)
    check_day(issue, today)
    if left := _samples_left(publication.gazette, issue, examined.diagnostics):
        raise PublishingError(f"还有样本里的内容没有换，不能发布 {name}：\n{left}")
    if prints is None or not has_exact_prints(root, publication, issue):
        raise PublishingError(
            advice(
                f"{name} 现在的内容还没有生成，或生成以后又改过内容、设置，没有记。先",
                Act.BUILD,
                "，看过成品，再",
                AdvisedAct(Act.PUBLISH, name),
                "。",
            )
        )
    doubt = doubt_about_day(publication, issue, today)
    return Candidate(publication, issue, examined.folders[issue.folder], prints, doubt)


def record(root: Path, found: Candidate, today: date) -> None:
    """Record the issue that was ``found`` as published on the day ``today``, or complete its record.

    Raises PublishingError where its files are no longer as examined, EditingError, UnreadableError.
    """
    issue = found.issue
    folder = read_folder(root, issue.folder)
    if folder.digest != found.digest:
        raise PublishingError(f"{issue.folder} 里的文件刚刚被改动，没有记。保存好以后再做一次。")
    if found.prints is not None:
        with outcome("没有记，什么都没有改。"):
            keep_prints(root, found.prints)
    apply(root, "publish", publish_changes(root, found.publication, issue, folder, today, found.prints))


def _published(
    root: Path, examined: Examined, publication: Publication, issue: Issue, prints: Prints | None
) -> Candidate:
    """Return ``issue``, which has a record, with what that lacks."""
    record = issue.record
    assert record is not None
    additions: list[str] = []
    if prints is not None and record.prints is None:
        additions.append("补记了它的 PDF 的指纹。")
    if not record.anchors:
        additions.append("补记了各段的地址；以后改动文字，公布过的链接仍指到原来的地方。")
    if not keeps_all_settings(record):
        additions.append("补记了它的设置；以后改设置，不再影响这一期。")
    is_complete = not additions and is_listed(root, issue)
    digest = examined.folders[issue.folder]
    return Candidate(publication, issue, digest, prints, "", tuple(additions), is_complete)


def _samples_left(gazette: Gazette, issue: Issue, diagnostics: Sequence[Diagnostic]) -> str:
    """Return the findings about texts that ``init`` or ``new`` wrote and nobody replaced; empty if there are none."""
    codes = ["B062"] + (["B010"] if gazette.site_url == SITE_URL else [])
    left = (
        each
        for each in diagnostics
        if each.code in codes or (each.code == "S080" and each.place.path.startswith(f"{issue.folder}/"))
    )
    return "\n".join(f"{each.place}: {each.code} {each.message}{each.hint}" for each in left)
