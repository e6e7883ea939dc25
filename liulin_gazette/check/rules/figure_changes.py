"""Rules about changes from one figure to another (code C051)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import AT_FIXED_PRICES, NUMBER, ROUGH, Amount, amount
from liulin_gazette.check.grammar.quantities import plain_number
from liulin_gazette.check.grammar.sentences import sentence_at
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.stated_growth import told_growth_agrees

_UP = "提高|提升|上升|增长|增加|扩大|上涨|升|增"
_DOWN = "下降|降低|减少|回落|压减|压缩|缩短|缩减|缩小|收窄|下调|降|减|压"
_OPEN = "发展|调整|变化|变"
_UNIT = r"(?:[%％‰]|(?:[十百千]?万|亿)?[一-鿿]{1,4}?)"
_WHEN = r"(?:(?:20\d\d|今|上|去|现)年?(?:底|末|初)?的?)?"
_HOW = "(?:共|累计|净|总计|共计|实际)?"
_FROM_TO = re.compile(
    rf"[由从](?:[^，。；、：（）\d]{{1,8}}?的|{_WHEN})(?P<a>{NUMBER})(?P<unit_a>{_UNIT})?(?P<verb>{_UP}|{_DOWN}|{_OPEN})[到至为]了?{_WHEN}(?P<b>{NUMBER})(?P<unit_b>{_UNIT})(?=[，、。；：（）,的]|$)"
    rf"(?:[，、（,]{_HOW}(?P<change>{_UP}|{_DOWN})了?(?P<c>{NUMBER})(?P<unit_c>个?百分点|[%％]|{_UNIT})(?=[，。；、）：]|$))?"
)
_CHANGE_FIRST = re.compile(
    rf"(?P<change>{_UP}|{_DOWN})了?(?P<c>{NUMBER})(?P<unit_c>个百分点|(?:[十百千]?万|亿)?[元人户亩吨个])[，、（][由从](?:[^，。；、：（）\d]{{1,8}}?的|{_WHEN})(?P<a>{NUMBER})(?P<unit_a>{_UNIT})?"
    rf"(?P<verb>{_UP}|{_DOWN}|{_OPEN})[到至为]了?{_WHEN}(?P<b>{NUMBER})(?P<unit_b>{_UNIT})(?=[，、。；：（）,的]|$)"
)
_COMPARED = re.compile(
    rf"(?:达到?|为|至|到|完成)(?P<b>{NUMBER})(?P<unit_b>{_UNIT})，[比较](?:20\d\d年|上年|去年)(?:同期|底|末)?的?(?P<a>{NUMBER})(?P<unit_a>{_UNIT})"
    rf"(?P<change>{_UP}|{_DOWN})了?(?P<c>{NUMBER})(?P<unit_c>个?百分点|[%％]|{_UNIT})(?=[，。；、）：]|$)"
)
_REAL = re.compile(f"{AT_FIXED_PRICES}|产值|可比|不变价|扣除|实际增长")
"""The growth of these, too, is not that of the figures beside it."""
_NO_AMOUNT = re.compile("名|位|[级类倍区等时岁年月日号度星]|月份|年期|年代|次方|流")
"""Units of ranks, which count down as they get better (排名由第9位提高到第2位), and of what is no amount."""


def changes_are_right(annotated: AnnotatedDocument) -> Findings:
    """C051: 由42%提高到46%，提高4个百分点: the change is the difference, and 提高 leads to the higher figure."""
    yield from told_growth_agrees(annotated)
    for pattern in (_FROM_TO, _CHANGE_FIRST, _COMPARED):
        for passage, match in annotated.matches(pattern, annotated.running):
            before = passage.text[max(match.start() - 4, 0) : match.start()]
            if ROUGH.search(match[0]) or ROUGH.search(before + passage.text[match.end() : match.end() + 2]):
                continue
            problem = _problem(match, sentence_at(passage.text, match.start()))
            if problem:
                yield Finding(
                    passage.at(match.start()),
                    problem,
                    "核对原件的几个数字；口径不同的，写明豁免理由。",
                    match[0],
                )


def _problem(match: re.Match[str], sentence: str) -> str:
    """Return what is wrong with the figures of the change in ``match``; empty where nothing is."""
    unit_b = match["unit_b"]
    first, last = amount(match["a"], match["unit_a"] or unit_b), amount(match["b"], unit_b)
    if first.unit != last.unit or _NO_AMOUNT.fullmatch(first.unit):
        return ""
    told = match["c"]
    verb = match.groupdict().get("verb") or match["change"]
    rises = last.value - first.value
    if (re.fullmatch(_UP, verb) and rises < 0) or (re.fullmatch(_DOWN, verb) and rises > 0):
        return f"说是{verb}，数字却相反：“{match[0][:40]}”。"
    if not told:
        return ""
    right = _change(first, last, match)
    if right is None or (match["unit_c"] in "%％" and (not first.value or _REAL.search(sentence))):
        return ""
    return right


def _change(first: Amount, last: Amount, match: re.Match[str]) -> str | None:
    """Return what is wrong with the change in ``match``; empty where nothing is, None if it cannot be compared."""
    told = amount(match["c"], match["unit_c"])
    apart, slack = abs(last.value - first.value), _slack(first) + _slack(last) + _slack(told) + 1e-6
    in_percent = first.unit in "%‰" and bool(first.unit)
    if told.unit.endswith("百分点"):
        return _told(match, apart, slack, told, "个百分点") if in_percent else None
    if told.unit == "%" and not in_percent and first.value:
        rate = apart / first.value * 100
        least = (apart - _slack(first) - _slack(last)) / (first.value + _slack(first)) * 100
        most = (apart + _slack(first) + _slack(last)) / max(first.value - _slack(first), 1e-9) * 100
        fits = least - told.half - 0.01 <= told.value <= most + told.half + 0.01
        return "" if fits else f"“{match[0][:40]}”：按前后两个数算是{rate:.1f}%。"
    if told.unit == first.unit and not in_percent:
        return _told(match, apart, slack, told, match["unit_c"])
    return None


def _slack(figure: Amount) -> float:
    """Return by how much rounding may have changed ``figure``: a whole number of things is exact."""
    return 0.0 if figure.half == 0.5 and figure.unit not in ("%", "‰", "百分点", "个百分点") else figure.half


def _told(match: re.Match[str], apart: float, slack: float, told: Amount, unit: str) -> str:
    if abs(apart - told.value) <= slack:
        return ""
    scale = told.value / float(match["c"]) if float(match["c"]) else 1
    return f"“{match[0][:40]}”：前后两个数相差{plain_number(apart / scale)}{unit}。"
