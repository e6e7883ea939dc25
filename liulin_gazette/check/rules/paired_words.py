"""The rule about words that need another one in the same clause, which is missing (code T049): 在……前提下, 自……之日起."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_IN = "(?<![存所实内外现正潜旨意贵好重])在(?:(?![下中上里内前后时间在])[^，。；：、“”《》（）]){2,24}"
"""在 and what stands after it in its clause, without a word of place or time that answers it."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A word and what it stands with."""

    pattern: re.Pattern[str]
    """Matches where the other word is missing: its end is the place."""
    missing: str
    is_certain: bool = True
    """Whether nothing like it stands in millions of characters of statutes, and no right sentence is known."""


_FRAMES = tuple(
    _Frame(re.compile(pattern), missing, is_certain)
    for pattern, missing, is_certain in (
        ("(?<!不)(?:予以|加以)(?=[，。；])", "后面没有说做什么", True),
        (f"{_IN}(?:的|坚强|正确|统一|直接)(?:领导|指导|支持|帮助|关心|监督|配合)(?=，)", "后面漏了“下”", False),
        (f"{_IN}(?:前提|背景|形势)(?=，)", "后面漏了“下”", True),
        (f"{_IN}过程(?=，)", "后面漏了“中”", False),
        (f"{_IN}的基础(?=，)", "后面漏了“上”", False),
        ("自(?:(?!起)[^，。；：“”]){1,20}之日(?=[，]?(?:施行|实施|执行|生效))", "后面漏了“起”", True),
        ("自(?:印发|发布|公布|下发|发文|签订)(?=[，]?(?:施行|实施|执行|生效))", "后面漏了“之日起”", True),
        (
            "(?<![可所予加难得足用借给何是])以(?![及上下内外前后便来至免致期防])(?:(?!加强|强化|突出|围绕|紧扣|实现|明确|把握|坚持)[^，。；：、“”为以]){2,20}"
            "(?:主线|抓手|突破口|导向|宗旨|契机|目标|指导)(?=，)",
            "中间漏了“为”",
            False,
        ),
        ("(?:^|(?<=[。；，]))除(?!非)(?:法律|法规|国家|本|另|有|上级|省|市|合同)[^，。；：外以]{2,30}(?:规定|情形|约定)(?=，)", "后面漏了“外”", False),
        (
            "现[将就](?:(?!通知|公告|通告|函告|报告|公布|公示|批复|安排)[^，。；：]){2,40}(?:事项|情况|意见|结果|内容|问题)如下(?=[：，。])",
            "没有说“通知”“公告”",
            False,
        ),
        ("经[^，。；：“”]{2,24}(?:常务会议|全体会议|党组会议|联席会议|办公会议?|常委会会议)(?=，(?:现|决定))", "后面漏了“研究”或“同意”", True),
        ("特此(?=[。；])", "后面没有说做什么", True),
        ("请(?:各[^，。；]{1,10})?(?:认真|遵照|严格|结合实际)(?=[。；])", "后面没有说做什么", True),
        (
            r"\d(?:万元|亿元|元|人|户|亩|吨|%|天|小时|公里|周岁)以(?=[，。；、）的])",
            "后面漏了“上”“下”“内”",
            True,
        ),
        ("[把将][^，。；：、]{2,20}(?:列入|纳入)(?=。)", "后面没有说列到哪里", False),
    )
)  # fmt: skip


def paired_words_stand_together(annotated: AnnotatedDocument) -> Findings:
    """T049: what 在, 自, 以, 除, 现将, 予以 and the like need stands in the same clause (usage; see ``_FRAMES``)."""
    for frame in _FRAMES:
        for passage, match in annotated.matches(frame.pattern, annotated.running):
            if passage.kind == "heading" or is_quoted(passage.text, match.start()):
                continue
            yield Finding(
                passage.at(match.start()),
                f"“{match[0][-16:]}”{frame.missing}。",
                "核对原件，补上漏掉的；原件如此的照印，写明豁免理由。",
                match[0][-16:],
                None if frame.is_certain else Severity.NOTE,
            )
