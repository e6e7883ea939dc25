"""Index of character pairs (bigrams): every pair of neighbouring characters with the places where it stands.

Indexes of some texts can be joined to one of more. Places count UTF-16 code units, as JavaScript does.
"""

from __future__ import annotations

import operator
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

SEPARATOR = "\n"
"""Stands after every unit and nowhere else; no pair contains it."""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""Digits of encoded places: each holds five bits; one of the upper half says that more digits follow."""
_SHORT = 32 * 32 * 32
"""Smaller differences are encoded in at most three digits."""
_BEYOND_BASIC_PLANE = re.compile("[^\u0000-\uffff]")
_FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("〔【［〖", "["),
    **dict.fromkeys("〕】］〗", "]"),
    "　": " ",
}
_FOLDING = str.maketrans(_FOLDED)

Unit = tuple[str, str]
"""An anchor and the text at it."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one pair, in ascending order."""

    first: int
    last: int
    differences: str
    """The difference of each place but the first from the one before it, in digits of ``ALPHABET``."""

    @property
    def encoded(self) -> str:
        """All places, each as its difference from the one before, the first as that from 0."""
        return encoded_difference(self.first) + self.differences


@dataclass(frozen=True, slots=True)
class PairIndex:
    """The pairs of several texts, laid end to end."""

    starts: tuple[int, ...]
    """The place at which each text begins."""
    length: int
    """UTF-16 code units of all texts together."""
    pairs: Mapping[str, Places]


def pair_index(texts: Iterable[Sequence[Unit]]) -> PairIndex:
    """Return the index of ``texts``."""
    parts = [_utf16(folded("".join(f"{text}{SEPARATOR}" for _, text in units))) for units in texts]
    places: dict[str, list[int]] = defaultdict(list)
    all_texts = "".join(parts)
    for place, pair in enumerate(map(operator.add, all_texts, all_texts[1:])):
        places[pair].append(place)
    pairs = {
        pair: Places(pair_places[0], pair_places[-1], _differences(pair_places))
        for pair, pair_places in places.items()
        if SEPARATOR not in pair
    }
    starts = tuple(accumulate(map(len, parts), initial=0))[:-1]
    return PairIndex(starts, len(all_texts), pairs)


def joined(indexes: Iterable[PairIndex]) -> PairIndex:
    """Return the one index of the texts of all ``indexes``, in their order."""
    starts: list[int] = []
    length = 0
    pairs: dict[str, Places] = {}
    for index in indexes:
        starts += [length + start for start in index.starts]
        for pair, places in index.pairs.items():
            first, last, differences = length + places.first, length + places.last, places.differences
            if before := pairs.get(pair):
                differences = before.differences + encoded_difference(first - before.last) + differences
                first = before.first
            pairs[pair] = Places(first, last, differences)
        length += index.length
    return PairIndex(tuple(starts), length, pairs)


def _differences(places: Sequence[int]) -> str:
    """Return the encoded difference of each place but the first from the one before it."""
    if len(places) == 1:
        return ""
    short = _short_differences()
    differences = map(operator.sub, places[1:], places)
    return "".join([short[value] if value < _SHORT else encoded_difference(value) for value in differences])


def folded(text: str) -> str:
    """Return ``text`` as search compares it: without differences of width, case and kind of bracket.

    Every character stays one character, so that places do not move.
    """
    text = text.translate(_FOLDING)
    lower = text.lower()
    if len(lower) == len(text) and "Σ" not in text:  # The lower case of Σ depends on its neighbours.
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _utf16(text: str) -> str:
    """Return ``text`` with each character beyond the basic plane as its two surrogates."""
    if not _BEYOND_BASIC_PLANE.search(text):
        return text
    units = array("H", text.encode("utf-16-le"))
    return "".join(map(chr, units))


@cache
def _short_differences() -> tuple[str, ...]:
    """Return every difference of up to three digits, encoded; few are larger."""
    return tuple(map(encoded_difference, range(_SHORT)))


def encoded_difference(value: int) -> str:
    """Return ``value`` in digits of ``ALPHABET``, the lowest digit first."""
    digits = ""
    while value >= 32:
        digits += ALPHABET[32 + value % 32]
        value //= 32
    return digits + ALPHABET[value]
