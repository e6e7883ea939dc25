"""The rule about sentences that break off: what a word announces does not follow (code T031)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted, sentences
from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_PAIRS = (
    (re.compile("不仅(?!仅)|不单(?!独)|不但"), re.compile("而|并且|也|还|更|又|且|反|甚至|同时|都"), "而且、还、也"),
    (re.compile("(?<!为)(?<!兼)既(?![有定得往遂成判望然])"), re.compile("又|也|还|更|且|要"), "又、也"),
    (re.compile("(?:(?<=[，；])|^)与其(?![他它中])(?=[一-鿿]{2,12}，)"), re.compile("不如|宁|毋宁|何如"), "不如"),
    (re.compile("虽然|尽管(?!理)"), re.compile("但|却|仍|还|然而|可|不过|依然|也|都|没有"), "但、仍"),
)  # fmt: skip
"""A conjunction, what answers it in the same sentence, and how that is called."""
_ONLY_IF = re.compile("^只有[^，。；、\\d]{2,20}$")
_CONDITION = re.compile("^(?:如果|倘若|假如|一旦|无论|不论|不管|除非)[^，。；：]{2,40}$")
_BASIS = re.compile(
    "^(?:按照|根据|依照|依据|遵照)[^，。；：为是应可]{2,60}(?:的?规定|的?要求|精神|意见|条例|办法|决定|部署)$"
)
_EXCEPTION = re.compile("^除[^，。；：]{3,50}(?<![之以])外$")
_WHOSE_FATE = re.compile("^(?:凡|凡是|对|因|违反)[^，。；：是会要应须得可]{4,60}的$")
_AGENT = re.compile("^由[^，。；：]{1,30}(?:局|委员会|部门|政府|办公室|单位|中心|总工会|公司|委|科|股)$")
_PURPOSE = re.compile(
    "^为(?:了|进一步|切实|加强|规范|深入|贯彻|做好|保障|认真|全面|有效|确保|推动|促进|加快|完善|落实|提高|防止|严格)"
)
_MAIN_CLAUSE = re.compile(
    "现|制定|制订|特|决定|根据|按|结合|依据|依照|经|应|必须|要|可以|不得|将|提出|印发|开展|组织|成立|实施|由|奋斗|我|本|请|采取|设立|启动|编制"
    "|提供|贡献|作出|做出|打下|奠定|创造|建立|筑|修改|安排|举办|召开|拟|会议|对|向|在|于|以|各|县|市|省|国"
)
"""Words of a clause that says what is done for a purpose."""
_BROKEN = re.compile(
    "(?:应当|不得|必须|以及|或者|并且|而且|但是|对于|关于|按照|依照|由于|因为|为了|切实|进一步|要立即|要及时|要认真|要严格|要切实)(?=[。；])"
)
_NO_SENTENCE = re.compile("[（(]?[一二三四五六七八九十\\d]{1,3}[）)、.．]|[：:]$")
_SHORTEST = 6
"""Characters of a sentence that is judged."""


def sentences_are_finished(annotated: AnnotatedDocument) -> Findings:
    """T031: what a conjunction, a condition, a purpose or a modal verb announces stands in the same sentence."""
    for passage in annotated.running:
        if passage.kind == "heading" or not passage.text.rstrip().endswith(("。", "；")):
            continue
        text = passage.text
        for match in _BROKEN.finditer(text):
            if not is_quoted(text, match.start()):
                yield _finding(
                    passage.at(match.start()), text[: match.end()], f"“{match[0]}”后面没有话", None
                )
        for start, sentence in sentences(text):
            if len(sentence) < _SHORTEST or "“" in sentence or _NO_SENTENCE.match(sentence):
                continue
            found = _unanswered(sentence) or _lone_clause(sentence, text[start + len(sentence) :][:1])
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
    for pattern, reason in (
        (_ONLY_IF, "只有条件，没有说结果"),
        (_CONDITION, "只有条件，没有说结果"),
        (_BASIS, "只有依据，没有说做什么"),
        (_EXCEPTION, "只有例外，没有说别的怎样"),
        (_WHOSE_FATE, "只说了什么人、什么事，没有说怎样办"),
        (_AGENT, "只说了由谁，没有说做什么"),
    ):
        if pattern.match(sentence):
            return 0, reason, None
    return None


def _finding(where: Spot, sentence: str, reason: str, severity: Severity | None) -> Finding:
    return Finding(
        where,
        f"“{sentence[-24:]}”：{reason}，可能漏了半句。",
        "核对原件，补上漏掉的；原件如此的照印，写明豁免理由。",
        sentence[-12:],
        severity,
    )
