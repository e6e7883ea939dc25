"""Tables that continue on the next page: where they may be divided, and what is repeated there.

The style sheet keeps rows whole, and rows that a joined cell (``^^``) spans together. WeasyPrint then leaves the foot of
a page empty however much room there is, and divides what is taller than a page without more ado: the joined cell is not
closed where the page ends and is blank on the next one. Here

- rows that would leave more than a third of a page empty are divided between two rows, or else within a row;
- a joined cell ends with the rows of its page, with a rule below, and its text is repeated on the next page;
- so are the first two cells of a row that goes on there (the running number and the name).

What is repeated is printed but not read out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.layout import block

THIRD = 0.29
"""A third of the depth of a page, as a share of its depth with the margin at the head."""
REPEATED_COLUMNS = 2
"""How many columns a row is named by."""
MAX_ATTEMPTS = 3
"""How often a page is laid out again because joined cells that end on it changed where it ends."""

_block: Any = block

Layout = Callable[[Any, Any], Any]
"""Lays out a table from a skip stack on; the result is that of WeasyPrint's function."""


def divided(context: Any, table: Any, bottom_space: float, skip_stack: Any, layout: Layout) -> Any:
    """Return the result of ``layout`` for the part of ``table`` that begins at ``skip_stack``.

    ``bottom_space`` is what stays free at the foot of the page, in px.
    """
    table, skip_stack = _resumed(table, skip_stack)
    result = layout(table, skip_stack)
    for depth in ("group", "row"):
        if context.in_column or not _is_wasteful(context, table, bottom_space, result):
            break
        freed = _freed(table, result[1] or skip_stack, depth)
        if freed is None:
            break
        _discard(context, result)
        table, result = freed, layout(freed, skip_stack)
    for _ in range(MAX_ATTEMPTS):
        clipped = _clipped(table, result[1])
        if clipped is None:
            break
        resume_at = result[1]
        _discard(context, result)
        result = layout(clipped, skip_stack)
        if result[1] == resume_at:
            break
    _close(table, result)
    return result


def _discard(context: Any, result: Any) -> None:
    """Take back what laying out ``result`` has told WeasyPrint of this page."""
    if result[0] is not None:
        _block.remove_placeholders(context, [result[0]], [], [])


def _position(skip_stack: Any) -> tuple[int, int, Any]:
    """Return the group and the row of a skip stack, and what it has of the row's cells (None at its beginning)."""
    ((group, rows),) = skip_stack.items()
    if not rows:
        return group, 0, None
    ((row, cells),) = rows.items()
    return group, row, cells


def _with_rows(table: Any, group: int, rows: list[Any]) -> Any:
    groups = list(table.children)
    groups[group] = groups[group].copy_with_children(rows)
    return table.copy_with_children(groups)


def _spanning(rows: list[Any], start: int, end: int) -> Iterator[tuple[int, Any]]:
    """Yield the cells of ``rows`` from ``start`` to ``end`` that go on below, each with the rows that it has left."""
    for index in range(start, end):
        for cell in rows[index].children:
            if index + cell.rowspan > end:
                yield index + cell.rowspan - end, cell


def _repeated(cell: Any, rowspan: int) -> Any:
    cell = cell.copy()
    cell.rowspan, cell.is_repeated = rowspan, True
    return cell


def _resumed(table: Any, skip_stack: Any) -> tuple[Any, Any]:
    """Return ``table`` and ``skip_stack`` with what is repeated at the head of a page."""
    if not skip_stack:
        return table, skip_stack
    group, index, skipped = _position(skip_stack)
    rows = list(table.children[group].children)
    row = rows[index]
    cells = list(row.children)
    skipped = dict(skipped) if skipped else None
    if skipped:
        first = min(cells[x].grid_x for x in skipped)
        for x, cell in enumerate(cells):
            if x not in skipped and cell.grid_x < min(first, REPEATED_COLUMNS):
                cells[x] = _repeated(cell, cell.rowspan)
                skipped[x] = None
    for left, cell in _spanning(rows, 0, index):
        if skipped:
            skipped[len(cells)] = None
        cells.append(_repeated(cell, left))
    if len(cells) == len(row.children) and not skipped:
        return table, skip_stack
    rows[index] = row.copy_with_children(cells)
    return _with_rows(table, group, rows), {group: {index: skipped}}


def _is_wasteful(context: Any, table: Any, bottom_space: float, result: Any) -> bool:
    """Tell whether the table leaves more than a third of the page empty though it goes on."""
    laid_out, resume_at = result[:2]
    if laid_out is not None and resume_at is None:
        return False
    bottom = table.position_y if laid_out is None else laid_out.position_y + laid_out.border_height()
    return bool(context.page_bottom - bottom_space - bottom > THIRD * context.page_bottom)


def _freed(table: Any, skip_stack: Any, depth: str) -> Any:
    """Return ``table`` with a group of rows that may be divided, and the row too if ``depth`` says so.

    It is the group at which ``skip_stack`` goes on, the first one without it; None if there is none.
    """
    bodies = [index for index, group in enumerate(table.children) if not group.is_header]
    if not bodies:
        return None
    group, index, _ = _position(skip_stack) if skip_stack else (bodies[0], 0, None)
    rows = list(table.children[group].children)
    if depth == "row":
        rows[index] = _breakable(rows[index])
    freed = _with_rows(table, group, rows)
    freed.children[group] = _breakable(freed.children[group])
    return freed


def _breakable(box: Any) -> Any:
    box = box.copy()
    box.style = box.style.copy()
    box.style["break_inside"] = "auto"
    return box


def _clipped(table: Any, resume_at: Any) -> Any:
    """Return ``table`` with joined cells that end on this page; None if none goes on."""
    if not resume_at:
        return None
    group, index, skipped = _position(resume_at)
    end = index + 1 if skipped else index
    rows = list(table.children[group].children)
    if not any(True for _ in _spanning(rows, 0, end)):
        return None
    for y in range(end):
        cells = list(rows[y].children)
        for x, cell in enumerate(cells):
            if y + cell.rowspan > end:
                cells[x] = cell.copy()
                cells[x].rowspan, cells[x].whole_rowspan = end - y, cell.rowspan
        rows[y] = rows[y].copy_with_children(cells)
    return _with_rows(table, group, rows)


def _close(table: Any, result: Any) -> None:
    """Draw the rule below the part of a table that ends with the page, and above one without a head that goes on."""
    laid_out, resume_at = result[:2]
    is_collapsed = table.style["border_collapse"] == "collapse"
    if (
        laid_out is None or not laid_out.children or not is_collapsed
    ):  # Separate cells have rules of their own.
        return
    header = len(laid_out.children[0].children) if laid_out.children[0].is_header else 0
    count = sum(len(group.children) for group in laid_out.children)
    offset = max(laid_out.skipped_rows - header, 0)
    edges = [count + offset] if resume_at else []
    if laid_out.skipped_rows and not header:
        edges.append(offset)
    if not edges:
        return
    vertical, horizontal = table.collapsed_border_grid
    rule = max(
        (border for row in horizontal for border in row), key=lambda border: border[1][1], default=None
    )
    if rule is None:
        return
    horizontal = list(horizontal)
    for edge in edges:
        horizontal[edge] = [border if border[1][1] else rule for border in horizontal[edge]]
    laid_out.collapsed_border_grid = vertical, horizontal
    laid_out.skip_cell_border_top = laid_out.skip_cell_border_bottom = False
