"""Idioms of four characters with one of them wrong, missing or in the wrong place: 循序渐近, 因地宜, 喜文乐见.

Half of the idiom must be right, and what is wrong must not be a word with what stands beside it (健全|推进 is no 全面推进).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from liulin_gazette.check.knowledge.data_tables import idioms
from liulin_gazette.check.knowledge.single_edits import EditKind, is_confusable, single_edit
from liulin_gazette.text.common_words import common_words

_LENGTH = 4


@dataclass(frozen=True, slots=True)
class IdiomSlip:
    """Where an idiom is miswritten."""

    start: int
    end: int
    right: str


def idiom_slips(text: str) -> Iterator[IdiomSlip]:
    """Yield the idioms in ``text`` that are miswritten, in order, each place once."""
    heads, tails = _by_halves()
    end_of_last = 0
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        if pair not in heads and pair not in tails:
            continue
        windows = [
            (start, start + length, idiom)
            for length in (_LENGTH, _LENGTH - 1)
            for start, found in ((at, heads.get(pair, ())), (at + 2 - length, tails.get(pair, ())))
            for idiom in found
        ]
        for start, end, idiom in windows:
            if start >= end_of_last and end <= len(text) and _is_slip(text, start, end, idiom):
                yield IdiomSlip(start, end, idiom)
                end_of_last = end
                break


def _is_slip(text: str, start: int, end: int, idiom: str) -> bool:
    typed = text[start:end]
    edit = single_edit(typed, idiom)
    if edit is None or typed in idioms() or text[start : start + _LENGTH] in idioms():
        return False
    words = common_words()
    if text[max(start - 1, 0) : start + 1] in words or text[end - 1 : end + 1] in words:
        return False
    if edit.kind is EditKind.MISSING:
        has_ends = typed[0] == idiom[0] and typed[-1] == idiom[-1]
        is_whole = text[max(start - 1, 0) : end] in idioms()
        return has_ends and not is_whole and typed[:2] not in words and typed[1:] not in words
    if edit.kind is EditKind.SWAPPED:
        return typed[edit.offset : edit.offset + 2] not in words
    beside = (typed[max(edit.offset - 1, 0) : edit.offset + 1], typed[edit.offset : edit.offset + 2])
    return (
        edit.kind is EditKind.REPLACED
        and is_confusable(typed[edit.offset], idiom[edit.offset])
        and not any(pair in words for pair in beside)
    )


@cache
def _by_halves() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the idioms by their first and by their last two characters."""
    heads: dict[str, tuple[str, ...]] = {}
    tails: dict[str, tuple[str, ...]] = {}
    for idiom in sorted(idioms()):
        heads[idiom[:2]] = (*heads.get(idiom[:2], ()), idiom)
        tails[idiom[2:]] = (*tails.get(idiom[2:], ()), idiom)
    return heads, tails
