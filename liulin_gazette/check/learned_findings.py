"""Findings about words that the office has learned are dropped, for all rules about wording and names alike."""

from __future__ import annotations

from collections.abc import Sequence

from liulin_gazette.check.passages import Spot
from liulin_gazette.check.rule import Finding
from liulin_gazette.model.learned_words import LearnedWord

_ABOUT_WORDS = ("C015", "C021", "K", "T010", "T012", "T013", "T023", "T04")
"""The codes, or beginnings of codes, of rules that learned words silence: what they doubt is a word or a name."""


def is_about_words(code: str) -> bool:
    """Return whether learning a word can settle findings with ``code``."""
    return code.startswith(_ABOUT_WORDS)


def is_learned(code: str, finding: Finding, words: Sequence[LearnedWord]) -> bool:
    """Return whether ``finding`` of the rule ``code`` is about one of the learned ``words``.

    It is where the character that it points at belongs to the word, or its faulty text is the word.
    """
    if not words or not is_about_words(code) or not isinstance(finding.where, Spot):
        return False
    text, offset = finding.where.passage.text, finding.where.offset
    return any(
        each.word == finding.text
        or text.find(each.word, max(0, offset - len(each.word) + 1), offset + len(each.word)) >= 0
        for each in words
    )
