"""Measures of the printed page: its size, and the type area (版心) that follows from it.

Text is set in 12 pt on lines of 20 pt, in two columns of a whole number of characters; the rest goes to the
margins. A4 has 18 characters in a line and 33 lines in a column, 大16开 (210 × 285 mm) has 18 and 31.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from liulin_gazette.model.publication import PageSize

MM = 72 / 25.4
"""pt in a millimetre."""
TYPE_SIZE, LINE_HEIGHT, GUTTER = 12, 20, 24
"""pt: size of the body type, height of a line, and space between the columns."""
MIN_SIDE_MARGIN, MIN_HEAD_MARGIN = 22 * MM, 30 * MM
"""pt: the narrowest margins at left and right, and at head and foot."""
BLEED = 3 * MM
"""pt by which colour at the edge of a page extends beyond the trim."""


@dataclass(frozen=True, slots=True)
class PageFormat:
    """Measures of the page, in pt."""

    width: float
    height: float
    characters: int
    """Characters in a line of one column."""
    lines: int
    """Lines in a column."""

    @property
    def measure(self) -> int:
        """Width of the type area."""
        return 2 * self.characters * TYPE_SIZE + GUTTER

    @property
    def depth(self) -> int:
        """Height of the type area."""
        return self.lines * LINE_HEIGHT

    @property
    def side(self) -> float:
        """Margin at the left and the right."""
        return (self.width - self.measure) / 2

    @property
    def head(self) -> float:
        """Margin above and below."""
        return (self.height - self.depth) / 2


def page_format(size: PageSize) -> PageFormat:
    """Return the measures of a page of ``size``."""
    width, height = size.width * MM, size.height * MM
    return PageFormat(
        round(width, 3),
        round(height, 3),
        floor((width - 2 * MIN_SIDE_MARGIN - GUTTER) / 2 / TYPE_SIZE),
        floor((height - 2 * MIN_HEAD_MARGIN) / LINE_HEIGHT),
    )
