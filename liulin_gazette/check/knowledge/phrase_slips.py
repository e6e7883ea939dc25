"""Slips in phrases with fixed words: a character wrong, missing, doubled or swapped.

Each half of a phrase is searched for: with one slip, the other half is right. The first and last characters must be
right, so that 科学发展 alone is no slip of 科学发展观; in long phrases they may be of like sound or shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liulin_gazette.check.knowledge.data_tables import SetPhrase
from liulin_gazette.check.knowledge.single_edits import EditKind, is_confusable, is_han, single_edit
from liulin_gazette.text.common_words import common_words

_LEAST_LENGTH = 5
"""Characters; shorter phrases differ from others by one."""
_SURE_LENGTH = 8
"""Characters of a phrase whose first or last one may be the wrong one."""
_LONG = 10
"""Characters of a phrase into which nothing may be put."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a phrase is miswritten."""

    start: int
    end: int
    right: str
    is_certain: bool


def slips_in(text: str, phrases: Iterable[SetPhrase]) -> list[Slip]:
    """Return the slips in ``text``, in order; of those that overlap, the one of the longest phrase."""
    chosen = tuple(each for each in phrases if _has_part(text, each))
    if not chosen:
        return []
    known = {phrase.text for phrase in chosen}
    found = [
        slip
        for phrase in chosen
        for slip in (*_listed(text, phrase), *_typed(text, phrase.text))
        if text[slip.start : slip.end] not in known
    ]
    kept: list[Slip] = []
    for slip in sorted(found, key=lambda each: (each.start, -len(each.right), not each.is_certain)):
        if not kept or slip.start >= kept[-1].end:
            kept.append(slip)
    return kept


def may_have_slips(text: str, phrase: SetPhrase) -> bool:
    """Tell whether ``text`` has a part of ``phrase`` more often than the whole, or one of its wrong wordings."""
    if not _has_part(text, phrase):
        return False
    whole = text.count(phrase.text)
    return any(text.count(half) > whole for half in _halves(phrase.text)) or any(
        wording in text for wording in (*phrase.mistaken, *phrase.doubtful)
    )


def _has_part(text: str, phrase: SetPhrase) -> bool:
    """Tell whether ``text`` has a half of ``phrase``, or one of its wrong wordings: without them it has no slip."""
    head, tail = _halves(phrase.text)
    return (
        head in text
        or tail in text
        or any(wording in text for wording in (*phrase.mistaken, *phrase.doubtful))
    )


def _listed(text: str, phrase: SetPhrase) -> Iterator[Slip]:
    for wording in (*phrase.mistaken, *phrase.doubtful):
        for start in _offsets(text, wording):
            end = start + len(wording)
            if text[end - 1 : end + 1] not in common_words() or end == len(text):
                yield Slip(start, end, phrase.text, wording in phrase.mistaken)


def _typed(text: str, phrase: str) -> Iterator[Slip]:
    length = len(phrase)
    if length < _LEAST_LENGTH:
        return
    head, tail = _halves(phrase)
    for start in _offsets(text, head):
        if not text.startswith(phrase, start):
            yield from _slip(text, [(start, start + length + more) for more in (0, 1, -1)], phrase)
    for offset in _offsets(text, tail):
        end = offset + len(tail)
        if not text.endswith(phrase, 0, end):
            yield from _slip(text, [(end - length - more, end) for more in (0, 1, -1)], phrase)


def _slip(text: str, windows: Iterable[tuple[int, int]], phrase: str) -> Iterator[Slip]:
    for start, end in windows:
        if start < 0 or end > len(text):
            continue
        typed = text[start:end]
        edit = single_edit(typed, phrase)
        if edit is None or not _has_right_ends(typed, phrase):
            continue
        is_certain = True
        if edit.kind is EditKind.REPLACED:
            wrong, right = typed[edit.offset], phrase[edit.offset]
            if not (is_han(wrong) and is_han(right)):
                continue
            is_certain = is_confusable(wrong, right)
        elif edit.kind is EditKind.MISSING:
            if not is_han(phrase[edit.offset]):
                continue
        elif edit.kind is EditKind.SUPERFLUOUS:
            if len(phrase) < _LONG or not is_han(typed[edit.offset]):
                continue
            is_certain = False
        yield Slip(start, end, phrase, is_certain)
        return


def _has_right_ends(typed: str, phrase: str) -> bool:
    """Tell whether the first and last characters are right, or miswritten in a way that only a long phrase shows."""
    wrong = [(one, other) for one, other in ((typed[0], phrase[0]), (typed[-1], phrase[-1])) if one != other]
    return not wrong or (
        len(typed) == len(phrase) >= _SURE_LENGTH and all(is_confusable(one, other) for one, other in wrong)
    )


def _halves(phrase: str) -> tuple[str, str]:
    middle = len(phrase) // 2
    return phrase[:middle], phrase[middle:]


def _offsets(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)
