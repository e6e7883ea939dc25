"""Han characters, and the 8105 of them in 通用规范汉字表 (2013)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
"""A Han character as a regular expression; names of people and places have rare ones."""
FILE = Path(__file__).parent / "data" / "general-characters.txt"
"""Taken from the property kTGH of the Unihan database."""


@cache
def general_characters() -> frozenset[str]:
    """Return the characters of 通用规范汉字表."""
    return frozenset(FILE.read_text("utf-8")) - {"\n"}


@cache
def common_characters() -> str:
    """Return the 6500 characters of the first two levels of 通用规范汉字表, in its order."""
    return FILE.read_text("utf-8").replace("\n", "")[:6500]
