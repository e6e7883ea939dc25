"""Rules about quantities that are written twice in different units (code C056)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, amount
from liulin_gazette.check.grammar.quantities import plain_number
from liulin_gazette.check.rule import Finding, Findings

_FACTORS = {
    "平方公里": ("面积", 1e6),
    "平方千米": ("面积", 1e6),
    "公顷": ("面积", 1e4),
    "亩": ("面积", 1e4 / 15),
    "平方米": ("面积", 1.0),
    "公里": ("长度", 1000.0),
    "千米": ("长度", 1000.0),
    "里": ("长度", 500.0),
    "米": ("长度", 1.0),
    "厘米": ("长度", 0.01),
    "毫米": ("长度", 0.001),
    "吨": ("重量", 1000.0),
    "公斤": ("重量", 1.0),
    "千克": ("重量", 1.0),
    "斤": ("重量", 0.5),
    "克": ("重量", 0.001),
    "元": ("金额", 1.0),
    "小时": ("时间", 3600.0),
    "分钟": ("时间", 60.0),
    "秒": ("时间", 1.0),
    "立方米": ("体积", 1.0),
    "升": ("体积", 0.001),
}
"""The dimension of each unit, and how many of the smallest unit it has (1 公顷 = 15 亩)."""
_UNITS = "|".join(sorted(_FACTORS, key=len, reverse=True))
_MYRIAD = "(?:[十百千]?万|亿)?"
_TWICE = re.compile(
    rf"(?<![\d.—～~至-])(?P<number>{NUMBER})(?P<unit>{_MYRIAD}(?:{_UNITS}))"
    rf"(?:（(?:约?合|折合?|约|即|相当于|折算为?|计)?(?P<bracketed>{NUMBER})(?P<bracketed_unit>{_MYRIAD}(?:{_UNITS}))）"
    rf"|[，、]?(?:约?合|折合|折算为?|相当于)(?P<plain>{NUMBER})(?P<plain_unit>{_MYRIAD}(?:{_UNITS}))(?![/／]))"
)
TOLERANCE = 0.02
"""The relative difference that rounding explains, but for money and time."""


def converted_quantities_agree(annotated: AnnotatedDocument) -> Findings:
    """C056: a quantity in two units is the same in both: 1200亩（80公顷）. For 公顷（亩） there is C020."""
    for passage, match in annotated.matches(_TWICE, annotated.body):
        first = amount(match["number"], match["unit"])
        second = amount(match["bracketed"] or match["plain"], match["bracketed_unit"] or match["plain_unit"])
        (dimension, factor), (other_dimension, other_factor) = _FACTORS[first.unit], _FACTORS[second.unit]
        if dimension != other_dimension or (match["unit"], match["bracketed_unit"]) == ("公顷", "亩"):
            continue
        value, other = first.value * factor, second.value * other_factor
        slack = first.half * factor + second.half * other_factor
        if dimension not in ("金额", "时间"):
            slack = max(slack, TOLERANCE * value)
        if abs(value - other) > slack:
            scale = second.value / float(match["bracketed"] or match["plain"]) if second.value else 1.0
            unit = match["bracketed_unit"] or match["plain_unit"]
            yield Finding(
                passage.at(match.start()),
                f"{match['number']}{match['unit']}是{plain_number(value / other_factor / scale)}{unit}，与“{match[0]}”不同。",
                "核对原件的两个数字和单位；不是换算的，写明豁免理由。",
                match[0],
            )
