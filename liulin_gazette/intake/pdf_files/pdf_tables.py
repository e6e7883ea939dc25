"""Tables of a PDF page, from their ruled lines. All lengths are in pt."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.intake.manuscript import Grid, GridCell, Mark
from liulin_gazette.intake.marked_text import moved
from liulin_gazette.intake.pdf_files.pdf_characters import UNKNOWN, UNKNOWN_DOUBT
from liulin_gazette.intake.pdf_files.pdf_lines import TextLine, baseline_lines, first_word_width, joined_text
from liulin_gazette.intake.pdf_files.pdf_page import Box, Glyph, PageText, Rule

_NEAR = 3.0
"""Distance of two lines that are drawn at the same place, and of a line's end from the one that it meets."""
_MAX_COLUMNS = 63
"""As many as a Word table may have."""
_MAX_CELLS = 20_000
_ROOM = 2.2
"""Ems that the lines of one paragraph leave free in their cell at most."""
_PADDING = 0.8
"""Ems between the text of a cell and its rules, on both sides together."""
_MIN_RULES = 3
"""Rules of a table without vertical lines: above and below its head, and below its last row."""

Cell = tuple[int, int, int, int]
"""First row and column, and how many rows and columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page."""

    box: Box
    grid: Grid
    edges: tuple[float, ...]
    """Places of the vertical lines."""
    glyphs: frozenset[int]
    """Indexes of the characters that are in it."""


def tables_on(page: PageText) -> list[Table]:
    """Return the tables of ``page`` that have ruled lines around their cells, or above and below their rows."""
    found: list[Table] = []
    for horizontal, vertical in _connected(page.horizontal, page.vertical):
        table = _ruled_table(page, horizontal, vertical)
        if table is not None:
            found.append(table)
    inner = [
        table
        for table in found
        if not any(other is not table and _contains(other.box, table.box) for other in found)
    ]
    inside = frozenset[int]().union(*(table.glyphs for table in inner))
    return [*inner, *_open_tables(page, [table.box for table in inner], inside)]


def _contains(outer: Box, inner: Box) -> bool:
    return (
        outer.left - _NEAR <= inner.left
        and inner.right <= outer.right + _NEAR
        and outer.bottom - _NEAR <= inner.bottom
        and inner.top <= outer.top + _NEAR
        and (outer.width, outer.height) > (inner.width, inner.height)
    )


def _connected(
    horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules that meet one another, as horizontal and vertical ones."""
    rest: list[Rule] = list(vertical)
    open_rows = list(horizontal)
    while rest:
        columns: list[Rule] = [rest.pop()]
        rows: list[Rule] = []
        has_grown = True
        while has_grown:
            more_rows = [row for row in open_rows if any(_meet(row, column) for column in columns)]
            open_rows = [row for row in open_rows if row not in more_rows]
            rows += more_rows
            more = [column for column in rest if any(_meet(row, column) for row in rows)]
            rest = [column for column in rest if column not in more]
            columns += more
            has_grown = bool(more_rows or more)
        yield rows, columns


def _meet(row: Rule, column: Rule) -> bool:
    return (
        row.start - _NEAR <= column.place <= row.end + _NEAR
        and column.start - _NEAR <= row.place <= column.end + _NEAR
    )


def _places(values: Iterable[float]) -> list[float]:
    """Return the different places among ``values``, from the smallest."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _ruled_table(page: PageText, horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> Table | None:
    """Return the table between the rules; None if they form no table of several cells."""
    if len(horizontal) < 2 or not vertical:
        return None
    ends = [rule.start for rule in horizontal] + [rule.end for rule in horizontal]
    xs = _places([rule.place for rule in vertical] + [min(ends), max(ends)])
    ys = _places(
        [rule.place for rule in horizontal]
        + [min(rule.start for rule in vertical), max(rule.end for rule in vertical)]
    )[::-1]
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns > _MAX_COLUMNS or columns * rows > _MAX_CELLS:
        return None
    cells = _cells(xs, ys, horizontal, vertical)
    if len(cells) < 2 or len({cell[1] for cell in cells}) < 2:
        return None
    box = Box(xs[0], ys[-1], xs[-1], ys[0])
    inside = [glyph for glyph in page.glyphs if _is_in(glyph, box)]
    by_cell: dict[Cell, list[Glyph]] = {cell: [] for cell in cells}
    for glyph in inside:
        cell = next((each for each in cells if _is_in(glyph, _cell_box(each, xs, ys))), None)
        if cell is not None:
            by_cell[cell].append(glyph)
    if len([cell for cell in cells if any(glyph.text.strip() for glyph in by_cell[cell])]) < 2:
        return None
    table_rows: list[tuple[GridCell, ...]] = [
        tuple(
            _grid_cell(by_cell[cell], _cell_box(cell, xs, ys), cell[2], cell[3])
            for cell in sorted(cells, key=lambda each: each[1])
            if cell[0] == row
        )
        for row in range(rows)
    ]
    return Table(
        box,
        Grid(tuple(table_rows), columns, ""),
        tuple(xs),
        frozenset(glyph.index for glyphs in by_cell.values() for glyph in glyphs),
    )


def _is_in(glyph: Glyph, box: Box) -> bool:
    """Tell whether the middle of ``glyph`` is in ``box``."""
    x, y = (glyph.left + glyph.right) / 2, glyph.baseline + 0.35 * glyph.size
    return box.left <= x < box.right and box.bottom <= y < box.top


def _cell_box(cell: Cell, xs: Sequence[float], ys: Sequence[float]) -> Box:
    row, column, rows, columns = cell
    return Box(xs[column], ys[row + rows], xs[column + columns], ys[row])


def _cells(
    xs: Sequence[float], ys: Sequence[float], horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> list[Cell]:
    """Return the cells between the rules; places without a rule between them are one cell if they form a rectangle."""
    columns, rows = len(xs) - 1, len(ys) - 1
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while (
                column + wide < columns
                and (row, column + wide) not in taken
                and not _has_rule(vertical, xs[column + wide], ys[row + 1], ys[row])
            ):
                wide += 1
            high = 1
            while (
                row + high < rows
                and not any(
                    _has_rule(horizontal, ys[row + high], xs[each], xs[each + 1])
                    for each in range(column, column + wide)
                )
                and not any(
                    _has_rule(vertical, xs[each], ys[row + high + 1], ys[row + high])
                    for each in range(column + 1, column + wide)
                )
            ):
                high += 1
            taken |= {(row + down, column + across) for down in range(high) for across in range(wide)}
            cells.append((row, column, high, wide))
    return cells


def _has_rule(rules: Sequence[Rule], place: float, start: float, end: float) -> bool:
    """Tell whether a rule runs at ``place`` through the middle of ``start`` … ``end``."""
    middle = (start + end) / 2
    return any(abs(rule.place - place) <= _NEAR and rule.start <= middle <= rule.end for rule in rules)


def _grid_cell(glyphs: Sequence[Glyph], box: Box, rows: int, columns: int) -> GridCell:
    """Return the cell with the text of ``glyphs``; lines that fill it are one paragraph."""
    lines = baseline_lines(glyphs)
    text, marks = "", list[Mark]()
    before: TextLine | None = None
    for line in lines:
        words, own = line.marked_text
        is_full = before is not None and box.width - (before.right - before.left) < max(
            _ROOM * before.size, first_word_width(words, before.size) + _PADDING * before.size
        )
        joined = joined_text(text, words) if is_full else f"{text}\n{words}" if text else words
        marks += moved(own, len(joined) - len(words))
        text, before = joined, line
    return _with_doubt(GridCell(text, rowspan=rows, colspan=columns, marks=tuple(marks)))


def _with_doubt(cell: GridCell) -> GridCell:
    """Return ``cell``; one with characters that the file does not name says so."""
    return replace(cell, doubts=(UNKNOWN_DOUBT,)) if UNKNOWN in cell.text else cell


def _open_tables(page: PageText, boxes: Sequence[Box], inside: frozenset[int]) -> Iterator[Table]:
    """Yield the tables without vertical lines: three and more rules of one length, words in columns between them."""
    rules = [
        rule
        for rule in page.horizontal
        if rule.end - rule.start > 0.2 * page.width
        and not any(box.bottom - _NEAR <= rule.place <= box.top + _NEAR for box in boxes)
    ]
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda each: -each.place):
        last = groups[-1][-1] if groups else None
        if last and abs(last.start - rule.start) < _NEAR and abs(last.end - rule.end) < _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        places = _places(rule.place for rule in group)
        if len(places) >= _MIN_RULES:
            box = Box(group[0].start, places[0], group[0].end, places[-1])
            table = _open_table(page, box, inside)
            if table is not None:
                yield table


def _open_table(page: PageText, box: Box, inside: frozenset[int]) -> Table | None:
    """Return the table in ``box``, its columns told by the white between them; None if there are no columns."""
    glyphs = [glyph for glyph in page.glyphs if glyph.index not in inside and _is_in(glyph, box)]
    lines = baseline_lines(glyphs)
    divided = [line for line in lines if len(line.pieces) > 1]
    if len(lines) < 2 or len(divided) < 0.6 * len(lines):
        return None
    spans: list[list[float]] = []
    for piece in sorted((piece for line in lines for piece in line.pieces), key=lambda each: each.left):
        if spans and piece.left <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], piece.right)
        else:
            spans.append([piece.left, piece.right])
    if len(spans) < 2 or len(spans) > _MAX_COLUMNS:
        return None
    between = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(spans)]
    # Words may begin a little outside the rules: the outer columns have no end, so that none is lost.
    bounds = [-math.inf, *between, math.inf]
    rows = [
        tuple(_open_cell(line, start, end) for start, end in itertools.pairwise(bounds)) for line in lines
    ]
    doubt = "这张表没有竖线，栏和行是按空白分的，请对照原件核对"
    first = rows[0][0]
    rows[0] = (replace(first, doubts=(doubt, *first.doubts)), *rows[0][1:])
    return Table(
        box,
        Grid(tuple(rows), len(spans), ""),
        (box.left, *between, box.right),
        frozenset(glyph.index for glyph in glyphs),
    )


def _open_cell(line: TextLine, start: float, end: float) -> GridCell:
    """Return the cell with the pieces of ``line`` between ``start`` and ``end``."""
    pieces = tuple(piece for piece in line.pieces if start <= piece.left < end)
    if not pieces:
        return GridCell("")
    text, marks = TextLine(pieces).marked_text
    return _with_doubt(GridCell(text, marks=marks))
