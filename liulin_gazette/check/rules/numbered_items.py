"""Rules about numbered headings, articles and items (codes S033–S039)."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.ordinals import LEVELS, Item
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Annex, Heading, Instrument, Paragraph

_CONTINUOUS = ("条", "节", "章", "编")
"""Levels whose numbers may run on through the higher levels."""
_ITEM_LEVELS = LEVELS[4:]
"""一、 and below."""


def items_are_consecutive(annotated: AnnotatedDocument) -> Findings:
    """S033: the numbers of a level are consecutive and start at 1 under each heading (GB/T 9704-2012 §7.3.3)."""
    for item, expected in _breaks(annotated):
        if item.level != "条":
            shown = item.passage.text[:12]
            yield Finding(
                item.passage.at(),
                f"“{shown}”的序号应是第{expected}，前面缺或重复了。"
                if expected > 1
                else f"“{shown}”是这一层的第一个，序号却是{item.number}。",
                "核对原件的序号，看是否漏了一项、写错了号，或层次不对。",
                item.label,
            )


def articles_are_consecutive(annotated: AnnotatedDocument) -> Findings:
    """S035: 条 are numbered consecutively throughout an instrument, across 章 and 节 (《立法法》第六十五条)."""
    for item, expected in _breaks(annotated):
        if item.level == "条":
            yield Finding(
                item.passage.at(),
                f"“{item.label}”前面一条是第{expected - 1}条。"
                if expected > 1
                else f"从“{item.label}”开始，缺第一条。",
                "核对原件，看是否漏了一条或写错了号。",
                item.label,
            )


def _breaks(annotated: AnnotatedDocument) -> Iterator[tuple[Item, int]]:
    """Yield each item that breaks the sequence, with the number that it should have.

    Numbers restart in each instrument and annex.
    """
    starts = [block.line for block in annotated.document.blocks if isinstance(block, (Instrument, Annex))]
    last: dict[str, int] = {}
    last_in_part: dict[str, int] = {}
    part = 0
    for item in annotated.items:
        if item.quoted:
            continue
        current_part = bisect.bisect(starts, item.passage.line)
        if current_part != part:
            part, last, last_in_part = current_part, {}, {}
        expected = last.get(item.level, 0) + 1
        continued = last_in_part.get(item.level, 0) + 1 if item.level in _CONTINUOUS else expected
        if item.number not in (expected, 1, continued):
            yield item, expected
        last[item.level] = last_in_part[item.level] = item.number
        rank = LEVELS.index(item.level)
        for level in LEVELS[rank + 1 :]:
            if not (level == "条" and item.level in _CONTINUOUS):
                last.pop(level, None)


def levels_are_not_skipped(annotated: AnnotatedDocument) -> Findings:
    """S034: levels are not skipped: （1） needs 1. or 条 above it (GB/T 9704-2012 §7.3.3)."""
    open_levels: set[str] = set()
    for item in annotated.items:
        if item.quoted or not isinstance(item.passage.block, Heading):
            continue
        if item.level == "（1）" and item.number == 1 and not open_levels & {"1.", "条"}:
            yield Finding(
                item.passage.at(),
                f"“{item.label}”上面没有“1.”一层。",
                "层次依次为“一、”“（一）”“1.”“（1）”。",
                item.label,
            )
        rank = LEVELS.index(item.level)
        open_levels = {level for level in open_levels if LEVELS.index(level) < rank} | {item.level}


def numbers_are_marked_right(annotated: AnnotatedDocument) -> Findings:
    """S036: ordinals have the mark of their level: 1. has a dot, （一） has none (GB/T 15834-2011 附录B.3)."""
    for item in annotated.items:
        if item.level == "1." and item.mark == "、":
            yield Finding(
                item.passage.at(),
                f"“{item.label}”的序号后应是“{item.number}.”。",
                "阿拉伯数字序号后用下脚点。原件如此的，可写明豁免理由。",
                item.label,
            )
        elif item.level in ("（一）", "（1）") and item.mark:
            yield Finding(
                item.passage.at(),
                f"带括号的序号“{item.label.rstrip(item.mark)}”后面不再加“{item.mark}”。",
                "核对原件；原件如此的，可写明豁免理由。",
                item.label,
            )


def headings_have_no_stop(annotated: AnnotatedDocument) -> Findings:
    """S037: a heading on a line of its own does not end in 。；，、."""
    for passage in annotated.body:
        if passage.kind == "heading" and passage.text.endswith(("。", "；", "，", "、", ";", ",")):
            yield Finding(
                passage.at(len(passage.text) - 1),
                f"独占一行的标题末尾有“{passage.text[-1]}”。",
                "标题末尾不用标点；若是一段正文，去掉“#”写成段落。",
                passage.text,
            )


def lists_are_introduced_by_colon(annotated: AnnotatedDocument) -> Findings:
    """S038: a sentence that introduces a numbered list does not end in ； or ， but in ： (GB/T 15834-2011 §4.7)."""
    passages = annotated.body
    items = {id(item.passage): item for item in annotated.items}
    for passage, following in itertools.pairwise(passages):
        item = items.get(id(following))
        if item is None or item.number != 1 or item.level not in _ITEM_LEVELS:
            continue
        introducing = items.get(id(passage))
        if introducing is not None and introducing.level == item.level:
            continue
        if passage.kind in ("text", "article") and passage.text.endswith(("；", "，", ";")):
            yield Finding(
                passage.at(len(passage.text) - 1),
                f"引出下面各项的一句以“{passage.text[-1]}”结尾，应用冒号。",
                "核对原件；原件如此的，可写明豁免理由。",
                passage.text[-12:],
            )


def list_items_end_alike(annotated: AnnotatedDocument) -> Findings:
    """S039: in a list, either all items or none end in a mark (GB/T 15834-2011 §4.6)."""
    for items in _lists(annotated):
        ends = [item.passage.text[-1:] for item in items]
        bare = [end not in "。；：！？;.”）" for end in ends]
        if any(bare) and not all(bare) and sum(bare) * 3 <= len(items):
            item = items[bare.index(True)]
            yield Finding(
                item.passage.at(len(item.passage.text) - 1),
                f"同一列各项中，“{item.label}”这一项末尾没有标点。",
                "核对原件，看是否漏了标点或文字。",
                item.passage.text[-12:],
            )


def _lists(annotated: AnnotatedDocument) -> Iterator[list[Item]]:
    """Yield the lists of at least three consecutive items that are one paragraph each."""
    by_passage = {id(item.passage): item for item in annotated.items}
    run: list[Item] = []
    for passage in annotated.body:
        item = by_passage.get(id(passage))
        is_next = (
            item is not None
            and isinstance(passage.block, Paragraph)
            and (not run or (item.level == run[-1].level and item.number == run[-1].number + 1))
        )
        if not is_next:
            if len(run) >= 3:
                yield run
            run = []
        if item is not None and isinstance(passage.block, Paragraph) and (is_next or item.number == 1):
            run.append(item)
    if len(run) >= 3:
        yield run
