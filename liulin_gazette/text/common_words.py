"""Words of two characters that are common in statutes, and characters that hardly ever stand twice in a row there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def common_words() -> frozenset[str]:
    """Return words of two characters (企业, 信用), not what only stands side by side (业创, 用信)."""
    return frozenset((_DATA / "common-words.txt").read_text("utf-8").split())


@cache
def seldom_doubled() -> frozenset[str]:
    """Return characters that are common, but doubled at most once in 3,000 times: 管, 查, 和; not 人 or 大."""
    return frozenset((_DATA / "seldom-doubled.txt").read_text("utf-8").strip())


@cache
def right_doublings() -> frozenset[str]:
    """Return where a character rightly stands twice, with the one before or after it: 主管管 (主管管道), 主主义."""
    return frozenset((_DATA / "right-doublings.txt").read_text("utf-8").split())


def crosses_words(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` may be cut out of two words: 用信 in 使用信息, 关健 in 有关健康."""
    words = common_words()
    return text[max(start - 1, 0) : start + 1] in words and text[end - 1 : end + 1] in words
