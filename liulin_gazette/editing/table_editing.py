r"""A table of a text as cells that can be edited, and its lines written anew with only what has changed.

What a cell says is shown as the dialect has it, marks included, but with a line end for `` \ `` and a plain pipe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.foreign_marks import escaped
from liulin_gazette.source.markdown.paragraph_lines import raw_lines
from liulin_gazette.source.markdown.tables import (
    LEFT,
    MAX_CELLS,
    UP,
    Origin,
    TableRow,
    TableShape,
    cell_text,
    table_row,
    table_shape,
)
from liulin_gazette.text.editor_error import CONTENT, EditorError

_LINE_END = re.compile(r"\r\n?|\n")
_CELL_BREAK = " \\ "
_DELIMITER = re.compile(r":?-+:?")
_NEW_DELIMITER = " --- "


class TableError(EditorError):
    """A table cannot be edited as cells; nothing was changed."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class EditableTable:
    """A table of a text, cell by cell."""

    lines: range
    """The indices of its lines in the text."""
    head_rows: int
    texts: tuple[tuple[str, ...], ...]
    """What each cell says; empty where it is joined with another."""
    origins: tuple[tuple[Origin, ...], ...]
    """Row and column, from 0, of the upper left place of the cell that stands at each place."""


@dataclass(frozen=True, slots=True)
class EditedTable:
    """What is to become of a table. Row and column indices begin with 0."""

    head_rows: int
    rows: tuple[int | None, ...]
    """For each row the one that it was; None for a new one."""
    columns: tuple[int | None, ...]
    """For each column the one that it was; None for a new one."""
    texts: tuple[tuple[str, ...], ...]
    """As ``EditableTable`` has them."""
    origins: tuple[tuple[Origin, ...], ...]


def table_at(text: str, line: int) -> EditableTable:
    """Return the table of ``text`` on whose ``line``, from 0, the cursor is. Raises TableError where there is none."""
    lines = text.split("\n")
    raw = raw_lines(lines)

    def is_row(index: int) -> bool:
        return 0 <= index < len(lines) and index not in raw and lines[index].lstrip(" \t").startswith("|")

    if not is_row(line):
        raise TableError("光标不在表格里。", "把光标放在表格的一行上，再点“编辑表格”。")
    start, stop = line, line + 1
    while is_row(start - 1):
        start -= 1
    while is_row(stop):
        stop += 1
    shape = _shape(lines[start:stop], start)
    texts = tuple(
        tuple(_shown(cell) if shape.origins[y][x] == (y, x) else "" for x, cell in enumerate(row))
        for y, row in enumerate(shape.rows)
    )
    return EditableTable(range(start, stop), shape.head_rows, texts, tuple(map(tuple, shape.origins)))


def _shape(lines: Sequence[str], start: int) -> TableShape:
    """Return the cells of ``lines``, the first of which is ``start`` in its text. Raises TableError for no table."""
    findings = FindingCollector()
    shape = table_shape(lines, Place("", start + 1, 1), findings)
    if shape is None:
        first = findings.items[0]
        raise TableError(f"第 {first.place.line} 行：{first.message}", f"{first.hint}改好再点“编辑表格”。")
    return shape


def _shown(cell: str) -> str:
    return cell.replace(_CELL_BREAK, "\n")


def written_table(lines: Sequence[str], edited: EditedTable) -> list[str]:
    """Return the ``lines`` of a table as ``edited``: a cell that says the same is written the same, to the byte.

    Raises TableError where ``edited`` is no table that the dialect can write.
    """
    former = _shape(lines, 0)
    _require_sound(edited, former)
    rows = [table_row(line) for index, line in enumerate(lines) if index != former.head_rows]
    written = [_row(rows, edited, y) for y in range(len(edited.rows))]
    delimiter = _line(table_row(lines[former.head_rows]), edited.columns, former, _NEW_DELIMITER)
    after = [*written[: edited.head_rows], delimiter, *written[edited.head_rows :]]
    _require_same(after, edited)
    return after


def _require_sound(edited: EditedTable, former: TableShape) -> None:
    """Raise TableError for what no page of the desk sends: sizes that do not fit, and places that are not there."""
    height, width = len(edited.rows), len(edited.columns)
    is_sized = 0 < edited.head_rows <= height and width > 0 and height * width <= MAX_CELLS
    is_even = all(
        len(grid) == height and all(len(row) == width for row in grid)
        for grid in (edited.texts, edited.origins)
    )
    is_known = all(row is None or 0 <= row < len(former.rows) for row in edited.rows) and all(
        column is None or 0 <= column < len(former.aligns) for column in edited.columns
    )
    if not (is_sized and is_even and is_known):
        raise TableError("表格送来的内容不对，没有写。", "关上表格，再打开一次。")


def _row(rows: Sequence[TableRow], edited: EditedTable, y: int) -> str:
    """Return row ``y`` of ``edited`` as a line."""
    source = edited.rows[y]
    old = rows[source] if source is not None else None
    cells: list[str] = []
    for x, column in enumerate(edited.columns):
        known = old.cells[column] if old and column is not None else None
        cells.append(_cell(known, edited, y, x))
    opening = old.opening if old else rows[0].opening
    is_kept = old and (old.closing.strip() or cells[-1] == old.cells[-1])
    closing = old.closing if old and is_kept else "|"
    return opening + "|".join(cells) + closing


def _cell(known: str | None, edited: EditedTable, y: int, x: int) -> str:
    """Return the cell at row ``y`` and column ``x`` as it is written; ``known`` is how it was."""
    origin = edited.origins[y][x]
    said = cell_text(known) if known is not None else None
    if origin == (y, x):
        text = _typed(edited.texts[y][x])
        if said is not None and said not in (UP, LEFT) and _shown(said) == edited.texts[y][x]:
            return known or ""
        if y < edited.head_rows and _DELIMITER.fullmatch(text):
            text = "\\" + text
    else:
        marks = [LEFT] if x and edited.origins[y][x - 1] == origin else []
        marks += [UP] if y and edited.origins[y - 1][x] == origin else []
        if said in marks:
            return known or ""
        text = next(iter(marks), "")
    return _with_margins(text, known)


def _typed(text: str) -> str:
    """Return ``text``, as it was typed in a cell, as the dialect writes it, pipes apart."""
    lines = (line.replace("\t", " ").strip(" ") for line in _LINE_END.split(text))
    joined = _CELL_BREAK.join(line for line in lines if line)
    bare = joined.strip()
    return f"\\{bare}" if bare in (UP, LEFT) else joined if bare else ""


def _with_margins(text: str, known: str | None) -> str:
    """Return ``text`` with the white space around it that the cell has had."""
    written = text.replace("|", "\\|")
    inner = known.strip(" \t") if known else ""
    if known is None or not inner:
        return f" {written} " if written else "  "
    start = known.index(inner)
    after = known[start + len(inner) :]
    return known[:start] + written + (" " if written.endswith("\\") and not after else after)


def _line(row: TableRow, columns: Sequence[int | None], former: TableShape, new: str) -> str:
    """Return the delimiter ``row`` for ``columns``."""
    if list(columns) == list(range(len(former.aligns))):
        return row.opening + "|".join(row.cells) + row.closing
    cells = [new if column is None else row.cells[column] for column in columns]
    return row.opening + "|".join(cells) + (row.closing if row.closing.strip() else "|")


def _require_same(lines: Sequence[str], edited: EditedTable) -> None:
    """Raise TableError unless ``lines`` say what ``edited`` does, each cell where it stands there."""
    findings = FindingCollector()
    shape = table_shape(lines, Place("", 1, 1), findings)
    if shape is None:
        first = findings.items[0]
        raise TableError(f"这样的表格写不出来：{first.message}", first.hint)
    is_same = shape.head_rows == edited.head_rows and all(
        shape.origins[y][x] == origin
        and (origin != (y, x) or _stated(shape.rows[y][x]) == _stated(_typed(edited.texts[y][x])))
        for y, row in enumerate(edited.origins)
        for x, origin in enumerate(row)
    )
    if not is_same:
        raise TableError("这样的表格写不出来。", "看看表头各行、合并的格是不是都在一处，再写一次。")


def _stated(cell: str) -> str:
    """Return what ``cell`` says, without the backslash before what would be a mark of the table."""
    bare = cell[1:] if cell.startswith("\\") else cell
    return bare if bare in (UP, LEFT) or _DELIMITER.fullmatch(bare) else cell.strip(" \t")


def literal_cells(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return ``rows`` of plain text, such as a spreadsheet puts on the clipboard, as cells that print the same."""
    return [
        [
            "\n".join(escaped(" ".join(line.split("\t")).strip(" ")) for line in _LINE_END.split(cell))
            for cell in row
        ]
        for row in rows
    ]
