"""Rules about 小计 in tables and about columns that sum up each row (code C061)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.difference_columns import differences_are_right
from liulin_gazette.model.blocks import Cell, Table, grid, plain

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NOTHING = ("", "-", "—", "－", "/", "0")
_SUM_HEAD = re.compile("(?:合[ 　]*计|小[ 　]*计|总[ 　]*计|共[ 　]*计)(?:（[^（）]*）|[(][^()]*[)])?$")
_SUBTOTAL, _TOTAL = re.compile("小[ 　]*计"), re.compile("合[ 　]*计|总[ 　]*计|共[ 　]*计")
_NO_ADDEND = re.compile("序号|编号|年份|率|%|％|均|每|单价|标准|占|指数|排名|电话|其中|备注|日期|时间|比")
_LEAST_RIGHT = 2
"""Right sums that show how the table adds up, before a wrong one is reported."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A stated sum with the figures that it should be the sum of."""

    cell: Cell
    column: int
    stated: str
    addends: tuple[str, ...]

    @property
    def computed(self) -> float:
        return sum(float(number) for number in self.addends)

    @property
    def is_right(self) -> bool:
        """Whether it is the sum, each figure with decimals being rounded to its last place."""
        rounding = sum(last_place(number) / 2 for number in (self.stated, *self.addends) if "." in number)
        return abs(self.computed - float(self.stated)) <= rounding * (1 + 1e-9) + 1e-9


def partial_sums_are_right(annotated: AnnotatedDocument) -> Findings:
    """C061: a row 小计 sums up the rows of its group, and a column 合计 the columns beside it.

    Only where most of them in the table do is one that does not a fault.
    """
    yield from differences_are_right(annotated)
    for table in annotated.tables:
        readings = (_row_sums(table, after=False), _row_sums(table, after=True), _group_sums(table))
        for sums in map(list, readings):
            wrong = [each for each in sums if not each.is_right]
            right = len(sums) - len(wrong)
            if not wrong or right < _LEAST_RIGHT or len(wrong) * 2 > right:
                continue
            for each in wrong:
                text = plain(each.cell.text)
                yield Finding(
                    Passage("cell", text, annotated.document.path, each.cell.line, field=each.column).at(),
                    f"这里写的是{each.stated}，各数相加是{plain_number(each.computed)}（{'+'.join(each.addends)[:40]}）。",
                    "核对原件的各个数字；原件不一致的照印，写明豁免理由。",
                    each.stated,
                )
            break


def _figure(cell: Cell) -> str | None:
    """Return the figure in ``cell``, 0 for an empty one; None for anything else."""
    text = plain(cell.text).strip().replace(",", "")
    if text in _NOTHING:
        return "0"
    return text if _NUMBER.fullmatch(text) else None


def _row_sums(table: Table, *, after: bool) -> Iterator[_Sum]:
    """Yield the figures of a column 合计 with those of the columns ``after`` it, or else before it."""
    rows = list(grid(table))
    heads: dict[int, str] = {}
    lowest: dict[int, str] = {}
    for row in rows[: table.head_rows]:
        for x, cell in row:
            for spanned in range(x, x + cell.colspan):
                heads[spanned] = heads.get(spanned, "") + plain(cell.text).replace("\n", "")
                lowest[spanned] = plain(cell.text).replace("\n", "")
    sums = [x for x, head in lowest.items() if _SUM_HEAD.match(head)]
    if len(sums) != 1:
        return
    body = [dict(row) for row in rows[table.head_rows :]]
    added = [
        x
        for x, head in heads.items()
        if (x > sums[0] if after else x < sums[0])
        and not _NO_ADDEND.search(head)
        and any(_NUMBER.fullmatch(plain(row[x].text).strip().replace(",", "")) for row in body if x in row)
    ]
    if len(added) < 2:
        return
    for row in body:
        figures = [_figure(row[x]) if x in row else None for x in added]
        stated = _figure(row[sums[0]]) if sums[0] in row else None
        addend_figures = [figure for figure in figures if figure is not None]
        if (
            stated
            and stated != "0"
            and len(addend_figures) == len(figures)
            and any(number != "0" for number in addend_figures)
        ):
            yield _Sum(row[sums[0]], sums[0], stated, tuple(addend_figures))


def _group_sums(table: Table) -> Iterator[_Sum]:
    """Yield the figures of each row 小计 with those of the rows above it, down from the 小计 before.

    The figures of a row 合计 are to be the sum of those of all 小计.
    """
    rows = [dict(row) for row in list(grid(table))[table.head_rows :]]
    names = ["".join(plain(cell.text) for _, cell in sorted(row.items())[:2]) for row in rows]
    if not any(map(_SUBTOTAL.search, names)) or _SUBTOTAL.search(names[0]):
        return
    columns = sorted({x for row in rows for x in row})
    for x in columns:
        yield from _column_sums([row.get(x) for row in rows], names, x)


def _column_sums(cells: Sequence[Cell | None], names: Sequence[str], column: int) -> Iterator[_Sum]:
    group: list[str] = []
    subtotals: list[str] = []
    for cell, name in zip(cells, names, strict=True):
        figure = _figure(cell) if cell else None
        if _SUBTOTAL.search(name) or _TOTAL.search(name):
            is_part = _SUBTOTAL.search(name) is not None
            addends = group if is_part else [*subtotals, *group]
            if figure is None or cell is None:
                return
            if figure != "0" and len(addends) > 1:
                yield _Sum(cell, column, figure, tuple(addends))
            if not is_part:
                return
            subtotals.append(figure)
            group = []
        elif figure is None:
            return
        else:
            group.append(figure)
