"""Two texts side by side by paragraph, and what differs within a pair. Nothing is left out and nothing is added."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LEAST_ALIKE = 0.5
"""Paragraphs that share a smaller part of their pairs of neighbouring characters are two, not one that was changed."""
MOST_COMPARED = 250_000
"""The product of two numbers of paragraphs, or of characters, above which they are not compared one by one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a paragraph."""

    text: str
    is_other: bool
    """Whether the paragraph beside it does not have them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Paragraphs that stand beside each other, by their places in the two texts; None where there is none."""

    before: int | None
    after: int | None


def paragraph_pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Yield the paragraphs of both texts, each once and in its order, beside the one that it is like."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for act, old, old_end, new, new_end in matcher.get_opcodes():
        if act == "equal":
            yield from map(Pair, range(old, old_end), range(new, new_end))
            continue
        for old_place, new_place in _alike(before[old:old_end], after[new:new_end], (old, new)):
            yield from (Pair(place, None) for place in range(old, old_place))
            yield from (Pair(None, place) for place in range(new, new_place))
            yield Pair(old_place, new_place)
            old, new = old_place + 1, new_place + 1
        yield from (Pair(place, None) for place in range(old, old_end))
        yield from (Pair(None, place) for place in range(new, new_end))


def _alike(before: Sequence[str], after: Sequence[str], start: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the places of paragraphs that are alike, in order, counted from ``start``: as many and as like as can be."""
    if len(before) * len(after) > MOST_COMPARED:
        return []
    old, new = [list(map(_characters, texts)) for texts in (before, after)]
    likeness = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            together = likeness[row][column] + best[row + 1][column + 1] if likeness[row][column] else 0.0
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    found: list[tuple[int, int]] = []
    row = column = 0
    while row < len(old) and column < len(new):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            found.append((start[0] + row, start[1] + column))
            row, column = row + 1, column + 1
    return found


def _characters(text: str) -> Counter[str]:
    """Return how often each pair of neighbouring characters occurs; the characters of a text that has only one."""
    return Counter(map(operator.add, text, text[1:])) if len(text) > 1 else Counter(text)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the part of both that is the same, from 0 to 1; 0 below ``LEAST_ALIKE``."""
    whole = one.total() + other.total()
    share = 2 * (one & other).total() / whole if whole else 0.0
    return share if share >= LEAST_ALIKE else 0.0


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both paragraphs in pieces that the other one has or does not have; joined, the pieces are the paragraph."""
    if len(before) * len(after) > MOST_COMPARED:
        is_other = before != after
        return (Piece(before, is_other),), (Piece(after, is_other),)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        tuple(Piece(before[old:end], act != "equal") for act, old, end, _, _ in codes if end > old),
        tuple(Piece(after[new:end], act != "equal") for act, _, _, new, end in codes if end > new),
    )
