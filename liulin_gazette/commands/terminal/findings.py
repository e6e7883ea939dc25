"""Printing findings in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.review.finding_formats import as_text


def reader(root: Path) -> Callable[[str], Sequence[str]]:
    """Return what reads the lines of a file of the project, each file once."""

    @cache
    def lines(path: str) -> Sequence[str]:
        try:
            return (root / path).read_text("utf-8-sig").split("\n")
        except (OSError, ValueError):
            return ()

    return lines


def print_findings(root: Path, diagnostics: Sequence[Diagnostic]) -> None:
    """Print each finding with its line; errors go to the error stream."""
    lines = reader(root)
    for found in diagnostics:
        stream = sys.stderr if found.severity is Severity.ERROR else sys.stdout
        print(as_text((found,), lines), file=stream)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many findings there are of each severity, as a sentence."""
    counts = [(each, sum(found.severity is each for found in diagnostics)) for each in Severity]
    said = "、".join(f"{severity.value} {count} 处" for severity, count in counts if count)
    return f"{said}。" if said else "没有发现问题。"
