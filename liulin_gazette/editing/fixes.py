"""Automatic fixes, for faults with only one right form: number brackets, half-width marks, spaces between Han characters.

Text is changed only where a rule has reported a fault, and only at its place. Wording is never touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.document_number import canonical_form

_HAN = "一-鿿"
_LOOSE_NUMBER = re.compile(
    rf"[{_HAN}]{{1,12}}[〔\[［【（(〈„‟“\"]?\s*\d{{4}}\s*[〕\]］】）)〉”‟\"]?\s*第?\s*\d{{1,5}}\s*号"
)
_WIDE_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_SPACES = re.compile("[ 　]+")


class Replacement(NamedTuple):
    """New text for a range of a line."""

    start: int
    """Index in the line, from 0."""
    end: int
    text: str


def fixed_text(text: str, diagnostics: Iterable[Diagnostic]) -> str:
    """Return ``text`` with the faults in ``diagnostics`` fixed where that is certain; all are of this file."""
    lines = text.split("\n")
    replacements: dict[int, set[Replacement]] = defaultdict(set)
    for diagnostic in diagnostics:
        index = diagnostic.place.line - 1
        if diagnostic.code in FIXES and 0 <= index < len(lines) and diagnostic.place.column:
            replacement = FIXES[diagnostic.code](lines[index], diagnostic.place.column - 1)
            if replacement is not None:
                replacements[index].add(replacement)
    for index, of_line in replacements.items():
        lines[index] = _replaced(lines[index], of_line)
    return "\n".join(lines)


def _replaced(line: str, replacements: Iterable[Replacement]) -> str:
    """Return ``line`` with ``replacements``, of which one that overlaps another to its right is dropped."""
    limit = len(line) + 1
    for start, end, text in sorted(replacements, reverse=True):
        if end <= limit:
            line = line[:start] + text + line[end:]
            limit = start
    return line


def _fix_number(line: str, index: int) -> Replacement | None:
    """Return the canonical form of the document number at ``index``: 六角括号, and a serial without 第 or zeros."""
    for match in _LOOSE_NUMBER.finditer(line):
        if match.start() <= index < match.end():
            number = canonical_form(match[0])
            if number is not None and str(number) != match[0]:
                return Replacement(match.start(), match.end(), str(number))
    return None


def _fix_mark(line: str, index: int) -> Replacement | None:
    """Return the full-width form of the mark at ``index``; not of a full stop, which may be a decimal point."""
    wide = _WIDE_MARKS.get(line[index : index + 1])
    return Replacement(index, index + 1, wide) if wide else None


def _remove_spaces(line: str, index: int) -> Replacement | None:
    """Return the removal of the spaces that begin at ``index``."""
    spaces = _SPACES.match(line, index)
    return Replacement(index, spaces.end(), "") if spaces else None


FIXES: dict[str, Callable[[str, int], Replacement | None]] = {
    "N001": _fix_number,
    "N018": _fix_number,
    "T003": _fix_mark,
    "T009": _remove_spaces,
}
"""Function that fixes a fault, by the fault's code. Takes the line and the index of the fault in it, from 0."""
