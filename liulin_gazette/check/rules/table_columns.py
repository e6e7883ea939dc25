"""The rule about the columns of a table (code S045)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Annex, Note, Paragraph, Table, grid, plain

_FORM_TITLE = re.compile(
    r"(?:申请|申报|登记|审批|审核|快报|报告|备案|调查|评分|推荐|报名|填报|统计|信息|反馈|承诺|授权|委托)[一-鿿]{0,6}(?:表|书|卡|单)(?:（[^）]*）)?$"
    r"|(?:式样|样式|样表|空表|格式)(?:（[^）]*）)?$"
)
_FILLED_LATER = re.compile(
    "备[ 　]*注|说[ 　]*明|签[字名章收]|盖章|意见|领[取用]|得分|评分|扣分|考核|验收|情况|结果|日期|时间|审[核批]|核实|销号|证明"
)
"""Names of columns that are filled in by hand, or where there is something to say."""
_TO_FILL_IN = re.compile("填报|填表|制表|盖章|签字|签名|[ 　]月[ 　]+日|____")


def columns_are_filled(annotated: AnnotatedDocument) -> Findings:
    """S045: no column with a heading is empty, but in a form that is to be filled in."""
    forms = {id(table) for annex in annotated.annexes for table in _forms(annex)}
    for table in annotated.tables:
        if id(table) in forms:
            continue
        rows = list(grid(table))
        head, body = rows[: table.head_rows], rows[table.head_rows :]
        if len(body) < 2 or not head:
            continue
        filled = {column for row in body for column, cell in row if plain(cell.text).strip()}
        empty = [
            (x, plain(cell.text).strip(), cell)
            for x, cell in head[-1]
            if cell.colspan == 1 and x not in filled
        ]
        named = [each for each in empty if each[1] and not _FILLED_LATER.search(each[1])]
        if len(named) > 1 and 2 * len(empty) >= len(head[-1]):
            continue  # A form to be filled in.
        for column, name, cell in named:
            yield Finding(
                Passage("cell", name, annotated.document.path, cell.line, field=column).at(),
                f"“{name}”一列全是空的。",
                "核对原件，看是否漏录；原件空白的照印，写明豁免理由。",
                name,
            )


def _forms(annex: Annex) -> list[Table]:
    """Return the tables of ``annex`` if it is a form: by its title, or by what is to be filled in beside them."""
    beside = [plain(block.text) for block in annex.blocks if isinstance(block, (Paragraph, Note))]
    if not (_FORM_TITLE.search(annex.title) or any(map(_TO_FILL_IN.search, beside))):
        return []
    return [block for block in annex.blocks if isinstance(block, Table)]
