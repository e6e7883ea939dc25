"""The table on a worksheet: its shown cells in their columns, joined ones as one, titles and notes around it as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.intake.manuscript import Grid, GridCell, IntakeError, Line, Omission, Part
from liulin_gazette.intake.sheet_files.sheet_cells import Area, SheetCells, cell_name

MAX_COLUMNS = 63
"""Columns of a table, as in a Word file."""
MAX_ROWS = 5_000
"""Rows of a table that a gazette could print."""
_PARTICULAR = re.compile(
    r"(?:(?:填报|填表|制表|编制|报送|申报|主管)(?:单位|部门|机关|时间|日期|人)|(?:金额|计量)?单位|时间|日期|审核人|负责人|联系人|联系电话|电话)"
    r"(?:（[^（）]*）)?\s*[：:]"
)
"""The name of what is told above a table: who filled it in, when, and the unit of its figures."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """What a worksheet shows, and what of it is not shown."""

    parts: tuple[Part, ...]
    omissions: tuple[Omission, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """The rows and columns that are shown, and the joined cells by the place where they begin among these."""

    rows: Sequence[int]
    columns: Sequence[int]
    begins: Mapping[tuple[int, int], tuple[Area, GridCell]]
    """By row and column of the first shown cell of each area: the area, and the content of its first cell."""
    covered: frozenset[tuple[int, int]]


def table_of(sheet: SheetCells, place: str) -> ReadSheet:
    """Return the table of the worksheet at ``place``. Raises IntakeError for one of too many rows or columns."""
    omissions: list[Omission] = []
    if not sheet.cells:
        return ReadSheet((), ())
    last_row = max(row for row, _ in sheet.cells)
    last_column = max(column for _, column in sheet.cells)
    joined = [
        replace(each, bottom=min(each.bottom, last_row), right=min(each.right, max(last_column, each.left)))
        for each in sheet.joined
        if each.top <= last_row and each.left <= last_column
    ]
    _check_size(sheet, place)
    shown = dict(sheet.cells)
    starts = {(each.top, each.left) for each in joined}
    covers = {
        at
        for each in joined
        for at in sheet.cells
        if each.top <= at[0] <= each.bottom
        and each.left <= at[1] <= each.right
        and at != (each.top, each.left)
    }
    for (row, column), cell in sheet.cells.items():
        at = f"{place}的{cell_name(row, column)}格"
        if (row, column) in covers:
            omissions.append(Omission(cell.text, at, "合并的格里看不见的字"))
            del shown[row, column]
            continue
        if (row, column) in starts:
            continue  # Whether a joined cell is shown is decided below, by all of its rows and columns.
        if row in sheet.hidden_rows or column in sheet.hidden_columns:
            kind = "行" if row in sheet.hidden_rows else "列"
            omissions.append(Omission(cell.text, at, f"隐藏的{kind}"))
            del shown[row, column]
    layout, unseen = _layout(shown, joined, sheet, place)
    return ReadSheet(tuple(_parts(layout, place)), (*omissions, *unseen))


def with_title(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return ``parts``, those of the only table of a file; the line above the table is its title."""
    first, *others = parts or (None,)
    has_table = any(isinstance(part, Grid) for part in others)
    return (replace(first, level=1), *others) if isinstance(first, Line) and has_table else tuple(parts)


def _check_size(sheet: SheetCells, place: str) -> None:
    columns = {column for _, column in sheet.cells} - sheet.hidden_columns
    rows = {row for row, _ in sheet.cells} - sheet.hidden_rows
    if columns and max(columns) - min(columns) >= MAX_COLUMNS and len(columns) > MAX_COLUMNS:
        raise IntakeError(
            f"{place}有 {len(columns)} 栏，超过 {MAX_COLUMNS} 栏，不像公文的表格，没有转换。请只留要刊登的栏再试。"
        )
    if len(rows) > MAX_ROWS:
        raise IntakeError(
            f"{place}有 {len(rows)} 行，超过 {MAX_ROWS} 行，不像公文的表格，没有转换。请只留要刊登的行再试。"
        )


def _layout(
    shown: Mapping[tuple[int, int], GridCell],
    joined: Sequence[Area],
    sheet: SheetCells,
    place: str,
) -> tuple[_Layout, list[Omission]]:
    """Return which rows and columns are shown and what begins where; and the joined cells that are all hidden."""
    used_columns = {column for _, column in shown} | {
        column for each in joined for column in (each.left, each.right)
    }
    rows = sorted({row for row, _ in shown} - sheet.hidden_rows)
    columns = sorted(used_columns - sheet.hidden_columns)
    begins: dict[tuple[int, int], tuple[Area, GridCell]] = {}
    covered: set[tuple[int, int]] = set()
    omissions: list[Omission] = []
    row_set = frozenset(rows)
    for area in joined:
        content = shown.get((area.top, area.left), GridCell(""))
        inner_rows = [row for row in rows if area.top <= row <= area.bottom]
        inner_columns = [column for column in columns if area.left <= column <= area.right]
        if inner_rows and inner_columns:
            begins[inner_rows[0], inner_columns[0]] = (area, content)
            covered |= {(row, column) for row in inner_rows for column in inner_columns}
        elif content.text.strip():
            at = f"{place}的{cell_name(area.top, area.left)}格"
            omissions.append(Omission(content.text, at, "隐藏的行或列"))
    singles = {
        at: (Area(*at, *at), cell) for at, cell in shown.items() if at not in covered and at[0] in row_set
    }
    return _Layout(rows, columns, {**begins, **singles}, frozenset(covered)), omissions


def _parts(layout: _Layout, place: str) -> Iterator[Part]:
    """Yield the lines above the table, the table, and the lines below it."""
    rows = layout.rows
    first = 0
    while first < len(rows) and (line := _title(layout, rows[first], place)) is not None:
        yield line
        first += 1
    last = len(rows)
    while last > first + 1 and _is_note(layout, rows[last - 1]):
        last -= 1
    if body := rows[first:last]:
        used = [
            column
            for column in layout.columns
            if any((row, column) in layout.begins or (row, column) in layout.covered for row in body)
        ]
        yield Grid(
            tuple(tuple(_grid_row(layout, row, body, used)) for row in body), len(used), f"{place}（表格）"
        )
    for row in rows[last:]:
        line = _title(layout, row, place)
        if line is not None:
            yield replace(line, centred=False)


def _places(layout: _Layout, row: int) -> Iterator[tuple[int, int]]:
    return ((row, column) for column in layout.columns)


def _only_cell(layout: _Layout, row: int) -> tuple[Area, GridCell] | None:
    """Return the one cell with words in ``row``, if it covers no other row; None for a row of another kind."""
    cells = [layout.begins[at] for at in _places(layout, row) if at in layout.begins]
    solid = [each for each in cells if each[1].text.strip() or each[1].doubts]
    is_alone = len(solid) == 1 and solid[0][0].top == solid[0][0].bottom
    is_under_others = any(
        at in layout.covered and at not in layout.begins for at in _places(layout, row)
    ) and not (solid and solid[0][0].right > solid[0][0].left)
    return solid[0] if is_alone and not is_under_others else None


def _title(layout: _Layout, row: int, place: str) -> Line | None:
    """Return the line above the table that ``row`` is: one cell, where the table has several columns."""
    only = _only_cell(layout, row)
    if only is None or len(layout.columns) < 2:
        return _particulars(layout, row, place)
    area, cell = only
    return Line(
        cell.text,
        f"{place}的{cell_name(area.top, area.left)}格",
        centred=area.right > area.left,
        doubts=cell.doubts,
        marks=cell.marks,
    )


def _particulars(layout: _Layout, row: int, place: str) -> Line | None:
    """Return the line with who filled in the table and when, each in a cell of ``row`` with its name: 填报单位：县民政局."""
    cells = [layout.begins[at] for at in _places(layout, row) if at in layout.begins]
    solid = [each for each in cells if each[1].text.strip() or each[1].doubts]
    is_named = all(_PARTICULAR.match(cell.text.strip()) and not cell.marks for _, cell in solid)
    if not 1 < len(solid) < len(layout.columns) or not is_named:
        return None
    area = solid[0][0]
    doubts = tuple(doubt for _, cell in solid for doubt in cell.doubts)
    words = "　".join(cell.text.strip() for _, cell in solid)
    return Line(words, f"{place}的{cell_name(area.top, area.left)}格", doubts=doubts)


def _is_note(layout: _Layout, row: int) -> bool:
    """Tell whether ``row`` is a line below the table: one cell that is joined over all columns."""
    only = _only_cell(layout, row)
    return (
        only is not None
        and len(layout.columns) > 1
        and only[0].left <= layout.columns[0]
        and only[0].right >= layout.columns[-1]
    )


def _grid_row(layout: _Layout, row: int, rows: Sequence[int], columns: Sequence[int]) -> Iterator[GridCell]:
    """Yield the cells that begin in ``row``, of a table that has ``rows`` and ``columns``."""
    for column in columns:
        found = layout.begins.get((row, column))
        if found is None:
            if (row, column) not in layout.covered:
                yield GridCell("")
            continue
        area, cell = found
        yield replace(
            cell,
            rowspan=sum(1 for each in rows if row <= each <= area.bottom),
            colspan=sum(1 for each in columns if column <= each <= area.right),
        )
