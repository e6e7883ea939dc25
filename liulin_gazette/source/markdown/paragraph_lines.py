"""The lines of a body by what they are, without parsing their marks: paragraphs, lines of a 名单, everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from liulin_gazette.source.markdown.dialect import RAW_CONTAINERS

_NO_PARAGRAPH = re.compile(r"[ \t]*(?:#{1,6}(?:[ \t]|$)|\||:::)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,20}\][:：]")
_PLACED = re.compile(r"[ \t]*(?P<spaces>　{3,})[^　 ].*(?<![。；])$")
_OPEN = re.compile(r"[ \t]*:{3,}\s*(?P<name>\S+)")
_CLOSE = re.compile(r"[ \t]*:{3,}\s*$")


def paragraph_runs(lines: Sequence[str]) -> Iterator[range]:
    """Yield the indices of the lines of each paragraph: lines that follow each other, as ``dialect.parser`` has it."""
    raw = raw_lines(lines)
    start: int | None = None
    for index, line in enumerate(lines):
        is_paragraph = bool(line.strip()) and index not in raw and not _NO_PARAGRAPH.match(line)
        if is_paragraph and (start is None or _FOOTNOTE.match(line)):
            if start is not None:
                yield range(start, index)
            start = index
        elif not is_paragraph and start is not None:
            yield range(start, index)
            start = None
    if start is not None:
        yield range(start, len(lines))


def raw_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the indices of the lines inside ``RAW_CONTAINERS``, which are data and not Markdown."""
    raw: list[int] = []
    depth = 0
    """How many containers are open, counted from the raw one; 0 outside."""
    for index, line in enumerate(lines):
        if _CLOSE.match(line):
            depth = max(depth - 1, 0)
        elif opening := _OPEN.match(line):
            depth += 1 if depth or opening["name"] in RAW_CONTAINERS else 0
        elif depth:
            raw.append(index)
    return frozenset(raw)


def placing_spaces(line: str) -> str:
    """Return the full-width spaces that move ``line`` to its place, as in a form; "" if it is a running text.

    Two are the indent of a paragraph, which the style sheet makes.
    """
    match = _PLACED.match(line)
    return match["spaces"] if match else ""
