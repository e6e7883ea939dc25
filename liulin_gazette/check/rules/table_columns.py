"""The rule about the columns of a table (code S045)."""

from __future__ import annotations

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import grid, plain


def columns_are_filled(annotated: AnnotatedDocument) -> Findings:
    """S045: no column with a heading is empty."""
    for table in annotated.tables:
        rows = list(grid(table))
        head, body = rows[: table.head_rows], rows[table.head_rows :]
        if len(body) < 2 or not head:
            continue
        filled = {column for row in body for column, cell in row if plain(cell.text).strip()}
        for column, cell in head[-1]:
            name = plain(cell.text).strip()
            if name and cell.colspan == 1 and column not in filled:
                yield Finding(
                    Passage("cell", name, annotated.document.path, cell.line, field=column).at(),
                    f"“{name}”一列全是空的。",
                    "核对原件，看是否漏录；原件空白的照印，写明豁免理由。",
                    name,
                )
