"""The rule about congresses, their sessions and the five-year plans: each has its years (code K010)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted
from liulin_gazette.check.knowledge.data_tables import party_sessions
from liulin_gazette.check.passages import Passage, Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.text.numerals import chinese_number

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_PEOPLES_CONGRESS = re.compile(
    rf"(?P<year>20\d\d)年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?[^。；\n\d]{{0,12}}?"
    rf"(?:第?(?P<a>{_NUMERAL})届全国(?:人民代表大会|人大|政协)|全国政协第?(?P<b>{_NUMERAL})届|全国人大第?(?P<c>{_NUMERAL})届)"
    rf"第?(?P<session>[一二三四五])次会议"
)
_PEOPLES_CONGRESS_THEN = re.compile(
    rf"(?:第?(?P<a>{_NUMERAL})届全国(?:人民代表大会|人大|政协)|全国政协第?(?P<b>{_NUMERAL})届|全国人大第?(?P<c>{_NUMERAL})届)"
    rf"第?(?P<session>[一二三四五])次会议(?:将)?于(?P<year>20\d\d)年"
)
_PARTY_SESSION = re.compile(
    r"(?P<year>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[，]?(?:召开的|举行的)?(?:党的|中国共产党)?(?P<name>(?:十八|十九|二十)(?:届[一二三四五六七]中全会|大(?!报告)))(?=胜利召开|召开|[^一-鿿]|在|提出|作出|审议|通过|闭幕|开幕)"
)
_PARTY_SESSION_THEN = re.compile(
    r"(?P<name>(?:十八|十九|二十)(?:届[一二三四五六七]中全会|大))(?:于)?(?P<year>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:至\d{1,2}日)?(?:在[一-鿿]{1,6})?(?:胜利)?召开"
)
_PLAN_YEARS = re.compile(
    r"[“\"](?P<plan>十[一二三四五六七]五)[”\"](?:时期|期间|规划纲要|规划|期|[一-鿿]{0,8}?(?:规划|方案)(?:纲要)?)?[（(](?P<first>20\d\d)年?[-—－–~～至]{1,2}(?P<last>20\d\d)年?[）)]"
)
_PLAN_ENDS = re.compile(
    r"(?P<year>20\d\d)年(?:既|不仅)?是[^。；，\n]{0,10}?[“\"](?P<plan>十[一二三四五六七]五)[”\"][^。；，\n“\"]{0,8}?(?P<place>开局|收官|启动|起步|第一|首|最后一|收尾)"
)
_FIRST_PLAN, _FIRST_YEAR = 11, 2006
"""“十一五” was the plan for 2006 to 2010; each one is of five years."""
_CONGRESSES = {13: 2018, 12: 2013, 11: 2008, 14: 2023, 15: 2028}
"""The year of the first session of each National People's Congress and of the political conference of the same number."""


def sessions_fall_in_their_years(annotated: AnnotatedDocument) -> Findings:
    """K010: a session of a national congress, or a five-year plan, stands with a year in which it is."""
    for pattern in (_PEOPLES_CONGRESS, _PEOPLES_CONGRESS_THEN):
        for passage, match in annotated.matches(pattern):
            yield from _congress(passage, match)
    for pattern in (_PARTY_SESSION, _PARTY_SESSION_THEN):
        for passage, match in annotated.matches(pattern):
            day = party_sessions().get(match["name"])
            if (
                day is not None
                and day.year != int(match["year"])
                and not is_quoted(passage.text, match.start())
            ):
                yield _finding(passage.at(match.start()), match[0], f"这次会议{day.year}年{day.month}月闭幕")
    yield from _plans(annotated)


def _congress(passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    number = chinese_number(match["a"] or match["b"] or match["c"])
    year, session = int(match["year"]), chinese_number(match["session"])
    first = _CONGRESSES.get(number)
    if first is None or year == first + session - 1:
        return
    held = next(((each, start) for each, start in _CONGRESSES.items() if start <= year < start + 5), None)
    right = f"，{year}年是{_numeral(held[0])}届{_numeral(year - held[1] + 1)}次会议" if held else ""
    yield _finding(passage.at(match.start()), match[0], f"这次会议应在{first + session - 1}年召开{right}")


def _plans(annotated: AnnotatedDocument) -> Iterator[Finding]:
    for passage, match in annotated.matches(_PLAN_YEARS):
        first = _first_year(match["plan"])
        if (int(match["first"]), int(match["last"])) != (first, first + 4):
            yield _finding(
                passage.at(match.start()), match[0], f"“{match['plan']}”是{first}年至{first + 4}年"
            )
    for passage, match in annotated.matches(_PLAN_ENDS):
        first = _first_year(match["plan"])
        is_end = match["place"] in ("收官", "最后一", "收尾")
        if int(match["year"]) != (first + 4 if is_end else first):
            yield _finding(
                passage.at(match.start()), match[0], f"“{match['plan']}”是{first}年至{first + 4}年"
            )


def _first_year(plan: str) -> int:
    return _FIRST_YEAR + 5 * (chinese_number(plan[:2]) - _FIRST_PLAN)


def _numeral(number: int) -> str:
    ones = "零一二三四五六七八九"
    return ones[number] if number < 10 else "十" + ones[number % 10].replace("零", "")


def _finding(where: Spot, words: str, reason: str) -> Finding:
    return Finding(
        where,
        f"“{words}”：{reason}。",
        "核对会议的届次、规划的名称和年份。",
        words,
    )
