"""Rows of glyphs as text objects of an OFD page, with the place of each character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from liulin_gazette.pdf.editions.ofd_faces import OfdFace
from liulin_gazette.pdf.ofd.graphic_units import (
    IDENTITY,
    Box,
    ClipPath,
    Colour,
    GlyphTransform,
    LineStyle,
    Matrix,
    TextCode,
    TextObject,
)
from liulin_gazette.pdf.write.plane_geometry import enclosed, placed, product, scale

_LEVEL = 1e-6
"""How little a transformation may turn or stretch type that is upright."""
_DOWNWARDS: Matrix = (1, 0, 0, -1, 0, 0)
"""Type stands upwards in PDF, and downwards is positive in OFD."""
_MARGIN = 0.02
"""mm around glyphs, which readers must not cut off."""


@dataclass(slots=True)
class TextRow:
    """Glyphs that stand in a row and look the same."""

    face: str
    size: float
    """Before the transformation."""
    matrix: Matrix
    """From the row's own measure (upwards) to mm on the page."""
    fill: Colour | None
    stroke: Colour | None
    line: LineStyle
    clips: tuple[ClipPath, ...]
    """On the page."""
    glyphs: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Index in the font file and text of each glyph."""
    places: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    """Where each glyph begins in the row, and how wide it is, before the transformation."""

    def looks_like(self, other: TextRow) -> bool:
        """Return whether the glyphs of ``other`` can stand in this row."""
        return (self.face, self.size, self.matrix, self.fill, self.stroke, self.line, self.clips) == (
            other.face, other.size, other.matrix, other.fill, other.stroke, other.line, other.clips,
        )  # fmt: skip

    def add(self, glyph: int, text: str, across: float, width: float) -> None:
        """Add a ``glyph`` that stands for ``text``, ``across`` from the start; its ``width`` is in thousandths of an em."""
        self.glyphs.append((glyph, text))
        self.places.append((across, width * self.size / 1000))


def text_object(row: TextRow, face: OfdFace) -> TextObject | None:
    """Return the text object of ``row``; None if it has no text or is not seen."""
    text, starts, transforms = _characters(row)
    if not text or (row.fill is None and row.stroke is None):
        return None
    matrix = product(_DOWNWARDS, row.matrix)
    a, b, c, d, _, _ = matrix
    is_upright = abs(b) < _LEVEL and abs(c) < _LEVEL and a > 0 and abs(a - d) < _LEVEL
    by = a if is_upright else scale(matrix)
    if not by:
        return None
    size, first = row.size * by, starts[0]
    own: Matrix = IDENTITY if is_upright else (a / by, b / by, c / by, d / by, 0, 0)
    origin = placed(row.matrix, first, 0)
    left, up, down, right = (extent * size for extent in face.extents)
    stroked = row.line.width / 2 if row.stroke is not None else 0.0
    reach = _MARGIN + stroked
    end = max((across + width - first) * by for across, width in row.places)
    start = min((across - first) * by for across, _ in row.places)
    corners = [
        placed(own, x, y)
        for x in (start - left - reach, end + right + reach)
        for y in (-up - reach, down + reach)
    ]
    box = _around([(origin[0] + x, origin[1] + y) for x, y in corners])
    x, y = origin[0] - box[0], origin[1] - box[1]
    if not is_upright:
        own, x, y = (*own[:4], x, y), 0.0, 0.0
    clips = enclosed(row.clips, box, own)
    if clips is None:
        return None
    steps = tuple((starts[index + 1] - starts[index]) * by for index in range(len(starts) - 1))
    code = TextCode(text, x, y, steps, transforms)
    return TextObject(box, row.face, size, (code,), row.fill, row.stroke, row.line, own, clips)


def _characters(row: TextRow) -> tuple[str, list[float], tuple[GlyphTransform, ...]]:
    """Return the text of ``row``, where each character begins, and the glyphs that are drawn for the characters.

    The characters of a glyph share its width, so that readers do not take them for one that is printed twice. A glyph
    without text is drawn with the next one.
    """
    text = ""
    starts: list[float] = []
    transforms: list[GlyphTransform] = []
    glyphs: tuple[int, ...] = ()
    for (glyph, characters), (across, width) in zip(row.glyphs, row.places, strict=True):
        glyphs = (*glyphs, glyph)
        if not characters:
            continue
        transforms.append(GlyphTransform(len(text), len(characters), glyphs))
        text += characters
        starts += [across + width * index / len(characters) for index in range(len(characters))]
        glyphs = ()
    return text, starts, tuple(_joined(transforms))


def _joined(transforms: list[GlyphTransform]) -> Iterator[GlyphTransform]:
    """Yield ``transforms``, those that follow one another joined to one if each has a glyph for a character."""
    is_single = [each.characters == len(each.glyphs) == 1 for each in transforms]
    for single, group in groupby(zip(is_single, transforms, strict=True), lambda pair: pair[0]):
        several = [each for _, each in group]
        if single:
            glyphs = tuple(glyph for each in several for glyph in each.glyphs)
            yield GlyphTransform(several[0].position, len(glyphs), glyphs)
        else:
            yield from several


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
