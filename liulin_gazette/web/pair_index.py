"""Pairs of neighbouring characters with the places where they stand: of some texts, and joined, of more.

Places count UTF-16 units, as scripts do.
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
"""Stands after every unit, and nowhere else: no pair is across it."""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""Digits of the places: five bits each, the upper half says that more follow."""
_SHORT = 32 * 32 * 32
"""Differences below it have at most three digits."""
_BEYOND_BASIC_PLANE = re.compile("[^\u0000-\uffff]")
_FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("〔【［〖", "["),
    **dict.fromkeys("〕】］〗", "]"),
    "　": " ",
}
_FOLDING = str.maketrans(_FOLDED)

Unit = tuple[str, str]
"""An anchor and the text that stands there."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a pair stands."""

    first: int
    last: int
    differences: str
    """Of each place from the one before it, but for the first: in digits of ``ALPHABET``."""

    @property
    def encoded(self) -> str:
        """All of them, as differences from the one before, the first from 0."""
        return encoded_difference(self.first) + self.differences


@dataclass(frozen=True, slots=True)
class PairIndex:
    """The pairs of texts that follow one another."""

    starts: tuple[int, ...]
    """Where each text begins."""
    length: int
    """Of all together."""
    pairs: Mapping[str, Places]


def pair_index(texts: Iterable[Sequence[Unit]]) -> PairIndex:
    """Return the index of ``texts``."""
    parts = [_utf16(folded("".join(f"{text}{SEPARATOR}" for _, text in units))) for units in texts]
    places: dict[str, list[int]] = defaultdict(list)
    whole = "".join(parts)
    for place, pair in enumerate(map(operator.add, whole, whole[1:])):
        places[pair].append(place)
    pairs = {
        pair: Places(found[0], found[-1], _differences(found))
        for pair, found in places.items()
        if SEPARATOR not in pair
    }
    starts = tuple(accumulate(map(len, parts), initial=0))[:-1]
    return PairIndex(starts, len(whole), pairs)


def joined(indexes: Iterable[PairIndex]) -> PairIndex:
    """Return the index of the texts of all ``indexes``, one after another."""
    starts: list[int] = []
    length = 0
    pairs: dict[str, Places] = {}
    for index in indexes:
        starts += [length + start for start in index.starts]
        for pair, own in index.pairs.items():
            first, last, differences = length + own.first, length + own.last, own.differences
            if before := pairs.get(pair):
                differences = before.differences + encoded_difference(first - before.last) + differences
                first = before.first
            pairs[pair] = Places(first, last, differences)
        length += index.length
    return PairIndex(tuple(starts), length, pairs)


def _differences(places: Sequence[int]) -> str:
    if len(places) == 1:
        return ""
    short = _short_differences()
    differences = map(operator.sub, places[1:], places)
    return "".join([short[each] if each < _SHORT else encoded_difference(each) for each in differences])


def folded(text: str) -> str:
    """Return ``text`` as it is compared: without differences of width, case and kind of bracket.

    Every character stays one character, so that places stay true.
    """
    text = text.translate(_FOLDING)
    whole = text.lower()
    if len(whole) == len(text) and "Σ" not in text:  # whose lower case depends on its neighbours
        return whole
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _utf16(text: str) -> str:
    """Return ``text`` with each character beyond the basic plane as its two surrogates."""
    if not _BEYOND_BASIC_PLANE.search(text):
        return text
    units = array("H", text.encode("utf-16-le"))
    return "".join(map(chr, units))


@cache
def _short_differences() -> tuple[str, ...]:
    """Return every difference of up to three digits, encoded: nearly all that there are."""
    return tuple(map(encoded_difference, range(_SHORT)))


def encoded_difference(value: int) -> str:
    """Return ``value`` in digits of ``ALPHABET``, the lowest first."""
    digits = ""
    while value >= 32:
        digits += ALPHABET[32 + value % 32]
        value //= 32
    return digits + ALPHABET[value]
