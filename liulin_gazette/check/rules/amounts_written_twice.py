"""Rules about amounts that a document writes twice (codes C041, C047, C069)."""

from __future__ import annotations

import re
from decimal import Decimal

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.capital_amounts import NUMERALS, capital_amount
from liulin_gazette.check.grammar.sentences import sentence_at
from liulin_gazette.check.knowledge.single_edits import single_edit
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings

_OTHER_NUMERALS = r"\d.一二三四五六七八九十百千两几数"
"""What is no capital numeral, so that the 亿元 of 1.2亿元 is no amount of its own."""
_CAPITALS = rf"(?P<capitals>(?<![{NUMERALS}{_OTHER_NUMERALS}])[{NUMERALS}]{{1,40}}[元圆](?:[零壹贰叁肆伍陆柒捌玖角分]*)[整正]?)"
_FIGURES = r"(?:小写|人民币)?[：:]?[¥￥]?(?P<figures>\d[\d,，]*(?:\.\d+)?)(?P<scale>万|亿)?元?"
_BOTH = (
    re.compile(rf"{_CAPITALS}[（(]{_FIGURES}[）)]"),
    re.compile(rf"(?<![\d.]){_FIGURES}[（(](?:大写|人民币)*[：:]?{_CAPITALS}[）)]"),
    re.compile(rf"{_CAPITALS}[，,；; 　]?(?:[（(]?小写[）)]?|即)(?:金额)?(?:人民币)?{_FIGURES}"),
    re.compile(
        rf"(?<![\d.])(?<![\d.][,，]){_FIGURES}[，,；; 　]?[（(]?大写[）)]?(?:金额)?[：:]?(?:人民币)?[：:]?{_CAPITALS}"
    ),
)
_CAPITAL = re.compile("[壹贰貳叁肆伍陆柒捌玖拾佰仟]")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_LABELLED = re.compile(
    r"(?P<label>总投资|投资总额|资金总额|资金规模|资金总规模|项目资金|总预算|预算资金|预算总额|专项资金|补助资金|奖补资金|财政资金|总金额|合同金额)"
    r"(?:共计?|约|为|总计|合计|达到?){0,2}(?P<number>\d+(?:\.\d+)?)(?P<unit>亿元|万元|元)"
)
_NAMED = re.compile(
    r"(?:(?P<label>总投资|投资总额|资金总额|总预算|总金额|合同金额|中标金额|总面积|总长度|总人口|总户数|建设规模|名额)|(?P<hired>招聘|招录|选聘|招募|选调|遴选)[一-鿿]{0,8}?)"
    r"(?:共计?|约|为|总计|合计|达到?|：){0,2}(?P<number>\d+(?:\.\d+)?)(?P<unit>亿元|万元|元|名|人|户|亩|公顷|平方米|公里)"
)
_EACH = re.compile("每|人均|户均|平均|单价|标准|同比|分别|各")
_LEAST_AMOUNT = 10
"""Yuan; smaller numbers are the same by chance."""


def capitals_agree_with_figures(annotated: AnnotatedDocument) -> Findings:
    """C041: an amount in capital numerals is the one in figures beside it."""
    written = [passage for passage in annotated.passages if _CAPITAL.search(passage.text)]
    for pattern in _BOTH if written else ():
        for passage, match in annotated.matches(pattern, written):
            amount = capital_amount(match["capitals"])
            figures = match["figures"].replace(",", "").replace("，", "")
            if amount is not None and amount != Decimal(figures) * _SCALES[match["scale"] or ""]:
                yield Finding(
                    passage.at(match.start()),
                    f"“{match['capitals']}”是{amount:,f}元，与旁边的“{match['figures']}{match['scale'] or ''}元”不同。",
                    "核对原件；原件不一致的照印，写明豁免理由。",
                    match[0],
                )


def amounts_keep_their_unit(annotated: AnnotatedDocument) -> Findings:
    """C047: an amount that is told twice under the same name has the same unit: 总投资1000万元, later 总投资1000元."""
    first: dict[tuple[str, str], str] = {}
    found: list[tuple[Passage, re.Match[str]]] = [
        (passage, match)
        for passage, match in annotated.matches(_LABELLED, annotated.running)
        if float(match["number"]) >= _LEAST_AMOUNT
        and not _EACH.search(sentence_at(passage.text, match.start()))
    ]
    for passage, match in found:
        unit = first.setdefault((match["label"], match["number"]), match["unit"])
        if unit != match["unit"]:
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”在前面是{match['number']}{unit}。",
                "核对金额的单位；确是两笔的，写明豁免理由。",
                match[0],
            )


def numbers_are_told_alike(annotated: AnnotatedDocument) -> Findings:
    """C069: a total that is told twice is not told by two numbers that differ by one slip: 1200万元, 1020万元.

    A document about several projects tells many such totals, so that only two values are compared.
    """
    told: dict[tuple[str, str], dict[str, tuple[Passage, re.Match[str]]]] = {}
    for passage, match in annotated.matches(_NAMED, annotated.running):
        if not _EACH.search(sentence_at(passage.text, match.start())):
            name = match["label"] or match["hired"]
            told.setdefault((name, match["unit"]), {}).setdefault(match["number"], (passage, match))
    for by_number in told.values():
        numbers = list(by_number)
        if len(numbers) == 2 and min(map(len, numbers)) > 1 and single_edit(*numbers):
            passage, match = by_number[numbers[1]]
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”在前面是{numbers[0]}{match['unit']}。",
                "核对两处的数字；确是两笔的，不用改。",
                match[0],
            )
