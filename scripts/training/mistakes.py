"""Mistakes of typists, put into lines that are right."""

from __future__ import annotations

import random

from liulin_gazette.check.likelihood import wrong_characters
from liulin_gazette.check.likelihood.confusable_characters import (
    NEAR_SOUND,
    SAME_SOUND,
    SHAPE,
    ConfusableCharacters,
)
from liulin_gazette.check.likelihood.ngram_table import COUNTS, NgramTable, word_followers
from liulin_gazette.check.likelihood.single_changes import (
    MISSING,
    SUPERFLUOUS,
    SWAPPED,
    UNLIKE,
    tokens_alike,
)

OTHER_WORD = wrong_characters.EXCHANGED_WORD
KINDS = {
    SAME_SOUND: 5,
    NEAR_SOUND: 3,
    SHAPE: 4,
    UNLIKE: 4,
    OTHER_WORD: 7,
    SWAPPED: 2,
    MISSING: 6,
    SUPERFLUOUS: 3,
}
"""How often each kind of mistake is put in, roughly as typists make them."""
UNLIKE_CHARACTERS = 2000
"""How many of the commonest characters are typed by mistake for one that is not like them."""
DOUBLED, PARTICLES = 0.7, "的了是一在有和为对"
"""The share of superfluous characters that double their neighbour, and what the others are."""


def mistake(
    line: str, chance: random.Random, confusable: ConfusableCharacters, table: NgramTable
) -> tuple[str, int] | None:
    """Return ``line`` with one mistake and its place; None where none can be made at the place that chance took."""
    at = chance.randrange(len(line))
    (kind,) = chance.choices(list(KINDS), list(KINDS.values()))
    if line[at] not in table.tokens:
        return None
    if kind == SWAPPED:
        if at + 1 == len(line) or line[at + 1] not in table.tokens or line[at] == line[at + 1]:
            return None
        return line[:at] + line[at + 1] + line[at] + line[at + 2 :], at
    if kind == MISSING:
        return line[:at] + line[at + 1 :], at
    if kind == OTHER_WORD:
        return other_word(line, at, chance, confusable, table)
    if kind == UNLIKE:
        unlike = chance.choices(table.characters[:UNLIKE_CHARACTERS])[0]
        return (line[:at] + unlike + line[at + 1 :], at) if unlike != line[at] else None
    if kind == SUPERFLUOUS:
        more = line[at] if chance.random() < DOUBLED else chance.choice(PARTICLES)
        return line[: at + 1] + more + line[at + 1 :], at
    pool = [
        each
        for each, likeness in confusable.of(line[at])
        if likeness == kind and table.singles[table.tokens.get(each, 0)] > 50
    ]
    pool = [each for each in pool if each in table.tokens]
    if not pool:
        return None
    likely = chance.choices(pool, [table.singles[table.tokens[each]] ** 0.5 for each in pool])[0]
    return line[:at] + likely + line[at + 1 :], at


def other_word(
    line: str, at: int, chance: random.Random, confusable: ConfusableCharacters, table: NgramTable
) -> tuple[str, int] | None:
    """Return ``line`` with the word at ``at`` replaced by one of the same or of a near sound; None if there is none."""
    if at + 1 == len(line) or line[at + 1] not in table.tokens:
        return None
    first, second = table.tokens[line[at]], table.tokens[line[at + 1]]
    if second not in word_followers(table, first):
        return None
    ones, others = (
        {token: SAME_SOUND} | {each: how for each, (_, how) in alike.items() if how != SHAPE}
        for token, alike in (
            (each, tokens_alike(table, confusable, table.character(each))) for each in (first, second)
        )
    )
    words = sorted(
        (one, other)
        for one in ones
        for other in word_followers(table, one) & others.keys()
        if (one, other) != (first, second) and {ones[one], others[other]} != {NEAR_SOUND}
    )
    if not words:
        return None
    one, other = chance.choices(words, [COUNTS[table.pair(*word)] ** 0.5 + 1 for word in words])[0]
    return line[:at] + table.character(one) + table.character(other) + line[at + 2 :], at
