"""The 8105 characters of 通用规范汉字表 (2013)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "general-characters.txt"
"""Taken from the property kTGH of the Unihan database."""


@cache
def general_characters() -> frozenset[str]:
    """Return the characters of 通用规范汉字表."""
    return frozenset(FILE.read_text("utf-8")) - {"\n"}
