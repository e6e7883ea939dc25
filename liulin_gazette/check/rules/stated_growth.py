"""Growth that is told twice, and balances: 比上年增加7000万元，增长1.9%; 收入54300万元，支出49800万元，结余4500万元 (code C051)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import AT_FIXED_PRICES, NUMBER, ROUGH
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.rule import Finding, Findings

_UNIT = "(?P<unit>亿元|万元|元|万?亩|万?公顷|万?吨|万?人次?|万?户|万?头|万?只|公里|家|个|件|所)"
_BEFORE = "(?:上年|去年|上年同期|去年同期|上年末|年初)(?:的?(?:完成数|执行数|决算数|同期数|实际))?"
_GROWTH = re.compile(
    rf"(?<![\d.])(?P<now>{NUMBER}){_UNIT}(?:，[^，。；\d]{{0,8}}{NUMBER}[%％])?，(?:同口径)?(?:比|较){_BEFORE}(?P<verb>增加|增收|减少|减收|多|少)"
    rf"(?P<change>{NUMBER})(?P=unit)，(?:同比)?(?P<rate_verb>增长|下降|降低)(?P<rate>{NUMBER})[%％]"
)
_BALANCE = re.compile(
    rf"收入(?:完成|安排|为|预计|达到?)*(?P<income>{NUMBER})(?P<unit>亿元|万元)，(?:[^，。；\d]{{0,12}})支出(?:完成|安排|为|预计|达到?)*"
    rf"(?P<spent>{NUMBER})(?P=unit)，(?:当年|本年|年度)(?:收支)?(?:结余|结存|节余)(?P<rest>{NUMBER})(?P=unit)"
)
_AT_FIXED_PRICES = re.compile(rf"(?:{AT_FIXED_PRICES})[^，。；\d]{{0,12}}$")
_ALL_OF_AN_ACCOUNT = re.compile("总$|基金[^，。；\\d]{0,12}$")
"""Before 收入: an account that nothing else flows into. General budgets also receive transfers."""
_RISES = ("增加", "增收", "多")


def told_growth_agrees(annotated: AnnotatedDocument) -> Findings:
    """Yield growth whose amount and percentage do not agree, and balances that income and spending do not leave."""
    for passage in annotated.running:
        if "年" not in passage.text:
            continue
        for match in _GROWTH.finditer(passage.text):
            if _AT_FIXED_PRICES.search(passage.text, 0, match.start()):
                continue
            if problem := _growth_problem(match):
                yield Finding(
                    passage.at(match.start()),
                    problem,
                    "核对原件的几个数字；口径不同的，写明豁免理由。",
                    match[0],
                )
        for match in _BALANCE.finditer(passage.text):
            if not _ALL_OF_AN_ACCOUNT.search(passage.text, 0, match.start()):
                continue
            rest = float(match["income"]) - float(match["spent"])
            rounding = sum(_half(match[name]) for name in ("income", "spent", "rest"))
            if abs(rest - float(match["rest"])) > rounding + 1e-6:
                yield Finding(
                    passage.at(match.start()),
                    f"“{match[0][:40]}”：收支相抵是{plain_number(rest)}{match['unit']}。",
                    "核对原件的几个数字。",
                    match[0],
                )


def _growth_problem(match: re.Match[str]) -> str:
    """Return what is wrong with the growth in ``match``; empty where nothing is."""
    if ROUGH.search(match[0]):
        return ""
    rises, rate_rises = match["verb"] in _RISES, match["rate_verb"] == "增长"
    if rises != rate_rises:
        return f"“{match[0][:40]}”：一处说增，一处说减。"
    now, change, rate = (float(match[name]) for name in ("now", "change", "rate"))
    before = now - change if rises else now + change
    if before <= 0:
        return f"“{match[0][:40]}”：增加的数不比总数小。"
    slack = _half(match["now"]) + _half(match["change"])
    least = (change - _half(match["change"])) / (before + slack) * 100
    most = (change + _half(match["change"])) / max(before - slack, 1e-9) * 100
    half = last_place(match["rate"]) / 2
    if least - half - 0.01 <= rate <= most + half + 0.01:
        return ""
    return f"“{match[0][:40]}”：按这两个数算是{change / before * 100:.1f}%。"


def _half(number: str) -> float:
    """Return by how much rounding may have changed ``number``: half a unit of its last place."""
    return last_place(number) / 2
