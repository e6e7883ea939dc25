"""The rule about amounts of money that are ten thousand times too large or too small (code C073)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER, amount
from liulin_gazette.check.grammar.sentences import sentence_at
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_PER_HEAD = re.compile(
    rf"(?P<each>人均可支配收入|人均(?:纯收入|收入|年收入)|每人每[月年天次]|每[人户亩生吨]|户均|每平方米|每立方米|每生每年)(?P<between>[^，。；：\d\n]{{0,14}})(?P<number>{NUMBER})(?P<unit>[十百千]?万元|亿元)"
)
_MOST = {"每吨": 1e6, "每平方米": 2e5, "每立方米": 1e5, "每亩": 2e6}
"""元 that one unit of these hardly costs or yields."""
_MAY_BE_LARGE = re.compile(
    "贷款|授信|融资|信贷|担保|额度|投资|产值|产出|税|资产|营业|造价|成交|出让|地价|保额|保险|赔|补偿|抚恤|人才|院士|企业|合作社|公司|经营主体|市场主体|基地|不超过|上限|最高|罚"
)
"""Words of sentences in which one person, household or 亩 may well stand beside millions."""
_REACH = 12
"""Characters before an amount in which the county is named."""
_MOST_FOR_ONE = 1e6
"""元 that one person or household hardly gets or earns in a year; what is more is a slip of 元 and 万元."""
_BUDGET = re.compile(
    rf"(?<!人均)(?P<what>一般公共预算收入|一般公共预算支出|地区生产总值|财政总收入|固定资产投资|社会消费品零售总额)(?:累计|预计|共|全年)?(?:完成|实现|达到?|为|安排)?了?(?P<number>{NUMBER})(?P<unit>万元|元)(?!(?:及|（含）)?以[上下]|的)"
)
_COUNTY = re.compile("(?:全|我|本)[县区市][^，。；：镇乡局馆院校所]{0,4}$")
"""Before what is taken in, spent or produced: whose it is."""
_SMALLER = re.compile(
    "[镇乡局馆院校所]|中心|街道|单位|部门|开发区|园区|[村社]区?(?!会)|办公室|委员会|项目|企业"
)
"""An office, a town or a project, which may take in and spend less than a county."""

_LEAST_OF_A_COUNTY = 5e6
"""元: no county takes in, spends or produces less, even in a month."""
_PARTS = re.compile(
    rf"(?<![\d.])(?P<total>{NUMBER})(?P<unit>万元|亿元)，?其中[：，]?(?P<parts>[^。；\n]{{8,200}})"
)
"""A total with what it consists of."""
_PART = re.compile(rf"(?<![\d.每])(?P<number>{NUMBER})(?P<unit>元|万元|亿元)(?![/／])")


def amounts_have_their_magnitude(annotated: AnnotatedDocument) -> Findings:
    """C073: what one person gets is no 38620万元, what a county takes in no 18.5万元; parts are of the total's unit."""
    for passage, match in annotated.matches(_PER_HEAD, annotated.running):
        value = amount(match["number"], match["unit"]).value
        if value > _MOST.get(match["each"], _MOST_FOR_ONE) and (
            "收入" in match["each"] or not _MAY_BE_LARGE.search(sentence_at(passage.text, match.start()))
        ):
            yield _finding(passage.at(match.start()), match[0], "太大了，“元”可能写成了“万元”")
    for passage, match in annotated.matches(_BUDGET, annotated.running):
        if amount(match["number"], match["unit"]).value >= _LEAST_OF_A_COUNTY:
            continue
        before = passage.text[max(0, match.start() - _REACH) : match.start()]
        is_of_county = _COUNTY.search(before) is not None
        if is_of_county or not _SMALLER.search(passage.text):
            yield _finding(
                passage.at(match.start()),
                match[0],
                "太小了，“亿元”“万元”可能写错",
                severity=None if is_of_county else Severity.NOTE,
            )
    for passage, match in annotated.matches(_PARTS, annotated.running):
        total = amount(match["total"], match["unit"])
        parts = [(part, amount(part["number"], part["unit"])) for part in _PART.finditer(match["parts"])]
        for index, (part, written) in enumerate(parts):
            others = sum(each.value for number, (_, each) in enumerate(parts) if number != index)
            if part["unit"] == "元" and abs(others + written.value * 1e4 - total.value) <= total.half:
                where = match.start("parts") + part.start()
                right = f"改成{part['number']}万元，各项之和才等于总数{match['total']}{match['unit']}"
                yield _finding(passage.at(where), part[0], right)


def _finding(where: Spot, words: str, reason: str, severity: Severity | None = None) -> Finding:
    return Finding(where, f"“{words}”：{reason}。", "核对原件的数字和单位。", words, severity)
