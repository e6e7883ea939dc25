"""Words that the office has found to be right: names and terms that no dictionary of the program has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from liulin_gazette.model.diagnostics import Place

WORD_KINDS = ("单位", "姓名", "地名", "用语")
"""What a learned word can be."""
MIN_LENGTH, MAX_LENGTH = 2, 40
"""Characters of a learned word. A single one would silence rules wherever it stands."""


@dataclass(frozen=True, slots=True)
class LearnedWord:
    """收词: an entry of content/words.toml."""

    word: str
    kind: str
    """类: one of ``WORD_KINDS``."""
    reason: str = ""
    """理由."""
    learned: date | None = None
    """日期: when the office entered it."""
    place: Place = field(default=Place("content/words.toml", 1, 1), compare=False)


def fault_of_word(word: str) -> str:
    """Return what is wrong with ``word`` as a learned word, in Chinese; empty if it can be learned."""
    if not word.isprintable() or any(character.isspace() for character in word):
        return "收的词里有空格或看不见的字符"
    if not MIN_LENGTH <= len(word) <= MAX_LENGTH:
        return f"“{word}”有 {len(word)} 个字，收的词是 {MIN_LENGTH} 至 {MAX_LENGTH} 个字"
    return ""
