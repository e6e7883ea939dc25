"""``build``: check everything, make the site and the PDFs."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from liulin_gazette.commands.findings import print_findings, tally
from liulin_gazette.commands.issues import is_known
from liulin_gazette.commands.steps import Steps
from liulin_gazette.diagnostics import Severity
from liulin_gazette.output import OutputError
from liulin_gazette.pipeline import BuiltIssue, build


def run(root: Path, given: argparse.Namespace) -> int:
    """Build; errors leave the last output as it was."""
    from liulin_gazette.pdf.layout import TypesettingError

    if not is_known(root, given.issues):
        return 2
    start = time.monotonic()
    try:
        with Steps() as steps:
            result = build(root, tuple(given.issues), steps.say, given.jobs)
    except OutputError as error:
        print(error, file=sys.stderr)
        return 3
    except TypesettingError as error:
        print(f"排印中断：{error}\n上一次的成品没有改动。", file=sys.stderr)
        return 3
    print_findings(root, tuple(each for each in result.diagnostics if each.severity is not Severity.NOTE))
    if result.failed:
        print(f"没有生成：{tally(result.diagnostics)}改正后再运行。上一次的成品没有改动。", file=sys.stderr)
        return 1
    for built in result.built:
        print(_summary(built))
    print("  网站  output/site/index.html")
    if result.unchanged:
        print("内容没有改动，成品都是最新的。")
    print(f"完成，用时 {time.monotonic() - start:.1f} 秒。{tally(result.diagnostics)}")
    return 0


def _summary(built: BuiltIssue) -> str:
    return (
        f"\n{built.name}：{built.documents} 份公文，PDF {built.pages} 页\n"
        f"  PDF   {built.pdf}\n  印刷  {built.print_pdf}"
    )
