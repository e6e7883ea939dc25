"""The rule about amounts of money that are ten thousand times too large or too small (code C073)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, amount
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings

_PER_HEAD = re.compile(
    rf"(?P<each>人均可支配收入|人均(?:纯收入|收入|年收入)|每人每[月年天次]|每[人户亩月生吨]|户均|每平方米|每立方米|每生每年)(?P<between>[^，。；：\d\n]{{0,14}})(?P<number>{NUMBER})(?P<unit>[十百千]?万元|亿元)"
)
_MOST = {"每吨": 1e6, "每平方米": 2e5, "每立方米": 1e5, "每亩": 2e6}
_MOST_FOR_ONE = 1e6
"""元 that one person or household hardly gets or earns in a year; what is more is a slip of 元 and 万元."""
_BUDGET = re.compile(
    rf"(?<!人均)(?P<what>一般公共预算收入|一般公共预算支出|地区生产总值|财政总收入|固定资产投资|社会消费品零售总额)(?:累计|预计|共|全年)?(?:完成|实现|达到?|为|安排)?了?(?P<number>{NUMBER})(?P<unit>万元|元)"
)
_LEAST_OF_A_COUNTY = 3e7
"""元: no county takes in, spends or produces less in a year."""
_PARTS = re.compile(
    rf"(?<![\d.])(?P<total>{NUMBER})(?P<unit>万元|亿元)，?其中[：，]?(?P<parts>[^。；\n]{{8,200}})"
)
_PART = re.compile(rf"(?<![\d.每])(?P<number>{NUMBER})(?P<unit>元|万元|亿元)(?![/／])")


def amounts_have_their_magnitude(annotated: AnnotatedDocument) -> Findings:
    """C073: what one person gets is no 38620万元, what a county takes in no 18.5万元; parts are of the total's unit."""
    for passage, match in annotated.matches(_PER_HEAD, annotated.running):
        value = amount(match["number"], match["unit"]).value
        if value > _MOST.get(match["each"], _MOST_FOR_ONE):
            yield _finding(passage.at(match.start()), match[0], "太大了，“元”可能写成了“万元”")
    for passage, match in annotated.matches(_BUDGET, annotated.running):
        if amount(match["number"], match["unit"]).value < _LEAST_OF_A_COUNTY:
            yield _finding(passage.at(match.start()), match[0], "太小了，“亿元”“万元”可能写错")
    for passage, match in annotated.matches(_PARTS, annotated.running):
        total = amount(match["total"], match["unit"])
        parts = [(part, amount(part["number"], part["unit"])) for part in _PART.finditer(match["parts"])]
        for index, (part, written) in enumerate(parts):
            others = sum(each.value for number, (_, each) in enumerate(parts) if number != index)
            if part["unit"] == "元" and abs(others + written.value * 1e4 - total.value) <= total.half:
                where = match.start("parts") + part.start()
                yield _finding(passage.at(where), part[0], f"各项相加少了这一项，可能是{part['number']}万元")


def _finding(where: Spot, words: str, reason: str) -> Finding:
    return Finding(where, f"“{words}”：{reason}。", "核对原件的数字和单位。", words)
