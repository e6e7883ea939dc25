"""What two texts have in common: stretches that are equal, and what only one of them has."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

_MAX_DIFF = 4_000
"""Characters of a stretch whose characters are aligned one by one; a longer one is compared passage by passage."""
_MIN_PASSAGE = 2
"""Characters of a passage that tells where others around it stand."""


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the indices of the longest rising subsequence of ``numbers``."""
    ends: list[int] = []
    indices: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect.bisect_left(ends, number)
        before.append(indices[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        indices[length : length + 1] = [index]
    rise: list[int] = []
    at = indices[-1] if indices else -1
    while at >= 0:
        rise.append(at)
        at = before[at]
    return rise[::-1]


def equal_blocks(passages: Sequence[str], letters: str, drafted: str) -> Sequence[tuple[int, int, int]]:
    """Return where ``letters``, those of ``passages`` together, and ``drafted`` are equal: places in both, and the length."""
    before = _common(letters, drafted)
    after = _common(letters[before:][::-1], drafted[before:][::-1])
    first, other = letters[before : len(letters) - after], drafted[before : len(drafted) - after]
    ends = [(0, 0, before), (len(letters) - after, len(drafted) - after, after)]
    if len(first) + len(other) <= _MAX_DIFF:
        return [ends[0], *_by_letters(letters, drafted, before, len(first), before, len(other)), ends[1]]
    known = [ends[0], *_by_passages(passages, letters, drafted, before, after), ends[1]]
    blocks = [known[0]]
    for (at, drafted_at, size), following in itertools.pairwise(known):
        start, drafted_start = at + size, drafted_at + size
        length, drafted_length = following[0] - start, following[1] - drafted_start
        if length and drafted_length and length + drafted_length <= _MAX_DIFF:
            blocks += _by_letters(letters, drafted, start, length, drafted_start, drafted_length)
        blocks.append(following)
    return blocks


def _by_letters(
    letters: str, drafted: str, start: int, length: int, drafted_start: int, drafted_length: int
) -> Iterator[tuple[int, int, int]]:
    """Yield where stretches of both texts are equal, letter by letter."""
    one, other = letters[start : start + length], drafted[drafted_start : drafted_start + drafted_length]
    for each in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield start + each.a, drafted_start + each.b, each.size


def _by_passages(
    passages: Sequence[str], letters: str, drafted: str, before: int, after: int
) -> Iterator[tuple[int, int, int]]:
    """Yield where those of ``passages`` stand that occur once on both sides, as many as are in the order of both."""
    numbers = Counter(passages)
    first, last = before, len(drafted) - after
    found: list[tuple[int, int, int]] = []
    at = 0
    for passage in passages:
        is_inside = before <= at and at + len(passage) <= len(letters) - after
        if is_inside and len(passage) >= _MIN_PASSAGE and numbers[passage] == 1:
            place = drafted.find(passage, first, last)
            if place >= 0 and drafted.find(passage, place + 1, last) < 0:
                found.append((at, place, len(passage)))
        at += len(passage)
    end = 0
    for index in longest_rise([place for _, place, _ in found]):
        if found[index][1] >= end:  # One that begins within the one before is a part of it.
            yield found[index]
            end = found[index][1] + found[index][2]


def _common(one: str, other: str) -> int:
    """Return how many characters at their beginning both texts have."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def only_in(text: str, other: str) -> Iterator[str]:
    """Yield the stretches of ``text`` that ``other`` does not have."""
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind in ("delete", "replace"):
            yield text[start:end]


def occurrences(wanted: Collection[str], text: str, beginning: int) -> dict[str, list[int]]:
    """Return where each of ``wanted``, which have at least ``beginning`` characters, stands in ``text``."""
    places: dict[str, list[int]] = {each[:beginning]: [] for each in wanted}
    for at in range(len(text) - beginning + 1):
        if (found := places.get(text[at : at + beginning])) is not None:
            found.append(at)
    return {
        each: [at for at in places[each[:beginning]] if text.startswith(each, at)] for each in set(wanted)
    }
