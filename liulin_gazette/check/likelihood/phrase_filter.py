"""Which sequences of four and of six tokens stand in statutes and documents of governments: a Bloom filter.

Pairs and triples tell what fits its neighbours; what is a usual phrase takes more of them: 依法追究刑事责任. The file
``data/phrases.bin`` holds the bits. A phrase that stands there is always found; one in a hundred of the others is taken for
one that does. A phrase has no end of a text (token 0) inside, but may begin or end with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("data") / "phrases.bin"
SHORT, LONG = 4, 6
"""The lengths of phrases, in tokens."""
_BITS_PER_PHRASE, _PROBES = 10, 7
_MASK = (1 << 64) - 1
_MULTIPLIER, _MIXER = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
"""Odd numbers without structure: the golden ratio, and one from a published mixing function."""


@dataclass(frozen=True, slots=True, eq=False)
class PhraseFilter:
    """The phrases, as the bits that they set."""

    bits: bytes

    def __contains__(self, phrase: Sequence[int]) -> bool:
        """Tell whether the tokens of ``phrase`` stand side by side somewhere, or seem to."""
        start, step = _hashed(phrase)
        size = len(self.bits) * 8
        for _ in range(_PROBES):
            at = start % size
            if not self.bits[at >> 3] >> (at & 7) & 1:
                return False
            start += step
        return True

    def count(self, tokens: Sequence[int], length: int, first: int, last: int) -> int:
        """Return how many of the phrases of ``length`` tokens that begin at ``first`` to ``last`` in ``tokens`` stand somewhere."""
        starts = range(max(first, 0), min(last, len(tokens) - length) + 1)
        return sum(tokens[start : start + length] in self for start in starts)


def packed_filter(phrases: Collection[Sequence[int]]) -> bytes:
    """Return the content of the file for ``phrases``."""
    bits = bytearray(len(phrases) * _BITS_PER_PHRASE // 8 + 1)
    size = len(bits) * 8
    for phrase in phrases:
        start, step = _hashed(phrase)
        for _ in range(_PROBES):
            at = start % size
            bits[at >> 3] |= 1 << (at & 7)
            start += step
    return bytes(bits)


@cache
def phrase_filter() -> PhraseFilter:
    """Return the filter that comes with the program."""
    return PhraseFilter(_FILE.read_bytes())


def _hashed(phrase: Sequence[int]) -> tuple[int, int]:
    """Return the first place of ``phrase``, before the remainder, and how far the next ones are apart."""
    key = len(phrase)
    for token in phrase:
        key = (key * _MULTIPLIER + token + 1) & _MASK
        key ^= key >> 29
    key = key * _MIXER & _MASK
    return key >> 32, key & 0xFFFFFFFF | 1
