"""The printed page: its size, and the type area that follows from it.

Text is set in 12 pt on lines of 20 pt, in two columns of whole characters; what is left over goes to the
margins. A4 has 18 characters a line and 33 lines a column, 大16开 (210 × 285 mm) has 18 and 31.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from liulin_gazette.model.publication import PageSize

MM = 72 / 25.4
"""pt in one millimetre."""
SIZE, LINE, GUTTER = 12, 20, 24
"""pt: body type, line, and the space between columns."""
LEAST_SIDE, LEAST_HEAD = 22 * MM, 30 * MM
"""pt: the narrowest margins at the sides, and at head and foot."""
BLEED = 3 * MM
"""pt that colour reaching the edge goes on beyond it."""


@dataclass(frozen=True, slots=True)
class PageFormat:
    """Measures of the page, in pt."""

    width: float
    height: float
    characters: int
    """In a line of one column."""
    lines: int
    """In a column."""

    @property
    def measure(self) -> int:
        """Width of the type area."""
        return 2 * self.characters * SIZE + GUTTER

    @property
    def depth(self) -> int:
        """Height of the type area."""
        return self.lines * LINE

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
        floor((width - 2 * LEAST_SIDE - GUTTER) / 2 / SIZE),
        floor((height - 2 * LEAST_HEAD) / LINE),
    )
