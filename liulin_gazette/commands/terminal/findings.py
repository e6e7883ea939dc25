"""Printing findings in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.review.finding_formats import as_text


def line_reader(root: Path) -> Callable[[str], Sequence[str]]:
    """Return a function that reads the lines of a project file, each file once; none if it cannot be read."""

    @cache
    def read_lines(path: str) -> Sequence[str]:
        try:
            return (root / path).read_text("utf-8-sig").split("\n")
        except (OSError, ValueError):
            return ()

    return read_lines


def print_findings(root: Path, diagnostics: Sequence[Diagnostic]) -> None:
    """Print each finding with an excerpt; errors go to standard error."""
    read_lines = line_reader(root)
    for diagnostic in diagnostics:
        stream = sys.stderr if diagnostic.severity is Severity.ERROR else sys.stdout
        print(as_text((diagnostic,), read_lines), file=stream)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the number of findings of each severity as a Chinese sentence."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(severity, severities.count(severity)) for severity in Severity]
    summary = "、".join(f"{severity.value} {count} 处" for severity, count in counts if count)
    return f"{summary}。" if summary else "没有发现问题。"
