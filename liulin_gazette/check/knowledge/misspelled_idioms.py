"""Idioms of four characters with one of them wrong, missing or in the wrong place: 循序渐近, 因地宜, 喜文乐见.

Half of the idiom must be right, and what is wrong must not be a word with what stands beside it (健全|推进 is no 全面推进).
Phrases that are no idioms are varied freely (补齐短板: 补短板; 数字赋能: 数智赋能; 行稳致远: 笃行致远; 依法治国: 依法治疆):
in them only a character of the same sound is told, and not as certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from liulin_gazette.check.knowledge.data_tables import free_phrases, idioms
from liulin_gazette.check.knowledge.single_edits import EditKind, is_confusable, is_homophone, single_edit
from liulin_gazette.check.likelihood.ngram_table import WORD, ngram_table
from liulin_gazette.text.common_words import common_words

_LENGTH = 4
_OPENING = "“‘《"
"""Marks after which a phrase is a name: “和美湘村”."""


@dataclass(frozen=True, slots=True)
class IdiomSlip:
    """Where an idiom is miswritten."""

    start: int
    end: int
    right: str
    is_certain: bool


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
                yield IdiomSlip(start, end, idiom, idiom not in free_phrases())
                end_of_last = end
                break


def _is_slip(text: str, start: int, end: int, idiom: str) -> bool:
    typed = text[start:end]
    edit = single_edit(typed, idiom)
    if edit is None or typed in idioms() or text[start : start + _LENGTH] in idioms():
        return False
    if _is_word(text[max(start - 1, 0) : start + 1]) or _is_word(text[end - 1 : end + 1]):
        return False
    if idiom in free_phrases() and (
        edit.kind is not EditKind.REPLACED
        or text[max(start - 1, 0) : start] in _OPENING
        or not is_homophone(typed[edit.offset], idiom[edit.offset])
    ):
        return False
    if edit.kind is EditKind.MISSING:
        at = start + edit.offset
        has_ends = typed[0] == idiom[0] and typed[-1] == idiom[-1]
        is_whole = text[max(start - 1, 0) : end] in idioms()
        return (
            has_ends
            and not is_whole
            and not _is_word(typed[:2])
            and not _is_word(typed[1:])
            and not _is_attested(text[at - 1 : at + 1])
        )
    if edit.kind is EditKind.SWAPPED:
        return not _is_word(typed[edit.offset : edit.offset + 2])
    beside = (typed[max(edit.offset - 1, 0) : edit.offset + 1], typed[edit.offset : edit.offset + 2])
    return (
        edit.kind is EditKind.REPLACED
        and is_confusable(typed[edit.offset], idiom[edit.offset])
        and not any(pair in common_words() for pair in beside)
    )


def _is_word(pair: str) -> bool:
    """Tell whether two characters are a word, by the statutes or by the dictionary."""
    return pair in common_words() or _value(pair) & WORD != 0


def _is_attested(pair: str) -> bool:
    """Tell whether two characters stand side by side somewhere."""
    return _value(pair) != 0


def _value(pair: str) -> int:
    tokens = ngram_table().tokens
    if len(pair) < 2 or pair[0] not in tokens or pair[1] not in tokens:
        return 0
    return ngram_table().pair(tokens[pair[0]], tokens[pair[1]])


@cache
def _by_halves() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the idioms by their first and by their last two characters."""
    heads: dict[str, tuple[str, ...]] = {}
    tails: dict[str, tuple[str, ...]] = {}
    for idiom in sorted(idioms()):
        heads[idiom[:2]] = (*heads.get(idiom[:2], ()), idiom)
        tails[idiom[2:]] = (*tails.get(idiom[2:], ()), idiom)
    return heads, tails
