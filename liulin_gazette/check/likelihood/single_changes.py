"""What may be right at a place of a text: one character replaced, put in or left out, or two in the other order.

``word_changes`` has what concerns whole words.

A place is given by a window of tokens, ``BEFORE`` of which stand before it. A change concerns the tokens from there on:
``old_width`` of them become ``new_width`` others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from liulin_gazette.check.likelihood.confusable_characters import ConfusableCharacters
from liulin_gazette.check.likelihood.ngram_table import (
    COUNTS,
    FIRST_HAN,
    WORD,
    NgramTable,
    followers,
    predecessors,
    word_followers,
    word_predecessors,
)

BEFORE, AFTER = 5, 8
"""How many tokens before the doubtful one, and from it on, judge a change."""
SWAPPED, MISSING, SUPERFLUOUS, UNLIKE = "颠倒", "漏字", "多字", "别字"
"""Likenesses beside those of confusable characters: what the change amends."""
LEVELS = frozenset("省市县区旗盟州乡镇村组局")
"""Whether it is 我县 or 我省, 局 or 办, no likelihood can tell."""
_NUMERALS = frozenset("一二三四五六七八九十")
"""A numeral in the place of what is not one (国六标准) is what was counted, not what was typed."""
_LEAST_EVIDENCE = 3.0
"""How often one of the candidate's triples must be attested."""
_LEAST_ACROSS = 2.0
"""How often a character that may be missing must be attested between its two neighbours."""
_LEAST_GAIN = 2.5
"""How much likelier (natural logarithm) the candidate must make the text to be judged at all."""
_TRIPLE_PRIOR, _PAIR_PRIOR = 4.0, 40.0
"""How many observations the shorter context is worth when probabilities are smoothed (Dirichlet priors)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What probably should stand at a place."""

    likely: str
    likeness: str
    tokens: Sequence[int]
    """The tokens of the window with the change."""
    old_width: int
    new_width: int
    gain: float = 0.0
    """By how much the change makes the text likelier (natural logarithm)."""


def best_exchange(
    present: str, window: Sequence[int], table: NgramTable, confusable: ConfusableCharacters
) -> Change | None:
    """Return the exchange of a character, or of two neighbours, that makes the text likeliest; None if none does by much.

    ``present`` is the doubtful character and the next one.
    """
    return likeliest(_exchanges(present, window, table, confusable), window, table)


def best_unlike_exchange(window: Sequence[int], table: NgramTable) -> Change | None:
    """Return the character that is probably right at the place, though it is not like the present one; None if none is."""
    if table.character(window[BEFORE]) in _NUMERALS:
        return None
    return likeliest(_unlike_exchanges(window, table), window, table)


def best_insertion(window: Sequence[int], table: NgramTable) -> Change | None:
    """Return the character that is probably missing before the place; None if none is."""
    return likeliest(_insertions(window, table), window, table)


def deletion(window: Sequence[int], table: NgramTable) -> Change | None:
    """Return the change that leaves out the character at the place; None if that makes nothing likelier."""
    tokens = [*window[:BEFORE], *window[BEFORE + 1 :]]
    if tokens[BEFORE] not in followers(table, tokens[BEFORE - 1]) or not _is_attested(tokens, 0, table):
        return None
    return likeliest(iter((Change("", SUPERFLUOUS, tokens, 1, 0),)), window, table)


def likeliest(changes: Iterable[Change], window: Sequence[int], table: NgramTable) -> Change | None:
    """Return that of ``changes`` which makes ``window`` likeliest; None if none does by much."""
    before: dict[int, float] = {}
    best: Change | None = None
    for each in changes:
        if each.old_width not in before:
            before[each.old_width] = _log_likelihood(window, each.old_width, table)
        gain = _log_likelihood(each.tokens, each.new_width, table) - before[each.old_width]
        if gain >= (best.gain if best else _LEAST_GAIN):
            best = Change(each.likely, each.likeness, each.tokens, each.old_width, each.new_width, gain)
    return best


def _exchanges(
    present: str, window: Sequence[int], table: NgramTable, confusable: ConfusableCharacters
) -> Iterator[Change]:
    """Yield the exchanges all pairs and nearly all triples of which are attested."""
    if present[0] not in LEVELS:
        alike = tokens_alike(table, confusable, present[0])
        # The few alike are looked up among the many neighbours, not the other way round.
        fitting = followers(table, window[BEFORE - 1]) & alike.keys()
        for token in sorted(fitting & predecessors(table, window[BEFORE + 1])):
            changed = [*window[:BEFORE], token, *window[BEFORE + 1 :]]
            if _is_attested(changed, 1, table):
                yield Change(*alike[token], changed, 1, 1)
    following = window[BEFORE + 1]
    if (
        following >= FIRST_HAN
        and following != window[BEFORE]
        and following in followers(table, window[BEFORE - 1])
    ):
        changed = [*window[:BEFORE], following, window[BEFORE], *window[BEFORE + 2 :]]
        if _is_attested(changed, 2, table):
            yield Change(present[1] + present[0], SWAPPED, changed, 2, 2)


def _unlike_exchanges(window: Sequence[int], table: NgramTable) -> Iterator[Change]:
    """Yield the exchanges for any character that stands between its neighbours and makes a word with one of them."""
    before, after = window[BEFORE - 1], window[BEFORE + 1]
    fitting: set[int] = set()
    if before >= FIRST_HAN:
        fitting |= word_followers(table, before) & predecessors(table, after)
    if after >= FIRST_HAN:
        fitting |= word_predecessors(table, after) & followers(table, before)
    for token, value in table.between(before, sorted(fitting), after):
        if token >= FIRST_HAN and COUNTS[value] >= _LEAST_ACROSS and table.character(token) not in LEVELS:
            changed = [*window[:BEFORE], token, *window[BEFORE + 1 :]]
            if _is_attested(changed, 1, table):
                yield Change(table.character(token), UNLIKE, changed, 1, 1)


def _insertions(window: Sequence[int], table: NgramTable) -> Iterator[Change]:
    """Yield the insertions all pairs and nearly all triples of which are attested.

    They make a dictionary's word with a neighbour, or stand between two characters and follow the two before them somewhere.
    """
    before, after = window[BEFORE - 1], window[BEFORE]
    fitting: set[int] = set()
    if before >= FIRST_HAN:
        fitting |= word_followers(table, before) & predecessors(table, after)
    if after >= FIRST_HAN:
        fitting |= word_predecessors(table, after) & followers(table, before)
        if before >= FIRST_HAN:
            fitting |= table.thirds(window[BEFORE - 2], before) & predecessors(table, after)
    for token, value in table.between(before, sorted(fitting), after):
        if token >= FIRST_HAN and COUNTS[value] >= _LEAST_ACROSS:
            changed = [*window[:BEFORE], token, *window[BEFORE:-1]]
            if _is_attested(changed, 1, table):
                yield Change(table.character(token), MISSING, changed, 0, 1)


@cache
def tokens_alike(
    table: NgramTable, confusable: ConfusableCharacters, character: str
) -> Mapping[int, tuple[str, str]]:
    """Return the characters that ``character`` may stand for, each with how the two are alike, by token."""
    tokens = table.tokens
    return {
        tokens[candidate]: (candidate, likeness)
        for candidate, likeness in confusable.of(character)
        if candidate in tokens
    }


def _is_attested(window: Sequence[int], width: int, table: NgramTable) -> bool:
    """Return whether all but one of the triples with the ``width`` tokens in doubt are attested, one of them well."""
    most, absent = 0.0, 0
    for start in range(BEFORE - 2, min(BEFORE + width, len(window) - 2)):
        count = COUNTS[table.triple(window[start], window[start + 1], window[start + 2])]
        most = max(most, count)
        absent += count == 0.0
        if absent > 1:
            return False
    return most >= _LEAST_EVIDENCE


def triples(window: Sequence[int], width: int, table: NgramTable) -> list[int]:
    """Return the values of the triples that contain one of the ``width`` tokens in doubt, or stand across the place."""
    last = min(BEFORE + width, len(window) - 2)
    return [table.triple(*window[start : start + 3]) for start in range(BEFORE - 2, last)]


def pairs(window: Sequence[int], width: int, table: NgramTable) -> list[int]:
    """Return the values of the pairs that contain one of the ``width`` tokens in doubt, or stand across the place."""
    return [table.pair(window[start], window[start + 1]) for start in range(BEFORE - 1, BEFORE + width)]


def is_word(values: Sequence[int]) -> bool:
    """Tell whether one of the ``values`` of the table is that of a dictionary's word."""
    return any(each & WORD for each in values)


def _log_likelihood(window: Sequence[int], width: int, table: NgramTable) -> float:
    """Return the logarithm of the probability of the ``width`` tokens in doubt and the two after, given those before."""
    total = 0.0
    for at in range(BEFORE, min(BEFORE + width + 2, len(window))):
        first, second, third = window[at - 2 : at + 1]
        single = (table.singles[third] + 0.1) / table.total
        pair = (COUNTS[table.pair(second, third)] + _PAIR_PRIOR * single) / (
            table.singles[second] + _PAIR_PRIOR
        )
        triple = COUNTS[table.triple(first, second, third)] + _TRIPLE_PRIOR * pair
        total += math.log(triple / (COUNTS[table.pair(first, second)] + _TRIPLE_PRIOR))
    return total
