"""The rule about sentences that break off: what a word announces does not follow (code T031)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted, sentences
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_PAIRS = (
    (re.compile("不仅(?!仅)|不单(?!独)|不但"), re.compile("而|并且|也|还|更|又|且|反|甚至|同时|同样|都|均|亦|乃至|以至"), "而且、还、也"),
    (re.compile("(?<!为)(?<!兼)既(?![有定得往遂成判望然已])"), re.compile("又|也|还|更|且|要|并|同时|同样|[，、]不|和|与"), "又、也"),
    (re.compile("(?:(?<=[，；])|^)与其(?![他它中]|共同|一同|一起|相)(?=[一-鿿]{2,12}，)"), re.compile("不如|宁|毋宁|何如"), "不如"),
    (re.compile("虽然|(?<![管应该])尽管(?!理)"), re.compile("但|却|仍|还|然而|可|不过|依然|也|都|没有"), "但、仍"),
)  # fmt: skip
"""A conjunction, what answers it in the same sentence, and how that is called."""
_CONDITION = re.compile("^(?:如果|倘若|假如|一旦|无论|不论|不管)[^，。；：]{2,40}$")
_BASIS = re.compile("^(?:按照|根据|依照|依据|遵照)[^，。；：为是应可]{2,60}(?:的?规定|的?要求|精神|部署|》)$")
_EXCEPTION = re.compile(
    "^除(?![雪草夕尘险锈名权湿霜虫害冰淤臭])[^，。；：到至向往]{3,50}(?<![之以区县市省国境室户校门场村镇院厂])外$"
)
_WHOSE_FATE = re.compile("^(?:凡|凡是|对|因|违反)[^，。；：是会要应须得可]{4,60}的$")
_AGENT = re.compile("^由[^，。；：]{1,30}(?:局|委员会|部门|政府|办公室|单位|中心|总工会|公司|委|科|股)$")
_ACT = re.compile(
    "(?<!通)报(?!社|告的)|移送|移交|转(?:交|送|办|报)|[提呈递上]交|[送拨交划分]给|抄送|寄送|送达|拨付|[调更]整|更名|改[为称组]|划[入归转]|并入|归口"
    "|牵头|成立|[设建创]立|设置|组建|作出|做出|制[定订]|提出|修[改订]|落实|完善|汇总|研究(?![院中所室])|编制(?![委办])|编写|起草|印发|发布|公布|出台|下达|(?<!行政)审[批核查定]|批准|核准|核定|备案"
    "|办理|处理|执行|开展|负责|承担|组织实施|代[管理]|托管|接[管收]|领导|任命|任免|聘[请任]|委托|授权|指定|通[知报]|告知|答复|反馈|督[促办]|约谈|确[定认]|形成"
    "|给予|予以|依法|分类|及时|立即|一律|都|均|则|就|[将把被]|应(?!急)|[须可]|必须|不得|要(?!求)|请|退[回还]|收取|支付|划拨|发[给放]|签[订署]|选[派举]|抽调|派[出驻往]"
)
"""Words that say what is done, so that a basis, a condition or an agent does not stand alone."""
_PURPOSE = re.compile(
    "^为(?:了|进一步|切实|加强|规范|深入|贯彻|做好|保障|认真|全面|有效|确保|推动|促进|加快|完善|落实|提高|防止|严格)"
)
_MAIN_CLAUSE = re.compile(
    "现|制定|制订|特|决定|根据|按|结合|依据|依照|经|应|必须|要|可以|不得|将|提出|印发|开展|组织|成立|实施|由|奋斗|我|本|请|采取|设立|启动|编制"
    "|提供|贡献|作出|做出|打下|奠定|创造|建立|筑|修改|安排|举办|召开|拟|会议|对|向|在|于|以|各|县|市|省|国"
)
"""Words of a clause that says what is done for a purpose."""
_BROKEN = re.compile(
    "(?:(?<!理所)应当|(?<![之舍见由要怨巴])不得|必须|以及|或者|并且|而且|但是|对于|关于|按照|依照|由于|因为|为了|(?<=[，要应须])(?:切实|进一步)"
    "|要(?:立即|及时|认真|严格))(?=[。；])"
)
_LISTED = re.compile("的[；。]$")
"""The end of an item in a list of persons or cases."""
_TITLES = re.compile("《[^《》]*》")
_NO_SENTENCE = re.compile("[（(]?[一二三四五六七八九十\\d]{1,3}[）)、.．]|[：:]$")
_SHORTEST = 6
"""Characters of a sentence that is judged."""


def sentences_are_finished(annotated: AnnotatedDocument) -> Findings:
    """T031: what a conjunction, a condition, a purpose or a modal verb announces stands in the same sentence."""
    running = annotated.running
    for index, passage in enumerate(running):
        if passage.kind == "heading" or not passage.text.rstrip().endswith(("。", "；")):
            continue
        text = passage.text
        for match in _BROKEN.finditer(text):
            if not is_quoted(text, match.start()):
                yield _finding(
                    passage.at(match.start()), text[: match.end()], f"“{match[0]}”后面没有话", None
                )
        neighbours = (*running[max(index - 1, 0) : index], *running[index + 1 : index + 2])
        is_listed = any(_LISTED.search(each.text) for each in neighbours)
        for start, sentence in sentences(text):
            if len(sentence) < _SHORTEST or "“" in sentence or _NO_SENTENCE.match(sentence):
                continue
            is_item = is_listed and sentence.endswith("的")
            found = _unanswered(sentence) or (
                None if is_item else _lone_clause(sentence, text[start + len(sentence) :][:1])
            )
            if found is not None:
                offset, reason, severity = found
                yield _finding(passage.at(start + offset), sentence, reason, severity)


def _unanswered(sentence: str) -> tuple[int, str, Severity | None] | None:
    """Return where a conjunction stands that nothing answers, with what is wrong; None if none does."""
    for opening, answer, expected in _PAIRS:
        match = opening.search(sentence)
        if (
            match
            and not answer.search(sentence, match.end())
            and not answer.search(sentence, 0, match.start())
        ):
            return match.start(), f"“{match[0]}”没有下文（{expected}……）", Severity.NOTE
    return None


def _lone_clause(sentence: str, mark: str) -> tuple[int, str, Severity | None] | None:
    """Return what is wrong with a sentence, ended by ``mark``, that is only a subordinate clause; None if it is none."""
    if mark != "。":
        return None
    if _PURPOSE.match(sentence) and not _MAIN_CLAUSE.search(sentence, 4):
        return 0, "只说了为什么，没有说做什么", Severity.NOTE
    if _ACT.search(_TITLES.sub("", sentence), 1):
        return None
    for pattern, reason, severity in (
        (_CONDITION, "只有条件，没有说结果", Severity.NOTE),
        (_BASIS, "只有依据，没有说做什么", None if "》" in sentence else Severity.NOTE),
        (_EXCEPTION, "只有例外，没有说别的怎样", Severity.NOTE),
        (_WHOSE_FATE, "只说了什么人、什么事，没有说怎样办", Severity.NOTE),
        (_AGENT, "只说了由谁，没有说做什么", None),
    ):
        if pattern.match(sentence):
            return 0, reason, severity
    return None


def _finding(where: Spot, sentence: str, reason: str, severity: Severity | None) -> Finding:
    return Finding(
        where,
        f"“{sentence[-24:]}”：{reason}，可能漏了半句。",
        "核对原件，补上漏掉的；话本来就完整的，不用改。"
        if severity is Severity.NOTE
        else "核对原件，补上漏掉的；原件就缺半句的照印，写明豁免理由。",
        sentence[-12:],
        severity,
    )
