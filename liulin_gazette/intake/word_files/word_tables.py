"""Tables of Word: cells in their columns, joined cells, rows and cells that tracked changes have deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from liulin_gazette.intake.manuscript import Grid, GridCell, IntakeError, Omission, Part, Picture
from liulin_gazette.intake.marked_text import cell_of
from liulin_gazette.intake.word_files.word_styles import W, is_on, number_in, value

MAX_COLUMNS = 63
"""Columns that Word allows in a table. A damaged file may claim millions, which would all be built."""
_CONTAINERS = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag")
"""Elements between a table and its rows, a row and its cells, or a cell and its paragraphs."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as Word stores it: joined cells are separate ones that name their state."""

    column: int
    content: GridCell
    colspan: int
    merge: str
    """``restart`` in the first of the cells joined downwards, ``continue`` in those below it; empty in others."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table, the pictures in its cells, and the words that it does not show."""

    grid: Grid
    pictures: tuple[Picture, ...]
    omissions: tuple[Omission, ...]


def inside(parent: Any) -> Iterator[Any]:
    """Yield the children of ``parent`` and those of the controls and tracked insertions in it."""
    for child in parent:
        if child.tag in _CONTAINERS:
            yield from inside(child)
        else:
            yield child


def table_rows(table: Any) -> list[Any]:
    """Return the rows of ``table`` that no tracked change has deleted."""
    return [row for row in inside(table) if row.tag == f"{W}tr" and not is_deleted(row)]


def is_deleted(row: Any) -> bool:
    """Tell whether a tracked change has deleted ``row``."""
    return row.find(f"{W}trPr/{W}del") is not None


def single_cells(table: Any) -> list[Any]:
    """Return the cells of a table that has one column, which is the frame around text; none for any other table."""
    rows = table_rows(table)
    cells = [[each for each in inside(row) if each.tag == f"{W}tc"] for row in rows]
    is_single = all(len(each) == 1 for each in cells) and not any(
        row.find(f"{W}trPr/{W}{name}") is not None for row in rows for name in ("gridBefore", "gridAfter")
    )
    widths = (number_in(value(each[0], "tcPr", "gridSpan") or "1") for each in cells if each)
    return [each[0] for each in cells] if is_single and all(width <= MAX_COLUMNS for width in widths) else []


def read_table(
    table: Any,
    place: str,
    read_cell: Callable[[Any], tuple[Part, ...]],
    leave_out: Callable[[Any, str], None],
) -> ReadTable:
    """Return ``table`` at ``place``; ``read_cell`` reads a cell, ``leave_out`` tells of a deleted one.

    Raises IntakeError for a table of too many columns.
    """
    rows: list[list[_Cell]] = []
    pictures: list[Picture] = []
    for element in table_rows(table):
        cells: list[_Cell] = []
        column = _pad(cells, 0, value(element, "trPr", "gridBefore"), place)
        for cell in (each for each in inside(element) if each.tag == f"{W}tc"):
            colspan = max(number_in(value(cell, "tcPr", "gridSpan") or "1"), 1)
            if cell.find(f"{W}tcPr/{W}cellDel") is not None:
                leave_out(cell, place)
                parts: tuple[Part, ...] = ()
            else:
                parts = read_cell(cell)
            pictures += [part for part in parts if isinstance(part, Picture)]
            cells.append(_Cell(column, cell_of(parts), colspan, _joined(cell, "vMerge")))
            column = _checked(column + colspan, place)
            if _joined(cell, "hMerge") == "continue" and len(cells) > 1:
                last = cells.pop()
                before = cells.pop()
                text = "\n".join(filter(None, (before.content.text, last.content.text)))
                content = replace(before.content, text=text)
                cells.append(replace(before, content=content, colspan=before.colspan + last.colspan))
        _pad(cells, column, value(element, "trPr", "gridAfter"), place)
        rows.append(cells)
    return ReadTable(
        Grid(
            tuple(tuple(_grid_row(rows, index)) for index in range(len(rows))),
            max((cell.column + cell.colspan for row in rows for cell in row), default=0),
            place,
            _head_rows(table_rows(table)),
        ),
        tuple(pictures),
        tuple(
            Omission(cell.content.text, place, "合并的格里看不见的字")
            for index, row in enumerate(rows)
            for cell in row
            if cell.content.text and _is_covered(rows, index, cell)
        ),
    )


def _pad(cells: list[_Cell], column: int, count: str, place: str) -> int:
    """Add ``count`` empty cells at ``column``, where a row begins late or ends early; return the column after them."""
    last = _checked(column + max(number_in(count or "0"), 0), place)
    cells += [_Cell(each, GridCell(""), 1, "") for each in range(column, last)]
    return last


def _checked(column: int, place: str) -> int:
    if not 0 <= column <= MAX_COLUMNS:
        raise IntakeError(
            f"{place}有一行超出 {MAX_COLUMNS} 栏，不像公文的表格，没有转换。"
            "请用 Word 或 WPS 打开，重新画这张表再试。"
        )
    return column


def _joined(cell: Any, name: str) -> str:
    """Return the state of ``cell`` among cells that are joined downwards (vMerge) or sideways (hMerge)."""
    joint = cell.find(f"{W}tcPr/{W}{name}")
    return "" if joint is None else joint.get(f"{W}val", "continue")


def _is_covered(rows: list[list[_Cell]], index: int, cell: _Cell) -> bool:
    """Tell whether ``cell`` in the row ``index`` is covered by the one above it."""
    if cell.merge != "continue" or not index:
        return False
    above = next((each for each in rows[index - 1] if each.column == cell.column), None)
    return above is not None and above.colspan == cell.colspan and above.merge != ""


def _grid_row(rows: list[list[_Cell]], index: int) -> Iterator[GridCell]:
    """Yield the cells that begin in the row ``index`` of ``rows``."""
    for cell in rows[index]:
        if _is_covered(rows, index, cell):
            continue
        rowspan = 1
        for below in range(index + 1, len(rows)):
            later = next((each for each in rows[below] if each.column == cell.column), None)
            if not cell.merge or later is None or not _is_covered(rows, below, later):
                break
            rowspan += 1
        yield replace(cell.content, rowspan=rowspan, colspan=cell.colspan)


def _head_rows(rows: list[Any]) -> int:
    """Return how many rows at the beginning are repeated on every page; 0 where all are, or none."""
    count = 0
    while count < len(rows) and is_on(rows[count].find(f"{W}trPr/{W}tblHeader")):
        count += 1
    return count if count < len(rows) else 0
