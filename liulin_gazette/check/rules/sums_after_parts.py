"""The rule about totals that follow their parts: 男128人，女96人，共计224人 (code C075)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, ROUGH
from liulin_gazette.check.grammar.quantities import last_place
from liulin_gazette.check.rule import Finding, Findings

_UNIT = "万元|亿元|元|公里|公顷|平方米|万?亩|万?吨|万?人|万?户|名|个|座|处|台|辆|家|套|栋|间|张|株|项目|项"
_TOTAL = re.compile(
    rf"[，；、]?(?:合计|共计|总计|一共|共)为?(?P<total>{NUMBER})(?P<unit>{_UNIT})(?![多余/／])"
)
_PART = re.compile(rf"(?P<name>[一-鿿]{{0,14}})(?<![\d.])(?P<number>{NUMBER})(?P<unit>{_UNIT})$")
_SEVERALLY = re.compile("分别(?:为|是)?")
_NO_PART = re.compile("每|均|比|增|减|占|其中|累计|超|以上|以下|达到|总|全|约|近")
_MARK = re.compile("[，、；和]")


def totals_follow_their_parts(annotated: AnnotatedDocument) -> Findings:
    """C075: a total that stands after a list of parts of its unit is their sum."""
    for passage, match in annotated.matches(_TOTAL, annotated.running):
        text = passage.text
        start = (
            max(text.rfind("。", 0, match.start()), text.rfind("：", 0, match.start()), match.start() - 160)
            + 1
        )
        members = _MARK.split(_SEVERALLY.sub("，", text[start : match.start()]))
        numbers: list[str] = []
        for member in reversed(members):
            part = _PART.fullmatch(member)
            if part is None or part["unit"] != match["unit"] or _NO_PART.search(part["name"]):
                break
            numbers.append(part["number"])
        words = text[start : match.end()]
        if len(numbers) < 2 or "其中" in words or ROUGH.search(words):
            continue
        sum_of_parts = sum(map(float, numbers))
        rounding = sum(last_place(each) / 2 for each in (match["total"], *numbers) if "." in each)
        if abs(sum_of_parts - float(match["total"])) > rounding + 1e-6:
            yield Finding(
                passage.at(match.start()),
                f"前面{len(numbers)}项相加是{sum_of_parts:g}{match['unit']}，不是{match['total']}{match['unit']}。",
                "核对原件的各个数字；没有列全的，写明豁免理由。",
                words[-40:],
            )
