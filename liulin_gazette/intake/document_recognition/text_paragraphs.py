"""The lines of a plain text → paragraphs: lines of a fixed width are joined, all others stay as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from liulin_gazette.intake.line_kinds import (
    ARTICLE,
    CONTACT_FIELD,
    TITLE,
    begins_paragraph,
    is_fixed_line,
    is_roster_line,
    names_units,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Line, Part

_MIN_WIDTH, _MAX_WIDTH = 32, 168
"""Half-width columns. Shorter lines are names and headings, longer ones whole paragraphs."""
_SLACK = 6
"""Columns that a full line may be shorter: a mark or a number that moved to the next line."""
_TAB = 4
_MAX_PARAGRAPH = 5_000
"""Characters. No more lines are joined to a longer paragraph."""
_MAX_POST_REMAINDER = 14
"""Characters of a roster entry's post that may run over onto the next line."""
_END_OF_POST = re.compile("(?:[长员师书]|主任|主席|书记|干事|负责人|参谋|助理|秘书)(?:（[^（）]*）)?$")
_STOPS = ("。", "；", "：", "！", "？", "”", "》", "…", ";", ":", "!", "?", ".")
_PROSE = re.compile("[，。；：、]")
_COLUMNS = re.compile(r"\S(?:\t|　| {2,})[ 　\t]*\S")
"""Words set apart inside a line: a row of a table, or names."""
_LABEL = re.compile(
    rf"(?:{ARTICLE.pattern}|[一二三四五六七八九十]+、|\d{{1,2}}(?:\.\d{{1,2}})*[.．、]?)[ 　\t]+(?=\S{{10}})"
)
"""The number of an article or a heading with the space after it, before running text."""


@dataclass(frozen=True, slots=True)
class _Habit:
    """How a text is broken into lines."""

    width: int
    """Columns of a full line; 0 where each paragraph is a line."""
    is_certain: bool
    is_indented: bool
    """Whether paragraphs begin with an indent."""
    is_parted: bool
    """Whether paragraphs have blank lines between them."""
    margin: int
    """Columns before all lines."""


def paragraphs(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the paragraphs of ``parts``, without blank lines. Nothing is joined over a blank line or an indent.

    A paragraph that a blank line seems to break, and one that was joined on weak evidence, get a doubt.
    """
    habit = _habit([part for part in parts if isinstance(part, Line)])
    joined: list[Part] = []
    for run in _runs(parts):
        if joined and isinstance(run[0], Line):
            joined[-1] = _doubted_end(joined[-1], run[0])
        joined += _joined(run, habit)
    return tuple(joined)


def _runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield the parts between blank lines."""
    run: list[Part] = []
    for part in parts:
        if isinstance(part, Line) and not part.text.strip() and not part.doubts:
            if run:
                yield run
            run = []
        else:
            run.append(part)
    if run:
        yield run


def _joined(run: Sequence[Part], habit: _Habit) -> list[Part]:
    widest = max((_width(part.text) for part in run if isinstance(part, Line)), default=0)
    is_wrapped = bool(habit.width) and widest <= habit.width + 2
    joined: list[Part] = []
    last: Part | None = None
    for part in run:
        before = joined[-1] if joined else None
        if isinstance(last, Line) and isinstance(part, Line) and _is_end_of_post(last, part):
            joined[-1] = _with(last, part, replace(habit, is_certain=True))
        elif (
            is_wrapped
            and isinstance(before, Line)
            and isinstance(last, Line)
            and isinstance(part, Line)
            and _is_full(last, habit)
            and _may_continue(before, last, part, habit)
        ):
            if not last.text.rstrip().endswith(_STOPS) or habit.is_indented or habit.is_parted:
                joined[-1] = _with(before, part, habit)
            else:
                joined[-1] = replace(
                    before, doubts=(*before.doubts, "末行正好排满，核对下一段是不是和它相接")
                )
                joined.append(part)
        else:
            joined.append(part)
        last = part
    return joined


def _is_end_of_post(person: Line, line: Line) -> bool:
    """Tell whether ``line`` has the last words of the post of ``person``, which ran over."""
    text = line.text.strip()
    return (
        is_roster_line(person.text.strip())
        and not (is_roster_line(text) or _stands_alone(line))
        and len(text) <= _MAX_POST_REMAINDER
        and bool(_END_OF_POST.search(text))
    )


def _with(before: Line, line: Line, habit: _Habit) -> Line:
    """Return the paragraph ``before`` with ``line`` at its end; English words keep a space between them."""
    first, second = before.text.rstrip(), line.text.strip()
    space = " " if re.search("[A-Za-z]$", first) and re.match("[A-Za-z]", second) else ""
    doubts = (*before.doubts, *line.doubts)
    doubt = "按行宽把两行接成了一段"
    if not habit.is_certain and doubt not in doubts:
        doubts = (*doubts, doubt)
    return replace(before, text=first + space + second, doubts=doubts)


def _doubted_end(part: Part, following: Line) -> Part:
    """Return ``part``; with a doubt if its sentence goes on after the blank line that ends it."""
    text = part.text.rstrip() if isinstance(part, Line) else ""
    if isinstance(part, Line) and text.endswith(("，", "、")) and not _stands_alone(following):
        return replace(part, doubts=(*part.doubts, "句子没有完就空了行，核对是不是和下一段相接"))
    return part


def _habit(lines: Sequence[Line]) -> _Habit:
    margin = min((_indent(line.text) for line in lines if line.text.strip()), default=0)
    draft = _Habit(0, False, False, False, margin)
    open_widths = [
        _width(line.text)
        for line, following in pairwise(lines)
        if _is_open(line) and following.text.strip() and _may_continue(line, line, following, draft)
    ]
    candidates = [each for each in set(open_widths) if _MIN_WIDTH <= each <= _MAX_WIDTH]
    if not candidates:
        return draft

    def full(width: int) -> int:
        return sum(width - _SLACK <= each <= width for each in open_widths)

    # The widest line with a stop at its end may be a column or two wider than the open ones.
    width = max(candidates, key=lambda each: (full(each), each))
    ended = [
        (line, following)
        for line, following in pairwise(lines)
        if line.text.strip() and following.text.strip() and line.text.rstrip().endswith("。")
    ]
    indented = sum(_indent(following.text) > margin + 1 for _, following in ended)
    starts = [line for before, line in pairwise(lines) if not before.text.strip() and line.text.strip()]
    is_indented = indented > 0 and indented * 2 >= sum(
        _width(line.text) < width - _SLACK for line, _ in ended
    )
    is_indented = is_indented or sum(_indent(line.text) > margin + 1 for line in starts) * 2 > len(starts) > 1
    short = sum(_width(line.text) < width - _SLACK for line, _ in ended)
    wider = sum(_width(line.text) > width + 2 for line in lines)
    is_certain = full(width) > 1 and wider < full(width)
    return _Habit(width, is_certain, is_indented, len(starts) > 1 and not short, margin)


def _has_columns(text: str) -> bool:
    """Tell whether words are set apart inside ``text``; the space after the number of an article sets none apart."""
    label = _LABEL.match(text)
    return bool(_COLUMNS.search(text[label.end() :] if label else text))


def _is_open(line: Line) -> bool:
    """Tell whether ``line`` is prose that breaks off."""
    text = line.text.strip()
    return bool(_PROSE.search(text)) and not text.endswith(_STOPS) and not _has_columns(text)


def _is_full(line: Line, habit: _Habit) -> bool:
    return _width(line.text) >= habit.width - _SLACK and not _has_columns(line.text.strip())


def _may_continue(before: Line, last: Line, line: Line, habit: _Habit) -> bool:
    """Tell whether ``line`` may go on with the paragraph ``before``, of which ``last`` is the last line."""
    if len(before.text) > _MAX_PARAGRAPH or _indent(line.text) > habit.margin + 1:
        return False
    if before.level or line.level or before.strong or line.strong:
        return False
    if is_roster_line(last.text.strip()) and is_roster_line(line.text.strip()):
        return False
    return not (_stands_alone(line) or _is_whole(before))


def _stands_alone(line: Line) -> bool:
    text = line.text.strip()
    is_item = begins_paragraph(text) and not is_roster_line(text)
    return bool(is_item or is_fixed_line(text) or _has_columns(text))


def _is_whole(line: Line) -> bool:
    """Tell whether nothing can follow in the paragraph ``line``: 主送, a number, a date, a note, a whole title."""
    text = without_spaces(line.text)
    is_addressees = text.endswith(("：", ":")) and names_units(text)
    return bool(is_addressees or is_fixed_line(text) or TITLE.match(text) or CONTACT_FIELD.match(text))


def _indent(text: str) -> int:
    """Return the columns before the first word."""
    return _width(text[: len(text) - len(text.lstrip())]) if text.strip() else 0


def _width(text: str) -> int:
    """Return the width of ``text`` in half-width columns, without spaces at its end."""
    return sum(
        _TAB if each == "\t" else 2 if unicodedata.east_asian_width(each) in "WFA" else 1
        for each in text.rstrip()
    )
