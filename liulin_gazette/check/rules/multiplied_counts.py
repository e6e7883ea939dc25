"""Rules about numbers that are multiplied: 每组3人，共5组，合计15人 (code C052)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, ROUGH, SCALES, amount
from liulin_gazette.check.grammar.quantities import plain_number
from liulin_gazette.check.grammar.sentences import sentences
from liulin_gazette.check.rule import Finding, Findings

_OF = "组|队|支|班|期|批|村|户|人|名|亩|台|辆|处|校|镇|乡|社区|场|次|天|月|季度|年|头|只|株|套|件|所|家|公里|公顷|平方米|吨"
_MYRIAD = "(?:[十百千]?万|亿)?"
_EACH = re.compile(
    rf"(?:每个?(?P<also>{_OF}))?每个?(?P<of>{_OF})(?P<what>[^，。；、\d每]{{0,10}}?)(?P<number>{NUMBER})(?P<unit>{_MYRIAD}(?:元|人|名|户|亩|株|公斤|千克|吨|个|台|辆|次|场|天|学时|课时|分))(?!以|左右|[/／至—～~-])"
)
_TOTAL = re.compile(
    rf"(?:共计|合计|总计|总共|累计|共需|共)(?P<what>[^，。；、\d每]{{0,8}}?)(?P<number>{NUMBER})(?P<unit>{_MYRIAD}(?:元|人|名|户|亩|株|公斤|千克|吨|个|台|辆|次|场|天|学时|课时|分))"
)
_COUNT = rf"(?<![\d.第])(?P<number>{NUMBER})(?P<scale>{_MYRIAD})个?(?P<of>{_OF})(?!均|次|/)"
_COUNTED = re.compile(_COUNT)
_PRODUCT = re.compile(
    rf"(?<![\d.×]){NUMBER}{_MYRIAD}[^\d，。；、×=＝]{{0,8}}(?:×{NUMBER}{_MYRIAD}[^\d，。；、×=＝]{{0,6}}){{1,3}}[=＝]{NUMBER}{_MYRIAD}"
)
_FACTOR = re.compile(rf"(?P<number>{NUMBER})(?P<scale>{_MYRIAD})(?P<rate>[%％]?)")
_TEAMS = re.compile(
    r"(?<![\d.])(?P<count>\d{1,4})(?P<of>支|队|组|班|个组|个班|支队伍|个小组)(?P<total>\d{1,6})(?P<unit>人|名)，每(?P=of)(?P<each>\d{1,4})(?P=unit)(?!以)"
)
"""So many groups with so many people in all, and how many each has: 15支450人，每支30人."""
_INEXACT = re.compile("分别|其中|剩余|结余|补足|另|等|增加到|提高到|预计|不等|起步|封顶|第一|首")
MAX_YEARS = 100
_ALIKE = {"名": "人", "千克": "公斤"}


def products_are_right(annotated: AnnotatedDocument) -> Findings:
    """C052: a rate (每组3人) times a count (5组) is the total (15人), and products that are written out (3×5=15) are right."""
    for passage in annotated.running:
        if "每" in passage.text:
            for start, sentence in sentences(passage.text):
                if problem := _wrong_total(sentence):
                    offset, message, words = problem
                    yield Finding(passage.at(start + offset), message, "核对原件的几个数字。", words)
    for passage, match in annotated.matches(_TEAMS, annotated.running):
        product = int(match["count"]) * int(match["each"])
        if product != int(match["total"]):
            right = f"{match['count']}{match['of']}、每{match['of']}{match['each']}{match['unit']}是{product}{match['unit']}"
            yield Finding(
                passage.at(match.start()), f"“{match[0]}”：{right}。", "核对原件的几个数字。", match[0]
            )
    for passage, match in annotated.matches(_PRODUCT, annotated.body):
        factors, total = match[0].replace("＝", "=").split("=")
        value = 1.0
        for found in _FACTOR.finditer(factors):
            value *= float(found["number"]) * SCALES[found["scale"]] / (100 if found["rate"] else 1)
        number, unit = _split(total)
        told = amount(number, unit)
        if abs(value - told.value) > told.half + 1e-6 * value:
            right = f"{plain_number(value / SCALES[unit])}{unit}"
            yield Finding(
                passage.at(match.start()), f"“{match[0]}”：相乘是{right}。", "核对原件的几个数字。", match[0]
            )


def _split(text: str) -> tuple[str, str]:
    found = re.match(NUMBER, text)
    return (found[0], text[found.end() :]) if found else ("0", text)


def _wrong_total(sentence: str) -> tuple[int, str, str] | None:
    """Return offset, message and words where ``sentence`` has a rate, a count and a total that do not agree."""
    each, totals = list(_EACH.finditer(sentence)), list(_TOTAL.finditer(sentence))
    if len(each) != 1 or not totals or ROUGH.search(sentence) or _INEXACT.search(sentence):
        return None
    rate = amount(each[0]["number"], each[0]["unit"])
    unit, of = _base(rate.unit), _base(each[0]["of"])
    if sentence.count("每") != 1 + bool(each[0]["also"]):
        return None
    totals = [total for total in totals if _base(amount(total["number"], total["unit"]).unit) == unit]
    counted = [
        found for found in _COUNTED.finditer(sentence) if not each[0].start() <= found.start() < each[0].end()
    ]
    wanted = [of, *([_base(each[0]["also"])] if each[0]["also"] else [])]
    counts = [found for found in counted if _base(found["of"]) in wanted and not _is_date(found)]
    if unit in wanted or len(totals) != 1 or sorted(_base(found["of"]) for found in counts) != sorted(wanted):
        return None
    total = amount(totals[0]["number"], totals[0]["unit"])
    product = rate.value
    for found in counts:
        product *= float(found["number"]) * SCALES[found["scale"]]
    if (
        abs(product - total.value)
        <= total.half * (1 + 1e-9) * (total.value != float(totals[0]["number"])) + 1e-6
    ):
        return None
    words = sentence[min(each[0].start(), counts[0].start()) : max(totals[0].end(), each[0].end())]
    scale = total.value / float(totals[0]["number"]) if float(totals[0]["number"]) else 1
    right = f"{plain_number(product / scale)}{totals[0]['unit']}"
    return totals[0].start(), f"“{words[:60]}”：相乘是{right}。", totals[0][0]


def _is_date(found: re.Match[str]) -> bool:
    """Tell whether 2026年 or 3月 is a date and no count of years or months."""
    if found["of"] == "月":
        return "个月" not in found[0]
    return found["of"] == "年" and float(found["number"]) > MAX_YEARS


def _base(unit: str) -> str:
    return _ALIKE.get(unit, unit)
