"""Tables of a Word file: joined cells, heads that are repeated on every page, columns as wide as the text needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liulin_gazette.editions.docx_page import WIDTH
from liulin_gazette.model.blocks import Cell, Inline, Table, grid, plain

_TWIPS = 1440 / 25.4
_MARGIN = 80
"""Twentieths of a point left and right of the text of a cell."""
_ALIGNMENTS = {"left": "left", "center": "center", "right": "right"}


def add_table(word: Any, table: Table, write: Callable[[Any, Inline, bool], None]) -> None:
    """Add ``table`` at the end of ``word``; ``write`` writes a text into a paragraph, as that of a head or not."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.text.paragraph import Paragraph

    widths = _widths(table)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    element: Any = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_MARGIN}" w:type="dxa"/>'
        f'<w:right w:w="{_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid></w:tbl>'
    )
    for y, row in enumerate(_placed(table)):
        head = "<w:tblHeader/>" if y < table.head_rows < len(table.rows) else ""
        line: Any = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{head}</w:trPr></w:tr>")
        for x, span, cell, merge in row:
            width = sum(widths[x : x + span])
            joined = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (
                f'<w:vMerge w:val="{merge}"/>' if merge else ""
            )
            box: Any = parse_xml(
                f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}'
                f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:spacing w:line="360" w:lineRule="exact"/>'
                f'<w:jc w:val="{_alignment(cell)}"/></w:pPr></w:p></w:tc>'
            )
            if cell is not None:
                write(Paragraph(box[-1], word._body), cell.text, cell.header)
            line.append(box)
        element.append(line)
    word._body._body._insert_tbl(element)


def _alignment(cell: Cell | None) -> str:
    if cell is None or cell.align in _ALIGNMENTS:
        return _ALIGNMENTS[cell.align] if cell else "left"
    return "center" if cell.header or len(plain(cell.text)) <= 4 else "left"


def _widths(table: Table) -> list[int]:
    """Return the width of each column in twentieths of a point."""
    shares = table.widths or (100 / table.columns,) * table.columns
    return [round(WIDTH * _TWIPS * share / 100) for share in shares]


def _placed(table: Table) -> list[list[tuple[int, int, Cell | None, str]]]:
    """Return for each row its cells as Word has them: first column, columns, cell, state of a join downwards.

    Cells below the first one of a join, and places that no cell covers, have None.
    """
    rows: list[list[tuple[int, int, Cell | None, str]]] = [[] for _ in table.rows]
    for y, row in enumerate(grid(table)):
        for x, cell in row:
            rows[y].append((x, cell.colspan, cell, "restart" if cell.rowspan > 1 else ""))
            for below in range(y + 1, min(y + cell.rowspan, len(rows))):
                rows[below].append((x, cell.colspan, None, "continue"))
    return [_without_gaps(sorted(row, key=lambda each: each[0]), table.columns) for row in rows]


def _without_gaps(
    row: list[tuple[int, int, Cell | None, str]], columns: int
) -> list[tuple[int, int, Cell | None, str]]:
    """Return ``row`` with an empty cell at each of ``columns`` that it does not cover."""
    whole: list[tuple[int, int, Cell | None, str]] = []
    at = 0
    for each in (*row, (columns, 0, None, "")):
        whole += [(x, 1, None, "") for x in range(at, each[0])]
        if each[1]:
            whole.append(each)
        at = each[0] + each[1]
    return whole
