"""Paragraphs from the lines of a PDF: a line goes on with the one above if that one is full and this one not indented."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.intake.line_kinds import (
    ANNEX,
    DATE_LINE,
    NOTE_LINE,
    NUMBER_LINE,
    begins_paragraph,
    ends_paragraph,
    is_roster_line,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Mark, Omission
from liulin_gazette.intake.marked_text import moved
from liulin_gazette.intake.pdf_files.pdf_columns import Column, Frame
from liulin_gazette.intake.pdf_files.pdf_lines import TextLine, first_word_width, joined_text

_INDENT = 1.3
"""Ems by which the first line of a paragraph is indented at least."""
_ROOM = 1.3
"""Ems at the end of a full line at most, beside what the first word of the next line needs."""
_NEAR = 1.3
"""Distance between lines of one paragraph at most, as a share of the usual distance."""
_MAX_DIVIDED = 0.3
"""Share of the lines that go on with the one above, and may be tagged as paragraphs of their own."""
_SAME_EDGE = 4.0
"""Difference in pt between the vertical lines of a table on two pages."""
_CONTINUED = re.compile(r"[（(]?续(?:上)?表\d*[）)]?")
_ENTRY_END = re.compile(r"(?:…|[.·．]{2}|\t)[….·．\s]*\d{1,3}$")
"""The page number at the end of an entry of a 目录."""
_FLUSH = 0.15
"""Ems by which a line without an indent may stand away from the edge."""
_MAX_LABEL = 6
"""Characters of the label of an annex (附件12) that stands alone."""
_SAME_SIZE = 0.2
"""Share of the size by which lines of one paragraph may differ."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a table, or the piece of one that stands in one column."""

    part: Line | Grid
    may_continue_below: bool = False
    """Whether it may go on in the next column."""
    may_continue_previous: bool = False
    """Whether it may continue a paragraph of the column before."""
    is_flush: bool = False
    """Whether it begins without the indent that paragraphs have here."""
    edges: tuple[float, ...] = ()
    """Of a table: the places of its vertical lines, in pt."""


def paragraphs_of(column: Column, page: int, first_place: int) -> list[Paragraph]:
    """Return the paragraphs of ``column`` on ``page``; its first line is number ``first_place`` there."""
    pitch = _pitch(column.lines)
    is_indented = _has_indents(column)
    groups: list[list[TextLine]] = []
    places: list[int] = []
    trusts_tags = _agrees_with_tags(column, pitch, is_indented)
    for place, line in enumerate(column.lines, first_place):
        if groups and _continues(groups[-1], line, column.frame, pitch, is_indented, trusts_tags):
            groups[-1].append(line)
        else:
            groups.append([line])
            places.append(place)
    return [
        replace(
            _paragraph(group, f"第{page}页第{place}行", column.frame, index == 0, index == len(groups) - 1),
            is_flush=is_indented and group[0].left - column.frame.left < 0.5 * group[0].size,
        )
        for index, (group, place) in enumerate(zip(groups, places, strict=True))
    ]


def _agrees_with_tags(column: Column, pitch: float, is_indented: bool) -> bool:
    """Tell whether the tags of ``column`` are its paragraphs: some programs tag each line as one."""
    joined = [
        (above, below)
        for above, below in itertools.pairwise(column.lines)
        if _continues((above,), below, column.frame, pitch, is_indented, False)
    ]
    divided = sum(above.block != below.block for above, below in joined)
    return divided <= _MAX_DIVIDED * len(joined)


def _paragraph(
    group: Sequence[TextLine], place: str, frame: Frame, is_first: bool, is_last: bool
) -> Paragraph:
    grid = group[0].grid
    if grid is not None:
        return Paragraph(replace(grid, place=place), edges=group[0].pieces[0].edges)
    text, marks = "", tuple[Mark, ...]()
    for line in group:
        words, own = line.marked_text
        joined = joined_text(text, words)
        marks += moved(own, len(joined) - len(words))
        text = joined
    doubts = tuple(dict.fromkeys(doubt for line in group for piece in line.pieces for doubt in piece.doubts))
    first, last = group[0], group[-1]
    return Paragraph(
        Line(
            text, place, centred=all(_is_centred(line, frame) for line in group), doubts=doubts, marks=marks
        ),
        may_continue_below=is_last and frame.right - last.right < _ROOM * last.size,
        may_continue_previous=is_first and first.left - frame.left < _INDENT * first.size,
    )


def _pitch(lines: Sequence[TextLine]) -> float:
    """Return the usual distance between the baselines of ``lines``."""
    gaps = [
        above.baseline - below.baseline
        for above, below in itertools.pairwise(lines)
        if above.grid is None and below.grid is None
    ]
    usual = 1.7 * statistics.median(line.size for line in lines)
    return max(statistics.median_low(gaps), 0.0) if len(gaps) > 2 else usual


def _has_indents(column: Column) -> bool:
    """Tell whether paragraphs begin with an indent here, so that a line without one continues a paragraph."""
    offsets = [(line.left - column.frame.left) / max(line.size, 0.1) for line in column.lines]
    indented = sum(1.5 < offset < 2.5 for offset in offsets)
    return indented >= 2 and sum(offset < 0.5 for offset in offsets) >= 2


def _is_centred(line: TextLine, frame: Frame) -> bool:
    before, after = line.left - frame.left, frame.right - line.right
    return abs(before - after) < 2 * line.size and min(before, after) > 1.5 * line.size


def _is_inset(line: TextLine, frame: Frame) -> bool:
    """Tell whether ``line`` is a centred one that nearly fills the column: a line of a title."""
    before, after = (line.left - frame.left) / line.size, (frame.right - line.right) / line.size
    return _FLUSH < before < 1.5 and abs(before - after) < 0.3


def _continues(
    group: Sequence[TextLine],
    line: TextLine,
    frame: Frame,
    pitch: float,
    has_indents: bool,
    trusts_tags: bool,
) -> bool:
    """Tell whether ``line`` goes on with the paragraph that consists of ``group`` so far."""
    before, em = group[-1], max(line.size, 0.1)
    text = line.text
    if not (before.text and text):  # A table or a picture.
        return False
    if trusts_tags and before.block >= 0 and line.block >= 0:
        return before.block == line.block
    bare = without_spaces(text)
    offset = (line.left - frame.left) / em
    if ANNEX.match(bare) and len(bare) < _MAX_LABEL:
        return False
    if "文件" in (bare, without_spaces(before.text)):  # Beside the names of a joint red head.
        return False
    if NOTE_LINE.match(bare) or NUMBER_LINE.match(bare) or DATE_LINE.match(bare) or is_roster_line(text):
        return False
    is_flush = has_indents and offset < 0.5 and not ends_paragraph(before.text)
    if begins_paragraph(text) and not is_flush:
        return False
    tail = next((each.tail for each in group if each.tail), 0.0)
    if tail and abs(line.left - tail) < 0.5 * em and offset > 3:
        return True
    if _is_inset(before, frame) and offset < _FLUSH:
        return False
    is_hanging = begins_paragraph(group[0].text) and 0.8 < (line.left - group[0].left) / em < 8
    return (
        _is_full(before, text, frame)
        and (offset <= _INDENT or is_hanging)
        and before.baseline - line.baseline < _NEAR * pitch + 0.2 * em
        and abs(before.size - line.size) < _SAME_SIZE * em
    )


def _is_full(line: TextLine, following: str, frame: Frame) -> bool:
    """Tell whether the first word of the text ``following`` had no room at the end of ``line``."""
    needed = first_word_width(following, line.size)
    return frame.right - line.right < max(_ROOM * line.size, needed + 0.5 * line.size)


def joined_over_columns(paragraphs: Iterable[Paragraph]) -> tuple[list[Line | Grid], list[Omission]]:
    """Return the paragraphs and tables, those that run over the end of a column or page joined; and what that drops."""
    parts: list[Paragraph] = []
    dropped: list[Omission] = []
    for paragraph in paragraphs:
        if isinstance(paragraph.part, Grid):
            _add_table(parts, dropped, paragraph.part, paragraph)
            continue
        joined = _joined(parts[-1], paragraph) if parts else None
        if joined is None:
            parts.append(paragraph)
        else:
            parts[-1] = joined
    return [paragraph.part for paragraph in parts], dropped


def _add_table(parts: list[Paragraph], dropped: list[Omission], grid: Grid, paragraph: Paragraph) -> None:
    """Add the table to ``parts``; one that goes on with the table before it, on a new page, becomes part of it."""
    between = parts[-1].part if parts else None
    is_told = isinstance(between, Line) and bool(_CONTINUED.fullmatch(without_spaces(between.text)))
    at = len(parts) - (2 if is_told else 1)
    before = parts[at] if at >= 0 else None
    if (
        before is None
        or not isinstance(before.part, Grid)
        or before.part.place.split("页")[0] == grid.place.split("页")[0]
        or len(before.edges) != len(paragraph.edges)
        or any(abs(a - b) > _SAME_EDGE for a, b in zip(before.edges, paragraph.edges, strict=True))
    ):
        parts.append(paragraph)
        return
    if is_told and isinstance(between, Line):
        dropped.append(Omission(between.text, between.place, "表格跨页的标记"))
        parts.pop()
    rows = list(grid.rows)
    if len(rows) > 1 and _texts(rows[0]) == _texts(before.part.rows[0]):
        dropped.append(Omission("　".join(_texts(rows[0])), grid.place, "表格跨页时重复的表头"))
        del rows[0]
    if rows and rows[0] and not rows[0][0].text:
        first, *others = rows[0]
        doubt = "表格在这里跨页，核对这一行是不是接着上一行"
        rows[0] = (replace(first, doubts=(*first.doubts, doubt)), *others)
    parts[at] = replace(before, part=replace(before.part, rows=(*before.part.rows, *rows)))


def _texts(row: Iterable[GridCell]) -> tuple[str, ...]:
    return tuple(without_spaces(cell.text) for cell in row)


def _joined(before: Paragraph, following: Paragraph) -> Paragraph | None:
    """Return ``before`` and ``following`` as one; None if they are two."""
    line, rest = before.part, following.part
    if isinstance(line, Grid) or isinstance(rest, Grid):
        return None
    if not (before.may_continue_below and following.may_continue_previous):
        return None
    if line.centred or rest.centred or ANNEX.match(rest.text):
        return None
    if DATE_LINE.match(without_spaces(line.text)) or _ENTRY_END.search(line.text):
        return None  # 成文日期 or the last entry of a 目录 at the foot of a page, before the next document.
    if begins_paragraph(rest.text) or (ends_paragraph(line.text) and not following.is_flush):
        return None
    text = joined_text(line.text, rest.text)
    marks = (*line.marks, *moved(rest.marks, len(text) - len(rest.text)))
    return replace(
        following,
        part=replace(line, text=text, marks=marks, doubts=(*line.doubts, *rest.doubts)),
        may_continue_previous=before.may_continue_previous,
    )
