"""Output formats of diagnostics: text with an excerpt and a caret, JSON, SARIF, GitHub workflow commands."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from liulin_gazette.model.diagnostics import Diagnostic, Severity

EXCERPT_WIDTH = 76
"""Terminal columns; a Han character takes two."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
"""Levels of SARIF."""
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
LineReader = Callable[[str], Sequence[str]]
"""Returns the lines of the file at a project path; none if it cannot be read."""


def as_text(diagnostics: Sequence[Diagnostic], read_lines: LineReader) -> str:
    """Return ``diagnostics`` as compilers print them: place and message, the line with a caret, what to do."""
    return "\n".join(
        _with_excerpt(diagnostic, read_lines(diagnostic.place.path)) for diagnostic in diagnostics
    )


def _with_excerpt(diagnostic: Diagnostic, lines: Sequence[str]) -> str:
    head = f"{diagnostic.place}: {diagnostic.code} {diagnostic.severity.value}: {diagnostic.message}"
    hint = [f"    → {diagnostic.advice}"] if diagnostic.advice else []
    if not 1 <= diagnostic.place.line <= len(lines) or not diagnostic.place.column:
        return "\n".join([head, *hint])
    text, offset = _excerpt(lines[diagnostic.place.line - 1], diagnostic.place.column - 1)
    number = str(diagnostic.place.line)
    margin = " " * len(number)
    return "\n".join([head, f"  {number} | {text}", f"  {margin} | {' ' * offset}^", *hint])


def _excerpt(line: str, index: int) -> tuple[str, int]:
    """Return the part of ``line`` around its character ``index``, and the columns before that character."""
    line = line.replace("\t", " ")
    start = index
    width = 0
    while start > 0 and width + display_width(line[start - 1]) <= EXCERPT_WIDTH // 2:
        start -= 1
        width += display_width(line[start])
    end, total = start, 0
    while end < len(line) and total + display_width(line[end]) <= EXCERPT_WIDTH:
        total += display_width(line[end])
        end += 1
    before = "…" if start else ""
    text = before + line[start:end] + ("…" if end < len(line) else "")
    return text, sum(map(display_width, before + line[start:index]))


def display_width(character: str) -> int:
    """Return how many terminal columns ``character`` takes: 0, 1 or 2."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" or character in "…“”‘’·—" else 1


def as_json(diagnostics: Sequence[Diagnostic], read_lines: LineReader) -> str:
    """Return ``diagnostics`` as a JSON list of objects."""
    del read_lines
    rows = [
        {
            "code": diagnostic.code,
            "severity": _LEVELS[diagnostic.severity],
            "path": diagnostic.place.path,
            "line": diagnostic.place.line,
            "column": diagnostic.place.column,
            "message": diagnostic.message,
            "hint": diagnostic.hint,
        }
        for diagnostic in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_sarif(diagnostics: Sequence[Diagnostic], read_lines: LineReader) -> str:
    """Return ``diagnostics`` as SARIF 2.1.0, a JSON format for editors and code hosts."""
    del read_lines
    from liulin_gazette.check.rules import RULES

    titles = {rule.code: rule.title for rule in RULES}
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    rules = [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in codes]
    driver = {"name": "liulin-gazette", "rules": rules}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "results": [_sarif_result(diagnostic) for diagnostic in diagnostics],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _sarif_result(diagnostic: Diagnostic) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": diagnostic.place.path}}
    if diagnostic.place.line:
        location["region"] = {
            "startLine": diagnostic.place.line,
            "startColumn": max(diagnostic.place.column, 1),
        }
    return {
        "ruleId": diagnostic.code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": f"{diagnostic.message}{diagnostic.hint}"},
        "locations": [{"physicalLocation": location}],
    }


def as_github(diagnostics: Sequence[Diagnostic], read_lines: LineReader) -> str:
    """Return ``diagnostics`` as workflow commands of GitHub Actions."""
    del read_lines

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escaped_property(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{_GITHUB_LEVELS[diagnostic.severity]} file={escaped_property(diagnostic.place.path)},line={max(diagnostic.place.line, 1)},"
        f"col={max(diagnostic.place.column, 1)},title={diagnostic.code}::{escaped(diagnostic.message + diagnostic.hint)}"
        for diagnostic in diagnostics
    )


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic], LineReader], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
"""Functions by the name of the format, as ``check --format`` takes it."""
