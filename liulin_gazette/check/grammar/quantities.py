"""Counts and bounds in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.text.numerals import chinese_number

COUNT = r"(?:\d{1,4}|[一二三四五六七八九十两]{1,4})"
"""Pattern of a small number in digits or in Chinese numerals."""
_BOUND = re.compile(
    r"(?<![\d.])(?:\d+(?:\.\d+)?[万亿]?元?(?P<dash>[-—～~至]))?(?P<number>\d+(?:\.\d+)?)(?P<unit>[万亿千百]?(?:元|人|公顷|亩|周岁|岁|吨|公里|平方米|米|户|天|年|月|日|小时|%|％))"
    r"(?:(?P<before>（(?:含|不含)）)?(?P<word>以上|以下|以内|以外)?)(?P<after>（(?:含|不含)[^）]{0,6}）)?"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range as written: 10万元（含）以上."""

    value: float
    unit: str
    side: str
    """``above`` if the range lies above the value, ``below`` if it lies below."""
    included: bool | None
    """Whether the value belongs to the range; None if the text does not say."""
    start: int
    """Offset of the bound in the text."""
    text: str


def count(text: str) -> int:
    """Return the value of a match of ``COUNT``; 0 if it is not a number after all."""
    if text.isdigit():
        return int(text)
    try:
        return chinese_number(text)
    except KeyError:
        return 0


def bounds(text: str) -> Iterator[Bound]:
    """Yield the bounds in ``text``, if it says of any of them whether the value is included."""
    if "含）" not in text:
        return
    for match in _BOUND.finditer(text):
        remark = match["before"] or match["after"] or ""
        included = None if not remark else not remark.startswith("（不含")
        value, unit = float(match["number"]), match["unit"]
        if match["word"] == "以上":
            yield Bound(value, unit, "above", included, match.start(), match[0])
        elif match["word"] in ("以下", "以内") or match["dash"]:
            yield Bound(value, unit, "below", included, match.start(), match[0])


def last_place(number: str) -> float:
    """Return the value of a unit in the last place of ``number``: 0.1 for 1.3."""
    return 10.0 ** -len(number.partition(".")[2])


def plain_number(value: float) -> str:
    """Return ``value`` in decimal digits, to at most six places, as messages show it: 93000000, 1.5; never 9.3e+07."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
