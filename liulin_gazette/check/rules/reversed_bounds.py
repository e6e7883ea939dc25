"""Bounds whose lower end is above the upper one: 五万元以上五千元以下, 不低于4元、不高于2元 (code C007)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, amount
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.text.numerals import chinese_number

_HAN = "(?<![一二两三四五六七八九十百千])[一二两三四五六七八九十百千]{1,9}"
_UNIT = "(?:万元|亿元|元|万人|人|户|岁|周岁|日|天|年|个月|小时|公里|米|平方米|亩|公顷|吨|%|％)"
_ABOVE_BELOW = re.compile(
    rf"(?P<low>{NUMBER}|{_HAN}(?:万)?)(?P<unit_low>{_UNIT})以上(?:（含[^）]{{0,6}}）)?(?P<high>{NUMBER}|{_HAN}(?:万)?)(?P<unit_high>{_UNIT})以下"
)
_NOT_BELOW = re.compile(
    rf"(?:不低于|不少于|不小于)(?P<low>{NUMBER})(?P<unit_low>{_UNIT})[，、]?(?:且|并且|但)?(?:不高于|不超过|不多于|不大于)(?P<high>{NUMBER})(?P<unit_high>{_UNIT})"
)


def bounds_are_in_order(annotated: AnnotatedDocument) -> Findings:
    """Yield the ranges whose lower bound is above the upper one."""
    for passage in annotated.body:
        if "以上" not in passage.text and "不" not in passage.text:
            continue
        for pattern in (_ABOVE_BELOW, _NOT_BELOW):
            for match in pattern.finditer(passage.text):
                low = _value(match["low"], match["unit_low"])
                high = _value(match["high"], match["unit_high"])
                if low is not None and high is not None and low[1] == high[1] and low[0] > high[0]:
                    yield Finding(
                        passage.at(match.start()),
                        f"“{match[0]}”：下限比上限大。",
                        "核对原件的两个数字和单位。",
                        match[0],
                    )


def _value(number: str, unit: str) -> tuple[float, str] | None:
    """Return the value of ``number``, in figures or in Chinese numerals, and its base unit."""
    if number[0].isdigit():
        figure = amount(number, unit)
        return figure.value, figure.unit
    try:
        value = chinese_number(number.removesuffix("万"))
    except KeyError:
        return None
    figure = amount(str(value), ("万" if number.endswith("万") else "") + unit)
    return figure.value, figure.unit
