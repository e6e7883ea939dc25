"""Printing findings in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.finding_groups import finding_tasks
from liulin_gazette.review.finding_formats import as_text
from liulin_gazette.source.folder import read_plain_file


def line_reader(root: Path) -> Callable[[str], Sequence[str]]:
    """Return a function that reads the lines of a project file, each file once; none if it cannot be read."""

    @cache
    def read_lines(path: str) -> Sequence[str]:
        try:
            return (
                read_plain_file(root, path)
                .decode("utf-8-sig")
                .replace("\r\n", "\n")
                .replace("\r", "\n")
                .split("\n")
            )
        except (OSError, ValueError):
            return ()

    return read_lines


def print_findings(root: Path, diagnostics: Sequence[Diagnostic]) -> None:
    """Print the findings in groups, each with an excerpt; errors go to standard error."""
    read_lines = line_reader(root)
    for task in finding_tasks(diagnostics):
        stream = sys.stderr if task.severity is Severity.ERROR else sys.stdout
        print(f"━━ {task.title} ━━", file=stream)
        for group in task.groups:
            print(f"── {group.work.value} ──", file=stream)
            print(as_text(group.findings, read_lines), file=stream)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the number of findings of each severity as a Chinese sentence."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(severity, severities.count(severity)) for severity in Severity]
    summary = "、".join(f"{severity.value} {count} 处" for severity, count in counts if count)
    return f"{summary}。" if summary else "没有发现问题。"
