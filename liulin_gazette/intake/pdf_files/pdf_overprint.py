"""Words that a PDF prints twice over one another, to make them bold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liulin_gazette.intake.pdf_files.pdf_page import Glyph

_SHIFT = 0.3
"""Share of a character's width by which its second print may be displaced."""
_OVERLAP = 0.35
"""Share of a character's width that another one covers where the two are printed over one another."""
_MIN_RUN = 2
"""Characters that are repeated at least, if they are not printed at the very place of the first print."""


def without_overprint(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[str]]:
    """Return ``glyphs`` with each word printed once, and the words of the second prints."""
    seen: dict[tuple[int, str], list[Glyph]] = {}
    once: list[Glyph] = []
    doubled: list[tuple[int, str]] = []
    for glyph in glyphs:
        line = round(glyph.baseline / 4)
        near = [each for row in (line - 1, line, line + 1) for each in seen.get((row, glyph.text), ())]
        if glyph.text.strip() and any(_is_reprint(glyph, each) for each in near):
            doubled.append((glyph.index, glyph.text))
        else:
            once.append(glyph)
            seen.setdefault((line, glyph.text), []).append(glyph)
    runs = _displaced_runs(once)
    dropped = {position for start, end in runs for position in range(start, end)}
    texts = ["".join(text for _, text in doubled)] if doubled else []
    texts += ["".join(glyph.text for glyph in once[start:end]) for start, end in runs]
    return [glyph for position, glyph in enumerate(once) if position not in dropped], texts


def _is_reprint(glyph: Glyph, before: Glyph) -> bool:
    width = min(glyph.right - glyph.left, before.right - before.left)
    return (
        abs(glyph.left - before.left) < _SHIFT * width
        and abs(glyph.baseline - before.baseline) < _SHIFT * glyph.size
        and abs(glyph.size - before.size) < _SHIFT * glyph.size
    )


def _displaced_runs(glyphs: Sequence[Glyph]) -> list[tuple[int, int]]:
    """Return the ranges of ``glyphs`` that repeat earlier ones and are printed over them at another place."""
    runs: list[tuple[int, int]] = []
    position = 0
    for position, below in _covering(glyphs):
        if runs and position < runs[-1][1]:
            continue
        length = max((_common_length(glyphs, start, position) for start in below), default=0)
        if length >= _MIN_RUN:
            runs.append((position, position + length))
    return runs


def _covering(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, list[int]]]:
    """Yield the position of each glyph that covers an earlier one, and the positions of the same character there."""
    rows: dict[int, list[int]] = {}
    for position, glyph in enumerate(glyphs):
        row = rows.setdefault(round(glyph.baseline), [])
        if glyph.text.isalnum():
            if any(_covers(glyph, glyphs[each]) for each in row):
                yield position, [each for each in row if glyphs[each].text == glyph.text]
            row.append(position)


def _covers(glyph: Glyph, before: Glyph) -> bool:
    shared = min(glyph.right, before.right) - max(glyph.left, before.left)
    return shared > _OVERLAP * min(glyph.right - glyph.left, before.right - before.left)


def _common_length(glyphs: Sequence[Glyph], start: int, position: int) -> int:
    """Return how many characters from ``position`` on are the same as those from ``start`` on."""
    length = 0
    while (
        start + length < position
        and position + length < len(glyphs)
        and glyphs[start + length].text == glyphs[position + length].text
    ):
        length += 1
    return length
