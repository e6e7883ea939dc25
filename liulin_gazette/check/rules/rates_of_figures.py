"""The rule about percentages that follow from figures beside them: 26个项目已开工13个，开工率50% (code C076)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, ROUGH, amount
from liulin_gazette.check.grammar.quantities import last_place
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings

_UNIT = "亿元|万元|元|万?亩|公里|万?吨|万?人|万?户|万千瓦|个|家|座|处|名|套|所|件|项"
_RATE = re.compile(
    rf"(?<![\d.])(?P<whole>{NUMBER})(?P<unit>个|家|座|处|名|人|户|套|所|件|项)[一-鿿]{{0,10}}?，?(?:已|实际)?(?P<done>开工|完工|竣工|完成|办结|整改|销号|签约|投产|就业|录取|入住)(?P<part>{NUMBER})(?P=unit)"
    rf"，(?P=done)率(?:为|达到?)?(?P<rate>{NUMBER})[%％]"
)
_SHARE = re.compile(
    rf"(?<![\d.])(?P<part>{NUMBER})(?P<unit>{_UNIT})，占(?P<whole>{NUMBER})(?P<of>{_UNIT})[一-鿿]{{0,12}}?的(?P<rate>{NUMBER})[%％]"
)
_SHARE_OF_NAMED = re.compile(
    rf"(?<![\d.])(?P<part>{NUMBER})(?P<unit>{_UNIT})，占(?P<name>[一-鿿]{{4,16}}?)(?:总量|总数|总额)?的(?P<rate>{NUMBER})[%％]"
)
_NAMED = rf"(?:累计|预计|共|全年)?(?:完成|实现|达到?|为)?了?(?P<whole>{NUMBER})(?P<of>{_UNIT})"
_SENTENCE_END = re.compile("[。；]")
_PERIOD = re.compile(r"\d月|\d年|[一二三四]季度|上半年|下半年|全年|当月|当年|同期|去年|上年|累计")
_NOT_ITS_WHOLE = re.compile("本年|上年|去年|上级|全省|全市|全国|预算的|计划的|任务的")


def rates_follow_from_figures(annotated: AnnotatedDocument) -> Findings:
    """C076: a rate or a share is what the two figures beside it give, rounded to its last place."""
    for pattern in (_RATE, _SHARE):
        for passage, match in annotated.matches(pattern, annotated.running):
            unit = match.groupdict().get("of") or match["unit"]
            yield from _compared(passage.at(match.start()), match, match["whole"], unit)
    for passage, match in annotated.matches(_SHARE_OF_NAMED, annotated.running):
        if _NOT_ITS_WHOLE.search(match["name"]):
            continue
        before = passage.text[: match.start()]
        wholes = {
            (found["whole"], found["of"])
            for found in re.finditer(f"(?<![一-鿿])(?:全县|全市|全区)?{match['name']}{_NAMED}", before)
            if _is_of_one_period(before[found.end() :])
        }
        if len(wholes) == 1:
            yield from _compared(passage.at(match.start()), match, *wholes.pop())


def _is_of_one_period(between: str) -> bool:
    """Tell whether what follows ``between`` is certainly of the same period as what stands before it.

    That is where the sentence goes on, or the next one begins with 其中, and no other period is named.
    """
    sentences = _SENTENCE_END.split(between)
    goes_on = len(sentences) == 1 or (len(sentences) == 2 and sentences[1].startswith("其中"))
    return goes_on and _PERIOD.search(between) is None


def _compared(where: Spot, match: re.Match[str], whole: str, unit: str) -> Findings:
    part, total = amount(match["part"], match["unit"]), amount(whole, unit)
    if part.unit != total.unit or not total.value or ROUGH.search(match[0]):
        return
    share = 100 * part.value / total.value
    slack = (
        100 * (part.half + share / 100 * total.half) / total.value if "." in match["part"] + whole else 0.0
    )
    if share <= 100 and abs(share - float(match["rate"])) > slack + last_place(match["rate"]) * 1.001:
        yield Finding(
            where,
            f"“{match[0]}”：{whole}{unit}中的{match['part']}{match['unit']}是{share:.1f}%。",
            "核对原件的几个数字。",
            match[0],
        )
