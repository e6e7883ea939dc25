"""The rule about units of another kind than what is measured: an area in metres, money in 亩 (code C072)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.amounts import NUMBER
from liulin_gazette.check.rule import Finding, Findings

_AREA, _LENGTH, _VOLUME, _MONEY, _WEIGHT, _POWER, _PEOPLE, _HOUSEHOLDS = (
    "面积", "长度", "体积", "金额", "重量", "功率", "人数", "户数",
)  # fmt: skip
_KINDS = {
    **dict.fromkeys(("平方公里", "平方千米", "公顷", "亩", "平方米", "㎡"), _AREA),
    **dict.fromkeys(("公里", "千米", "米", "厘米", "毫米"), _LENGTH),
    **dict.fromkeys(("立方米", "立方", "方", "升"), _VOLUME),
    **dict.fromkeys(("元", "美元"), _MONEY),
    **dict.fromkeys(("吨", "公斤", "千克"), _WEIGHT),
    **dict.fromkeys(("千瓦", "兆瓦"), _POWER),
    **dict.fromkeys(("人", "名"), _PEOPLE),
    "户": _HOUSEHOLDS,
}
"""What each unit measures."""
_UNITS = "|".join(sorted(_KINDS, key=len, reverse=True))
_FILLER = (
    "(?:分别|累计|共计|合计|总计|预计|约|共|已|计划|完成|达到?|达成|实现|为|是|有|增加到|增至|扩大到|稳定在|保持在|不低于|不少于|超过|突破"
    "|提高到|减少到|了){0,4}"
)
"""What may stand between the name and its figure; not 发放, 新增 and the like: 补助资金已发放1200户."""
_MEASURED = (
    ("面积", "(?:建筑|占地|用地|种植|播种|造林|绿化|灌溉|流域|总|展示|营业|住房|使用|经营|水域|治理|保护区?|占用|森林|耕地)面积", (_AREA,), "“平方米”或“亩”"),
    ("长度", "(?<!成)(?:全长|总长|总里程|通车里程|(?:河道|管网|道路|公路|管线|堤防|线路)(?:总)?长度|路面宽度|路基宽度|水深|坝高)", (_LENGTH,), "“米”或“公里”"),
    ("体积", "(?:总库容|设计库容|兴利库容|蓄水量|总容积)", (_VOLUME,), "“立方米”"),
    ("金额", "(?:总?投资额?|补贴资金|奖补资金|补助资金|专项资金|配套资金|预算收入|预算支出|财政收入|财政支出|可支配收入|零售总额|贷款余额|存款余额|生产总值|总产值|销售收入|税收收入)", (_MONEY,), "“元”或“万元”"),
    ("产量或处理量", "(?:粮食|水果|蔬菜|蔬果|肉类|原煤|煤炭|核桃|红枣|苹果)(?:总)?产量|(?:处理|清运|焚烧|填埋)(?:垃圾|污水)能力|(?:垃圾|污水)日?(?:处理|清运|焚烧|填埋)能力", (_WEIGHT, _VOLUME), "“吨”"),
    ("面积", "高标准农田", (_AREA, _MONEY, _PEOPLE, _HOUSEHOLDS), "“亩”"),
    ("功率", "装机(?:总)?(?:容量|规模)", (_POWER,), "“千瓦”"),
)  # fmt: skip
"""What is measured, how it is called, what its unit may measure, and units that fit."""
_PATTERNS = tuple(
    (
        re.compile(
            rf"(?:{names}){_FILLER}(?P<number>{NUMBER})(?P<scale>[十百千]?万|亿|千|百)?(?P<unit>{_UNITS})(?![均次/／一-鿿])"
        ),
        what,
        kinds,
        fitting,
    )
    for what, names, kinds, fitting in _MEASURED
)


def units_fit_what_is_measured(annotated: AnnotatedDocument) -> Findings:
    """C072: an area has a unit of areas, a length one of lengths, money one of money."""
    for pattern, what, kinds, fitting in _PATTERNS:
        for passage, match in annotated.matches(pattern, annotated.running):
            kind = _KINDS[match["unit"]]
            if kind not in kinds:
                yield Finding(
                    passage.at(match.start()),
                    f"“{match[0]}”说的是{what}，“{match['unit']}”却是{kind}的单位。",
                    f"核对原件的单位，看是不是{fitting}；原件如此的照印，写明豁免理由。",
                    match[0],
                )
