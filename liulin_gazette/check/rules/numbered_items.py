"""Rules about the numbers of headings, articles and items (codes S033–S039)."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.ordinals import LEVELS, Item
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Annex, Heading, Instrument, Paragraph

_CONTINUOUS = ("条", "节", "章", "编")
_ITEM_LEVELS = LEVELS[4:]


def items_are_consecutive(annotated: AnnotatedDocument) -> Findings:
    """S033: numbers of one level follow one another, and begin with 1 under each heading (GB/T 9704-2012 §7.3.3)."""
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
    """S035: 条 are numbered through the instrument, whatever 章 and 节 they stand in (《立法法》第六十五条)."""
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
    """Yield each item whose number does not follow, with the number that was due.

    Numbers begin anew in each instrument and annex.
    """
    starts = [block.line for block in annotated.document.blocks if isinstance(block, (Instrument, Annex))]
    last: dict[str, int] = {}
    before: dict[str, int] = {}
    part = 0
    for item in annotated.items:
        if item.quoted:
            continue
        inside = bisect.bisect(starts, item.passage.line)
        if inside != part:
            part, last, before = inside, {}, {}
        due = last.get(item.level, 0) + 1
        running_on = before.get(item.level, 0) + 1 if item.level in _CONTINUOUS else due
        if item.number not in (due, 1, running_on):
            yield item, due
        last[item.level] = before[item.level] = item.number
        rank = LEVELS.index(item.level)
        for level in LEVELS[rank + 1 :]:
            if not (level == "条" and item.level in _CONTINUOUS):
                last.pop(level, None)


def levels_are_not_skipped(annotated: AnnotatedDocument) -> Findings:
    """S034: under 一、 stands （一）, or 1. at once; not （1） (GB/T 9704-2012 §7.3.3)."""
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
    """S036: 一、 and 1. and （一） carry the mark of their level (GB/T 15834-2011 附录B.3)."""
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
    """S037: a heading that stands by itself has no 。；， at its end."""
    for passage in annotated.body:
        if passage.kind == "heading" and passage.text.endswith(("。", "；", "，", "、", ";", ",")):
            yield Finding(
                passage.at(len(passage.text) - 1),
                f"独占一行的标题末尾有“{passage.text[-1]}”。",
                "标题末尾不用标点；若是一段正文，去掉“#”写成段落。",
                passage.text,
            )


def lists_are_introduced_by_colon(annotated: AnnotatedDocument) -> Findings:
    """S038: a line that introduces a numbered list ends with ： and not with ； (GB/T 15834-2011 §4.7)."""
    passages = annotated.body
    begins = {id(item.passage): item for item in annotated.items}
    for passage, following in itertools.pairwise(passages):
        item = begins.get(id(following))
        if item is None or item.number != 1 or item.level not in _ITEM_LEVELS:
            continue
        own = begins.get(id(passage))
        if own is not None and own.level == item.level:
            continue
        if passage.kind in ("text", "article") and passage.text.endswith(("；", "，", ";")):
            yield Finding(
                passage.at(len(passage.text) - 1),
                f"引出下面各项的一句以“{passage.text[-1]}”结尾，应用冒号。",
                "核对原件；原件如此的，可写明豁免理由。",
                passage.text[-12:],
            )


def list_items_end_alike(annotated: AnnotatedDocument) -> Findings:
    """S039: of the items of one list some do not end without a mark while others have one (GB/T 15834-2011 §4.6)."""
    for run in _lists(annotated):
        ends = [item.passage.text[-1:] for item in run]
        bare = [end not in "。；：！？;.”）" for end in ends]
        if any(bare) and not all(bare) and sum(bare) * 3 <= len(run):
            item = run[bare.index(True)]
            yield Finding(
                item.passage.at(len(item.passage.text) - 1),
                f"同一列各项中，“{item.label}”这一项末尾没有标点。",
                "核对原件，看是否漏了标点或文字。",
                item.passage.text[-12:],
            )


def _lists(annotated: AnnotatedDocument) -> Iterator[list[Item]]:
    """Yield the lists of at least three items that are one paragraph each and stand side by side."""
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


def issues_an_instrument(annotated: AnnotatedDocument) -> Findings:
    """S043: a 通知 that 印发 something carries it, as an instrument, an annex or an announced annex."""
    title = annotated.document.title
    if "关于印发" in title and not annotated.instruments and not annotated.annexes:
        yield Finding(
            annotated.document.places.get("标题", annotated.document.place),
            "标题说“印发”，正文里却没有所印发的文件（以“# ”开头的标题）。",
            "核对原件，看是否漏了印发件的标题；原件把方案直接写成正文的，可写明豁免理由。",
            title,
        )
