"""Numbers, amounts and bounds as they stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.text.numerals import chinese_number

COUNT = r"(?:\d{1,4}|[一二三四五六七八九十两]{1,4})"
"""A small number in digits or characters, as a pattern."""
_BOUND = re.compile(
    r"(?<![\d.])(?:\d+(?:\.\d+)?[万亿]?元?(?P<dash>[-—～~至]))?(?P<number>\d+(?:\.\d+)?)(?P<unit>[万亿千百]?(?:元|人|公顷|亩|周岁|岁|吨|公里|平方米|米|户|天|年|月|日|小时|%|％))"
    r"(?:(?P<before>（(?:含|不含)）)?(?P<word>以上|以下|以内|以外)?)(?P<after>（(?:含|不含)[^）]{0,6}）)?"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a band, as written: 10万元（含）以上."""

    value: float
    unit: str
    side: str
    """``above`` when the band lies above it, ``below`` when it lies below."""
    included: bool | None
    """Whether the value belongs to the band; None where the text does not say."""
    start: int
    text: str


def count(text: str) -> int:
    """Return the value of what ``COUNT`` matches; 0 when it is no number."""
    if text.isdigit():
        return int(text)
    try:
        return chinese_number(text.replace("两", "二"))
    except KeyError:
        return 0


def bounds(text: str) -> Iterator[Bound]:
    """Yield the bounds of the bands that ``text`` names, where it says whether they are included."""
    if "含）" not in text:
        return
    for found in _BOUND.finditer(text):
        said = found["before"] or found["after"] or ""
        included = None if not said else not said.startswith("（不含")
        value, unit = float(found["number"]), found["unit"]
        if found["word"] == "以上":
            yield Bound(value, unit, "above", included, found.start(), found[0])
        elif found["word"] in ("以下", "以内") or found["dash"]:
            yield Bound(value, unit, "below", included, found.start(), found[0])
