"""``status``: print a table of all issues."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline import ledger
from liulin_gazette.pipeline.examination import examine_content
from liulin_gazette.pipeline.freshness import issue_states
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.pipeline.staging import stand_of
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.review.issue_status import statuses
from liulin_gazette.workers.pool import WorkerPool


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Print each issue's documents, findings and pages, and whether its output is up to date; return the exit code."""
    from rich.console import Console
    from rich.table import Table

    del arguments
    with template_errors_named(root), WorkerPool() as pool:
        inputs, last = read_inputs(root), ledger.read(root)
        examined = examine_content(inputs.content, pool, PackedIssues())
    publication = examined.readable
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    states = issue_states(inputs, examined, last, stand_of(root / "output"))
    table = Table("期", "总期号", "出版日期", "公文", "错误", "警告", "提示", "页数", "成品")
    for status in statuses(publication, examined.diagnostics, last, states):
        counts = [str(status.findings[severity]) for severity in Severity]
        issue = status.issue
        pages = str(status.pages or "—")
        table.add_row(
            issue.name,
            str(issue.total),
            issue.date.isoformat(),
            str(len(issue.documents)),
            *counts,
            pages,
            status.state.value,
        )
    Console().print(table)
    return 0
