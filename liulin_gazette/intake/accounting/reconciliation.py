"""Whether every character of a manuscript is in the drafts or in the list of what was left out, once and in its order.

The independent count of a manuscript (``Manuscript.count``) is set against what the drafts publish. Letters, digits
and Han characters are aligned first; signs are compared where both sides have the same characters around them.
Spaces are not compared: conversion puts them into another form.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from liulin_gazette.intake.account import EXTRA, MISSING, MOVED, Account, Difference, SourceText
from liulin_gazette.intake.accounting.account_pools import LeftOut, bare, shown
from liulin_gazette.intake.accounting.account_search import Passage, Search, passage_of, place_within
from liulin_gazette.intake.accounting.account_signs import compare_signs, tell_lone_signs
from liulin_gazette.intake.accounting.draft_texts import (
    PICTURE,
    DraftText,
    Origin,
    draft_texts,
    left_out_text,
)
from liulin_gazette.intake.accounting.page_pieces import compare_pieces, settle, take_left_out
from liulin_gazette.intake.accounting.text_alignment import equal_blocks, longest_rise, occurrences
from liulin_gazette.intake.drafts import Draft
from liulin_gazette.intake.manuscript import Omission

_MIN_ANCHOR = 8
"""Characters of a passage that is looked for in all drafts at once; shorter ones recur."""
_MAX_SHOWN_BY_FIELD = 3
"""Characters that a field or an equation may add."""
_MAX_LABEL = 12
_NUMERAL = re.compile(
    "[\\da-zA-Z一二三四五六七八九十百零〇○甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥壹贰叁肆伍陆柒捌玖拾①-⒛㊀-㊉]"
)
"""What an automatic number has, of at most ``_MAX_LABEL`` characters."""


def account_of(
    count: Sequence[SourceText],
    drafts: Sequence[Draft],
    omissions: Iterable[Omission],
    before: Iterable[Omission] = (),
) -> Account:
    """Return where the characters of ``count`` are: in ``drafts``, or told in their rows, in ``omissions`` and in ``before``.

    ``before`` is what stands before the first draft, in its order.
    """
    texts = [left_out_text(each.text, 0) for each in before if not each.text.startswith(PICTURE)]
    texts += [text for index, draft in enumerate(drafts) for text in draft_texts(draft, index)]
    passages = [passage_of(each) for each in count]
    told = [(each.text, each.place) for each in omissions]
    taken, untaken = take_left_out(passages, told, "".join(text.letters for text in texts))
    left_out = LeftOut(untaken)
    left_out.used += taken
    beside = [each for each in passages if each.source.story]
    used = _take_beside(beside, texts, left_out)
    letters = [(text, at) for text in texts for at in range(len(text.letters)) if (id(text), at) not in used]
    search = Search("".join(text.letters[at] for text, at in letters), letters, left_out)
    for each in beside:
        search.tell_missing(each.letters, each.source, 0)
    _align(list(_of_running_text(passages)), search)
    settle(search)
    compare_signs(passages, search)
    tell_lone_signs(passages, texts, search)
    # Of words that the manuscript has twice and the drafts once, nobody can tell which were left out.
    twice = {bare(text) for text in left_out.used}
    differences = tuple(
        each for each in search.differences if each.kind != MOVED or bare(each.text) not in twice
    )
    source = sum(len(shown(each.text)) for each in count)
    left = sum(len(shown(text)) for text in left_out.used)
    left += sum(len(text.exact) for text in texts if text.origin is Origin.LEFT_OUT)
    drafted = sum(len(text.exact) for text in texts if text.origin is not Origin.LEFT_OUT)
    drafted -= len(search.shown_by_fields)
    return Account(source, drafted, left, differences, _unexplained(passages, texts, search))


def _unexplained(passages: Iterable[Passage], texts: Iterable[DraftText], search: Search) -> int:
    """Return by how many letters the account does not add up: 0, unless this module is wrong."""
    numbers = {MISSING: 0, EXTRA: 0, MOVED: 0}
    for each in search.differences:
        numbers[each.kind] += len(bare(each.text))
    told = sum(len(text.letters) for text in texts) - len(bare(search.shown_by_fields))
    left = sum(len(bare(text)) for text in search.left_out.used)
    source = sum(len(bare(each.source.text)) for each in passages)
    return source - told - left - numbers[MISSING] + numbers[EXTRA]


def _of_running_text(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield the passages of the running text that have letters; an empty one may have a number before the next."""
    has_label = False
    for passage in passages:
        if passage.source.story:
            continue
        passage.has_label = has_label = has_label or passage.source.is_added_to
        if passage.letters:
            yield passage
            has_label = False


def _take_beside(
    passages: Sequence[Passage], texts: Sequence[DraftText], left_out: LeftOut
) -> set[tuple[int, int]]:
    """Find ``passages`` beside the running text: left out, or anywhere in ``texts``; return the letters they take."""
    taken: set[tuple[int, int]] = set()
    notes_first = sorted(texts, key=lambda each: (not each.is_note, each.origin is Origin.BODY))
    for passage in passages:
        passage.letters = left_out.take(passage.letters, passage.source.place)
        whole = [text for text in notes_first if text.letters == passage.letters]
        whole.sort(key=lambda each: each.origin is not Origin.LEFT_OUT)
        for text in (*whole, *notes_first):
            at = text.letters.find(passage.letters) if passage.letters else -1
            while at >= 0 and (id(text), at) in taken:
                at = text.letters.find(passage.letters, at + 1)
            if at >= 0:
                taken.update((id(text), each) for each in range(at, at + len(passage.letters)))
                passage.letters = ""
                break
    return taken


def _align(passages: list[Passage], search: Search) -> None:
    """Find ``passages`` in the drafts; tell of those that are missing, moved, or in a draft only."""
    anchors = _anchors(passages, search)
    in_order = {id(each) for each in anchors}
    _take_moved([each for each in passages if each.at >= 0 and id(each) not in in_order], anchors, search)
    rest = [each for each in passages if each.letters]
    indices = [index for index, each in enumerate(rest) if each.at >= 0]
    start, before = 0, 0
    for index in (*indices, len(rest)):
        end = rest[index].at if index < len(rest) else len(search.drafts)
        around = rest[before - 1] if before else None, rest[index] if index < len(rest) else None
        _compare(rest[before:index], start, end, around, search)
        if index < len(rest):
            start, before = end + len(rest[index].letters), index + 1


def _anchors(passages: list[Passage], search: Search) -> list[Passage]:
    """Place the long passages that occur once on both sides; return as many of them as are in the order of both."""
    long = [each for each in passages if len(each.letters) >= _MIN_ANCHOR]
    numbers = Counter(each.letters for each in long)
    places = occurrences(numbers, search.drafts, _MIN_ANCHOR)
    for passage in long:
        at, *others = (*places[passage.letters], -1)
        is_once = numbers[passage.letters] == 1 and others == [-1]
        is_free = passage.has_label or passage.source.is_piece
        # The same words left out at its place are its own: those of the draft stand on several lines.
        is_told = search.left_out.has(passage.letters, passage.source.place)
        if is_once and not is_told and (is_free or not search.owners[at][1]):
            passage.at = at
    found = [passage for passage in passages if passage.at >= 0]
    anchors: list[Passage] = []
    end = 0
    for index in longest_rise([passage.at for passage in found]):
        if found[index].at >= end:  # One that begins within the one before is a part of it.
            anchors.append(found[index])
            end = found[index].at + len(found[index].letters)
    return anchors


def _take_moved(found: Sequence[Passage], anchors: Sequence[Passage], search: Search) -> None:
    """Tell that passages that were ``found`` are out of the order of ``anchors``; take all out of the search together.

    One that has letters with another in common is not told here: it is looked for among its neighbours instead.
    """
    ranges = sorted((each.at, each.at + len(each.letters)) for each in anchors)
    moved: list[Passage] = []
    for passage in found:
        start, end = passage.at, passage.at + len(passage.letters)
        index = bisect.bisect_left(ranges, (start, end))
        is_free = (index == len(ranges) or ranges[index][0] >= end) and (
            not index or ranges[index - 1][1] <= start
        )
        if is_free:
            ranges.insert(index, (start, end))
            moved.append(passage)
        else:
            passage.at = -1
    cuts = sorted((each.at, each.at + len(each.letters)) for each in moved)
    for passage in moved:
        owner = search.owners[passage.at][0]
        text = shown(passage.source.text)
        if owner.origin is not Origin.LEFT_OUT:  # The order of what is no text tells nothing.
            search.differences.append(Difference(MOVED, text, passage.source.place, owner.draft, owner.line))
        passage.at, passage.letters = -1, ""
    bounds = [0, *(at for cut in cuts for at in cut), len(search.drafts)]
    stretches = list(zip(bounds[::2], bounds[1::2], strict=True))
    before = list(accumulate((end - start for start, end in cuts), initial=0))
    starts = [start for start, _ in cuts]
    for anchor in anchors:
        anchor.at -= before[bisect.bisect_right(starts, anchor.at)]
    search.drafts = "".join(search.drafts[start:end] for start, end in stretches)
    search.owners = [owner for start, end in stretches for owner in search.owners[start:end]]


def _compare(
    passages: Sequence[Passage],
    start: int,
    end: int,
    around: tuple[Passage | None, Passage | None],
    search: Search,
) -> None:
    """Compare ``passages`` with the letters of the drafts from ``start`` to ``end``, between the anchors ``around``."""
    if any(passage.source.is_piece for passage in passages):
        compare_pieces(passages, start, end, search)
        return
    drafted = search.drafts[start:end]
    cursor = 0
    for passage in passages:
        at = drafted.find(passage.letters, cursor)
        if search.left_out.has(passage.letters, passage.source.place):
            at = -1  # The same words stand in another text: this one was told as left out by itself.
        if at >= 0:
            cursor = at + len(passage.letters)
            continue
        passage.letters = search.left_out.take(passage.letters, passage.source.place)
    letters = "".join(passage.letters for passage in passages)
    places = [passage for passage in passages for _ in passage.letters]
    blocks = equal_blocks([each.letters for each in passages], letters, drafted)
    source_at, draft_at = 0, 0
    for source_next, draft_next, size in (*blocks, (len(letters), len(drafted), 0)):
        following = places[source_next] if source_next < len(places) else around[1]
        previous = places[source_at - 1] if source_at else around[0]
        _tell_extra(search, start + draft_at, start + draft_next, previous, following)
        if source_next > source_at:
            search.tell_missing(letters[source_at:source_next], places[source_at].source, start + draft_at)
        place_within(passages, places, source_next, start + draft_next, size)
        source_at, draft_at = source_next + size, draft_next + size


def _tell_extra(
    search: Search, start: int, end: int, previous: Passage | None, following: Passage | None
) -> None:
    """Tell of letters that only a draft has, except an automatic number, and what a field shows at its end."""
    letters = search.drafts[start:end]
    if not letters:
        return
    has_label = following is not None and following.has_label
    is_shown = has_label and len(letters) <= _MAX_LABEL and bool(_NUMERAL.search(letters))
    is_added = previous is not None and previous.source.is_added_to and len(letters) <= _MAX_SHOWN_BY_FIELD
    if is_shown or is_added:
        search.shown_by_fields += search.with_signs(start, end)
    elif any(each is not None and each.source.is_piece for each in (previous, following)):
        search.unclaimed.append((start, end))
    else:
        search.tell_extra(start, end)
