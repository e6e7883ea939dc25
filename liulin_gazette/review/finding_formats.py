"""Findings in the forms that people and programs read: text with the line and a caret, JSON, SARIF, GitHub."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from liulin_gazette.model.diagnostics import Diagnostic, Severity

WIDTH = 76
"""Columns of the terminal that an excerpt may take; a Han character takes two."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
Lines = Callable[[str], Sequence[str]]
"""Returns the lines of the file at a project path; none when it cannot be read."""


def as_text(diagnostics: Sequence[Diagnostic], lines: Lines) -> str:
    """Return ``diagnostics`` like a compiler's: place and message, the line with a caret, what to do."""
    return "\n".join(_with_excerpt(found, lines(found.place.path)) for found in diagnostics)


def _with_excerpt(found: Diagnostic, lines: Sequence[str]) -> str:
    head = f"{found.place}: {found.code} {found.severity.value}: {found.message}"
    hint = [f"    → {found.hint}"] if found.hint else []
    if not 1 <= found.place.line <= len(lines) or not found.place.column:
        return "\n".join([head, *hint])
    text, offset = _excerpt(lines[found.place.line - 1], found.place.column - 1)
    number = str(found.place.line)
    margin = " " * len(number)
    return "\n".join([head, f"  {number} | {text}", f"  {margin} | {' ' * offset}^", *hint])


def _excerpt(line: str, at: int) -> tuple[str, int]:
    """Return the part of ``line`` about the character at ``at``, and how far from its start that stands."""
    line = line.replace("\t", " ")
    start = at
    width = 0
    while start > 0 and width + width_of(line[start - 1]) <= WIDTH // 2:
        start -= 1
        width += width_of(line[start])
    end, total = start, 0
    while end < len(line) and total + width_of(line[end]) <= WIDTH:
        total += width_of(line[end])
        end += 1
    before = "…" if start else ""
    text = before + line[start:end] + ("…" if end < len(line) else "")
    return text, sum(map(width_of, before + line[start:at]))


def width_of(character: str) -> int:
    """Return how many columns of a terminal ``character`` takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" or character in "…“”‘’·—" else 1


def as_json(diagnostics: Sequence[Diagnostic], lines: Lines) -> str:
    """Return ``diagnostics`` as a list of objects."""
    del lines
    rows = [
        {
            "code": found.code,
            "severity": _LEVELS[found.severity],
            "path": found.place.path,
            "line": found.place.line,
            "column": found.place.column,
            "message": found.message,
            "hint": found.hint,
        }
        for found in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_sarif(diagnostics: Sequence[Diagnostic], lines: Lines) -> str:
    """Return ``diagnostics`` as SARIF 2.1.0, which editors and code hosts read."""
    del lines
    from liulin_gazette.check.rules import RULES

    titles = {rule.code: rule.title for rule in RULES}
    codes = sorted({found.code for found in diagnostics})
    rules = [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in codes]
    driver = {"name": "liulin-gazette", "rules": rules}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "results": [_sarif_result(each) for each in diagnostics],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _sarif_result(found: Diagnostic) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": found.place.path}}
    if found.place.line:
        location["region"] = {"startLine": found.place.line, "startColumn": max(found.place.column, 1)}
    return {
        "ruleId": found.code,
        "level": _LEVELS[found.severity],
        "message": {"text": f"{found.message}{found.hint}"},
        "locations": [{"physicalLocation": location}],
    }


def as_github(diagnostics: Sequence[Diagnostic], lines: Lines) -> str:
    """Return ``diagnostics`` as workflow commands of GitHub Actions."""
    del lines

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def property_of(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{_GITHUB[found.severity]} file={property_of(found.place.path)},line={max(found.place.line, 1)},"
        f"col={max(found.place.column, 1)},title={found.code}::{escaped(found.message + found.hint)}"
        for found in diagnostics
    )


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic], Lines], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
