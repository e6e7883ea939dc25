"""Tables that are forms: their empty cells are filled in by hand on the printed page."""

from __future__ import annotations

import re

from liulin_gazette.model.blocks import Cell, Table, plain

_NAME = re.compile(
    r"(?:申请|申报|登记|报名|推荐|审批|审核|备案|意见|反馈|调查|承诺|委托|授权|评议|考核|验收|领取|借阅)"
    r"[表书单卡]|回执(?:（|$)"
)
"""In the caption or title of a form: 补贴申请表, 报名回执."""
_SERIAL = re.compile(r"\d{0,4}|…+|合计|总计")


def is_form(table: Table, name: str) -> bool:
    """Tell whether ``table`` is a form: by its ``name`` if it has empty cells, or by rows that are all empty.

    A running number, … or 合计 may stand in such a row. A column of a list that is empty makes no form.
    """
    if any(_is_empty(row) for row in table.rows[table.head_rows :]):
        return True
    return bool(_NAME.search(name)) and any(is_blank(cell) for row in table.rows for cell in row)


def is_blank(cell: Cell) -> bool:
    """Tell whether ``cell`` has no text."""
    return not plain(cell.text).strip() and not any(span.note for span in cell.text)


def _is_empty(row: tuple[Cell, ...]) -> bool:
    blank = sum(is_blank(cell) for cell in row)
    return (
        len(row) > 1
        and blank >= len(row) - 1
        and all(is_blank(cell) or _SERIAL.fullmatch(plain(cell.text).strip()) for cell in row)
    )
