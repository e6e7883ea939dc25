"""Columns of tables that hold the difference of two others: 增减 beside 上年数 and 本年数 (code C061)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Cell, Table, grid, plain

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_HEAD = re.compile(
    "(?:比上年|较上年|比去年|同比)?(?:增减|增加|增长|变动|差)(?:额|数|量)?(?:（(?!%|％)[^（）]*）)?"
)
_LEAST_RIGHT = 3
"""Rows that show what the column holds, before a wrong one is reported."""


def differences_are_right(annotated: AnnotatedDocument) -> Findings:
    """Yield the rows of a column 增减 that do not hold the difference which most rows do."""
    for table in annotated.tables:
        yield from _wrong_differences(annotated, table)


def _wrong_differences(annotated: AnnotatedDocument, table: Table) -> Findings:
    whole = list(grid(table))
    heads = {x: plain(cell.text).replace("\n", "") for row in whole[: table.head_rows] for x, cell in row}
    for column, head in heads.items():
        if not _HEAD.fullmatch(head.strip()) or column < 2:
            continue
        rows = [dict(row) for row in whole[table.head_rows :]]
        cells = [(row, [_figure(row.get(x)) for x in (column - 2, column - 1, column)]) for row in rows]
        triples = [(row, [each for each in figures if each is not None]) for row, figures in cells]
        triples = [(row, figures) for row, figures in triples if len(figures) == 3]
        for sign in (1, -1):
            wrong = [(row, figures) for row, figures in triples if not _is_right(figures, sign)]
            if len(triples) - len(wrong) < max(_LEAST_RIGHT, 2 * len(wrong)) or not wrong:
                continue
            for row, figures in wrong:
                cell = row[column]
                difference = sign * (float(figures[1]) - float(figures[0]))
                yield Finding(
                    Passage("cell", plain(cell.text), annotated.document.path, cell.line, field=column).at(),
                    f"这里写的是{figures[2]}，前两列相差{plain_number(difference)}。",
                    "核对原件的各个数字；原件不一致的照印，写明豁免理由。",
                    figures[2],
                )
            break


def _figure(cell: Cell | None) -> str | None:
    text = plain(cell.text).strip().replace(",", "") if cell else ""
    return text if _NUMBER.fullmatch(text) else None


def _is_right(figures: list[str], sign: int) -> bool:
    first, last, difference = map(float, figures)
    slack = sum(last_place(number) / 2 for number in figures if "." in number)
    return abs(sign * (last - first) - difference) <= slack + 1e-6
