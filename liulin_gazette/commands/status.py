"""``status``: print a table of all issues."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.readable_settings import readable
from liulin_gazette.editing.new_issues import next_issue
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.examination import examine_content
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.review.issue_status import output_states, statuses, without_documents
from liulin_gazette.workers.pool import WorkerPool


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Print each issue's documents, findings, pages, whether its output is up to date and it is published; return 0."""
    from rich.console import Console
    from rich.table import Table

    del arguments
    with template_errors_named(root), WorkerPool() as pool:
        inputs, last = read_inputs(root), output_record.read(root)
        examined = examine_content(inputs.content, pool, PackedIssues())
    publication = readable(examined.readable)
    states = output_states(root, inputs, examined, last)
    # Without padding the columns fit a terminal of 80 characters, and no date is cut off.
    headings = ("期", "总期号", "出版日期", "公文", "错误", "警告", "提示", "页数", "成品", "已发布")
    table = Table(*headings, padding=0)
    for folder, findings, words in without_documents(root, publication, examined.diagnostics):
        name = folder.rpartition("/")[2]
        table.add_row(name, "—", "—", "0", *(str(findings[each]) for each in Severity), "—", words, "—")
    for status in statuses(publication, examined.diagnostics, last, states):
        counts = [str(status.findings[severity]) for severity in Severity]
        issue = status.issue
        pages = str(status.pages or "—")
        table.add_row(
            issue.name,
            "—" if issue.total is None else str(issue.total),
            issue.date.isoformat(),
            str(len(issue.documents)),
            *counts,
            pages,
            status.state.value,
            issue.record.published.isoformat() if issue.record else "—",
        )
    Console().print(table)
    print(_following(root, publication))
    return 0


def _following(root: Path, publication: Publication) -> str:
    """Return what is told of the issue after the last one."""
    following = next_issue(publication, date.today())
    total = f"（总第{following.total}期）" if following.total is not None else ""
    if (root / "content" / following.name).exists():
        return f"下一期是 {following.name}{total}，已经建了，还没有能生成的公文。"
    return f"下一期是 {following.name}{total}，还没有建：python3 build.py new issue。"
