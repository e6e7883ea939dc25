"""Rules about percentages of one whole (code C050)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.grammar.sentences import sentences
from liulin_gazette.check.rule import Finding, Findings

_PERCENT = rf"{NUMBER}[%％]"
_SHARE = re.compile(
    rf"占(?<![侵强抢]占)(?P<of>[^，。；、：（）\d]{{0,12}}?)(?:达到?|为|超过)?(?P<number>(?<![\d.]){NUMBER})[%％]"
)
_MAY_EXCEED = re.compile("预算|计划|任务|目标|指标|上年|去年|同期|进度|应|定额|核定|能力|额定")
"""Wholes of which more than 100 % can be reached: 占年度预算的105%."""
_RUN = re.compile(
    rf"(?:[^，。；、：（）\d%％]{{1,12}}?(?:承担|负担|分担|出资|自筹|筹集|补助|补贴|占)(?:比例)?为?{_PERCENT}[，、和；]?){{2,12}}"
)
_SEVERALLY = re.compile(
    rf"分别(?:承担|负担|分担|出资|占(?:总[一-鿿]{{1,6}}|全部[一-鿿]{{0,6}})?)(?:的)?(?:比例为?)?{_PERCENT}(?:[、，和]{_PERCENT}){{1,9}}"
)
_NAME = re.compile(
    rf"(?P<name>[^，。；、：（）\d%％]{{1,12}}?)(?:承担|负担|分担|出资|自筹|筹集|补助|补贴|占)(?:比例)?为?{_PERCENT}"
)
_OVERLAPPING = re.compile("女|男|党员|民族|学历|以上|以下|岁|比|增|同|全省|全市|全国|全县|率|合格|优|其中|最")
"""Words of shares that may overlap (女性占30%、党员占80%) or are shares of different wholes (占全省60%)."""
_WEIGHED = re.compile("总成绩|综合成绩|最终成绩|总评成绩|考试成绩|综合得分|总得分")
_WEIGHT = re.compile(
    rf"(?:成绩|得分|笔试|面试|测评|考核|考察|考试|测试|总分)(?:占|按|[×xX*]|权重为?|所占)?(?:总成绩|综合成绩|总分|权重)?的?(?:比例|权重)?为?(?P<number>{NUMBER})[%％]"
    rf"|(?<=[%％])[、和及与]面?试?(?P<further>{NUMBER})[%％]"
)
_NO_WEIGHT = re.compile("以内|不超过|不低于|低于|高于|前|加分|入围|合格|淘汰|比例确定|弃权")
_RATIO = re.compile(rf"(?<![\d.:：∶︰]){NUMBER}[:：∶︰]{NUMBER}[:：∶︰]{NUMBER}(?![\d.:：∶︰])")
_INDUSTRIES = re.compile("三次产业|三产结构|产业结构|一二三产|三大产业")
_LEAST_SHARES = 2
_LEAST_PERCENT = 50
"""A ratio whose terms sum to less, such as 1:3:6, is not in percent."""


def shares_fit_the_whole(annotated: AnnotatedDocument) -> Findings:
    """C050: no share is over 100 %, shares of one whole sum to at most 100 %, and weights of a mark to 100 %."""
    for passage, match in annotated.matches(_SHARE, annotated.body):
        if float(match["number"]) > 100 and not _MAY_EXCEED.search(match["of"]):
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”：所占的比例超过100%。",
                "核对原件的数字；按规定算法可以超过的，写明豁免理由。",
                match[0],
            )
    for passage in annotated.running:
        percents = passage.text.count("%") + passage.text.count("％")
        if percents < _LEAST_SHARES and "产" not in passage.text:
            continue
        for start, sentence in sentences(passage.text):
            for offset, words, problem in _wrong_sums(sentence):
                yield Finding(
                    passage.at(start + offset),
                    problem,
                    "核对原件的各个数字；各项互相交叉的，写明豁免理由。",
                    words,
                )


def _wrong_sums(sentence: str) -> Iterator[tuple[int, str, str]]:
    """Yield where in ``sentence`` percentages do not make up a whole: offset, words, and what is wrong."""
    for run in (*_RUN.finditer(sentence), *_SEVERALLY.finditer(sentence)):
        names = [found["name"] for found in _NAME.finditer(run[0])]
        is_of_several = ("补助" in run[0] or "补贴" in run[0]) and "自筹" not in run[0]
        if len(set(names)) < len(names) or is_of_several or _OVERLAPPING.search(run[0]):
            continue
        total, half = _sum(re.findall(rf"({NUMBER})[%％]", run[0]))
        if total > 100 + half and not ("占" in run[0] and _is_elsewhere_whole(names, sentence)):
            yield (
                run.start(),
                run[0],
                f"各部分的比例相加是{plain_number(total)}%，超过100%：“{run[0][:40]}”。",
            )
    if _WEIGHED.search(sentence) and not _NO_WEIGHT.search(sentence):
        weights = list(_WEIGHT.finditer(sentence))
        total, half = _sum([found["number"] or found["further"] for found in weights])
        if len(weights) >= 2 and abs(total - 100) > half:
            words = sentence[weights[0].start() : weights[-1].end()]
            yield (
                weights[0].start(),
                words,
                f"各项成绩的权重相加是{plain_number(total)}%，不是100%：“{words[:40]}”。",
            )
    if _INDUSTRIES.search(sentence):
        for ratio in _RATIO.finditer(sentence):
            total, half = _sum(re.findall(NUMBER, ratio[0]))
            if total >= _LEAST_PERCENT and abs(total - 100) > half:
                yield ratio.start(), ratio[0], f"“{ratio[0]}”三项相加是{plain_number(total)}，不是100。"


def _is_elsewhere_whole(names: list[str], sentence: str) -> bool:
    """Tell whether the shares may be of different wholes: nothing in ``sentence`` names a total (总投资)."""
    return not names or "总" not in sentence


def _sum(numbers: list[str]) -> tuple[float, float]:
    """Return the sum of ``numbers``, and by how much rounding may have changed it."""
    return round(sum(map(float, numbers)), 6), sum(
        last_place(number) / 2 for number in numbers if "." in number
    ) + 1e-6
