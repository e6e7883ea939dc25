"""Pipe tables with joined cells: ``^^`` joins with the cell above, ``<<`` with the one to the left."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt

from liulin_gazette.model.blocks import Cell, Table, grid, plain
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.inline import parse_line

_DELIMITER_CELL = re.compile(r":?-{1,}:?$")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_UNBROKEN = re.compile(r"[!-~]+")
_FIGURE = re.compile(r"[-+]?(?:0|[1-9]\d{0,6}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?[%％‰]?")
UP, LEFT = "^^", "<<"
_UNEVEN_ROW = "检查“|”的个数；要合并的格写“^^”或“<<”，空格子也要留出来。"
_SHARED_CELL = "“^^”“<<”要自己占一格，不和文字写在一格里：“| 2024年 | << |”。"
MAX_CELLS = 60_000
FULL_MEASURE = 44.0
"""Width of a full-width table, in em of its type."""
CELL_PADDING = 1.5
"""By how much a cell is wider than its text, in em."""
COMFORTABLE_WIDTH = 6.0
"""The least width, in em, at which a column of long text reads well."""
MAX_UNBROKEN = 12.0
"""Up to this width, in em, a column is as wide as its longest number or Latin word, so that none is broken."""

Grid = list[list[str]]
"""The text of each cell, row by row, joined cells included."""
Origin = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table as its lines have it, before the marks inside its cells are read."""

    rows: Grid
    """Without the delimiter row."""
    head_rows: int
    """Also the index of the delimiter row among the lines."""
    aligns: tuple[str, ...]
    """``left``, ``center``, ``right`` or "" for each column."""
    origins: list[list[Origin]]


def table(
    md: MarkdownIt, lines: list[str], caption: str, anchor: str, place: Place, findings: FindingCollector
) -> Table | None:
    """Return the table in ``lines``, which begin at ``place``; None, reported (S014–S016), if it is malformed."""
    shape = table_shape(lines, place, findings)
    if shape is None:
        return None
    rows = _cells(md, shape, _numbers(place, len(lines), shape.head_rows), place.path, findings)
    unset = Table(caption, shape.head_rows, len(shape.aligns), rows, anchor, place.line)
    return replace(unset, rows=_aligned_rows(unset), widths=_widths(unset))


def table_shape(lines: Sequence[str], place: Place, findings: FindingCollector) -> TableShape | None:
    """Return the cells in ``lines``, which begin at ``place``; None, reported (S014–S016), if they are no table."""
    grid = [[cell_text(cell) for cell in table_row(line).cells] for line in lines]
    delimiter = next((i for i, row in enumerate(grid) if all(_DELIMITER_CELL.match(cell) for cell in row)), 0)
    if not delimiter:
        findings.error("S014", place, "表格没有分隔行。", "在表头下面写一行“| --- | --- |”，每列一组减号。")
        return None
    columns = len(grid[delimiter])
    if len(grid) * columns > MAX_CELLS:
        findings.error("S016", place, f"表格超过 {MAX_CELLS} 格。", "请分成几个表，或作为数据附件发布。")
        return None
    uneven = [i for i, row in enumerate(grid) if len(row) != columns]
    for index in uneven:
        findings.error(
            "S014",
            Place(place.path, place.line + index, 1),
            f"表格这一行有 {len(grid[index])} 格，分隔行有 {columns} 格。",
            _SHARED_CELL
            if any(cell.endswith((" " + UP, " " + LEFT)) for cell in grid[index])
            else _UNEVEN_ROW,
        )
    if uneven:
        return None
    aligns = tuple(_align(cell) for cell in grid[delimiter])
    body = grid[:delimiter] + grid[delimiter + 1 :]
    origins = _origins(body, delimiter, _numbers(place, len(grid), delimiter), place.path, findings)
    return TableShape(body, delimiter, aligns, origins) if origins is not None else None


def _numbers(place: Place, lines: int, delimiter: int) -> list[int]:
    """Return the number of the line in which each row of a table of ``lines`` at ``place`` stands."""
    return [place.line + index for index in range(lines) if index != delimiter]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of a table in parts that together are the line."""

    opening: str
    """White space and the first pipe."""
    cells: tuple[str, ...]
    """As they are written, with the white space around them."""
    closing: str
    """The last pipe, where there is one, and white space."""


def table_row(line: str) -> TableRow:
    """Return the parts of ``line``; an escaped pipe is part of a cell."""
    inner = line.strip(" \t").removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    opened = len(line) - len(line.lstrip(" \t"))
    opened += line.startswith("|", opened)
    return TableRow(line[:opened], tuple(_UNESCAPED_PIPE.split(inner)), line[opened + len(inner) :])


def cell_text(written: str) -> str:
    """Return what the ``written`` cell says, marks included."""
    return _without_margins(written).replace("\\|", "|")


def _without_margins(cell: str) -> str:
    """Return what ``cell`` says; full-width spaces belong to it (　其中：…), unless it has nothing else."""
    return cell.strip(" \t") if cell.strip() not in ("", UP, LEFT) else cell.strip()


def _align(delimiter: str) -> str:
    if delimiter.endswith(":"):
        return "center" if delimiter.startswith(":") else "right"
    return "left" if delimiter.startswith(":") else ""


def _origins(
    grid: Grid, head_rows: int, numbers: list[int], path: str, findings: FindingCollector
) -> list[list[Origin]] | None:
    """Return for each cell the cell that it is joined to (mostly itself); None, reported (S015), for a bad join."""
    origins: list[list[Origin]] = []
    sound = True
    for y, row in enumerate(grid):
        origins.append([])
        for x, text in enumerate(row):
            origin = (y, x)
            if text == UP:
                if y in (0, head_rows):
                    sound = _bad_join(path, numbers[y], x, "上面没有格可以合并", findings)
                else:
                    origin = origins[y - 1][x]
            elif text == LEFT:
                if x == 0:
                    sound = _bad_join(path, numbers[y], x, "左边没有格可以合并", findings)
                else:
                    origin = origins[y][x - 1]
            origins[y].append(origin)
    if not sound:
        return None
    return origins if _rectangular(origins, numbers, path, findings) else None


def _bad_join(path: str, line: int, x: int, problem: str, findings: FindingCollector) -> bool:
    findings.error(
        "S015", Place(path, line, 1), f"第 {x + 1} 格{problem}。", "“^^”与上格合并，“<<”与左格合并。"
    )
    return False


def _extent(origins: list[list[Origin]]) -> dict[Origin, list[Origin]]:
    """Return the cells that each joined cell consists of, in reading order."""
    members: dict[Origin, list[Origin]] = {}
    for y, row in enumerate(origins):
        for x, origin in enumerate(row):
            members.setdefault(origin, []).append((y, x))
    return members


def _rectangular(
    origins: list[list[Origin]], numbers: list[int], path: str, findings: FindingCollector
) -> bool:
    """Tell whether all joined cells are rectangles; the first that is not is reported (S015)."""
    for members in _extent(origins).values():
        height = members[-1][0] - members[0][0] + 1
        width = max(x for _, x in members) - min(x for _, x in members) + 1
        if height * width != len(members):
            x, wrong = members[0][1], _outside(members)
            findings.error(
                "S015", Place(path, numbers[wrong], 1), f"第 {x + 1} 格合并后不是矩形。",
                "合并区内的每一格都要写“^^”或“<<”。",
            )  # fmt: skip
            return False
    return True


def _outside(members: list[Origin]) -> int:
    """Return the first row in which a joined cell is not as wide as in its own first row."""
    first = [x for y, x in members if y == members[0][0]]
    rows = range(members[0][0], members[-1][0] + 1)
    return next((row for row in rows if [x for y, x in members if y == row] != first), members[0][0])


def _cells(
    md: MarkdownIt, shape: TableShape, numbers: list[int], path: str, findings: FindingCollector
) -> tuple[tuple[Cell, ...], ...]:
    members = _extent(shape.origins)
    rows: list[tuple[Cell, ...]] = []
    for y, row in enumerate(shape.rows):
        cells: list[Cell] = []
        for x, text in enumerate(row):
            if shape.origins[y][x] != (y, x):
                continue
            joined = members[y, x]
            inline = parse_line(md, text, Place(path, numbers[y], 1), findings)
            header = y < shape.head_rows or (
                bool(inline) and all(span.strong or span.note for span in inline)
            )
            rowspan = joined[-1][0] - y + 1
            colspan = max(column for _, column in joined) - x + 1
            # A heading above several columns stands in the middle of them, however the first of them is aligned.
            align = "center" if y < shape.head_rows and colspan > 1 else shape.aligns[x]
            cells.append(Cell(inline, header, rowspan, colspan, align, numbers[y]))
        rows.append(tuple(cells))
    return tuple(rows)


def _column_cells(table: Table) -> Iterator[tuple[int, Cell]]:
    """Yield each cell that stands in one column alone, with that column's index from 0."""
    return ((column, cell) for row in grid(table) for column, cell in row if cell.colspan == 1)


def column_needs(table: Table) -> list[tuple[float, float]]:
    """Return two widths for each column: the least at which it reads well, and that of its longest line.

    Both are in em of the table's type and include the padding of the cell.
    """
    longest = [2.0] * table.columns
    unbroken = [2.0] * table.columns
    for column, cell in _column_cells(table):
        longest[column] = max(
            longest[column], _measure("".join(span.note or span.shown for span in cell.text))
        )
        words = _UNBROKEN.findall(plain(cell.text))
        unbroken[column] = max(unbroken[column], *map(_measure, words), 0.0)
    needs: list[tuple[float, float]] = []
    for line, word in zip(longest, unbroken, strict=True):
        natural = line + CELL_PADDING
        needs.append((min(natural, max(min(word, MAX_UNBROKEN), COMFORTABLE_WIDTH) + CELL_PADDING), natural))
    return needs


def _widths(table: Table) -> tuple[float, ...]:
    """Return the width of each column, in per cent.

    If the longest lines do not fit side by side, each column gets its least width; what is left is divided in
    proportion to the square root of what each column still lacks.
    """
    needs = column_needs(table)
    widths = [natural for _, natural in needs]
    if sum(widths) > FULL_MEASURE:
        least = [width for width, _ in needs]
        rest = max(FULL_MEASURE - sum(least), 0.0)
        weights = [math.sqrt(natural - width) for width, natural in needs]
        total_weight = sum(weights) or 1.0
        widths = [width + rest * share / total_weight for width, share in zip(least, weights, strict=True)]
    total = sum(widths)
    return tuple(round(100 * width / total, 2) for width in widths)


def _aligned_rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows with columns of figures and running numbers aligned, unless the author aligned them."""
    columns: dict[int, list[Cell]] = {}
    for column, cell in _column_cells(table):
        if not cell.header:
            columns.setdefault(column, []).append(cell)
    aligns = {
        id(cell): align
        for cells in columns.values()
        if (align := _natural_alignment([plain(cell.text).strip() for cell in cells]))
        for cell in cells
        if not cell.align
    }
    return tuple(
        tuple(replace(cell, align=aligns[id(cell)]) if id(cell) in aligns else cell for cell in row)
        for row in table.rows
    )


def _natural_alignment(texts: list[str]) -> str:
    """Return ``center`` for a column that counts 1, 2, 3, ``right`` for a column of figures, else "".

    A telephone number or a code is not a figure: it begins with 0 or has eight or more digits.
    """
    filled = [text for text in texts if text]
    if len(filled) < 2:
        return ""
    if filled == [str(number) for number in range(1, len(filled) + 1)]:
        return "center"
    return "right" if all(_FIGURE.fullmatch(text) for text in filled) else ""


def _measure(text: str) -> float:
    """Return the width of the longest line of ``text`` in em, counting 1 for a Han character and 0.5 for ASCII."""
    return max(sum(0.5 if c.isascii() else 1.0 for c in line) for line in text.split("\n"))
