"""A build, and what the terminal tells of it."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

from liulin_gazette.commands.terminal.findings import print_findings, tally
from liulin_gazette.commands.terminal.progress import Progress
from liulin_gazette.editing.republishing import republish
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.pipeline.stages import BuiltIssue, Result, Wanted, build
from liulin_gazette.text.editor_error import CONTENT, outcome
from liulin_gazette.workers.cluster_access import ClusterAccess
from liulin_gazette.workers.pool import WorkerPool

SHOWN = 3
"""Issues whose files are named at the end, the newest."""


def build_and_tell(
    root: Path, given: argparse.Namespace, access: ClusterAccess | None, pool: WorkerPool | None, start: float
) -> int:
    """Build what is ``given``, with the cluster at ``access`` or with ``pool``, and return the exit code.

    ``start`` is the time of the clock ``time.monotonic`` at which the command began, in seconds.
    """
    wanted = Wanted(tuple(given.issues), given.site_only, given.jobs, access)
    run_build, is_recorded = partial(_build, root, pool), False
    if given.republish:
        result, is_recorded = republish(root, wanted, given.republish, date.today(), run_build, print, _warn)
    else:
        result = run_build(wanted)
    print_findings(root, tuple(each for each in result.diagnostics if not _is_left_to_check(each)))
    if result.failed:
        print(f"没有生成：{tally(result.diagnostics)}改正后再运行。上一次的成品没有改动。", file=sys.stderr)
        return CONTENT
    _print_built(result)
    print("  网站  output/site/index.html")
    if result.replaced:
        print(f"已发布的 {'、'.join(result.replaced)} 在网站上的 PDF 换了，与以前公布的不是同一个文件。")
    if is_recorded and given.site_only:
        print(
            "这次没有排印：排印以后（python3 build.py），运行 python3 build.py publish 期号，记下新的 PDF 的指纹。"
        )
    if result.unchanged:
        print("内容没有改动，成品都是最新的。")
    hint = "提示见 check 和构建报告。" if any(map(_is_left_to_check, result.diagnostics)) else ""
    print(f"完成，用时 {time.monotonic() - start:.1f} 秒。{tally(result.diagnostics)}{hint}")
    return 0


def _is_left_to_check(diagnostic: Diagnostic) -> bool:
    """Tell whether ``check`` and the reports show ``diagnostic``, and the build does not: a note about the content."""
    return diagnostic.severity is Severity.NOTE and diagnostic.place.path.startswith("content/")


def _build(root: Path, pool: WorkerPool | None, wanted: Wanted) -> Result:
    """Return what is ``wanted``, built. Raises EditorError."""
    with outcome("没有生成，上一次的成品没有改动。"), Progress() as progress:
        return build(root, wanted, progress.begin, pool)


def _warn(message: str) -> None:
    print(message, file=sys.stderr)


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
        + (f"\n  封面  {built.cover_pdf}" if built.cover_pdf else "")
        + (f"\n  折页  {built.foldouts_pdf}" if built.foldouts_pdf else "")
    )
