"""``build``: check everything, make the site and the PDFs."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from liulin_gazette.check.published_issues import LIST
from liulin_gazette.commands.terminal.findings import print_findings, tally
from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.editing.changes import EditingError, apply, undo
from liulin_gazette.editing.publishing import republish_changes
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.published_prints import former_prints
from liulin_gazette.pipeline.stages import BuiltIssue, Result, Wanted, build
from liulin_gazette.source.publication_records import DAMAGED
from liulin_gazette.text.editor_error import CONTENT, USAGE, EditorError, outcome

SHOWN = 3
"""Issues whose files are named at the end, the newest."""


def run(root: Path, given: argparse.Namespace) -> int:
    """Build; errors leave the last output as it was."""
    if not issues_exist(root, given.issues):
        return USAGE
    start = time.monotonic()
    reason = _record_reason(root, given.republish, given.issues) if given.republish else ""
    result = _build(root, given, reason)
    print_findings(root, tuple(each for each in result.diagnostics if each.severity is not Severity.NOTE))
    if result.failed:
        print(f"没有生成：{tally(result.diagnostics)}改正后再运行。上一次的成品没有改动。", file=sys.stderr)
        return CONTENT
    _print_built(result)
    print("  网站  output/site/index.html")
    if result.replaced:
        print(f"已发布的 {'、'.join(result.replaced)} 在网站上的 PDF 换了，与以前公布的不是同一个文件。")
    if result.unchanged:
        print("内容没有改动，成品都是最新的。")
    print(f"完成，用时 {time.monotonic() - start:.1f} 秒。{tally(result.diagnostics)}")
    return 0


class ReasonError(EditorError):
    """The reason for a change to a published issue cannot be recorded; the message says why."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def _build(root: Path, given: argparse.Namespace, reason: str) -> Result:
    """Return what ``given`` asks for, built; take back the step ``reason`` where it is not. Raises EditorError."""
    names = tuple(given.issues)
    reprinted = names if given.republish else ()
    wanted = Wanted(names, given.site_only, given.jobs, given.cluster, reprinted)
    result: Result | None = None
    try:
        with outcome("没有生成，上一次的成品没有改动。"), Progress() as progress:
            result = build(root, wanted, progress.begin)
        return result
    except EditorError as error:
        if reason:
            error.outcome += "\n" + _take_back(root, reason)
            reason = ""
        raise
    finally:
        if reason and (result is None or result.failed):
            print(_take_back(root, reason), file=sys.stderr)


def _record_reason(root: Path, words: str, issues: Sequence[str]) -> str:
    """Record the reason ``words`` for changes to published issues, of these ``issues`` where there are some.

    Return the step that takes it back; nothing where there was nothing to record. Raises EditorError.
    """
    reason = " ".join(words.split())
    if not any(character.isalnum() for character in reason):
        raise ReasonError("--republish 后面要写明理由，理由公布在网页上。", USAGE)
    examined = examine(root)
    for each in examined.diagnostics:
        if each.code == DAMAGED:  # What it says would be lost with it.
            raise ReasonError(f"{each.place.path}：{each.message}{each.hint}没有记，也没有生成。", CONTENT)
    publication, step = examined.readable, ""
    former = frozenset(former_prints(root)) if issues else frozenset[str]()
    changes = (
        republish_changes(root, publication, reason, date.today(), issues, former) if publication else []
    )
    if changes:
        step = apply(root, "republish", changes)
    names = [Path(each.path).parent.name for each in changes if each.path != LIST]
    if names:
        print(f"理由记在：{'、'.join(names)}。")
    else:
        print("已发布的各期没有还没记下理由的改动，没有再记，照常生成。")
    return step


def _take_back(root: Path, step: str) -> str:
    """Undo ``step`` and return what the editor is told of it."""
    try:
        undo(root, step)
    except EditingError as error:
        return f"没有生成，可是理由已经记下，撤不回来：{error}"
    return "没有生成，理由也没有记。"


def _print_built(result: Result) -> None:
    """Name the PDFs of the newest issues; an archive of thirty years has too many to name them all."""
    for built in result.built[-SHOWN:]:
        print(_summary(built))
    if len(result.built) > SHOWN:
        print(f"\n此前的 {len(result.built) - SHOWN} 期也都有 PDF，在 output/site 和 output/print。")


def _summary(built: BuiltIssue) -> str:
    return (
        f"\n{built.name}：{built.documents} 份公文，PDF {built.pages} 页\n"
        f"  PDF   {built.pdf}\n  印刷  {built.print_pdf}"
    )
