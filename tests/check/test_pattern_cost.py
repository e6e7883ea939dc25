"""No pattern of the checks is worse than linear: four times the text takes at most eight times as long to search.

The nasty texts repeat words of the pattern itself, so that matches begin everywhere and end nowhere.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import cast

import pytest

import liulin_gazette.check

SIEVE, SHORT, LONG = 1_000, 4_000, 16_000
"""Lengths in characters."""
LEAST = 6.0
"""From the first length to the second, a ratio below this is linear."""
MOST = 8.0
"""The ratio allowed, where linear is 4 and quadratic 16."""
FLOOR = 0.05
"""Seconds of processor time below which no ratio is computed."""
FILLINGS = ("", "甲", "1", "甲、", "一")
OTHERS = ("甲", "一", "1", "a", " ", "　", "、", "（", "“", "《", ".", "-", "*", "×", "1.", "甲，")
WORDS = 6
"""How many words of a pattern are tried: the first ones, where matches begin."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield all compiled patterns of the modules of the checks, those in collections too, by name."""
    package = liulin_gazette.check
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        for name, value in vars(importlib.import_module(found.name)).items():
            if not name.startswith("__"):
                for number, pattern in enumerate(_in(value), 1):
                    yield f"{found.name.removeprefix(package.__name__ + '.')}.{name} {number}", pattern


def _in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield cast("re.Pattern[str]", value)
    elif isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value)
        for each in (*entries.keys(), *entries.values()):
            yield from _in(each)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in cast("Collection[object]", value):
            yield from _in(each)


def nasty(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield short texts that are to be repeated: words of ``pattern`` with fillings, and what stands for much."""
    words = dict.fromkeys(re.findall(r"[一-鿿]+|[\"'“‘（《〈〔\[(]|[A-Za-z]{2,}", pattern.pattern))
    yield from (word + filling for word, filling in product(list(words)[:WORDS], FILLINGS))
    yield from OTHERS


def seconds(pattern: re.Pattern[str], piece: str, length: int) -> float:
    """Return the processor time of finding all matches in ``length`` characters of repeated ``piece``."""
    text = (piece * (length // len(piece) + 1))[:length]
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def is_worse_than_linear(pattern: re.Pattern[str], piece: str) -> bool:
    """Tell whether the time grows faster than the text; most patterns are cleared by the shorter texts."""
    first = seconds(pattern, piece, SIEVE)
    if first * (LONG / SIEVE) ** 2 < FLOOR:
        return False
    if seconds(pattern, piece, SHORT) < LEAST * first:
        return False
    return all(
        (slow := seconds(pattern, piece, LONG)) > FLOOR and slow > MOST * seconds(pattern, piece, SHORT)
        for _ in range(3)
    )


PATTERNS = dict(patterns())


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name: str) -> None:
    pattern = PATTERNS[name]
    assert [piece for piece in nasty(pattern) if is_worse_than_linear(pattern, piece)] == []


def test_a_quadratic_pattern_is_found() -> None:
    pattern = re.compile("(?:分为|下设)[^，。；：、]{1,12}(?:、[^，。；：、]{1,12})+?[0-9]+个组")
    assert any(is_worse_than_linear(pattern, piece) for piece in nasty(pattern))
