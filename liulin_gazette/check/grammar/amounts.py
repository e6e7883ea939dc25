"""Figures with a unit: their value in the base unit, and by how much rounding may have changed it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liulin_gazette.check.grammar.quantities import last_place

NUMBER = r"\d{1,12}(?:\.\d{1,6})?"
"""Pattern of a figure without separators."""
SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_SCALE = re.compile("(?:十|百|千)?万|亿|百(?=[^分])|千(?=[^米克瓦])")
ROUGH = re.compile(
    "约|近|超过|不足|左右|以上|以内|多[个元人户亩吨名家]|余[个元人户亩吨名家]|不超过|不低于|不少于|最高|最低|至少|原则|上限|限额|平均|年均"
)
"""Words beside figures that are not exact."""
AT_FIXED_PRICES = "生产总值|GDP|增加值|总产值"
"""What grows by a percentage at fixed prices (可比价), while its amounts are at those of each year."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its unit: 1.2亿元."""

    value: float
    """In the base unit, 元."""
    unit: str
    """The base unit."""
    half: float
    """Half a unit of the last place, in the base unit: rounding changes the value by no more."""


def amount(number: str, unit: str) -> Amount:
    """Return the figure ``number`` with ``unit``, which may begin with 万, 亿 and the like."""
    scale = _SCALE.match(unit)
    name = scale[0] if scale else ""
    factor = SCALES[name]
    base = unit[len(name) :].replace("％", "%")
    return Amount(float(number) * factor, base, last_place(number) * factor / 2)
