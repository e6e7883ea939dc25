"""A paragraph as the composer sees it: items with their advances, and what each gap between them may give and take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from liulin_gazette.pdf.composition.chinese_breaks import (
    BRACKETS_CLOSING,
    CLOSING,
    OPENING,
    PAUSES,
    can_stretch,
    is_wide,
)

FORCED = -1.0
"""Cost that marks a break that must be taken."""
LEAST_SPACE = 0.25
"""em: the least width of a space between words that shrinks; one before an ideograph divides, and may not shrink."""
_FULL_WIDTH = 0.75
"""em: a mark that is wider has an empty half."""
TIERS = 7
"""Tiers in which a line gives: spaces, middle dots, half of what brackets have, half of what pauses have, the rest of
both in the same order, full stops. clreq §3.5.3 has brackets give all before pauses give anything; then a bracket can lose
its whole blank and look like one of ASCII where a comma keeps its own. JLReq §3.8.3 names both remedies: brackets and
commas together, and a limit of a quarter em.
"""
_NOTHING = (0.0,) * TIERS


@dataclass(frozen=True, slots=True)
class Item:
    """A character or an inline object."""

    text: str
    width: float
    """Its advance where it stands in the paragraph."""
    size: float
    """Size of its font."""
    alone: float
    """Its advance without neighbours: a mark beside another one is narrower than that."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A measured paragraph. Tuples have a value for each item, or running sums that begin with 0."""

    items: tuple[Item, ...]
    costs: tuple[float | None, ...]
    """Cost of a break before each item; None where there is no break, FORCED where there must be one."""
    em: float
    emergency: tuple[bool, ...]
    """Whether a line may break before an item if it could not be broken otherwise (``overflow-wrap``)."""
    start_trims: tuple[float, ...]
    """By how much an item is narrower at the start of a line."""
    end_trims: tuple[float, ...]
    """By how much an item is narrower at the end of a line."""
    widths: tuple[float, ...]
    """Running sum of the advances."""
    shrinks: tuple[tuple[float, ...], ...]
    """What the gap after each item may give, by tier: the first is used up before the next one gives anything."""
    total_shrinks: tuple[float, ...]
    """Running sum over all tiers."""
    kinds: tuple[int, ...]
    """Kind of the gap after each item: 0 rigid, 1 between ideographs, 2 beside Latin, or a space, 3 beside a mark."""
    han: tuple[int, ...]
    loose: tuple[int, ...]
    marks: tuple[int, ...]
    """Running counts of the gaps of each kind."""


def measured(
    items: Sequence[Item], costs: Sequence[float | None], em: float, emergency: Sequence[bool]
) -> Paragraph:
    """Return the paragraph of ``items``; for the other parameters see Paragraph."""
    count = len(items)
    start_trims = tuple(
        _leading_half(item, item.width) if index and costs[index] != FORCED else 0.0
        for index, item in enumerate(items)
    )
    end_trims = tuple(_end_trim(item) for item in items)
    shrinks: list[tuple[float, ...]] = [_NOTHING] * count
    kinds = [0] * count
    for index, (item, after) in enumerate(pairwise(items)):
        shrinks[index] = _shrinks(item, after)
        kinds[index] = _kind(item, after)
    return Paragraph(
        tuple(items),
        tuple(costs),
        em,
        tuple(emergency),
        start_trims,
        end_trims,
        tuple(accumulate((item.width for item in items), initial=0.0)),
        tuple(shrinks),
        tuple(accumulate(map(sum, shrinks), initial=0.0)),
        tuple(kinds),
        *(tuple(accumulate((each == kind for each in kinds), initial=0)) for kind in (1, 2, 3)),
    )


def _end_trim(item: Item) -> float:
    """Return by how much an item is narrower at the end of a line: an empty half, or what kerning added."""
    if item.text in CLOSING and item.alone > _FULL_WIDTH * item.size:
        return max(0.0, item.width - item.size / 2)
    return 0.0 if is_wide(item.text[-1:]) else item.width - item.alone


def has_leading_half(item: Item) -> bool:
    """Return whether an item is an opening mark whose left half is empty."""
    return item.text in OPENING and item.alone > _FULL_WIDTH * item.size


def _leading_half(item: Item, width: float) -> float:
    return max(0.0, width - item.size / 2) if has_leading_half(item) else 0.0


def _shrinks(item: Item, after: Item) -> tuple[float, ...]:
    """Return what the gap between two items may give, by tier."""
    is_between_words = item.text == " " and not is_wide(after.text[:1])
    word = max(0.0, item.width - LEAST_SPACE * item.size) if is_between_words else 0.0
    bracket = _leading_half(after, after.width)
    dot = pause = stop = 0.0
    if item.alone > _FULL_WIDTH * item.size:
        half = max(0.0, item.width - item.size / 2)
        if item.text in BRACKETS_CLOSING:
            bracket += half
        elif item.text in PAUSES:
            pause = half
        elif item.text == "。":
            stop = half
        elif item.text == "·":
            dot = half / 2
    if after.text == "·" and after.alone > _FULL_WIDTH * after.size:
        dot += max(0.0, after.width - after.size / 2) / 2
    if not (word or dot or bracket or pause or stop):
        return _NOTHING
    return word, dot, bracket / 2, pause / 2, bracket / 2, pause / 2, stop


def _kind(item: Item, after: Item) -> int:
    if not can_stretch(item.text[-1:], after.text[:1]) or after.text == " ":
        return 0
    if _is_open(item, CLOSING) or _is_open(after, OPENING):
        return 3
    return 1 if is_wide(item.text[-1:]) and is_wide(after.text[:1]) else 2


def _is_open(item: Item, marks: frozenset[str]) -> bool:
    """Return whether an item is one of ``marks`` and has its empty half."""
    return item.text in marks and item.width > _FULL_WIDTH * item.size
