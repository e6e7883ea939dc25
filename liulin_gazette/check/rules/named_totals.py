"""Totals whose parts have names that tell that they are all there are: 税收收入 and 非税收入 (code C053)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, ROUGH
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.rule import Finding, Findings

_REACH = 80
"""Characters from a total to its first part, and from one part to the next."""
_FIGURE = (
    rf"(?:累计|预计|共|全年)?(?:完成|实现|达到?|为|安排)?了?(?P<number>{NUMBER})(?P<unit>亿元|万元|万人|人)"
)
_WHOLES = (
    ("预算收入", "(?<!非)税收收入", "非税收入"),
    ("生产总值(?:（GDP）)?", "第一产业(?:实现)?增加值", "第二产业(?:实现)?增加值", "第三产业(?:实现)?增加值"),
    ("(?:常住|户籍|总)人口", "城镇(?:常住)?人口", "[乡农]村(?:常住)?人口"),
    ("(?:常住|户籍|总)人口", "男性(?:人口)?", "女性(?:人口)?"),
)  # fmt: skip
"""A total and all of its parts, in their usual order."""
_AT_HEAD = "(?:(?<![一-鿿])|(?<=其中)|(?<=完成)|(?<=实现))"
"""Before the name of a part, where no word narrows it: not 城区税收收入, 脱贫人口男性."""
_PATTERNS = tuple(
    (re.compile(whole + _FIGURE), *(re.compile(_AT_HEAD + part + _FIGURE) for part in parts))
    for whole, *parts in _WHOLES
)
_OTHER = re.compile(
    "(?:上年|去年|上级|转移支付|全省|全市|全国)(?!同|末|底|增|减|下|上)|预算收入|生产总值|其他"
)
"""Words that tell that another total is spoken of."""

_COMPARED = re.compile(rf"[比较](?:上年|去年)[一-鿿]{{0,8}}{NUMBER}(?:亿元|万元|万人|人)")
_ANOTHER_FIGURE = re.compile(rf"{NUMBER}(?:亿元|万元|万人|人)")
"""A figure between a total and its first part that may be the total of the parts."""


@dataclass(frozen=True, slots=True)
class _Total:
    """A total with its parts as written."""

    start: int
    text: str
    number: str
    unit: str
    parts: tuple[str, ...]


def named_totals_add_up(annotated: AnnotatedDocument) -> Findings:
    """Yield the totals that the parts of all kinds do not add up to, each figure rounded to its last place."""
    for passage in annotated.running:
        for total in _totals(passage.text):
            sum_of_parts = sum(map(float, total.parts))
            rounding = sum(last_place(each) / 2 for each in (total.number, *total.parts) if "." in each)
            if abs(sum_of_parts - float(total.number)) > rounding + 1e-6:
                yield Finding(
                    passage.at(total.start),
                    f"总数是{total.number}{total.unit}，各项相加是{plain_number(sum_of_parts)}{total.unit}：“{total.text[:50]}”。",
                    "核对原件的各个数字；没有列全的，写明豁免理由。",
                    total.text,
                )


def _totals(text: str) -> Iterator[_Total]:
    for whole, *parts in _PATTERNS:
        for match in whole.finditer(text):
            end = match.end()
            numbers: list[str] = []
            for part in parts:
                figure = part.search(text, end, end + _REACH)
                if (
                    figure is None
                    or figure["unit"] != match["unit"]
                    or _OTHER.search(text, end, figure.start())
                ):
                    break
                if not numbers and _ANOTHER_FIGURE.search(_COMPARED.sub("", text[end : figure.start()])):
                    break
                numbers.append(figure["number"])
                end = figure.end()
            wording = text[match.start() : end]
            is_told = "城镇" in wording and text.startswith("，其中", match.end())  # By C053 itself.
            if len(numbers) == len(parts) and not is_told and not ROUGH.search(wording):
                yield _Total(match.start(), wording, match["number"], match["unit"], tuple(numbers))
