"""The rule about totals that follow their parts: 男128人，女96人，共计224人 (code C075)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, ROUGH
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.rule import Finding, Findings

_UNIT = "万元|亿元|元|公里|公顷|平方米|万?亩|万?吨|万?人|万?户|名|个|座|处|台|辆|家|套|栋|间|张|株|项目|项"
_TOTAL = re.compile(
    rf"[，；、]?(?:合计|共计|总计|一共|共)为?(?P<total>{NUMBER})(?P<unit>{_UNIT})(?![多余/／])"
)
_PART = re.compile(rf"(?P<name>[一-鿿]{{0,14}})(?<![\d.])(?P<number>{NUMBER})(?P<unit>{_UNIT})$")
_FIGURE = re.compile(rf"\d(?P<unit>{_UNIT})")
_SEVERALLY = re.compile("分别(?:为|是)?")
"""Between what is counted and the list of its figures: 发放三批，分别为120万元、80万元."""
_NO_PART = re.compile(
    "^比|每|其中|累计|人均|平均|(?:约|近|超过?|突破|达到?|不足|不少于|不低于|占|[新净]?增加?了?|减少?了?|增长|下降|总[数量额]?为?|全[县市年部]?)$"
)
"""A name with which a figure is no part of the total: 比上年增加12人, 每组3人, 全县120人; but 超市3家 is one."""
_MARK = re.compile("[，、；和]")
_IN_BRACKETS = re.compile("（[^（）]*）")
_LONGEST = 800
"""Characters of a sentence before its total; of a longer one nothing is told."""


def totals_follow_their_parts(annotated: AnnotatedDocument) -> Findings:
    """C075: a total that stands after a list of parts of its unit is their sum.

    The total may also be that of the first parts, or of the last: a list may be divided in two ways (干部50人、群众80人，
    男70人、女60人，共计130人).
    """
    for passage, match in annotated.matches(_TOTAL, annotated.running):
        text = passage.text
        earliest = max(0, match.start() - _LONGEST)
        start = max(text.rfind(mark, earliest, match.start()) for mark in "。：\n") + 1
        words = text[start : match.end()]
        if match.start() - start > _LONGEST or "其中" in words or ROUGH.search(words):
            continue
        members = _MARK.split(_SEVERALLY.sub("，", _IN_BRACKETS.sub("", text[start : match.start()])))
        numbers = _last_parts(members, match["unit"])
        if len(numbers) < 2 or match["unit"] in _units(members[: -len(numbers)]):
            continue
        total = float(match["total"])
        slack = sum(last_place(each) / 2 for each in (match["total"], *numbers) if "." in each) + 1e-6
        sums = [
            sum(map(float, each)) for at in range(len(numbers)) for each in (numbers[at:], numbers[: at + 1])
        ]
        if all(abs(each - total) > slack for each in sums):
            yield Finding(
                passage.at(match.start()),
                f"前面{len(numbers)}项相加是{plain_number(sums[0])}{match['unit']}，不是{match['total']}{match['unit']}。",
                "核对原件的各个数字；没有列全的，写明豁免理由。",
                words[-40:],
            )


def _last_parts(members: Sequence[str], unit: str) -> list[str]:
    """Return the figures of the last of ``members`` that are parts counted in ``unit``, in their order."""
    numbers: list[str] = []
    for member in reversed(members):
        part = _PART.fullmatch(member)
        if part is None or part["unit"] != unit or _NO_PART.search(part["name"]):
            break
        numbers.append(part["number"])
    return numbers[::-1]


def _units(members: Sequence[str]) -> list[str]:
    """Return the units after the figures in ``members``."""
    return [found["unit"] for member in members for found in _FIGURE.finditer(member)]
