"""Rules about doubled and mistaken words (codes T010–T012)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings

_DOUBLED = re.compile(r"(?P<word>(?!的)[一-鿿]{1,5}(?!一)[一-鿿])(?P=word)")
_ALLOWED = re.compile(
    r"一[一-鿿]|(?:研究|讨论|商量|考虑|了解|认识|学习|锻炼|打听|休息|整理|检查|尝试|体验|参观|介绍|评论|商议|组织|装箱)$"
)
"""Words that are said twice: 一个一个, 研究研究."""
_LEADER = re.compile(r"(?:大队|支队|中队|总队|小队|小组|支部|支局)")
_POSSESSIVE = re.compile(r"(?<![目标有])的的(?!确)")
_REPEATED = re.compile(r"(?<=[、，。；：“])(?P<word>[一-鿿]{4,20})、(?P=word)(?=[、，。；])")
CONFUSED = {
    "布署": "部署", "快熟反应": "快速反应", "行车证": "行驶证", "一如继往": "一如既往", "再接再励": "再接再厉",
    "迫不急待": "迫不及待", "名符其实": "名副其实", "相辅相承": "相辅相成", "按步就班": "按部就班",
    "幅射": "辐射", "家俱": "家具", "松驰": "松弛", "气侯": "气候", "时侯": "时候", "等侯": "等候", "侯选人": "候选人",
    "侯补": "候补", "折迁": "拆迁",
    "瞻养": "赡养", "扶恤": "抚恤", "膺品": "赝品", "取谛": "取缔", "追朔": "追溯", "煤碳": "煤炭", "焦碳": "焦炭",
    "摇控": "遥控", "震憾": "震撼", "急燥": "急躁", "关健": "关键", "必竟": "毕竟", "究竞": "究竟",
    "竟争": "竞争", "竟赛": "竞赛", "竟聘": "竞聘", "竟价": "竞价", "竟买": "竞买", "竟拍": "竞拍", "博斗": "搏斗",
    "脉博": "脉搏", "赌搏": "赌博", "拔款": "拨款", "拔付": "拨付", "划拔": "划拨", "调拔": "调拨", "选拨": "选拔", "贯撤": "贯彻", "复盖": "覆盖", "坐阵": "坐镇",
    "修茸": "修葺", "编缉": "编辑", "宣泻": "宣泄", "倡仪": "倡议", "恶裂": "恶劣", "检察院院院长": "检察院院长", "严历": "严厉", "冶理": "治理", "冶安": "治安", "政冶": "政治", "渡假": "度假", "针炙": "针灸",
}  # fmt: skip
"""Slips of the pen that are no words in any official text, with what is meant."""
WITHIN = {
    r"(?<!自)己经(?!营)": "已经", r"(?<!预)防犯(?!罪)": "防范", r"(?<![支交拨给托])付(?:主任|局长|县长|组长)": "副",
}  # fmt: skip
"""Slips that are part of other words too, as patterns that leave those out."""
_CONFUSED = re.compile("|".join((*sorted(CONFUSED, key=len, reverse=True), *WITHIN)))
_UNSURE = re.compile(r"截止(?=(?:\d{4}年|\d{1,2}月|目前|今年|去年))|作好(?=[一-鿿]{1,8}工作)|其它")
UNSURE = {"截止": "截至", "作好": "做好", "其它": "其他"}
"""Words that are more often written otherwise, and that older texts have."""


def words_are_not_doubled(annotated: AnnotatedDocument) -> Findings:
    """T010: no word stands twice at once (进行进行), but those that are said twice."""
    for passage in annotated.body:
        if passage.kind == "roster":
            continue
        for found in _DOUBLED.finditer(passage.text):
            word, after = found["word"], passage.text[found.end() : found.end() + 1]
            if _ALLOWED.match(word) or (_LEADER.fullmatch(word) and after == "长"):
                continue
            if word.endswith("会") and after == "议":
                continue
            yield Finding(
                passage.at(found.start()),
                f"“{word}”连写了两次：“{passage.text[max(found.start() - 4, 0) : found.end() + 4]}”。",
                "核对原件；原件如此的照印，写明豁免理由。",
                found[0],
            )
        for found in _POSSESSIVE.finditer(passage.text):
            yield Finding(passage.at(found.start()), "“的”连写了两次。", "核对原件。", found[0])


def lists_do_not_repeat(annotated: AnnotatedDocument) -> Findings:
    """T011: a row of names does not have the same one twice running."""
    for passage, found in annotated.matches(_REPEATED, annotated.running):
        yield Finding(passage.at(found.start()), f"“{found['word']}”列了两次。", "核对原件。", found["word"])


def words_are_not_confused(annotated: AnnotatedDocument) -> Findings:
    """T012: none of a short list of slips that are no words in official text."""
    for passage, found in annotated.matches(_CONFUSED):
        yield Finding(
            passage.at(found.start()),
            f"“{found[0]}”可能是“{_meant(found[0])}”之误。",
            "核对原件；原件如此的照印，写明豁免理由。",
            found[0],
        )


def _meant(word: str) -> str:
    if word.startswith("付"):
        return "副" + word[1:]
    return CONFUSED.get(word) or next(right for slip, right in WITHIN.items() if re.search(slip, word))


def words_are_preferred(annotated: AnnotatedDocument) -> Findings:
    """T023: 其他 rather than 其它, 做好工作 rather than 作好, 截至 a day rather than 截止 (《现代汉语词典》)."""
    for passage, found in annotated.matches(_UNSURE, annotated.running):
        yield Finding(
            passage.at(found.start()),
            f"“{found[0]}”今多作“{UNSURE[found[0]]}”。",
            "核对原件；原件如此的照印。",
            found[0],
        )
