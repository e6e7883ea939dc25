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
from liulin_gazette.commands.terminal.issue_names import is_known
from liulin_gazette.commands.terminal.progress import Steps
from liulin_gazette.editing.changes import EditingError, apply, undo
from liulin_gazette.editing.publishing import ClockError, republish_changes
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline.build_lock import LockedError
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.published_prints import printed_formerly
from liulin_gazette.pipeline.site_files import ContentChangedError
from liulin_gazette.pipeline.stages import BuiltIssue, Result, Wanted, build
from liulin_gazette.pipeline.staging import OutputError
from liulin_gazette.rendering.template_errors import UnreadableError
from liulin_gazette.source.publication_records import DAMAGED
from liulin_gazette.workers.cluster import ClusterError

SHOWN = 3
"""Issues whose files are named at the end, the newest."""


def run(root: Path, given: argparse.Namespace) -> int:
    """Build; errors leave the last output as it was."""
    if not is_known(root, given.issues):
        return 2
    start = time.monotonic()
    recorded, is_built = "", False
    try:
        if given.republish:
            recorded = _republish(root, given.republish, given.issues)
        result = _built(root, given)
        is_built = result is not None and not result.failed
    except _NotRecordedError as error:
        print(error, file=sys.stderr)
        return error.code
    finally:
        if recorded and not is_built:
            _take_back(root, recorded)
    if result is None:
        return 3
    print_findings(root, tuple(each for each in result.diagnostics if each.severity is not Severity.NOTE))
    if result.failed:
        print(f"没有生成：{tally(result.diagnostics)}改正后再运行。上一次的成品没有改动。", file=sys.stderr)
        return 1
    _print_built(result)
    print("  网站  output/site/index.html")
    if result.replaced:
        print(f"已发布的 {'、'.join(result.replaced)} 在网站上的 PDF 换了，与以前公布的不是同一个文件。")
    if result.unchanged:
        print("内容没有改动，成品都是最新的。")
    print(f"完成，用时 {time.monotonic() - start:.1f} 秒。{tally(result.diagnostics)}")
    return 0


def _built(root: Path, given: argparse.Namespace) -> Result | None:
    """Return what was built; None, having said why, where the environment cannot do it."""
    from liulin_gazette.pdf.typeset.layout import TypesettingError

    try:
        with Steps() as steps:
            names = tuple(given.issues)
            reprinted = names if given.republish else ()
            wanted = Wanted(names, given.site_only, given.jobs, given.cluster, reprinted)
            return build(root, wanted, steps.say)
    except (OutputError, LockedError, ClusterError) as error:
        print(error, file=sys.stderr)
    except UnreadableError as error:
        print(f"{error}没有生成，上一次的成品没有改动。", file=sys.stderr)
    except ContentChangedError as error:
        print(
            f"生成的时候，{error} 里的文件被改动了，没有生成。保存好以后再运行一次。上一次的成品没有改动。",
            file=sys.stderr,
        )
    except TypesettingError as error:
        print(f"排印中断：{error}\n上一次的成品没有改动。", file=sys.stderr)
    return None


class _NotRecordedError(Exception):
    """The reason cannot be recorded; the argument says in Chinese why."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code
        """The exit code."""


def _republish(root: Path, given: str, issues: Sequence[str]) -> str:
    """Record the reason ``given`` for changes to published issues, of these ``issues`` where there are some.

    Return the step that takes it back; nothing where there was nothing to record. Raises _NotRecordedError.
    """
    reason = " ".join(given.split())
    if not any(character.isalnum() for character in reason):
        raise _NotRecordedError("--republish 后面要写明理由，理由公布在网页上。", 2)
    examined = examine(root)
    for each in examined.diagnostics:
        if each.code == DAMAGED:  # What it says would be lost with it.
            raise _NotRecordedError(f"{each.place.path}：{each.message}{each.hint}没有记，也没有生成。", 1)
    publication, step = examined.readable, ""
    try:
        formerly = frozenset(printed_formerly(root)) if issues else frozenset[str]()
        changes = (
            republish_changes(root, publication, reason, date.today(), issues, formerly)
            if publication
            else []
        )
        if changes:
            step = apply(root, "republish", changes)
    except (EditingError, ClockError) as error:
        raise _NotRecordedError(str(error), 3) from error
    names = [Path(each.path).parent.name for each in changes if each.path != LIST]
    if names:
        print(f"理由记在：{'、'.join(names)}。")
    else:
        print("已发布的各期没有还没记下理由的改动，没有再记，照常生成。")
    return step


def _take_back(root: Path, step: str) -> None:
    try:
        undo(root, step)
    except EditingError as error:
        print(f"没有生成，可是理由已经记下，撤不回来：{error}", file=sys.stderr)
    else:
        print("没有生成，理由也没有记。", file=sys.stderr)


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
