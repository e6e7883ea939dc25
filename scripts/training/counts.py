"""How often characters stand beside each other: the table of pairs and triples."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from training.texts import HAN, OFFICIAL_LANGUAGE

from liulin_gazette.check.likelihood.ngram_table import (
    COUNTS,
    FIRST_HAN,
    MOST_TOKENS,
    WORD,
    NgramTable,
    packed_table,
    read_table,
    step_of_count,
)

_PACKAGE = Path(__file__).parents[2] / "liulin_gazette"
DATA = _PACKAGE / "check/likelihood/data"
"""Where the tables are written."""
GENERAL = _PACKAGE / "text/data/general-characters.txt"
"""The characters of 《通用规范汉字表》."""
LEAST_COUNT = 2
"""Rarer pairs and triples are left out."""
LINE_WEIGHT, DOCUMENT_WEIGHT, WORD_WEIGHT = 12, 3, 4
"""How often a line of official language, one of a government's document, and a word of four characters, counts."""


def characters_of(counts: Mapping[str, int], words: Mapping[str, int]) -> str:
    """Return the characters that get a token, the commonest first."""
    general = set(GENERAL.read_text("utf-8"))
    in_words: Counter[str] = Counter()
    for word, count in words.items():
        in_words.update(dict.fromkeys(word, count))
    counted = sorted(
        (each for each in counts if HAN.match(each) and counts[each] > 1), key=lambda c: (-counts[c], c)
    )
    others = sorted((set(in_words) & general) - set(counted), key=lambda c: (-in_words[c], c))
    return "".join([*counted, *others][: MOST_TOKENS - FIRST_HAN])


def counted_table(lines: Iterable[str], words: Mapping[str, int], longer_words: Iterable[str]) -> bytes:
    """Return the table of ``lines`` and of official language, with the dictionary's words marked."""
    lines = sorted(set(lines))
    characters = characters_of(Counter(itertools.chain.from_iterable(lines)), words)
    empty = read_table(packed_table(characters, [0.0] * MOST_TOKENS, [], []))
    singles, pairs, triples = Counter[int](), Counter[int](), Counter[int]()
    official = OFFICIAL_LANGUAGE.read_text("utf-8").splitlines()
    for word in longer_words:
        if all(each in empty.tokens for each in word):
            tokens = empty.encoded(word)[0]
            for first, second in itertools.pairwise(tokens):
                pairs[first << 12 | second] += WORD_WEIGHT
            for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False):
                triples[a << 24 | b << 12 | c] += WORD_WEIGHT
    for line in itertools.chain(lines, *([each] * LINE_WEIGHT for each in official)):
        tokens = [0, 0, *empty.encoded(line)[0], 0, 0]
        singles.update(tokens)
        pairs.update(first << 12 | second for first, second in itertools.pairwise(tokens))
        triples.update(a << 24 | b << 12 | c for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False))
    known: dict[int, set[int]] = {2: set(), 3: set()}
    for word in words:
        if all(each in empty.tokens for each in word):
            key = 0
            for each in word:
                key = key << 12 | empty.tokens[each]
            known[len(word)].add(key)

    def entries(counts: Mapping[int, int], marked: set[int]) -> Iterator[tuple[int, int]]:
        keys = {key for key, count in counts.items() if count >= LEAST_COUNT} | marked
        for key in sorted(keys):
            yield key, step_of_count(counts.get(key, 0)) << 1 | (key in marked)

    return packed_table(
        characters,
        [float(singles[token]) for token in range(MOST_TOKENS)],
        [key << 8 | rest for key, rest in entries(pairs, known[2])],
        [(key >> 24, (key & 0xFFFFFF) << 8 | rest) for key, rest in entries(triples, known[3])],
    )


def with_documents(table: NgramTable, lines: Iterable[str]) -> bytes:
    """Return ``table`` with the counts of ``lines`` added, each ``DOCUMENT_WEIGHT`` times."""
    singles, pairs, triples = Counter[int](), Counter[int](), Counter[int]()
    for line in sorted(set(lines)):
        tokens = [0, 0, *table.encoded(line)[0], 0, 0]
        singles.update(tokens)
        pairs.update(first << 12 | second for first, second in itertools.pairwise(tokens))
        triples.update(a << 24 | b << 12 | c for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False))
    of_triples = (
        (first, table.triples[index])
        for first in range(MOST_TOKENS)
        for index in range(table.starts[first], table.starts[first + 1])
    )

    def added(entries: Iterable[tuple[int, int]], counts: Mapping[int, int]) -> Iterator[tuple[int, int]]:
        values = dict(entries)
        for key in sorted(values.keys() | counts.keys()):
            value = values.get(key, 0)
            count = COUNTS[value] + DOCUMENT_WEIGHT * counts.get(key, 0)
            yield key, step_of_count(count) << 1 | value & WORD

    return packed_table(
        table.characters,
        [table.singles[token] + DOCUMENT_WEIGHT * singles[token] for token in range(MOST_TOKENS)],
        [key << 8 | value for key, value in added(((each >> 8, each & 255) for each in table.pairs), pairs)],
        [
            (key >> 24, (key & 0xFFFFFF) << 8 | value)
            for key, value in added(((a << 24 | each >> 8, each & 255) for a, each in of_triples), triples)
        ],
    )
