"""The independent count of a plain text: each of its lines, as the file has them."""

from __future__ import annotations

import re

from liulin_gazette.intake.account import SourceText

_MARKS = r"^\s*(?:#{1,6}\s|[-•]\s|\|)|\*\*[^*]+\*\*"
_TYPED_MARKS = re.compile(_MARKS)
"""Marks that are no text: of such a line only the letters are compared."""
_MARKDOWN = re.compile(rf"{_MARKS}|\*[^*]+\*")
"""The same in a file of Markdown, where a pair of single signs may be slanted type."""


def count_text(text: str, is_markdown: bool = False) -> tuple[SourceText, ...]:
    """Return the lines of ``text`` that have characters, with their places."""
    marks = _MARKDOWN if is_markdown else _TYPED_MARKS
    return tuple(
        SourceText(line, f"第{number}行", is_added_to=bool(marks.search(line)))
        for number, line in enumerate(re.split("\r\n|\r|\n", text), 1)
        if line.strip()
    )
