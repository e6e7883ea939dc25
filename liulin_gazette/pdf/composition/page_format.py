"""Measures of the printed page: its size, and the type area (版心) that follows from it.

Documents are set in two columns of a whole number of characters and lines; the rest goes to the margins. In one column
(分栏 通栏) the type area is the same, so that pages of one issue may have either. In 小四 (12 pt)
on lines of 20 pt, which is usual, A4 has 18 characters in a line and 33 lines in a column, 大16开 (210 × 285 mm) has
18 and 31. The large print is a further format: one column of A4 in 三号 (16 pt), 29 characters in a line and 23 lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from liulin_gazette.model.gazette import USUAL_BODY, BodyType, PageSize

MM = 72 / 25.4
"""pt in a millimetre."""
TYPE_SIZE, LINE_HEIGHT, GUTTER = 12, 20, 24
"""pt: size of the usual body type and height of its lines, in which the front matter is set; space between the columns."""
MIN_SIDE_MARGIN, MIN_HEAD_MARGIN = 22 * MM, 30 * MM
"""pt: the narrowest margins at left and right, and at head and foot."""
BLEED = 3 * MM
"""pt by which colour at the edge of a page extends beyond the trim."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    """The sizes of type in a document, in pt; all but ``title`` of the usual one are sizes of 字号."""

    body: float
    table: float
    """Of tables, notes and captions."""
    small: float
    """Of a table that would not fit otherwise, and of footnotes."""
    smallest: float
    """Of a table that would not fit in ``small``."""
    lead: float
    """Of numbers, lines below the title, and labels of annexes."""
    subtitle: float
    """Of titles of annexes and enclosed instruments."""
    title: float


TYPE_SCALES = {
    "五号": TypeScale(10.5, 9, 7.5, 6.5, 12, 15, 18),
    "小四": TypeScale(TYPE_SIZE, 10.5, 9, 7.5, 14, 18, 21.5),
    "四号": TypeScale(14, 12, 10.5, 9, 16, 22, 24),
    "三号": TypeScale(16, 14, 12, 12, 16, 18, 22),
}
"""By 正文字号; 三号 is that of the large print, in which nothing is smaller than 小四 (12 pt)."""
LARGE_BODY = BodyType("三号", 28, columns=1)
"""The type of the large print (大字版)."""


@dataclass(frozen=True, slots=True)
class PageFormat:
    """Measures of the page, in pt."""

    width: float
    height: float
    characters: int
    """Characters in a line of one column."""
    lines: int
    """Lines in a column."""
    measure: float
    """Width of the type area."""
    body: BodyType = USUAL_BODY

    @property
    def scale(self) -> TypeScale:
        """The sizes of type in a document."""
        return TYPE_SCALES[self.body.name]

    @property
    def leading(self) -> int:
        """Height of a line of a document."""
        return self.body.leading

    @property
    def has_usual_type(self) -> bool:
        """Whether documents are set in the type that the style sheet of print states."""
        return (self.body.name, self.body.leading) == (USUAL_BODY.name, USUAL_BODY.leading)

    @property
    def is_large(self) -> bool:
        """Whether it is the format of the large print."""
        return self.body == LARGE_BODY

    @property
    def columns(self) -> int:
        """Columns on the page."""
        return self.body.columns

    @property
    def front_type(self) -> float:
        """Size of the type in which the contents and the back cover are set."""
        return self.scale.body if self.is_large else TYPE_SIZE

    @property
    def column(self) -> float:
        """Width of a column."""
        return (self.measure - (self.columns - 1) * GUTTER) / self.columns

    @property
    def depth(self) -> int:
        """Height of the type area."""
        return self.lines * self.leading

    @property
    def foldout_width(self) -> float:
        """Width of a leaf that folds out: that of A3 where the page is A4."""
        return round(2 * self.width, 3)

    @property
    def foldout_measure(self) -> float:
        """Width of the type area of a leaf that folds out."""
        return self.foldout_width - 2 * self.side

    @property
    def side(self) -> float:
        """Margin at the left and the right."""
        return (self.width - self.measure) / 2

    @property
    def head(self) -> float:
        """Margin above and below."""
        return (self.height - self.depth) / 2


def page_format(size: PageSize, body: BodyType = USUAL_BODY) -> PageFormat:
    """Return the measures of a page of ``size`` with documents in ``body``."""
    width, height = size.width * MM, size.height * MM
    type_size = TYPE_SCALES[body.name].body
    columns = 1 if body == LARGE_BODY else USUAL_BODY.columns
    gutters = (columns - 1) * GUTTER
    in_column = floor((width - 2 * MIN_SIDE_MARGIN - gutters) / columns / type_size)
    measure = columns * in_column * type_size + gutters
    return PageFormat(
        round(width, 3),
        round(height, 3),
        in_column if body.columns == columns else floor(measure / type_size),
        floor((height - 2 * MIN_HEAD_MARGIN) / body.leading),
        measure,
        body,
    )
