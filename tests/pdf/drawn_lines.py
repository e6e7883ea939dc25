"""Lines as a finished layout draws them: read from its operators, so that nothing of the typesetter is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from liulin_gazette.pdf.typeset.layout import Element, Layout, Mark, Page

_OPERATOR = re.compile(
    rb"/MCID (?P<mark>\d+)"
    rb"|(?P<end>\bEMC\b)"
    rb"|1 0 0 -1 (?P<x>[-\d.]+) (?P<y>[-\d.]+) Tm"
    rb"|/(?P<face>F\d+(?:[wn]\d+)?) (?P<size>[\d.]+) Tf"
    rb"|(?P<spacing>[-\d.]+) Tc"
    rb"|\[(?P<array>[^\]]*)\] TJ"
)
_ELEMENT = re.compile(r"<([0-9a-f]*)>|(-?[0-9.]+)")
_COLUMN_GAP = 1.2
"""em: characters of one height that stand further apart are in different lines."""


@dataclass(frozen=True, slots=True)
class Character:
    """A drawn character; lengths in px."""

    text: str
    x: float
    y: float
    size: float
    advance: float
    """Advance of its glyph, without what was added to it."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of a structure element."""

    tag: str
    text: str
    is_last: bool
    widest_gap: float
    """em of the widest gap between two ideographs."""


def drawn_lines(layout: Layout) -> Iterator[DrawnLine]:
    """Yield the lines of all paragraphs, list items, cells and headings."""
    characters = {
        (index, mark): found
        for index, page in enumerate(layout.pages)
        for mark, found in _characters(layout, page).items()
    }
    for element in layout.structure:
        yield from _lines(element, characters)


def _lines(element: Element, characters: dict[tuple[int, int], list[Character]]) -> Iterator[DrawnLine]:
    marks = [kid for kid in element.kids if isinstance(kid, Mark)]
    lines: list[list[Character]] = []
    for mark in marks:
        for character in characters.get((mark.page, mark.number), []):
            previous = lines[-1][-1] if lines else None
            if previous is None or not _is_beside(previous, character):
                lines.append([])
            lines[-1].append(character)
    for index, line in enumerate(lines):
        text = "".join(character.text for character in line)
        yield DrawnLine(element.tag, text, index == len(lines) - 1, _widest_gap(line))
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _lines(kid, characters)


def _is_beside(previous: Character, character: Character) -> bool:
    """Return whether a character continues the line of the one before: raised ones do too."""
    shift = character.x - previous.x
    reach = previous.advance + _COLUMN_GAP * previous.size
    return abs(character.y - previous.y) < previous.size * 0.75 and -previous.size / 2 < shift < reach


def _widest_gap(line: list[Character]) -> float:
    gaps = [
        (after.x - before.x - before.advance) / before.size
        for before, after in pairwise(line)
        if before.size == after.size and is_ideograph(before.text) and is_ideograph(after.text)
    ]
    return max(gaps, default=0.0)


def is_ideograph(text: str) -> bool:
    return bool(re.fullmatch(r"[\u3400-\u9fff]", text))


def _characters(layout: Layout, page: Page) -> dict[int, list[Character]]:
    """Return the characters of each marked content of a page, by its MCID."""
    found: dict[int, list[Character]] = {}
    mark, x, y, face, size, spacing = -1, 0.0, 0.0, "", 1.0, 0.0
    for match in _OPERATOR.finditer(page.content):
        groups = {name: value.decode() for name, value in match.groupdict().items() if value is not None}
        if "mark" in groups:
            mark = int(groups["mark"])
        elif "x" in groups:
            x, y = float(groups["x"]), float(groups["y"])
        elif "face" in groups:
            face, size = groups["face"], float(groups["size"])
        elif "spacing" in groups:
            spacing = float(groups["spacing"])
        elif "array" in groups:
            for glyphs, number in _ELEMENT.findall(groups["array"]):
                x -= float(number or 0) / 1000 * size
                for start in range(0, len(glyphs), 4):
                    width, text = layout.glyphs[face][int(glyphs[start : start + 4], 16)]
                    advance = width / 1000 * size
                    found.setdefault(mark, []).append(Character(text, x, y, size, advance))
                    x += advance + spacing
    return found
