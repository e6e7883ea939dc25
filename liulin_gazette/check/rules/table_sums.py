"""The rule about sums in tables (code C006)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Table, grid, plain
from liulin_gazette.model.diagnostics import Severity

_SUM_WORDS = ("合计", "总计", "共计")
_PART_SUMS = ("小计", "其中")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NO_SUM = re.compile(
    "率|比|%|％|‰|均|每|单价|标准|占|指数|排名|名次|位次|得分|年份|序号|编号|电话|密度|增长|增幅|折合|系数"
)
"""Words in the head of a column whose figures do not add up: rates, averages, ranks."""
_LARGE_UNIT = re.compile("[万亿千百][元人户亩吨公立平头只株册辆台]")
"""Units of figures that have been rounded."""
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,5}、|[（(][一二三四五六七八九十\d]{1,5}[）)]|\d{1,3}[.．、](?!\d)"
)
MAX_CHILDREN = 60
"""The most rows below one whose figure they add up to."""


def sums_are_right(annotated: AnnotatedDocument) -> Findings:
    """C006: a 合计 row holds the sum of the other rows, or of those that no other row sums up.

    Half a unit of the last place of each figure and of the sum is rounding. Whole numbers are exact; still, what their
    rounding would explain is a warning beside decimals, and a note in 万元. It is a warning, too, where the rows have
    several levels, or where the figure may be an average.
    """
    for table in annotated.tables:
        yield from _wrong_sums(annotated, table)


def _wrong_sums(annotated: AnnotatedDocument, table: Table) -> Findings:
    whole = list(grid(table))
    rows = whole[table.head_rows :]
    names = [" ".join(plain(cell.text).strip() for _, cell in row[:2]) for row in rows]
    totals = [i for i, name in enumerate(names) if any(word in name for word in _SUM_WORDS)]
    if len(totals) != 1 or any(word in name for name in names for word in _PART_SUMS):
        return
    heads = _heads(table)
    total = totals[0]
    addends = rows[:total] if total else rows[1:]
    has_levels = any(_ORDINAL.match(name) for name in names)
    for column, cell in rows[total]:
        text = plain(cell.text).strip().replace(",", "")
        values = [
            plain(each.text).strip().replace(",", "") for row in addends for x, each in row if x == column
        ]
        figures = [float(value) for value in values if _NUMBER.fullmatch(value)]
        if not _NUMBER.fullmatch(text) or len(figures) < 2 or _NO_SUM.search(heads.get(column, "")):
            continue
        if any(value and not re.fullmatch(r"\d+(?:\.\d+)?|[-—/]", value) for value in values):
            continue
        stated, written = float(text), [value for value in values if _NUMBER.fullmatch(value)]
        sums = [sum(figures), *(sum(_top_level(figures, slack)) for slack in (0.0, _half_unit(written)))]
        apart = min(abs(each - stated) for each in sums)
        if apart > max(0.005 * len(figures), _rounding(written, text, whole_numbers=False)):
            is_certain = not has_levels and all(each == sums[0] for each in sums)
            may_be_average = min(figures) <= stated <= max(figures)
            may_be_rounded = apart <= _rounding(written, text, whole_numbers=True)
            severity = None if is_certain and not may_be_average else Severity.WARNING
            if may_be_rounded and any("." in number for number in written):
                severity = Severity.WARNING
            elif may_be_rounded and _LARGE_UNIT.search(heads.get(column, "") + table.caption):
                severity = Severity.NOTE
            yield Finding(
                Passage("cell", plain(cell.text), annotated.document.path, cell.line, field=column).at(),
                f"合计写的是{text}，各行相加是{plain_number(sum(figures))}。",
                "核对原件的各个数字。",
                text,
                severity,
            )


def _rounding(written: Sequence[str], total: str, *, whole_numbers: bool) -> float:
    """Return by how much ``total`` may differ from the sum of ``written`` if each was rounded to its last place.

    Whole numbers count as exact unless ``whole_numbers``, but for the total of figures that have decimals.
    """
    rounded = [number for number in written if whole_numbers or "." in number]
    return sum(map(last_place, [*rounded, total] if rounded else rounded)) / 2 * (1 + 1e-9)


def _half_unit(written: Sequence[str]) -> float:
    """Return half a unit of the last place of figures that have decimals; 0 if there are none."""
    return max((last_place(number) / 2 for number in written if "." in number), default=0.0)


def _heads(table: Table) -> dict[int, str]:
    """Return the words over each column, of all rows of the head and of all columns that a cell spans."""
    heads: dict[int, str] = {}
    for row in list(grid(table))[: table.head_rows]:
        for column, cell in row:
            for spanned in range(column, column + cell.colspan):
                heads[spanned] = heads.get(spanned, "") + plain(cell.text)
    return heads


def _top_level(figures: Sequence[float], slack: float) -> list[float]:
    """Return ``figures`` without those that add up to the one before them, each rounded by up to ``slack``."""
    top: list[float] = []
    index = 0
    while index < len(figures):
        top.append(figures[index])
        index += 1 + _children(figures, index, slack)
    return top


def _children(figures: Sequence[float], index: int, slack: float) -> int:
    """Return how many figures after ``index`` add up to the one there: two or more, or 0."""
    rest = figures[index]
    for taken, figure in enumerate(figures[index + 1 : index + 1 + MAX_CHILDREN], 1):
        rest -= figure
        apart = 0.005 + slack * (taken + 1)
        if abs(rest) < apart and taken > 1 and figures[index]:
            return taken
        if rest < -apart:
            break
    return 0
