"""通用规范汉字表: the characters that a text for everybody is written with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "general-characters.txt"


@cache
def general_characters() -> frozenset[str]:
    """Return the 8105 characters of 通用规范汉字表 (kTGH of the Unihan database)."""
    return frozenset(FILE.read_text("utf-8")) - {"\n"}
