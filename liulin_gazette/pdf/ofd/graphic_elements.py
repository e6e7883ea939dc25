"""The XML of what is drawn on a page (GB/T 33190-2016, 8 to 11)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from liulin_gazette.pdf.ofd.graphic_units import (
    BLACK,
    IDENTITY,
    ClipPath,
    Colour,
    GlyphTransform,
    GraphicUnit,
    ImageObject,
    LineStyle,
    Matrix,
    PathObject,
    Segment,
    TextCode,
    TextObject,
)
from liulin_gazette.pdf.ofd.xml_elements import XmlElement, element, number, numbers, text_element

_PLAIN_LINE = LineStyle()
_LEAST_REPEATED = 3
"""Equal steps from which on they are written as ``g`` with their number (table 45)."""


def graphic_element(unit: GraphicUnit, identifier: int, resources: Mapping[str, int]) -> XmlElement:
    """Return the element of ``unit``; ``resources`` has the identifiers of fonts and pictures by their names."""
    match unit:
        case TextObject():
            return _text(unit, identifier, resources)
        case PathObject():
            return _path(unit, identifier)
        case ImageObject():
            return element(
                "ImageObject",
                _clips(unit.clips),
                ID=str(identifier),
                Boundary=numbers(unit.boundary),
                CTM=numbers(unit.matrix),
                ResourceID=str(resources[unit.picture]),
            )


def _text(unit: TextObject, identifier: int, resources: Mapping[str, int]) -> XmlElement:
    codes = [each for code in unit.codes for each in _code(code)]
    has_colour = unit.fill is not None and unit.fill != BLACK
    return element(
        "TextObject",
        _clips(unit.clips),
        _colour("FillColor", unit.fill) if has_colour else None,
        _colour("StrokeColor", unit.stroke),
        *codes,
        ID=str(identifier),
        Boundary=numbers(unit.boundary),
        CTM=_matrix(unit.matrix),
        Font=str(resources[unit.font]),
        Size=number(unit.size),
        Fill="false" if unit.fill is None else None,
        Stroke="true" if unit.stroke is not None else None,
        **(_line(unit.line) if unit.stroke is not None else {}),
    )


def _code(code: TextCode) -> list[XmlElement]:
    """Return the elements of ``code``: those of its glyphs, then that of its text."""
    return [
        *map(_transform, code.transforms),
        text_element(
            "TextCode", code.text, X=number(code.x), Y=number(code.y), DeltaX=_steps(code.steps_x) or None
        ),
    ]


def _transform(transform: GlyphTransform) -> XmlElement:
    return element(
        "CGTransform",
        text_element("Glyphs", " ".join(map(str, transform.glyphs))),
        CodePosition=str(transform.position),
        CodeCount=str(transform.characters),
        GlyphCount=str(len(transform.glyphs)),
    )


def _steps(steps: tuple[float, ...]) -> str:
    """Return ``steps`` as an array, in which several equal ones are written once, after ``g`` and their number."""
    words: list[str] = []
    for value, group in groupby(map(number, steps)):
        count = len(list(group))
        words += ["g", str(count), value] if count >= _LEAST_REPEATED else [value] * count
    return " ".join(words)


def _path(unit: PathObject, identifier: int) -> XmlElement:
    return element(
        "PathObject",
        _clips(unit.clips),
        _colour("StrokeColor", unit.stroke),
        _colour("FillColor", unit.fill),
        text_element("AbbreviatedData", _data(unit.segments)),
        ID=str(identifier),
        Boundary=numbers(unit.boundary),
        Stroke="false" if unit.stroke is None else None,
        Fill="true" if unit.fill is not None else None,
        Rule="Even-Odd" if unit.is_even_odd else None,
        **(_line(unit.line) if unit.stroke is not None else {}),
    )


def _line(line: LineStyle) -> dict[str, str | None]:
    """Return the attributes of ``line``, without those that are as the standard presumes (table 32)."""
    return {
        "LineWidth": number(line.width),
        "Cap": line.cap if line.cap != _PLAIN_LINE.cap else None,
        "Join": line.join if line.join != _PLAIN_LINE.join else None,
        "MiterLimit": number(line.miter_limit) if line.miter_limit != _PLAIN_LINE.miter_limit else None,
        "DashOffset": number(line.dash_offset) if line.dash_offset else None,
        "DashPattern": numbers(line.dashes) if line.dashes else None,
    }


def _clips(clips: tuple[ClipPath, ...]) -> XmlElement | None:
    """Return the element of ``clips``; what is seen is inside all of them."""
    if not clips:
        return None
    return element("Clips", *(element("Clip", element("Area", _clip_path(clip))) for clip in clips))


def _clip_path(clip: ClipPath) -> XmlElement:
    return element(
        "Path",
        text_element("AbbreviatedData", _data(clip.segments)),
        Boundary=numbers(clip.boundary),
        Stroke="false",
        Fill="true",
        Rule="Even-Odd" if clip.is_even_odd else None,
    )


def _data(segments: tuple[Segment, ...]) -> str:
    return " ".join(f"{operator} {numbers(points)}".rstrip() for operator, points in segments)


def _colour(name: str, colour: Colour | None) -> XmlElement | None:
    return None if colour is None else element(name, Value=" ".join(map(str, colour)))


def _matrix(matrix: Matrix) -> str | None:
    return None if matrix == IDENTITY else numbers(matrix)
