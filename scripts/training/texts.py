"""The texts that the tables are counted from, and their lines and words."""

from __future__ import annotations

import hashlib
import lzma
import re
from pathlib import Path

HAN = re.compile(r"[\u3400-\u9fff]")
HELD_OUT = 20
"""One text in so many is held out."""
OFFICIAL_LANGUAGE = Path(__file__).parent / "official-language.txt"
LEAST_FREQUENCY = 30
"""Of a word of four characters in the dictionary."""


def texts_of(path: Path) -> tuple[list[str], list[str]]:
    """Return the texts to count and those held out."""
    texts = re.split(r"(?m)^# ", lzma.decompress(path.read_bytes()).decode())[1:]
    is_out = [int(hashlib.sha256(text[:30].encode()).hexdigest(), 16) % HELD_OUT == 0 for text in texts]
    return (
        [text for text, out in zip(texts, is_out, strict=True) if not out],
        [text for text, out in zip(texts, is_out, strict=True) if out],
    )


def words_of(path: Path) -> dict[str, int]:
    """Return the dictionary's words of two and three Han characters, with their frequencies."""
    entries = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return {
        word: int(count) for word, count, *_ in entries if len(word) in (2, 3) and all(map(HAN.match, word))
    }


def four_character_words(path: Path) -> list[str]:
    """Return the dictionary's common words of four Han characters."""
    entries = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return [
        word
        for word, count, *_ in entries
        if len(word) == 4 and int(count) >= LEAST_FREQUENCY and all(map(HAN.match, word))
    ]


def running_lines(text: str) -> list[str]:
    """Return the lines of ``text`` that are long enough to be judged."""
    return [line.strip() for line in text.split("\n") if len(line.strip()) >= 8]
