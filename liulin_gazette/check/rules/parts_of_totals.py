"""Rules about totals and the parts that they are divided into: 其中, 分别 (codes C022, C053)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.quantities import last_place, plain_number
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.named_totals import named_totals_add_up
from liulin_gazette.model.diagnostics import Severity

_AMOUNT = r"(?<![\d.])(\d+(?:\.\d+)?)"
_OF_WHICH = re.compile(
    rf"{_AMOUNT}(?P<unit>万元|亿元|元|公顷|万?亩|万?人|万?户|个|辆|台|平方米|公里|吨|处|座|条|家|所|名|头|套|栋|张|株)(?:（[^（）]*）)?，其中[，：]?(?P<rest>[^。；]+)"
)
_OF_THINGS = re.compile(
    rf"{_AMOUNT}(?P<unit>个|家|所|名|户|处|座|条|项|台|辆|件)(?P<noun>[一-鿿]{{1,8}})，其中[，：]?(?P<rest>[^。；]+)"
)
_OF_MONEY = re.compile(rf"{_AMOUNT}(?P<unit>亿元|万元|元)，其中[，：]?(?P<rest>[^。；]+)")
_SCALED = re.compile(rf"{_AMOUNT}(亿元|万元|元)(?![/／])")
_YUAN = {"亿元": 1e8, "万元": 1e4, "元": 1.0}
_SEVERALLY = re.compile(
    rf"{_AMOUNT}(?P<unit>万元|亿元|元|公顷|亩|人|名|户|个|辆|台|平方米|公里|吨)，?(?:分别(?:为|是|用于|安排|下达|补助|奖励|投向)|即)[：，]?(?P<rest>[^。；]+)"
)
_OPEN_PARTS = re.compile("等|其余|其他|各[一-鿿]|同比|比|增|减|每|均|超")
"""Words after 分别 of a list that is not complete, or whose members are no parts."""
_MONEY = ("万元", "亿元", "元")
"""Units whose parts exclude each other more often than not. People, things and areas may be counted twice."""
_OTHER_TOTAL = re.compile("[，、]?(?:比上年|比去年|同比|较上|增长|增加|减少|下降|占|合计|累计|总计|共计)")
"""Words after which an amount is no part of the total before 其中."""
_OF_THEIR_OWN = re.compile(
    "，(?=(?:新[建增]|扩建|改[建造]|完成|已|现已|维修|整改|办结|启用|投用|撤[销并]|关停)[^，。；]*\\d)"
)
"""Where a statement of its own follows the parts: 50处，其中农房20处、道路30处，完成整改45处."""
_ATTRIBUTE = re.compile(
    "女|男|党员|团员|民族|学历|文化|职称|以上|以下|岁|退役|残疾|脱贫|低保|代表|委员|兼|级|干部|群众|示范|高级|规上|新增"
    "|高标准|永久基本|有机|绿色|认证|设施|节水|灌溉|机收|机播|硬化|完好|优质|流转"
)
"""What one person, thing or area can be beside something else."""
_RISEN = re.compile("(?:增加到|增至|增长到|达到|发展到|减少到|降至|减至)$")
_NO_TOTAL = re.compile("每(?![年月日季周])|均(?![衡匀])|单价|(?:比|较)[^，。；：]{0,12}(?:增|减|多|少|升|降)")
"""Words of a rate or of a change, which is not what 其中 divides: 总投资9000万元，亩均投资2500元，其中……; 比上年增加500万元，其中……."""
_CLAUSE_MARKS = re.compile("[，。；：、（）]")
_BRACKETED = re.compile("（[^（）]*）")
_DIVIDED = re.compile("其中|包括|包含|内含|含")
"""Words after which a part is itself divided."""
_NO_PART = re.compile(
    "每|均|最高|最低|不超过|不低于|不少于|以上|以内|带动|撬动|吸引|拉动|引导|另|配套|实现|产值|贷款|结余|剩余"
)
"""Words of an amount that is no part: a rate, a bound, or what the total brings about."""
_BODY = re.compile("(?:公司|企业|厂|合作社|镇|乡|村|街道|社区|县|市|区|局|学校|中学|小学|医院|卫生院)$")
_WHOLES = (("农用地", "建设用地", "未利用地"), ("城[镇市]", "[乡农]村"), ("男", "女"))
"""Names of parts that are all there are of a kind (《土地管理法》第四条; 城镇、乡村; 男、女)."""
_GRANT = re.compile("(?:补助|补贴|奖补|专项|财政|救助|衔接)资金(?:合计|共计|总额|共)?$")
"""Money that governments give, so that those of all levels are all of it."""
_MATCHING_FUNDS = re.compile("^(?:自治区|省|市|县|区|乡镇?)(?:本?级)?(?:财政)?配套(?:资金)?$")
_SOURCE = re.compile(
    "(?:中央|自治区|省|市|县|区|乡镇?|村)(?:本?级)?(?:财政|预算内)?(?:补助|配套|安排|投入|承担)?(?:资金)?$"
)


def parts_fit_the_whole(annotated: AnnotatedDocument) -> Findings:
    """C022: the amounts after 其中 do not add up to more than the total before it.

    That is certain only of money: where the first part alone is more, or where it is plainly divided among bodies or
    sources. Other parts may overlap: people and things may be counted in several (其中女性50人、党员90人), and so may
    land (水地300亩，高标准农田500亩).
    """
    for passage in annotated.running:
        if "其中" not in passage.text:
            continue
        for match in _OF_WHICH.finditer(passage.text):
            parts = _parts_of_which(match["rest"], match["unit"])
            amounts = [amount for _, amount in parts]
            before = passage.text[max(match.start() - 12, 0) : match.start()]
            total, unit = float(match[1]), match["unit"]
            is_money = unit in _MONEY
            may_overlap = not is_money and (_ATTRIBUTE.search(match["rest"]) or _RISEN.search(before))
            if len(parts) < 2 or sum(amounts) <= total * 1.0001 or not _is_total(passage, match):
                continue
            is_certain = is_money and (
                amounts[0] > total * 1.0001 or ("（" not in match["rest"] and _is_partition(parts))
            )
            if max(amounts) > total * 1.0001 or not may_overlap:
                yield Finding(
                    passage.at(match.start()),
                    f"其中各项相加是{plain_number(sum(amounts))}{unit}，超过总数{match[1]}{unit}。",
                    "核对原件的各个数字；各项互相交叉的，照原件。",
                    match[0],
                    None if is_certain else Severity.WARNING,
                )


def divided_totals_add_up(annotated: AnnotatedDocument) -> Findings:
    """C053: a single part is no more than its total; the parts after 分别, and those of a kind (男、女), add up to it."""
    yield from named_totals_add_up(annotated)
    for passage in annotated.running:
        if "其中" in passage.text:
            for match in filter(partial(_is_total, passage), _OF_WHICH.finditer(passage.text)):
                parts = _parts_of_which(match["rest"], match["unit"])
                yield from _compare_parts(passage, match, parts)
            for match in filter(partial(_is_total, passage), _OF_THINGS.finditer(passage.text)):
                parts = _parts_of_which(match["rest"], match["unit"])
                sum_of_parts = sum(amount for _, amount in parts)
                if sum_of_parts > float(match[1]) and not _ATTRIBUTE.search(match["rest"]):
                    yield _wrong_total(passage, match, sum_of_parts)
            for match in filter(partial(_is_total, passage), _OF_MONEY.finditer(passage.text)):
                yield from _compare_money(passage, match)
        if "分别" in passage.text:
            for match in _SEVERALLY.finditer(passage.text):
                parts = _parts(match["rest"], match["unit"])
                sum_of_parts = sum(amount for _, amount in parts)
                if (
                    len(parts) >= 2
                    and not _OPEN_PARTS.search(match["rest"])
                    and not _agrees(sum_of_parts, match)
                ):
                    yield _wrong_total(passage, match, sum_of_parts)


def _is_total(passage: Passage, match: re.Match[str]) -> bool:
    """Tell whether the amount at ``match`` is a total, not a rate or a change that stands between one and 其中."""
    return not _NO_TOTAL.search(_CLAUSE_MARKS.split(passage.text[: match.start()])[-1])


def _compare_parts(passage: Passage, match: re.Match[str], parts: list[tuple[str, float]]) -> Findings:
    """Yield a finding if one part is more than the total, or if parts that are all there are fall short of it."""
    before = passage.text[max(match.start() - 12, 0) : match.start()]
    sum_of_parts = sum(amount for _, amount in parts)
    if any(name.endswith(("约", "近")) for name, _ in parts):
        return
    if len(parts) == 1 and sum_of_parts > float(match[1]) * 1.0001 and not _RISEN.search(before):
        yield _wrong_total(passage, match, sum_of_parts)
    if sum_of_parts >= float(match[1]) or _agrees(sum_of_parts, match):
        return
    if _are_all([name for name, _ in parts]):
        yield _wrong_total(passage, match, sum_of_parts)
    elif len(parts) > 1 and _GRANT.search(before) and all(_SOURCE.search(name) for name, _ in parts):
        yield replace(_wrong_total(passage, match, sum_of_parts), severity=Severity.NOTE)


def _are_all(names: Sequence[str]) -> bool:
    """Tell whether ``names`` are those of all parts of a whole, in one order or another."""
    return any(
        len(names) == len(whole) and all(any(re.match(part, name) for name in names) for part in whole)
        for whole in _WHOLES
    )


def _compare_money(passage: Passage, match: re.Match[str]) -> Findings:
    """Yield a finding if parts in another unit are more than the total: 1.2亿元，其中…5000万元、…8000万元."""
    unit, rest = match["unit"], match["rest"]
    units = {found[2] for found in _SCALED.finditer(_BRACKETED.sub("", rest))}
    if len(units) != 1 or unit in units:
        return
    other = units.pop()
    parts = _parts(rest, other)
    sum_of_parts = sum(amount for _, amount in parts) * _YUAN[other] / _YUAN[unit]
    if sum_of_parts > float(match[1]) + last_place(match[1]) / 2:
        yield _wrong_total(passage, match, sum_of_parts)


def _agrees(sum_of_parts: float, match: re.Match[str]) -> bool:
    """Tell whether parts that add up to ``sum_of_parts`` make the total in ``match``, each rounded to its last place."""
    numbers = re.findall(_AMOUNT, match[0])
    rounding = sum(last_place(number) / 2 for number in numbers if "." in number)
    return abs(sum_of_parts - float(match[1])) <= rounding + 1e-6


def _wrong_total(passage: Passage, match: re.Match[str], sum_of_parts: float) -> Finding:
    return Finding(
        passage.at(match.start()),
        f"总数是{match[1]}{match['unit']}，各项相加是{plain_number(sum_of_parts)}{match['unit']}：“{match[0][:50]}”。",
        "核对原件的各个数字；各项互相交叉、没有列全的，写明豁免理由。",
        match[0],
    )


def _parts_of_which(rest: str, unit: str) -> list[tuple[str, float]]:
    """Return the parts that ``rest``, the text after 其中, lists, without what states something else of the total.

    Where the first part is itself one that was built or done (其中新建8处，改造12处), all of them are parts.
    """
    first, *others = _OF_THEIR_OWN.split(rest, maxsplit=1)
    return _parts(first if others and not _OF_THEIR_OWN.match("，" + first) else rest, unit)


def _parts(rest: str, unit: str) -> list[tuple[str, float]]:
    """Return the parts that ``rest``, the text after 其中, lists: what stands before each amount, and the amount.

    Brackets explain a part; what follows 其中 or 包括 divides one. None if an amount is no part of the total.
    """
    whole = _BRACKETED.sub("", _BRACKETED.sub("", rest)).partition("）")[0]
    whole = _OTHER_TOTAL.split(whole, maxsplit=1)[0]
    if _DIVIDED.search(whole):
        return []
    found: list[tuple[str, float]] = []
    end = 0
    for part in re.finditer(_AMOUNT + unit + "(?![/／])", whole):
        name = whole[end : part.start()].strip("，、：和及与 ")
        if _NO_PART.search(name) and not _MATCHING_FUNDS.search(name):
            return []
        found.append((name, float(part[1])))
        end = part.end()
    return found


def _is_partition(parts: list[tuple[str, float]]) -> bool:
    """Tell whether all of ``parts`` are bodies of different names, or all are levels of government."""
    names = [name for name, _ in parts]
    kinds = (_BODY, _SOURCE)
    return len(set(names)) == len(names) and any(all(kind.search(name) for name in names) for kind in kinds)
