"""The rule about congresses, their sessions and the five-year plans: each has its years (code K010)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted
from liulin_gazette.check.knowledge.data_tables import five_year_plans, national_congresses, party_sessions
from liulin_gazette.check.passages import Passage, Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.text.numerals import chinese_number, han_numeral

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_CONGRESS = (
    rf"(?:第?(?P<a>{_NUMERAL})届全国(?:人民代表大会|人大|政协)|全国政协第?(?P<b>{_NUMERAL})届|全国人大第?(?P<c>{_NUMERAL})届)"
    rf"第?(?P<session>[一二三四五])次会议"
)
_HELD = "(?:在[一-鿿]{1,6})?(?:胜利|隆重)?(?:召开|举行|开幕|闭幕)|(?:表决|审议)?(?:通过|批准)了|作出了?[一-鿿]{0,12}决[定议]"
"""What follows the name of a session that is held in the year named, and is not only spoken of."""
_DATE = r"(?P<year>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:[-—－–~～至]\d{1,2}日)?，?"
_CONGRESS_IN = re.compile(
    rf"{_DATE}(?P<held>(?:在[一-鿿]{{1,4}})?(?:召开|举行)的)?{_CONGRESS}(?P<then>{_HELD})?"
)
_CONGRESS_THEN = re.compile(rf"{_CONGRESS}(?:将|已)?于(?P<year>20\d\d)年")
_SESSION = rf"(?P<name>{_NUMERAL}(?:届[一二三四五六七]中全会|大))"
_PARTY = "(?:党的|中国共产党)?"
_SESSION_IN = re.compile(rf"{_DATE}(?P<held>(?:召开|举行)的)?{_PARTY}{_SESSION}(?P<then>{_HELD})?")
_SESSION_THEN = re.compile(
    rf"{_SESSION}于?(?P<year>20\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:至\d{{1,2}}日)?(?:在[一-鿿]{{1,6}})?(?:胜利)?(?:召开|举行)"
)
_PLAN = r"[“\"](?P<plan>[一二三四五六七八九十]五|十[一二三四五六七八九]五)[”\"]"
_PLAN_YEARS = re.compile(
    rf"{_PLAN}(?P<what>时期|期间|规划纲要|规划|期|[一-鿿]{{0,8}}?(?:规划|方案|计划)(?:纲要)?)?[（(](?P<first>20\d\d)年?[-—－–~～至]{{1,2}}(?P<last>20\d\d)年?[）)]"
)
_PLAN_ENDS = re.compile(
    rf"(?P<year>20\d\d)年(?:既|不仅)?是[^。；，\n]{{0,10}}?{_PLAN}(?:规划|时期|计划|实施|建设|的){{0,3}}(?P<place>开局|收官|起步|第一年|首年|最后一年|收尾)"
)
_WHOLE_PLAN = ("时期", "期间", "规划纲要", "期", None)
"""What has all years of the plan; a plan for one field may have some of them, or reach farther."""


def sessions_fall_in_their_years(annotated: AnnotatedDocument) -> Findings:
    """K010: a session of a national congress, or a five-year plan, stands with a year in which it is.

    A year before a session that is only spoken of is the year of something else: 2025年，承办十四届全国人大二次会议代表建议3件.
    """
    for passage, match in _held(annotated, _CONGRESS_IN, _CONGRESS_THEN):
        yield from _congress(passage, match)
    for passage, match in _held(annotated, _SESSION_IN, _SESSION_THEN):
        day = party_sessions().get(match["name"])
        if day is not None and day.year != int(match["year"]) and not is_quoted(passage.text, match.start()):
            yield _finding(passage.at(match.start()), match[0], f"这次会议{day.year}年{day.month}月闭幕")
    yield from _plans(annotated)


def _held(
    annotated: AnnotatedDocument, year_first: re.Pattern[str], year_then: re.Pattern[str]
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield the matches in which a session is said to be held."""
    for passage, match in annotated.matches(year_first):
        if match["held"] or match["then"]:
            yield passage, match
    yield from annotated.matches(year_then)


def _congress(passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    number = chinese_number(match["a"] or match["b"] or match["c"])
    year, session = int(match["year"]), chinese_number(match["session"])
    first = national_congresses().get(number)
    if first is None or year == first + session - 1:
        return
    held = next(
        ((each, start) for each, start in national_congresses().items() if start <= year < start + 5), None
    )
    right = f"，{year}年是{han_numeral(held[0])}届{han_numeral(year - held[1] + 1)}次会议" if held else ""
    yield _finding(passage.at(match.start()), match[0], f"这次会议应在{first + session - 1}年召开{right}")


def _plans(annotated: AnnotatedDocument) -> Iterator[Finding]:
    for pattern in (_PLAN_YEARS, _PLAN_ENDS):
        for passage, match in annotated.matches(pattern):
            years = five_year_plans().get(match["plan"])
            if years is not None and not _agrees(match, *years):
                yield _finding(
                    passage.at(match.start()), match[0], f"“{match['plan']}”是{years[0]}年至{years[1]}年"
                )


def _agrees(match: re.Match[str], first: int, last: int) -> bool:
    """Tell whether the years in ``match`` are those of the plan from ``first`` to ``last``."""
    named = match.groupdict()
    if "place" in named:
        is_end = named["place"] in ("收官", "最后一年", "收尾")
        return int(named["year"]) == (last if is_end else first)
    begins, ends = int(named["first"]), int(named["last"])
    if (begins, ends) == (first, last):
        return True
    reaches_farther = begins == first and ends > last and ends % 5 == 0
    return named["what"] not in _WHOLE_PLAN and (first <= begins < ends <= last or reaches_farther)


def _finding(where: Spot, words: str, reason: str) -> Finding:
    return Finding(
        where,
        f"“{words}”：{reason}。",
        "核对会议的届次、规划的名称和年份。",
        words,
    )
