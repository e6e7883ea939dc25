"""Sentences of running text, and whether one speaks of the past."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile("[。；！？\n]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|〕|\.|-)")


def sentence_at(text: str, offset: int) -> str:
    """Return the sentence of ``text`` that has the character at ``offset``, without the mark at its end."""
    start = max((text.rfind(mark, 0, offset) for mark in "。；！？\n"), default=-1) + 1
    end = _END.search(text, offset)
    return text[start : end.start() if end else len(text)]


def names_year_before(sentence: str, year: int) -> bool:
    """Tell whether ``sentence`` names a year before ``year``."""
    return any(int(found[0]) < year for found in _YEAR.finditer(sentence))


def is_quoted(text: str, offset: int) -> bool:
    """Tell whether the character at ``offset`` stands inside 《》, 〈〉 or “”."""
    return any(
        text.rfind(opening, 0, offset) > text.rfind(closing, 0, offset)
        for opening, closing in ("《》", "〈〉", "“”")
    )


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence of ``text`` with its offset, without the mark at its end."""
    start = 0
    for end in _END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    if start < len(text):
        yield start, text[start:]
