"""What is left when a text is edited, pasted and brought up to date: half sentences, clauses twice, figures that no longer agree."""

from __future__ import annotations

import re
from random import Random

from liulin_gazette.text.common_words import common_words
from tests.check.injected.faults import FaultKind, added, in_prose, replaced

_CLAUSE = re.compile("[一-鿿]{10,30}(?=[，；])")


def _clauses(line: str) -> list[re.Match[str]]:
    return list(_CLAUSE.finditer(line))


def _clause_twice(line: str, chance: Random) -> str | None:
    clauses = _clauses(line)
    if not clauses:
        return None
    clause = chance.choice(clauses)
    return line[: clause.end()] + "，" + clause[0] + line[clause.end() :]


def _phrase_twice(line: str, chance: Random) -> str | None:
    places = [match.start() for match in re.finditer("(?=[一-鿿]{6})", line)]
    at = chance.choice(places) if places else 0
    return line[: at + 4] + line[at:] if places else None


def _end_cut(line: str, chance: Random) -> str | None:
    clauses = _clauses(line)
    if not clauses:
        return None
    clause = chance.choice(clauses)
    at = clause.start() + chance.randrange(4, len(clause[0]) - 2)
    return line[:at] + line[clause.end() :]


def _beginning_cut(line: str, chance: Random) -> str | None:
    clauses = [match for match in _clauses(line) if match.start() and line[match.start() - 1] in "，；"]
    if not clauses:
        return None
    clause = chance.choice(clauses)
    return line[: clause.start()] + line[clause.start() + chance.randrange(2, len(clause[0]) - 4) :]


def _lost_in_phrase(line: str, chance: Random) -> str | None:
    words = common_words()
    places = [
        at for at in range(len(line) - 3) if line[at : at + 2] in words and line[at + 2 : at + 4] in words
    ]
    if not places:
        return None
    at = chance.choice(places) + chance.randrange(4)
    return line[:at] + line[at + 1 :]


EDITING_KINDS = (
    FaultKind("一个分句写两遍", in_prose(_clause_twice)),
    FaultKind("四个字写两遍", in_prose(_phrase_twice)),
    FaultKind("分句只剩前半", in_prose(_end_cut)),
    FaultKind("分句只剩后半", in_prose(_beginning_cut)),
    FaultKind("四字里漏一字", in_prose(_lost_in_phrase)),
    FaultKind("只剩半句话", added(("这项工作不仅关系群众切身利益。", "凡未按期整改到位的。", "由应急管理局会同财政局。", "根据《中华人民共和国水法》的规定。", "为切实做好防汛工作，确保安全度汛。", "如果发现险情隐患。", "除法律另有规定外。", "对不按规定整改的单位，主管部门应当。"))),
    FaultKind("漏元字", replaced(r"(?<=\d[万亿])元(?=[，。；、])", lambda match, _: "")),
    FaultKind("漏百分号", replaced(r"(?<=\d)%(?=[，。；、])", lambda match, _: "")),
    FaultKind("漏日字", replaced(r"(?<=\d月\d\d)日(?=[前起至，。])|(?<=\d月\d)日(?=[前起至，。])", lambda match, _: "")),
    FaultKind("单位与所量的不合", added(("新建道路全长12.5平方公里。", "建筑面积3600米。", "总库容85万平方米。", "项目总投资1680万亩。", "粮食产量达到6.2万亩。", "播种面积18万吨。"))),
    FaultKind("元与万元写错", added(("城镇居民人均可支配收入36200万元。", "全县一般公共预算收入完成16.8万元。", "每人每年补助7200万元。", "总投资2460万元，其中上级资金1800万元、县级配套660元。"))),
    FaultKind("共计算错", added(("男性236人，女性184人，共计430人。", "第一标段5.2公里，第二标段3.6公里，合计9.8公里。", "分三批下达，分别为160万元、90万元和50万元，总计320万元。", "组建抢险队12支480人，每支30人。"))),
    FaultKind("占比算错", added(("全县40个项目已完工30个，完工率65%。", "税收收入8.6亿元，占12.4亿元总收入的59.4%。", "全县一般公共预算收入完成12.4亿元，其中税收收入完成8.6亿元，占一般公共预算收入的79.4%。"))),
    FaultKind("各阶段的日期重叠", added(("第一阶段（3月1日至4月15日）动员部署，第二阶段（4月1日至9月30日）集中整治。", "5月底前完成设计，8月底前开工，7月底前完成主体。"))),
    FaultKind("会议的届次不符", added(("2024年3月，十四届全国人大三次会议在北京召开。", "第十三届全国人民代表大会第三次会议于2019年3月召开。", "2012年11月，党的十八届三中全会作出决定。", "全国政协十四届一次会议于2024年3月召开。"))),
    FaultKind("五年规划的年份不符", added(("“十四五”期间（2020—2025年）累计投资36亿元。", "2026年是“十四五”规划的开局之年。", "“十五五”时期（2025—2029年）要加快发展。"))),
)  # fmt: skip
