"""Hairlines and small type of a coloured design are printed in black: of several plates they would look frayed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from liulin_gazette.pdf.ofd.graphic_units import Matrix
from liulin_gazette.pdf.write.plane_geometry import placed, product, scale

Rgb = tuple[int, int, int]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""
THINNEST_LINE = 0.5
"""pt: a thinner line or area of colour is printed in black."""
SMALLEST_TYPE = 9.0
"""pt (小五): smaller coloured type is printed in black."""
TOLERANCE = 0.01
_BLACK = {"rg": b"0 0 0 rg", "RG": b"0 0 0 RG"}
_FILLS, _STROKES = ("f", "F", "f*", "B", "B*", "b", "b*"), ("S", "s", "B", "B*", "b", "b*")
_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state (ISO 32000-1 §8.4), as far as it tells how thick a mark is."""

    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    width: float = 1.0
    colours: tuple[tuple[str, bytes], ...] = ()
    """The operators that set the design's colours now: rg, RG, each with its whole line."""
    clip: Box = _EVERYWHERE
    size: float = 0.0
    """Of the font, in units of text space."""


def black_thin_marks(operators: bytes, colours: Collection[Rgb]) -> bytes:
    """Return drawing ``operators`` in RGB, one a line, with what is thin and has one of ``colours`` (0 to 255) in black.

    Lengths in them are pt after their own transformations.
    """
    lines = operators.split(b"\n")
    if not any(line.endswith((b" rg", b" RG")) and _rgb(line.split()) in colours for line in lines):
        return operators
    written: list[bytes] = []
    stack: list[_State] = []
    state, text_scale = _State(), 1.0
    points: list[tuple[float, float]] = []
    path_from, clips = 0, False
    for line in lines:
        tokens = line.split()
        name = tokens[-1].decode("latin-1") if tokens else ""
        thin: tuple[tuple[str, bytes], ...] = ()
        if name == "q":
            stack.append(state)
        elif name == "Q":
            state = stack.pop() if stack else state
        elif name == "cm":
            state = replace(state, matrix=product(_numbers(tokens, 6), state.matrix))
        elif name == "w":
            state = replace(state, width=float(tokens[0]))
        elif name in _BLACK:
            others = tuple(each for each in state.colours if each[0] != name)
            mine = ((name, line),) if _rgb(tokens) in colours else ()
            state = replace(state, colours=others + mine)
        elif name == "Tf":
            state = replace(state, size=float(tokens[-2]))
        elif name == "Tm":
            text_scale = scale(_numbers(tokens, 6))
        elif name in ("m", "l", "c", "v", "y", "re"):
            path_from = path_from if points else len(written)
            points += [placed(state.matrix, x, y) for x, y in _corners(name, tokens)]
        elif name in ("W", "W*"):
            clips = True
        elif name in ("TJ", "Tj"):
            size = state.size * text_scale * scale(state.matrix)
            thin = _of(state, "rg") if size < SMALLEST_TYPE - TOLERANCE else ()
            path_from = len(written)
        elif name in _FILLS or name in _STROKES:
            thin = _thin_paint(state, name, points)
        if thin:
            written[path_from:path_from] = [_BLACK[operator] for operator, _ in thin]
        written.append(line)
        written += [restored for _, restored in thin]
        if name == "n" or name in _FILLS or name in _STROKES:
            state = replace(state, clip=_common(state.clip, _box(points))) if clips and points else state
            points, clips = [], False
    return b"\n".join(written)


def _thin_paint(state: _State, name: str, points: list[tuple[float, float]]) -> tuple[tuple[str, bytes], ...]:
    """Return those of the design's colours that paint something thin along ``points``."""
    thin: tuple[tuple[str, bytes], ...] = ()
    if name in _FILLS and points:
        left, bottom, right, top = _common(state.clip, _box(points))
        if min(right - left, top - bottom) < THINNEST_LINE - TOLERANCE:
            thin += _of(state, "rg")
    if name in _STROKES and state.width * scale(state.matrix) < THINNEST_LINE - TOLERANCE:
        thin += _of(state, "RG")
    return thin


def _of(state: _State, operator: str) -> tuple[tuple[str, bytes], ...]:
    return tuple(each for each in state.colours if each[0] == operator)


def _rgb(tokens: list[bytes]) -> Rgb:
    red, green, blue = (round(float(token) * 255) for token in tokens[:3])
    return red, green, blue


def _corners(name: str, tokens: list[bytes]) -> list[tuple[float, float]]:
    """Return the points of a path operator; of a rectangle, two opposite ones."""
    values = [float(token) for token in tokens[:-1]]
    if name == "re":
        x, y, width, height = values
        return [(x, y), (x + width, y + height)]
    return list(zip(values[::2], values[1::2], strict=True))


def _numbers(tokens: list[bytes], count: int) -> Matrix:
    a, b, c, d, e, f = (float(token) for token in tokens[-count - 1 : -1])
    return a, b, c, d, e, f


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _common(first: Box, second: Box) -> Box:
    return (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )
