"""Words of official titles: a title divided at the ends of its words, by a list of words and how common each is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "data" / "title-words.txt"
_PARTICLES = frozenset("的和与及暨或在对为由向从被将把按以于至等各全本我第")
_PARTICLE_COST, _SINGLE_COST = 7, 10
"""Costs of a character that is no part of a longer word, as those of the words: minus the logarithm of how common it is."""


@cache
def _costs() -> Mapping[str, int]:
    """Return the words of two characters and more, with minus the natural logarithm of how common each is."""
    costs: dict[str, int] = {}
    for line in _WORDS.read_text("utf-8").splitlines():
        cost, *words = line.split(" ")
        costs.update(dict.fromkeys(words, int(cost)))
    return costs


@cache
def _longest() -> int:
    return max(map(len, _costs()))


def title_words(text: str) -> list[str]:
    """Return ``text`` divided into the words that are likeliest together; what is in no word stands alone."""
    costs, longest = _costs(), _longest()
    best: list[tuple[int, int]] = [(0, 0)]
    """For each end: the cost of the words up to there, and where the last of them begins."""
    for end in range(1, len(text) + 1):
        single = _PARTICLE_COST if text[end - 1] in _PARTICLES else _SINGLE_COST
        choices = [(best[end - 1][0] + single, end - 1)]
        for start in range(max(0, end - longest), end - 1):
            if (cost := costs.get(text[start:end])) is not None:
                choices.append((best[start][0] + cost, start))
        best.append(min(choices))
    words: list[str] = []
    end = len(text)
    while end:
        start = best[end][1]
        words.append(text[start:end])
        end = start
    return words[::-1]
