"""How often pairs and triples of tokens stand in statutes: the table ``data/ngrams.bin`` and its lookups.

A token is a Han character, a class of punctuation marks, a run of digits or one of Latin letters. The file holds a line
of JSON (``characters``, ``pairs``, ``triples``: how many), then a byte for the count of each token, and 32-bit numbers: the
starts of the triples of each first token, the pairs, the pairs reversed and the triples, all sorted, little-endian.

    pair:    first (12 bits) second (12 bits) count (7 bits) word (1 bit)
    triple:  second (12 bits) third (12 bits) count (7 bits) word (1 bit)

A count n is written as round(6·log₂(n + 1)), which is within 12 %. ``word`` says whether the characters are a dictionary's word.
"""

from __future__ import annotations

import itertools
import json
import math
import string
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("data") / "ngrams.bin"
OTHER, DIGITS, LATIN, FIRST_HAN = 0, 1, 2, 10
"""Tokens: what has none of its own (and the ends of a text), runs of digits, runs of letters; Han begins at the last."""
MARKS = {
    **dict.fromkeys("，", 3), **dict.fromkeys("。！？", 4), **dict.fromkeys("、", 5), **dict.fromkeys("：；", 6),
    **dict.fromkeys("《“（〈‘", 7), **dict.fromkeys("》”）〉’", 8),
}  # fmt: skip
"""The tokens of punctuation marks, by their use."""
_OTHER_TOKENS = {
    **dict.fromkeys(string.ascii_letters, LATIN), **dict.fromkeys(string.digits, DIGITS), **MARKS,
}  # fmt: skip
MOST_TOKENS = 4096
STEPS_PER_DOUBLING = 6
"""The precision of a count in the table."""
COUNTS = tuple(2 ** ((value >> 1) / STEPS_PER_DOUBLING) - 1 for value in range(256))
"""The count that each value of the table stands for."""
_COMMON = 10.0
"""How often a common word of two characters stands in the texts."""
_ARE_COMMON_WORDS = bytes(value & 1 and count >= _COMMON for value, count in enumerate(COUNTS))
"""For each value of the table, 1 if it is that of a common word, else 0."""
_KEPT_VALUES = 1 << 15
"""How many values of triples that were looked up are kept: an archive repeats its words."""
WORD = 1
"""The bit of a value that says that the characters are a word."""


@dataclass(frozen=True, slots=True, eq=False)
class NgramTable:
    """Counts of tokens, pairs and triples. Values have the count in their upper seven bits and ``WORD``; 0 is nowhere."""

    tokens: Mapping[str, int]
    """The token of each Han character."""
    characters: str
    """The Han characters, in the order of their tokens."""
    singles: Sequence[float]
    """The count of each token."""
    total: float
    starts: Sequence[int]
    """Where the triples of each first token begin; one more for the end."""
    pairs: Sequence[int]
    pair_values: bytes
    """The value of each of ``pairs``."""
    reversed_pairs: Sequence[int]
    """The second token of each pair (12 bits) and the first one (12 bits), sorted."""
    triples: Sequence[int]

    def encoded(self, text: str) -> tuple[list[int], list[int]]:
        """Return the tokens of ``text`` and the offset of each; a run of digits or of letters is one token."""
        tokens = [
            token if (token := self.tokens.get(each)) is not None else _OTHER_TOKENS.get(each, OTHER)
            for each in text
        ]
        if DIGITS not in tokens and LATIN not in tokens:
            return tokens, list(range(len(text)))
        offsets = [
            offset
            for offset, token in enumerate(tokens)
            if token not in (DIGITS, LATIN) or offset == 0 or tokens[offset - 1] != token
        ]
        return [tokens[offset] for offset in offsets], offsets

    def attested(self, line: Sequence[int]) -> list[bool]:
        """Tell of each three neighbours in ``line`` whether they stand side by side somewhere."""
        entries, starts = self.triples, self.starts
        found: list[bool] = []
        first, second = line[0], line[1]
        for third in line[2:]:
            key = (second << 12 | third) << 8
            end = starts[first + 1]
            index = bisect_left(entries, key + 2, starts[first], end)
            found.append(index < end and entries[index] < key + 256)
            first, second = second, third
        return found

    def pair(self, first: int, second: int) -> int:
        """Return the value of ``first`` and ``second`` side by side."""
        return _values_after(self, first).get(second, 0)

    def thirds(self, first: int, second: int) -> set[int]:
        """Return the tokens that follow ``first`` and ``second`` side by side somewhere."""
        entries, end = self.triples, self.starts[first + 1]
        low = bisect_left(entries, second << 20, self.starts[first], end)
        return {
            entry >> 8 & 4095 for entry in entries[low : bisect_left(entries, second + 1 << 20, low, end)]
        }

    def between(self, first: int, tokens: Iterable[int], third: int) -> Iterator[tuple[int, int]]:
        """Yield those of ``tokens``, which are sorted, that stand between ``first`` and ``third``, with the values."""
        entries, low, end = self.triples, self.starts[first], self.starts[first + 1]
        for token in tokens:
            key = token << 12 | third
            low = bisect_left(entries, key << 8, low, end)
            if low == end:
                return
            if entries[low] >> 8 == key:
                yield token, entries[low] & 255

    def character(self, token: int) -> str:
        """Return the Han character of ``token``."""
        return self.characters[token - FIRST_HAN]

    def triple(self, first: int, second: int, third: int) -> int:
        """Return the value of three tokens side by side; what stands there only once counts as nowhere."""
        return _triple(self, first, second << 12 | third)


@cache
def _values_after(table: NgramTable, first: int) -> Mapping[int, int]:
    """Return the tokens that follow ``first`` somewhere, each with the value of the two."""
    low, high = (bisect_left(table.pairs, each << 20) for each in (first, first + 1))
    return {entry >> 8 & 4095: entry & 255 for entry in table.pairs[low:high]}


@lru_cache(maxsize=_KEPT_VALUES)
def _triple(table: NgramTable, first: int, key: int) -> int:
    """Return the value of the triple in ``table`` that begins with ``first`` and goes on with ``key`` (two tokens)."""
    entries, end = table.triples, table.starts[first + 1]
    index = bisect_left(entries, key << 8, table.starts[first], end)
    return entry & 255 if index < end and (entry := entries[index]) >> 8 == key else 0


def followers(table: NgramTable, token: int) -> Set[int]:
    """Return the tokens that follow ``token`` somewhere."""
    return _values_after(table, token).keys()


@cache
def predecessors(table: NgramTable, token: int) -> frozenset[int]:
    """Return the tokens that ``token`` follows somewhere."""
    low, high = (bisect_left(table.reversed_pairs, each << 12) for each in (token, token + 1))
    return frozenset([entry & 4095 for entry in table.reversed_pairs[low:high]])


@cache
def word_followers(table: NgramTable, token: int) -> frozenset[int]:
    """Return the tokens that make a common word with ``token`` before them."""
    return frozenset(_common_words(table)[0].get(token, ()))


@cache
def word_predecessors(table: NgramTable, token: int) -> frozenset[int]:
    """Return the tokens that make a common word with ``token`` after them."""
    return frozenset(_common_words(table)[1].get(token, ()))


@cache
def _common_words(table: NgramTable) -> tuple[Mapping[int, Sequence[int]], Mapping[int, Sequence[int]]]:
    """Return the second tokens of common words by the first ones, and the first by the second."""
    seconds: dict[int, list[int]] = {}
    firsts: dict[int, list[int]] = {}
    # One of twenty pairs is a common word: they are picked out by their values, without a look at the others.
    for entry in itertools.compress(table.pairs, table.pair_values.translate(_ARE_COMMON_WORDS)):
        first, second = entry >> 20, entry >> 8 & 4095
        seconds.setdefault(first, []).append(second)
        firsts.setdefault(second, []).append(first)
    return seconds, firsts


def step_of_count(count: float) -> int:
    """Return the number that stands for ``count`` in the table."""
    return min(127, round(STEPS_PER_DOUBLING * math.log2(count + 1)))


def packed_table(
    characters: str, singles: Sequence[float], pairs: Sequence[int], triples: Sequence[tuple[int, int]]
) -> bytes:
    """Return the content of the table's file.

    ``singles`` are the counts of all tokens; ``pairs`` sorted entries; ``triples`` sorted first tokens with entries.
    """
    starts = array("I", [0] * (MOST_TOKENS + 1))
    for first, _ in triples:
        starts[first + 1] += 1
    for token in range(MOST_TOKENS):
        starts[token + 1] += starts[token]
    head = {"characters": characters, "pairs": len(pairs), "triples": len(triples)}
    reversed_pairs = sorted((entry >> 8 & 4095) << 12 | entry >> 20 for entry in pairs)
    numbers = starts + array("I", [*pairs, *reversed_pairs, *(entry for _, entry in triples)])
    if sys.byteorder == "big":
        numbers.byteswap()
    line = json.dumps(head, ensure_ascii=False).encode() + b"\n"
    return line + bytes(step_of_count(count) for count in singles) + numbers.tobytes()


@cache
def ngram_table() -> NgramTable:
    """Return the table that comes with the program."""
    return read_table(_FILE.read_bytes())


def read_table(content: bytes) -> NgramTable:
    """Return the table in ``content``, which ``packed_table`` has written."""
    line, _, rest = content.partition(b"\n")
    head = json.loads(line)
    singles = tuple(COUNTS[step << 1] for step in rest[:MOST_TOKENS])
    numbers = array("I")
    numbers.frombytes(rest[MOST_TOKENS:])
    if sys.byteorder == "big":
        numbers.byteswap()
    ends = tuple(itertools.accumulate((MOST_TOKENS + 1, head["pairs"], head["pairs"])))
    return NgramTable(
        {character: FIRST_HAN + index for index, character in enumerate(head["characters"])},
        head["characters"],
        singles,
        sum(singles),
        numbers[: ends[0]],
        numbers[ends[0] : ends[1]],
        rest[MOST_TOKENS + 4 * ends[0] : MOST_TOKENS + 4 * ends[1] : 4],
        numbers[ends[1] : ends[2]],
        numbers[ends[2] :],
    )
