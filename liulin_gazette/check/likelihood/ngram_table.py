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
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
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
MOST_TOKENS = 4096
STEPS_PER_DOUBLING = 6
"""The precision of a count in the table."""
COUNTS = tuple(2 ** ((value >> 1) / STEPS_PER_DOUBLING) - 1 for value in range(256))
"""The count that each value of the table stands for."""
_COMMON = 10.0
"""How often a common word of two characters stands in the texts."""
_KEPT_VALUES = 1 << 15
"""How many values of pairs, and of triples, that were looked up are kept: an archive repeats its words."""
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
    reversed_pairs: Sequence[int]
    """The second token of each pair (12 bits) and the first one (12 bits), sorted."""
    triples: Sequence[int]

    def encoded(self, text: str) -> tuple[list[int], list[int]]:
        """Return the tokens of ``text`` and the offset of each; a run of digits or of letters is one token."""
        tokens: list[int] = []
        offsets: list[int] = []
        for offset, character in enumerate(text):
            token = self.tokens.get(character) or _token_of_mark(character)
            if token not in (DIGITS, LATIN) or not tokens or tokens[-1] != token:
                tokens.append(token)
                offsets.append(offset)
        return tokens, offsets

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
        return _pair(self, first << 12 | second)

    def thirds(self, first: int, second: int) -> set[int]:
        """Return the tokens that follow ``first`` and ``second`` side by side somewhere."""
        entries, end = self.triples, self.starts[first + 1]
        low = bisect_left(entries, second << 20, self.starts[first], end)
        return {
            entry >> 8 & 4095 for entry in entries[low : bisect_left(entries, second + 1 << 20, low, end)]
        }

    def character(self, token: int) -> str:
        """Return the Han character of ``token``."""
        return self.characters[token - FIRST_HAN]

    def triple(self, first: int, second: int, third: int) -> int:
        """Return the value of three tokens side by side; what stands there only once counts as nowhere."""
        return _triple(self, first, second << 12 | third)


@lru_cache(maxsize=_KEPT_VALUES)
def _pair(table: NgramTable, key: int) -> int:
    """Return the value of the pair ``key`` (both tokens) in ``table``."""
    entries = table.pairs
    index = bisect_left(entries, key << 8)
    return entry & 255 if index < len(entries) and (entry := entries[index]) >> 8 == key else 0


@lru_cache(maxsize=_KEPT_VALUES)
def _triple(table: NgramTable, first: int, key: int) -> int:
    """Return the value of the triple in ``table`` that begins with ``first`` and goes on with ``key`` (two tokens)."""
    entries, end = table.triples, table.starts[first + 1]
    index = bisect_left(entries, key << 8, table.starts[first], end)
    return entry & 255 if index < end and (entry := entries[index]) >> 8 == key else 0


@cache
def followers(table: NgramTable, token: int) -> frozenset[int]:
    """Return the tokens that follow ``token`` somewhere."""
    low, high = (bisect_left(table.pairs, each << 20) for each in (token, token + 1))
    return frozenset(entry >> 8 & 4095 for entry in table.pairs[low:high])


@cache
def predecessors(table: NgramTable, token: int) -> frozenset[int]:
    """Return the tokens that ``token`` follows somewhere."""
    low, high = (bisect_left(table.reversed_pairs, each << 12) for each in (token, token + 1))
    return frozenset(entry & 4095 for entry in table.reversed_pairs[low:high])


@cache
def word_followers(table: NgramTable, token: int) -> frozenset[int]:
    """Return the tokens that make a common word with ``token`` before them."""
    low, high = (bisect_left(table.pairs, each << 20) for each in (token, token + 1))
    return frozenset(entry >> 8 & 4095 for entry in table.pairs[low:high] if _is_common_word(entry & 255))


@cache
def word_predecessors(table: NgramTable, token: int) -> frozenset[int]:
    """Return the tokens that make a common word with ``token`` after them."""
    return frozenset(each for each in predecessors(table, token) if _is_common_word(table.pair(each, token)))


def _is_common_word(value: int) -> bool:
    return value & WORD != 0 and COUNTS[value] >= _COMMON


def _token_of_mark(character: str) -> int:
    if character in MARKS:
        return MARKS[character]
    if character.isascii():
        return DIGITS if character.isdigit() else LATIN if character.isalpha() else OTHER
    return OTHER


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
        numbers[ends[1] : ends[2]],
        numbers[ends[2] :],
    )
