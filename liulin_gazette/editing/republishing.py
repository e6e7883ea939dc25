"""Building published issues anew: the reason is recorded first, and taken back where nothing comes of the build."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.check.published_issues import LIST
from liulin_gazette.editing.changes import EditingError, apply, undo
from liulin_gazette.editing.publishing import republish_changes, seal_changes
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.published_prints import former_prints
from liulin_gazette.pipeline.published_witnesses import read_witnesses
from liulin_gazette.pipeline.sealed_prints import current_prints
from liulin_gazette.pipeline.stages import Result, Wanted
from liulin_gazette.source.publication_records import DAMAGED
from liulin_gazette.text.editor_error import CONTENT, USAGE, EditorError

Tell = Callable[[str], None]


class ReasonError(EditorError):
    """The reason for a change to a published issue cannot be recorded; the message says why."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def republish(
    root: Path,
    wanted: Wanted,
    words: str,
    today: date,
    build: Callable[[Wanted], Result],
    tell: Tell,
    warn: Tell,
) -> tuple[Result, bool]:
    """Return the result of the ``build`` that is ``wanted``, with the reason ``words`` for changes to published issues.

    The second value tells whether a reason was recorded. The new PDFs are sealed. ``tell`` gets what became of it, and
    ``warn`` that the reason was taken back. Raises EditorError.
    """
    step, names = _record_reason(root, words, wanted.issues, today)
    if names:
        tell(f"理由记在：{'、'.join(names)}。")
    else:
        tell("已发布的各期没有还没记下理由的改动，没有再记，照常生成。")
    result = _built(root, replace(wanted, reprinted=wanted.issues), step, build, warn)
    is_recorded = bool(step)
    if step and not result.failed and not wanted.site_only and _seal(root, names):
        tell("新的 PDF 的指纹也记下了。")
        result = replace(build(wanted), replaced=result.replaced, unchanged=False)
    return result, is_recorded


def _built(root: Path, wanted: Wanted, step: str, build: Callable[[Wanted], Result], warn: Tell) -> Result:
    """Return what is ``wanted``, built; take back the ``step`` with the reason where it is not. Raises EditorError."""
    result: Result | None = None
    try:
        result = build(wanted)
        return result
    except EditorError as error:
        if step:
            error.outcome += "\n" + _take_back(root, step)
            step = ""
        raise
    finally:
        if step and (result is None or result.failed):
            warn(_take_back(root, step))


def _record_reason(root: Path, words: str, issues: Sequence[str], today: date) -> tuple[str, list[str]]:
    """Record the reason ``words`` for changes to published issues, of these ``issues`` where there are some.

    Return the step that takes it back, and the names of the issues; nothing where there was nothing to record. Raises
    EditorError.
    """
    reason = " ".join(words.split())
    if not any(character.isalnum() for character in reason):
        raise ReasonError("--republish 后面要写明理由，理由公布在网页上。", USAGE)
    examined = examine(root)
    for each in examined.diagnostics:
        if each.code == DAMAGED:  # What it says would be lost with it.
            raise ReasonError(f"{each.place.path}：{each.message}{each.hint}没有记，也没有生成。", CONTENT)
    publication, step = examined.readable, ""
    former = frozenset(former_prints(root, publication) if issues and publication else ())
    changes = (
        republish_changes(root, publication, reason, today, issues, former, read_witnesses(root))
        if publication
        else []
    )
    if changes:
        step = apply(root, "republish", changes)
    return step, [Path(each.path).parent.name for each in changes if each.path != LIST]


def _seal(root: Path, names: Sequence[str]) -> bool:
    """Record the new PDFs of the republished issues ``names``; return whether there were any to record."""
    publication = examine(root).publication
    if publication is None:
        return False
    republished = [issue for issue in publication.issues if issue.name in names]
    prints = [(issue, current_prints(root, publication, issue)) for issue in republished]
    changes = seal_changes(root, [(issue, of_issue) for issue, of_issue in prints if of_issue is not None])
    if changes:
        apply(root, "seal", changes)
    return bool(changes)


def _take_back(root: Path, step: str) -> str:
    """Undo ``step`` and return what the editor is told of it."""
    try:
        undo(root, step)
    except EditingError as error:
        return f"没有生成，可是理由已经记下，撤不回来：{error}"
    return "没有生成，理由也没有记。"
