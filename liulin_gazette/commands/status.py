"""``status``: a table of the issues."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.review.issue_status import statuses


def run(root: Path, given: argparse.Namespace) -> int:
    """Print each issue: documents, findings, pages, whether the output is of today's content."""
    from rich.console import Console
    from rich.table import Table

    del given
    examined = examine(root)
    publication = examined.readable
    if publication is None:
        print("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。", file=sys.stderr)
        return 1
    table = Table("期", "总期号", "出版日期", "公文", "错误", "警告", "提示", "页数", "成品")
    for each in statuses(root, publication, examined.diagnostics):
        counts = [str(each.findings[severity]) for severity in Severity]
        issue = each.issue
        pages = str(each.pages or "—")
        table.add_row(
            issue.name,
            str(issue.total),
            issue.date.isoformat(),
            str(len(issue.documents)),
            *counts,
            pages,
            each.state,
        )
    Console().print(table)
    return 0
