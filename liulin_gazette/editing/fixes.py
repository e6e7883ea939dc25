"""Automatic fixes, for faults with only one right form: number brackets, half-width marks, lines pasted from elsewhere.

Text is changed only where a rule has reported a fault, and only at its place. Wording is never touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.document_number import canonical_form
from liulin_gazette.source.markdown.pasted_tables import as_pipe_table, pasted_tables
from liulin_gazette.text.personal_names import may_part_names, spread_words

_HAN = "一-鿿"
_LOOSE_NUMBER = re.compile(
    rf"[{_HAN}]{{1,12}}[〔\[［【（(〈„‟“\"]?\s*\d{{4}}\s*[〕\]］】）)〉”‟\"]?\s*第?\s*\d{{1,5}}\s*号"
)
_WIDE_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_SPACES = re.compile("[ 　]+")
_COLUMN_SPACE = re.compile(rf"(?<=[{_HAN}])[ 　]+(?=[{_HAN}])")
_OFFICE_END = re.compile("[院局厅部委会办府室司处所站队校团党社央军协联]$|中心$")
"""The end of the name of an office, beside which another may stand: 最高人民法院 最高人民检察院."""
_DIVISION_END = re.compile(
    "(?:第[一二三四五六七八九十百0-9]+(?:部分|[编篇章节条讲期批号])|[专附][栏表图录]|[一二三四五六七八九十]、)$"
)
"""A number before a title: 第一部分 总体要求."""


class Replacement(NamedTuple):
    """New text for a range of a line."""

    start: int
    """Index in the line, from 0."""
    end: int
    text: str


class NewLines(NamedTuple):
    """New lines for a range of lines."""

    start: int
    """Index of the first line, from 0."""
    stop: int
    lines: tuple[str, ...]


def fixed_text(text: str, diagnostics: Iterable[Diagnostic]) -> str:
    """Return ``text`` with the faults in ``diagnostics`` fixed where that is certain; all are of this file."""
    lines = text.split("\n")
    replacements: dict[int, set[Replacement]] = defaultdict(set)
    new_lines: set[NewLines] = set()
    for diagnostic in diagnostics:
        index = diagnostic.place.line - 1
        if diagnostic.code in FIXES and 0 <= index < len(lines) and diagnostic.place.column:
            replacement = FIXES[diagnostic.code](lines[index], diagnostic.place.column - 1)
            if replacement is not None:
                replacements[index].add(replacement)
        if diagnostic.code in LINE_FIXES and diagnostic.severity is Severity.ERROR and index >= 0:
            new_lines.update(LINE_FIXES[diagnostic.code](lines, index))
    for index, of_line in replacements.items():
        lines[index] = _replaced(lines[index], of_line)
    for start, stop, new in sorted(new_lines, reverse=True):
        lines[start:stop] = new
    return "\n".join(lines)


def is_fixable(diagnostic: Diagnostic) -> bool:
    """Tell whether there may be a fix for ``diagnostic``."""
    return diagnostic.code in FIXES or diagnostic.code in LINE_FIXES


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
    """Return the removal of the spaces that begin at ``index``; not of such as may part what is two.

    That may be two names or a spread word, two offices, the columns of a line, or two paragraphs in one line. In
    a cited title, and beside bold words, a space is likely to be meant.
    """
    spaces = _SPACES.match(line, index)
    if spaces is None:
        return None
    before, after = line[:index].strip(" 　"), line[spaces.end() :].strip(" 　")
    is_doubtful = (
        "　　" in spaces[0]
        or before.endswith("**")
        or after.startswith("**")
        or line.rfind("《", 0, index) > line.rfind("》", 0, index)
        or any(start < index < end for start, end in spread_words(line))
        or len(_COLUMN_SPACE.findall(line)) > 2
        or _OFFICE_END.search(before)
        or _DIVISION_END.search(before)
        or may_part_names(before, after)
    )
    return None if is_doubtful else Replacement(index, spaces.end(), "")


def _separate_paragraph(lines: Sequence[str], index: int) -> Iterable[NewLines]:
    """Yield a blank line before the line at ``index``, which begins a paragraph."""
    if 0 < index < len(lines):
        yield NewLines(index, index, ("",))


def _draw_table(lines: Sequence[str], index: int) -> Iterable[NewLines]:
    """Yield the pipe table for the pasted table that begins at ``index``, apart from the lines around it."""
    for table in pasted_tables(lines):
        if table.lines.start == index and not table.is_list_of_names:
            above, below = lines[index - 1 : index], lines[table.lines.stop : table.lines.stop + 1]
            before = ("",) if above and above[0].strip() else ()
            after = ("",) if below and below[0].strip() else ()
            yield NewLines(index, table.lines.stop, (*before, *as_pipe_table(table), *after))


FIXES: dict[str, Callable[[str, int], Replacement | None]] = {
    "N001": _fix_number,
    "N018": _fix_number,
    "T003": _fix_mark,
    "T009": _remove_spaces,
}
"""Function that fixes a fault, by the fault's code. Takes the line and the index of the fault in it, from 0."""
LINE_FIXES: dict[str, Callable[[Sequence[str], int], Iterable[NewLines]]] = {
    "S060": _separate_paragraph,
    "S061": _draw_table,
}
"""Function that fixes a fault, by the fault's code, where that takes other lines too. Takes all lines and the index of
the faulty one, from 0. What is not an error is no certain fault, and is left alone."""
