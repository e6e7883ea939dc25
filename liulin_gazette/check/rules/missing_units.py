"""The rule about figures after which the unit is missing (code T046)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_MONEY = re.compile(
    rf"(?:投资|资金|收入|支出|贷款|产值|利润|税收|总额|余额|补贴|补助|经费|预算|生产总值|成交额|销售额)(?:[^，。；：、\d\n]{{0,6}})(?P<number>{NUMBER}(?:[十百千]?万|亿))(?=[，。；、（）])"
)
_CHANGE = re.compile(
    rf"(?:(?:增长|下降|增加|减少|提高|降低|上升|回落)(?:了|到|至)?|(?:同比|占比)(?:为|达到?)?)(?P<number>{NUMBER})(?=[，。；]|、(?!\d))"
)
_DAY = re.compile(r"(?<!\d)(?:20\d\d年)?(?:1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])(?=[前起至，。；、（—～])")
_DAY_ALONE = re.compile(r"20\d\d年(?P<digits>\d{2,4})日")
_INDEX = re.compile("指数|基尼|系数|排名|等级|评分|得分|人口自然|密度|pH|位列|位居|编号|序号|代码|第")
_LISTED = re.compile(
    rf"(?P<a>{NUMBER})(?P<unit>万元|亿元|公里|平方米|万?亩|万?吨|万?人|万?户|个|座|处|台|辆|名|家)[、，][一-鿿]{{1,10}}(?P<number>{NUMBER})[、，和](?:[一-鿿]{{1,10}}){NUMBER}(?P=unit)"
)


def figures_have_their_unit(annotated: AnnotatedDocument) -> Findings:
    """T046: an amount of money ends in 元, what grows in % or a unit, a date in 日, a member of a list in its unit."""
    for passage, match in annotated.matches(_MONEY, annotated.running):
        yield _finding(passage.at(match.start()), match[0], "金额后面没有“元”", None)
    for passage, match in annotated.matches(_CHANGE, annotated.running):
        if not _INDEX.search(passage.text, max(0, match.start() - 12), match.end()):
            yield _finding(passage.at(match.start()), match[0], "数字后面没有“%”或单位", None)
    for passage, match in annotated.matches(_DAY, annotated.running):
        yield _finding(passage.at(match.start()), match[0], "日期后面没有“日”", Severity.NOTE)
    for passage, match in annotated.matches(_DAY_ALONE, annotated.running):
        yield _finding(passage.at(match.start()), match[0], "日期里可能漏了“月”", None)
    for passage, match in annotated.matches(_LISTED, annotated.running):
        yield _finding(
            passage.at(match.start()), match[0], f"中间的“{match['number']}”后面没有“{match['unit']}”", None
        )


def _finding(where: Spot, words: str, reason: str, severity: Severity | None) -> Finding:
    return Finding(where, f"“{words}”：{reason}。", "核对原件，补上漏掉的字。", words, severity)
