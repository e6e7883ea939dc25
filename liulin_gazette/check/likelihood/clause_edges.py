"""Find clauses that break off within a word: they end, or begin, with characters that never do in the texts counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from liulin_gazette.check.likelihood.ngram_table import COUNTS, MARKS, WORD, NgramTable

_END = re.compile("(?<=[一-鿿]{3})(?P<pair>[一-鿿]{2})(?P<mark>[，。；])")
_BEGINNING = re.compile("(?P<mark>[，。；])(?P<pair>[一-鿿]{2})(?=[一-鿿]{3})")
_BEFORE = tuple(dict.fromkeys(MARKS[mark] for mark in "，。、：《）"))
_AFTER = tuple(dict.fromkeys(MARKS[mark] for mark in "，。、：）"))
_RESULTS = frozenset("好牢实准紧稳强优活住足严密透深细早快全大亮响")
"""Characters that stand after a verb and say with what result, so that the two begin a clause: 育好后备军, 织密防护网."""
_LEAST_COUNT = 300.0
"""How often a character stands in the texts at least, to be judged."""
_AT_BEGINNING, _AT_END = 0.005, 0.008
"""The share of a character's places that are the first, or the last, of a clause, below which it is unlikely there."""


@dataclass(frozen=True, slots=True)
class BrokenEdge:
    """Two characters with which a clause ends or begins, though the texts counted have no such clause."""

    offset: int
    """Of the two characters in the text."""
    pair: str
    is_end: bool


def broken_edges(text: str, table: NgramTable) -> Iterator[BrokenEdge]:
    """Yield the ends and beginnings of clauses in ``text`` that are probably cut out of a word."""
    for match in _END.finditer(text):
        first, last = (table.tokens.get(each, 0) for each in match["pair"])
        if (
            _is_no_end(last, table)
            and first
            and not table.pair(first, last) & WORD
            and not any(table.triple(first, last, mark) for mark in _AFTER)
            and not _is_parallel(text, match.start("pair"))
        ):
            yield BrokenEdge(match.start("pair"), match["pair"], True)
    for match in _BEGINNING.finditer(text):
        first, last = (table.tokens.get(each, 0) for each in match["pair"])
        if (
            _is_no_beginning(first, table)
            and last not in (0, first)
            and match["pair"][1] not in _RESULTS
            and not table.pair(first, last) & WORD
            and not any(table.triple(mark, first, last) for mark in _BEFORE)
        ):
            yield BrokenEdge(match.start("pair"), match["pair"], False)


def _is_parallel(text: str, start: int) -> bool:
    """Tell whether the pair at ``start`` ends as the pair before it does: 酒驾醉驾, 三超四超."""
    return text[start - 1] == text[start + 1]


@cache
def _is_no_end(token: int, table: NgramTable) -> bool:
    """Tell whether clauses hardly ever end with ``token``, which is common."""
    ends = sum(COUNTS[table.pair(token, mark)] for mark in _AFTER)
    return token > 0 and table.singles[token] >= _LEAST_COUNT and ends < _AT_END * table.singles[token]


@cache
def _is_no_beginning(token: int, table: NgramTable) -> bool:
    """Tell whether clauses hardly ever begin with ``token``, which is common."""
    begins = sum(COUNTS[table.pair(mark, token)] for mark in _BEFORE)
    return (
        token > 0 and table.singles[token] >= _LEAST_COUNT and begins < _AT_BEGINNING * table.singles[token]
    )
