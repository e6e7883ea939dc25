"""What word may be right at a place of a text: another one of the same or of a near sound.

Who types by sound chooses a word from a list, and takes the wrong one: 事实方案 for 实施方案. Both are words, and only what
stands around tells. A place is given by a window of tokens as in ``single_changes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from liulin_gazette.check.likelihood.confusable_characters import (
    NEAR_SOUND,
    SAME_SOUND,
    SHAPE,
    ConfusableCharacters,
)
from liulin_gazette.check.likelihood.ngram_table import (
    NgramTable,
    followers,
    predecessors,
    word_followers,
)
from liulin_gazette.check.likelihood.single_changes import BEFORE, LEVELS, Change, likeliest, tokens_alike

_WIDTH = 2
"""Characters of the words that are looked for."""


def best_word(window: Sequence[int], table: NgramTable, confusable: ConfusableCharacters) -> Change | None:
    """Return the word of like sound that probably should stand at the place of ``window``, where another word stands.

    None if no other one makes the text likelier by much.
    """
    return likeliest(_words_alike(window, table, confusable), window, table)


def _words_alike(
    window: Sequence[int], table: NgramTable, confusable: ConfusableCharacters
) -> Iterator[Change]:
    """Yield the exchanges of the word for common ones that stand somewhere beside what stands here."""
    first, second = window[BEFORE : BEFORE + _WIDTH]
    left, right = window[BEFORE - 1], window[BEFORE + _WIDTH]
    ones, others = (_sounding_alike(table, confusable, token) for token in (first, second))
    fitting = others.keys() & predecessors(table, right)
    for one in sorted(ones.keys() & followers(table, left)):
        for other in sorted(word_followers(table, one) & fitting):
            likeness = {ones[one], others[other]}
            if (
                (one, other) != (first, second)
                and likeness != {NEAR_SOUND}
                and not any(
                    now != then and table.character(now) in LEVELS
                    for now, then in ((first, one), (second, other))
                )
                and (table.triple(left, one, other) or table.triple(one, other, right))
            ):
                yield Change(
                    table.character(one) + table.character(other),
                    NEAR_SOUND if NEAR_SOUND in likeness else SAME_SOUND,
                    [*window[:BEFORE], one, other, *window[BEFORE + _WIDTH :]],
                    _WIDTH,
                    _WIDTH,
                )


@cache
def _sounding_alike(table: NgramTable, confusable: ConfusableCharacters, token: int) -> Mapping[int, str]:
    """Return the characters that sound like that of ``token``, itself too, each with how near the sound is."""
    alike = tokens_alike(table, confusable, table.character(token))
    return {token: SAME_SOUND} | {each: how for each, (_, how) in alike.items() if how != SHAPE}
