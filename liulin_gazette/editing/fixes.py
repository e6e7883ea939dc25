"""Mending what has only one right form: brackets of numbers, marks after Han text, spaces between Han characters.

A mend is made only where a rule has found the fault, and only at its place. Wording is never touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.document_number import canonical_form

_HAN = "一-鿿"
_NUMBER = re.compile(
    rf"[{_HAN}]{{1,12}}[〔\[［【（(〈„‟“\"]?\s*\d{{4}}\s*[〕\]］】）)〉”‟\"]?\s*第?\s*\d{{1,5}}\s*号"
)
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_SPACES = re.compile("[ 　]+")

Mend = tuple[int, int, str]
"""Start and end of what is replaced in its line, from 0, and what replaces it."""


def mended(text: str, diagnostics: Iterable[Diagnostic]) -> str:
    """Return ``text`` with the faults of ``diagnostics``, which are of this file, mended where that is certain."""
    lines = text.split("\n")
    mends: dict[int, set[Mend]] = defaultdict(set)
    for found in diagnostics:
        at = found.place.line - 1
        if found.code in FIXES and 0 <= at < len(lines) and found.place.column:
            mend = FIXES[found.code](lines[at], found.place.column - 1)
            if mend is not None:
                mends[at].add(mend)
    for at, wanted in mends.items():
        line = lines[at]
        end = len(line) + 1
        for start, stop, words in sorted(wanted, reverse=True):
            if stop <= end:
                line = line[:start] + words + line[stop:]
                end = start
        lines[at] = line
    return "\n".join(lines)


def _number(line: str, at: int) -> Mend | None:
    """Give a document number its 六角括号, four-digit year and bare serial."""
    for found in _NUMBER.finditer(line):
        if found.start() <= at < found.end():
            meant = canonical_form(found[0])
            if meant is not None and str(meant) != found[0]:
                return found.start(), found.end(), str(meant)
    return None


def _mark(line: str, at: int) -> Mend | None:
    """Make a mark beside Han text full-width; a full stop may be a decimal point and is left."""
    wide = _MARKS.get(line[at : at + 1])
    return (at, at + 1, wide) if wide else None


def _space(line: str, at: int) -> Mend | None:
    """Take away spaces between Han characters."""
    found = _SPACES.match(line, at)
    return (at, found.end(), "") if found else None


FIXES: dict[str, Callable[[str, int], Mend | None]] = {
    "N001": _number,
    "N018": _number,
    "T003": _mark,
    "T009": _space,
}
"""What mends the findings of a code."""
