"""Rules about numbered headings, articles and items (codes S033–S039, S055)."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.decimal_numbers import breaks
from liulin_gazette.check.grammar.ordinals import LEVELS, Item, bare_articles
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Annex, Heading, Instrument, Paragraph
from liulin_gazette.model.diagnostics import Severity

_DECIMAL_HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[ 　]+[一-鿿][^。；，：]{0,24}")
_CONTINUOUS = ("条", "节", "章", "编")
"""Levels whose numbers may run on through the higher levels, in one place and not in another."""
_ITEM_LEVELS = LEVELS[4:]
"""一、 and below."""
MAX_MISSING = 8
"""If more items seem to be missing, the numbers are likely to be of another kind."""


def decimal_headings_are_marked(annotated: AnnotatedDocument) -> Findings:
    """S055: the headings 1 总则, 1.1 编制目的 of a plan are marked as headings; the first that is not is reported."""
    bare = [
        (passage, match)
        for passage in annotated.body
        if passage.kind == "text" and (match := _DECIMAL_HEADING.fullmatch(passage.text))
    ]
    if len(bare) > 1 and any("." in match["number"] for _, match in bare):
        passage, match = bare[0]
        marks = "#" * (match["number"].count(".") + 2)
        yield Finding(
            passage.at(),
            f"“{passage.text}”等{len(bare)}处像是层次标题，会当作普通的一段印。",
            f"写作“{marks} {passage.text}”：“1 总则”前写“##”，“1.1”前写“###”，“1.1.1”前写“####”，各空一格。",
            passage.text,
        )


def items_are_consecutive(annotated: AnnotatedDocument) -> Findings:
    """S033: the numbers of a level are consecutive and start at 1 under each heading (GB/T 9704-2012 §7.3.3)."""
    for item, expected, is_certain in _breaks(annotated):
        if item.level != "条":
            shown = item.passage.text[:12]
            yield Finding(
                item.passage.at(),
                f"“{shown}”的序号应是第{expected}，前面缺或重复了。"
                if expected > 1
                else f"“{shown}”是这一层的第一个，序号却是{item.number}。",
                "核对原件的序号，看是否漏了一项、写错了号，或层次不对。",
                item.label,
                None if is_certain else Severity.WARNING,
            )
    for heading, expected in breaks(annotated.decimal_numbers):
        yield Finding(
            heading.passage.at(),
            f"“{heading.passage.text[:12]}”的序号应是{expected}，前面缺或重复了。",
            "核对原件的序号，看是否漏了一项、写错了号，或层次不对。",
            heading.label,
        )


def articles_are_consecutive(annotated: AnnotatedDocument) -> Findings:
    """S035: 条 are numbered consecutively throughout an instrument, across 章 and 节 (《立法法》第六十五条)."""
    bare = _bare_articles(annotated)
    for item in bare:
        yield Finding(
            item.passage.at(len(item.label)),
            f"“{item.label}”后面没有空格，会当作普通的一段印，不是一条。",
            f"写作“{item.label} ……”，“条”字后空一格，不用顿号、冒号。",
            item.label,
        )
    for item, expected, _ in _breaks(annotated, bare):
        if item.level == "条":
            is_excerpt = expected == 1 and item.number > MAX_MISSING + 1
            yield Finding(
                item.passage.at(),
                f"“{item.label}”前面一条是第{expected - 1}条。"
                if expected > 1
                else f"从“{item.label}”开始，缺第一条。",
                "核对原件，看是否漏了一条或写错了号；节选、修正案如此的，写明豁免理由。",
                item.label,
                Severity.WARNING if is_excerpt else None,
            )


def _bare_articles(annotated: AnnotatedDocument) -> list[Item]:
    """Return the articles without the space that makes them articles: each next to another in the sequence."""
    found: list[Item] = []
    for items in _parts(annotated, tuple(bare_articles(annotated.body))):
        articles = [item for item in items if item.level == "条"]
        for index, item in enumerate(articles):
            beside = {each.number for each in articles[max(index - 1, 0) : index + 2]}
            if isinstance(item.passage.block, Paragraph) and beside & {item.number - 1, item.number + 1}:
                found.append(item)
    return found


def _breaks(annotated: AnnotatedDocument, more: Sequence[Item] = ()) -> Iterator[tuple[Item, int, bool]]:
    """Yield each item that breaks the sequence, the number that it should have, and whether that is certain.

    ``more`` count as items too. Numbers restart in each instrument and annex. It is not certain where the number goes on
    from the last one of its level, as numbers that run on do, nor where far more than an item is missing.
    """
    for items in _parts(annotated, more):
        running_on = {level for level in _ITEM_LEVELS if _runs_on(items, level)}
        last: dict[str, int] = {}
        last_in_part: dict[str, int] = {}
        last_title: dict[str, int] = {}
        for item in items:
            expected = last.get(item.level, 0) + 1
            continued = last_in_part.get(item.level, 0) + 1
            if item.level in running_on:
                expected = continued
            allowed = {expected, 1, last_title.get(item.level, 0) + 1 if item.is_title else 1}
            if item.level in _CONTINUOUS:
                allowed.add(continued)
            if item.number not in allowed:
                if item.is_doubtful or _is_preceded(annotated, item):
                    continue
                missing = item.number - expected
                yield item, expected, item.number != continued and missing <= MAX_MISSING
            last[item.level] = last_in_part[item.level] = max(item.number, item.last)
            if item.is_title:
                last_title[item.level] = item.number
            for level in _levels_below(item.level):
                last.pop(level, None)
            for level in _levels_above_title(item):
                last_title.pop(level, None)


def _levels_above_title(item: Item) -> Iterator[str]:
    """Yield the levels of titles that restart below ``item``; a 条 and what is in it restart none."""
    if item.level != "条" and item.is_title:
        yield from LEVELS[LEVELS.index(item.level) + 1 :]


def _is_preceded(annotated: AnnotatedDocument, item: Item) -> bool:
    """Tell whether the passage before ``item`` has the number before, in a form that is not read as an ordinal: 1．1—苯."""
    before = annotated.passage_before(item.passage)
    return item.level == "1." and before.startswith((f"{item.number - 1}．", f"{item.number - 1}."))


def _parts(annotated: AnnotatedDocument, more: Sequence[Item] = ()) -> Iterator[list[Item]]:
    """Yield the items of each part, quoted ones left out: of the document itself, each instrument and each annex.

    ``more`` are further items; they are put where they stand.
    """
    starts = [block.line for block in annotated.document.blocks if isinstance(block, (Instrument, Annex))]
    own = sorted(
        (item for item in (*annotated.items, *more) if not item.quoted), key=lambda item: item.passage.line
    )
    for _, items in itertools.groupby(own, lambda item: bisect.bisect(starts, item.passage.line)):
        yield list(items)


def _levels_below(level: str) -> Iterator[str]:
    """Yield the levels that restart below an item of ``level``."""
    for below in LEVELS[LEVELS.index(level) + 1 :]:
        if not (below == "条" and level in _CONTINUOUS):
            yield below


def _runs_on(items: Sequence[Item], level: str) -> bool:
    """Tell whether the numbers of ``level`` run on through the higher levels wherever ``items`` have these.

    一、 … 七、 do so through the 章 of a document or above its 条, （一） … （五十三） through all of its 一、. Twice is a habit;
    once is one if nothing else is out of sequence and there are items enough, else it may be a slip.
    """
    numbers: list[int] = []
    after_break: list[bool] = []
    breaking: set[str] = set()
    since: set[str] = set()
    for item in items:
        if item.level == level:
            numbers.append(item.number)
            after_break.append(bool(since) and len(numbers) > 1)
            breaking |= since if len(numbers) > 1 else set()
            since = set()
        elif level in _levels_below(item.level):
            since.add(item.level)
    steps = [
        step for step, is_after in zip(itertools.pairwise(numbers), after_break[1:], strict=True) if is_after
    ]
    going_on = sum(number == before + 1 for before, number in steps)
    if going_on == 0:
        return False
    if any(number == 1 for _, number in steps):
        return going_on > 2
    is_whole = numbers == list(range(1, len(numbers) + 1))
    has_enough = (len(numbers) > 3 and not after_break[-1]) or (level == "一、" and breaking == {"条"})
    return going_on > 1 or (is_whole and has_enough)


def levels_are_not_skipped(annotated: AnnotatedDocument) -> Findings:
    """S034: levels are not skipped: （1） needs 1., 1.1 or 条 above it (GB/T 9704-2012 §7.3.3)."""
    if annotated.decimal_numbers:
        return
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
        elif item.level in ("（一）", "（1）") and item.mark and not item.is_doubtful:
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
    """S039: in a list, either all items or none end in a mark, and those before the last in the same (GB/T 15834-2011 §4.6)."""
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
        middle = ends[:-1]
        if len(middle) >= 3 and middle[0] == "；" and sorted(middle) == ["。", *["；"] * (len(middle) - 1)]:
            item = items[middle.index("。")]
            yield Finding(
                item.passage.at(len(item.passage.text) - 1),
                f"同一列各项都以分号结尾，“{item.label}”这一项用了句号。",
                "核对原件，看是否应是分号。",
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
