"""Rules about repeated, mistaken and uncommon words (codes T011, T012, T023, S048)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.text.common_words import crosses_words

_REPEATED = re.compile(r"(?<=[、，。；：“])(?P<word>[一-鿿]{4,20})、(?P=word)(?=[、，。；])")
MISTAKEN = {
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
"""Miswritten words that are not words of official texts, and the right ones."""
_ACTS = (
    "依[法照]|按(?!钮|键)|及时|如实|立即|认真|自觉|切实|妥善|擅自|随意|积极(?!性)|主动(?![性权])|经(?![费济营常验历])|由(?!来)|将(?![军士])"
    "|在(?![建职岗校])|予以|给予|采取|实行|遵守|服从|符合|具备|超过|低于|少于|坚持|履行|参加|公开|违反|停止|接受"
)
"""Adverbs, prepositions and verbs that 应当, 不得 and 必须 stand before without 的: a noun may follow 必须的."""
MISTAKEN_PATTERNS = {
    r"(?<![自悦利知])己经(?!营)": "已经", r"(?<!预)防犯(?!罪)": "防范", r"(?<![支交拨给托])付(?:主任|局长|县长|组长)": "副",
    r"截至(?=[^，。；、截至]{1,10}(?<![之以目])前[，。；、完将]|[^，。；、截至]{1,10}之前)": "于",
    rf"(?<![理舍])(?:应当|不得|必须)的(?=(?:{_ACTS}))": "",
    r"(?:(?<=[并，。；、])|(?<=已))取的(?=[一-鿿]{0,6}(?:成效|成绩|进展|效果|突破|成果|胜利|资格|报酬|收入|许可|同意))": "取得",
    r"(?:认真|扎实|积极|深入|切实|稳步|严格|不断|进一步|全面)的(?=(?:做好|抓好|推进|开展|落实|贯彻|执行|听取|组织(?:实施|开展|学习))(?!(?:监督|工作|保障|考核|推进|运行)?(?:机制|制度|措施|程序|力度|责任制|方案|计划|体系|能力|办法|方式|标准|情况|举措)))": "地",
    "负责了人|人民的政府(?=办公室|同意|批准|研究|决定|令)": "",
}  # fmt: skip
"""Miswritten words that also occur within right ones, as patterns that exclude those."""
_FIRST_CHARACTERS = "".join(sorted({word[0] for word in MISTAKEN}))
_ANY_MISTAKEN = "|".join(sorted(MISTAKEN, key=len, reverse=True))
MISTAKEN_WORDS = re.compile("|".join((f"(?=[{_FIRST_CHARACTERS}])(?:{_ANY_MISTAKEN})", *MISTAKEN_PATTERNS)))
_OLDER = re.compile(
    r"截止(?=(?:\d{4}年|\d{1,2}月|目前|今年|去年))|作好(?=[一-鿿]{1,8}工作)|其它"
    "|[台转对记结欠查挂呆坏总进入到报付做算]帐|帐(?=[户目簿号款务册])"
)
PREFERRED = {"截止": "截至", "作好": "做好", "其它": "其他"}
"""Older ways to write a word, and the way that is usual today."""
_NO_PARTICLE = ("应当", "不得", "必须")
"""Words after which a particle is too much."""
_FROM_ISSUING = re.compile(r"[自从](?:发文|下发|印发|发布|公布)之日起(?P<verb>执行|实行|生效)")


def lists_do_not_repeat(annotated: AnnotatedDocument) -> Findings:
    """T011: a list does not have the same member twice in a row."""
    for passage, match in annotated.matches(_REPEATED, annotated.running):
        yield Finding(passage.at(match.start()), f"“{match['word']}”列了两次。", "核对原件。", match["word"])


def words_are_not_confused(annotated: AnnotatedDocument) -> Findings:
    """T012: no miswritten word of a short list of common ones."""
    for passage, match in annotated.matches(MISTAKEN_WORDS):
        if is_cut_out(passage.text, match):
            continue
        if match[0] == "截至":
            yield _until_before(passage, match)
            continue
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”可能是“{_correction(match[0])}”之误。",
            "核对原件；原件如此的照印，写明豁免理由。",
            match[0],
        )


def _until_before(passage: Passage, match: re.Match[str]) -> Finding:
    """Return the note that 截至 and 前 say the same: of a total so far, 前 is too much; of a day to come, 截至 is."""
    return Finding(
        passage.at(match.start()),
        "“截至”和“前”重复：说到那一天为止的累计数，删“前”；说在那一天以前办完，“截至”改为“于”。",
        "核对原件；原件如此的照印，写明豁免理由。",
        match[0],
        Severity.NOTE,
    )


def is_cut_out(text: str, match: re.Match[str]) -> bool:
    """Tell whether the match is no word but the end of one and the beginning of the next: 有关健康, 聚焦碳达峰."""
    return crosses_words(text, match.start(), match.end()) or (
        match[0].endswith("碳") and text[match.end() : match.end() + 1] in tuple("达中排汇交市减")
    )


def _correction(word: str) -> str:
    """Return the right form of a mistaken ``word``."""
    if word.startswith("付"):
        return "副" + word[1:]
    if word == "取的":
        return "取得"
    if word.endswith("的"):
        return word[:-1] + ("" if word[:-1] in _NO_PARTICLE else "地")
    if word.startswith(("负责了", "人民的")):
        return re.sub("[了的]", "", word)
    return MISTAKEN.get(word) or next(
        right for pattern, right in MISTAKEN_PATTERNS.items() if re.search(pattern, word)
    )


def words_are_preferred(annotated: AnnotatedDocument) -> Findings:
    """T023: 其他 rather than 其它, 做好……工作 rather than 作好, 截至 rather than 截止 before a day, 账户 rather than 帐户.

    The standard is 《现代汉语词典》.
    """
    for passage, match in annotated.matches(_OLDER, annotated.running):
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”今多作“{PREFERRED.get(match[0]) or match[0].replace('帐', '账')}”。",
            "核对原件；原件如此的照印。",
            match[0],
        )


def takes_effect_in_set_words(annotated: AnnotatedDocument) -> Findings:
    """S048: the effective date is stated as 自发布之日起施行 (《立法技术规范（试行）（一）》)."""
    for passage in annotated.running:
        if "之日起" in passage.text and (match := _FROM_ISSUING.search(passage.text)):
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”的通行写法是“自发布之日起施行”。",
                "原件如此的照印。",
                match[0],
            )
