"""The independent count of a plain text: each of its lines, as the file has them."""

from __future__ import annotations

import re

from liulin_gazette.intake.account import SourceText

_MARKDOWN = re.compile(r"^\s*(?:#{1,6}\s|[-•]\s|\|)|\*")
"""Marks that are no text: of such a line only the letters are compared."""


def count_text(text: str) -> tuple[SourceText, ...]:
    """Return the lines of ``text`` that have characters, with their places."""
    return tuple(
        SourceText(line, f"第{number}行", is_added_to=bool(_MARKDOWN.search(line)))
        for number, line in enumerate(re.split("\r\n|\r|\n", text), 1)
        if line.strip()
    )
