"""The rule about figures after which the unit is missing (code T046)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER
from liulin_gazette.check.passages import Passage, Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_MONEY = re.compile(
    rf"(?:投资|资金|收入|支出|贷款|产值|利润|税收|总额|余额|补贴|补助|经费|预算|生产总值|成交额|销售额|投入|损失|效益|费用|价款|安排|拨付|下达|筹集|补偿|债券|贴息)(?:(?![人户者数量亩]|群众|面积)[^，。；：、\d\n]){{0,6}}(?P<number>{NUMBER}(?:[十百千]?万|亿))(?=[，。；）])"
)
_RATE = re.compile(rf"(?:(?:增长|下降|回落)了?|同比(?:为|达到?)?)(?P<number>{NUMBER})(?=[，。；]|、(?!\d))")
_CHANGE = re.compile(
    rf"(?:(?:增加|减少|提高|降低|上升)了?|占(?:比(?:为|达到?)?|[^，。；：、\d第]{{2,16}}的)|预算的|(?:率|比例|比重)(?:为|达到?|[提升]高到|保持在|稳定在))(?P<number>{NUMBER})(?=[，。；]|、(?!\d))"
)
_FIGURE = "(?:为|达到?|[至到占]|控制在|[稳保]定?持?在|不[低高少多大小]于|不超过|不足|增长|下降|提高|降低)"
_RATES = (
    (_RATE, None),
    (_CHANGE, Severity.NOTE),
    (re.compile(rf"{_FIGURE}(?P<number>{NUMBER})(?=[，；][一-鿿]{{2,14}}{_FIGURE}{NUMBER}[%％])"), Severity.NOTE),
    (re.compile(rf"{_FIGURE}{NUMBER}[%％][，；、][一-鿿]{{2,14}}{_FIGURE}(?P<number>{NUMBER})(?=[，。；])"), Severity.NOTE),
    (re.compile(rf"(?:率|占比|比例|比重)(?:原则上|一般|应当?|须|均|要|都)?{_FIGURE}(?P<number>{NUMBER})(?=[，。；]|、(?!\d))"), Severity.NOTE),
)  # fmt: skip
"""What grows, is a rate, or stands beside a percentage, and has no unit, with how certain that is."""
_RISE = re.compile(
    rf"[由从](?P<from>{NUMBER})(?P<unit>[%％㎡]|[一-鿿]{{1,3}}?)(?:增长|下降|增加|减少|提高|提升|降低|上升|回落)[到至](?P<number>{NUMBER})(?=[，。；]|、(?!\d))"
)
"""From a figure with its unit to one without."""
_DAY = re.compile(
    r"(?<!\d)(?:20\d\d年)?(?:1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])(?=[前起至，。；、（—～])(?!(?:[—～-]{1,2}(?:\d{1,2}月)?|[至、和])\d{1,2}[日、—～至和])"
)
_DAY_ALONE = re.compile(r"20\d\d年(?P<digits>\d{2,4})日")
_NEEDS_NO_UNIT = re.compile(
    "指数|基尼|系数|满分|总分|汇率|生育率|容积率|权重|分值|分数|评价值|均值|倍|年限|比值|排名|等级|评分|得分|人口自然|密度|pH|位列|位居|编号|序号|代码|第"
)
"""What is counted in figures alone."""
_REACH = 20
"""Characters before a figure in which that stands."""
_LISTED = re.compile(
    rf"(?P<a>{NUMBER})(?P<unit>万元|亿元|公里|平方米|万?亩|万?吨|万?人|万?户|个|座|处|台|辆|名|家)[、，][一-鿿]{{1,10}}(?P<number>{NUMBER})[、，和](?:[一-鿿]{{1,10}}){NUMBER}(?P=unit)"
)


def figures_have_their_unit(annotated: AnnotatedDocument) -> Findings:
    """T046: an amount of money ends in 元, what grows in % or a unit, a date in 日, a member of a list in its unit."""
    for passage, match in annotated.matches(_MONEY, annotated.running):
        yield _finding(passage.at(match.start()), match[0], "金额后面没有“元”", None)
    yield from _rates(annotated)
    for passage, match in annotated.matches(_RISE, annotated.running):
        yield _finding(passage.at(match.start()), match[0], f"后一个数没有“{match['unit']}”", None)
    for passage, match in annotated.matches(_DAY, annotated.running):
        yield _finding(passage.at(match.start()), match[0], "日期后面没有“日”", Severity.NOTE)
    for passage, match in annotated.matches(_DAY_ALONE, annotated.running):
        yield _finding(passage.at(match.start()), match[0], "日期里可能漏了“月”", None)
    for passage, match in annotated.matches(_LISTED, annotated.running):
        if not _NEEDS_NO_UNIT.search(match[0]):
            yield _finding(
                passage.at(match.start()),
                match[0],
                f"中间的“{match['number']}”后面没有“{match['unit']}”",
                None,
            )


def _rates(annotated: AnnotatedDocument) -> Findings:
    """Yield the figures of rates and of growth that have neither % nor a unit, each once."""
    told: set[tuple[Passage, int]] = set()
    for pattern, severity in _RATES:
        for passage, match in annotated.matches(pattern, annotated.running):
            place = passage, match.start("number")
            if place not in told and not _NEEDS_NO_UNIT.search(
                passage.text, max(0, match.start() - _REACH), match.end()
            ):
                told.add(place)
                yield _finding(passage.at(match.start()), match[0], "数字后面没有“%”或单位", severity)


def _finding(where: Spot, words: str, reason: str, severity: Severity | None) -> Finding:
    return Finding(where, f"“{words}”：{reason}。", "核对原件，补上漏掉的字。", words, severity)
