"""Rules about blanks that were to be filled in (code C066)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import is_quoted
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Paragraph
from liulin_gazette.model.diagnostics import Severity

_DATE = re.compile(
    r"[XxＸｘ]月(?:[XxＸｘ]|\d{1,2})日|(?<!\d)\d{1,2}月[XxＸｘ]日|(?:19|20)\d{2}年(?:[XxＸｘ]月|[ 　]{1,8}月(?:[ 　]{1,8}日)?)|\d月[ 　]{1,8}日"
)
_FIGURE = re.compile(
    r"(?<![A-Za-zＸｘ×\d])(?:[XxＸｘ]{1,4}|×{2,4})(?:\.[XxＸｘ]{1,2})?(?:[%％]|公里|公顷|亩|吨|平方米|户|个百分点)"
)
_LINE = re.compile(
    "[_＿]{2,}|﹍{2,}|﹎{2,}|第[ 　]{1,8}(?:号|期|次)|（[ 　]{1,8}）|[共计约为][ 　]{2,8}(?:人|元|户|亩|个|万元)"
)
_WORDS = re.compile(
    "[（(【\\[](?:此处|待|请|尚)?(?:填写(?!说明)|待?补充|待填|待补|待核实?|待确认|插入|空缺)[^（）()【】]{0,6}[）)】\\]]"
)


def nothing_is_left_blank(annotated: AnnotatedDocument) -> Findings:
    """C066: no X月X日, no 2026年　月, no ＿＿ is left in running text; in annexes, which may be forms, it is a note.

    Blanks that are written ×× or XX are found by P009.
    """
    for pattern, problem in (
        (_DATE, "日期没有填"),
        (_FIGURE, "数字没有填"),
        (_LINE, "空着没有填"),
        (_WORDS, "还没有填"),
    ):
        for passage, match in annotated.matches(pattern, annotated.running):
            if is_quoted(passage.text, match.start()) or _is_form(passage):
                continue
            yield Finding(
                passage.at(match.start()),
                f"“{match[0]}”：{problem}。",
                "核对原件，填上；原件如此的照印，写明豁免理由。",
                match[0],
                Severity.NOTE if passage.annex else None,
            )


def _is_form(passage: Passage) -> bool:
    """Tell whether ``passage`` is a line to be filled in or signed by whoever uses it."""
    placed = isinstance(passage.block, Paragraph) and passage.block.role != "text"
    return (
        placed
        or "　　　" in passage.text
        or "签" in passage.text
        or "盖章" in passage.text
        or "编号" in passage.text
    )
