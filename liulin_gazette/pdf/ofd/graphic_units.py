"""What is drawn on a page of an OFD file: text, paths and pictures (GB/T 33190-2016, 8 to 11).

Lengths are in mm. The boundary of an object is on the page; all else about the object is measured from the upper left
corner of its boundary, after its own transformation. Readers cut off what is drawn outside the boundary.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, width and height."""
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: the point (x, y) goes to (ax + cy + e, bx + dy + f)."""
Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""
BLACK: Colour = (0, 0, 0)
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Segment = tuple[str, tuple[float, ...]]
"""An operator of a path and its coordinates (table 37): M and L with a point, Q with two, B with three, C without any."""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How lines are drawn (8.2)."""

    width: float = 0.353
    cap: str = "Butt"
    """Butt, Round or Square."""
    join: str = "Miter"
    """Miter, Round or Bevel."""
    miter_limit: float = 4.234
    dashes: tuple[float, ...] = ()
    """Lengths of dashes and gaps in turn; empty for a line without gaps."""
    dash_offset: float = 0.0


@dataclass(frozen=True, slots=True)
class ClipPath:
    """An area outside which an object is not seen (8.4)."""

    boundary: Box
    segments: tuple[Segment, ...]
    is_even_odd: bool = False


@dataclass(frozen=True, slots=True)
class GlyphTransform:
    """Glyphs that are drawn for characters (11.4); for others, those are that the ``cmap`` of the font has."""

    position: int
    """Index of the first character in its ``TextCode``."""
    characters: int
    """The number of characters."""
    glyphs: tuple[int, ...]
    """Indexes of glyphs in the font file."""


@dataclass(frozen=True, slots=True)
class TextCode:
    """A row of characters (11.3)."""

    text: str
    x: float
    y: float
    """Where the first character begins on its baseline."""
    steps_x: tuple[float, ...] = ()
    """From each character to the next one; one fewer than there are characters."""
    transforms: tuple[GlyphTransform, ...] = ()


@dataclass(frozen=True, slots=True)
class TextObject:
    """Characters of one font and size (11.2)."""

    boundary: Box
    font: str
    """The name of a font of the document."""
    size: float
    codes: tuple[TextCode, ...]
    fill: Colour | None = BLACK
    stroke: Colour | None = None
    line: LineStyle = LineStyle()
    matrix: Matrix = IDENTITY
    clips: tuple[ClipPath, ...] = ()


@dataclass(frozen=True, slots=True)
class PathObject:
    """Lines and areas (9.1)."""

    boundary: Box
    segments: tuple[Segment, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    line: LineStyle = LineStyle()
    is_even_odd: bool = False
    clips: tuple[ClipPath, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageObject:
    """A picture (10)."""

    boundary: Box
    picture: str
    """The name of a picture of the document."""
    matrix: Matrix
    """From the square with the corners (0, 0) and (1, 1), whose upper left corner is (0, 0), to the boundary."""
    clips: tuple[ClipPath, ...] = ()


GraphicUnit = TextObject | PathObject | ImageObject
