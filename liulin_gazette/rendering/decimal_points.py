"""Decimal points of a printed column of figures, one below the other: what each figure lacks is set invisibly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.blocks import Cell, Table, grid, plain

MOST_CHARACTERS = 14
"""A column with longer figures is not aligned: they might be broken rather than the column widened."""
_FIGURE = re.compile(r"[-−+]?\d[\d,]*(?P<decimals>\.\d+)?")


@dataclass(frozen=True, slots=True)
class DecimalFills:
    """What stands after each figure of a table, unseen, so that the points are below each other."""

    by_cell: Mapping[int, str]
    """By ``id`` of the cell."""

    def of(self, cell: Cell) -> str:
        """Return the point and the zeros that ``cell`` lacks, "" for none."""
        return self.by_cell.get(id(cell), "")


def decimal_fills(table: Table) -> DecimalFills:
    """Return the fills of ``table``: those of columns of bare figures at the right that differ in their decimals."""
    columns: dict[int, list[tuple[Cell, str]]] = {}
    mixed: set[int] = set()
    for row in list(grid(table))[table.head_rows :]:
        for x, cell in row:
            text = plain(cell.text).strip()
            if cell.header or cell.colspan > 1 or cell.align != "right" or not text:
                continue
            figure = _FIGURE.fullmatch(text)
            if figure and len(text) <= MOST_CHARACTERS and not any(span.note for span in cell.text):
                columns.setdefault(x, []).append((cell, figure["decimals"] or ""))
            else:
                mixed.add(x)
    fills: dict[int, str] = {}
    for x, cells in columns.items():
        longest = max(len(decimals) for _, decimals in cells)
        if x not in mixed:
            fills.update(
                (id(cell), _fill(decimals, longest)) for cell, decimals in cells if len(decimals) < longest
            )
    return DecimalFills(fills)


def _fill(decimals: str, longest: int) -> str:
    point = "" if decimals else "."
    return point + "0" * (longest - len(decimals) - len(point))
