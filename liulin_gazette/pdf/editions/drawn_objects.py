"""The drawing of a typeset page as objects of an OFD page: text with the place of each glyph, paths, pictures.

The typesetter records operators of PDF (ISO 32000-1 §8, §9). Their points go through the transformation at their time
into mm from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from liulin_gazette.pdf.editions.ofd_faces import OfdFace
from liulin_gazette.pdf.editions.operator_tokens import Operator, operators, shown_glyphs
from liulin_gazette.pdf.editions.placed_text import TextRow, text_object
from liulin_gazette.pdf.ofd.graphic_units import (
    BLACK,
    Box,
    ClipPath,
    Colour,
    GraphicUnit,
    ImageObject,
    LineStyle,
    Matrix,
    PathObject,
    Segment,
)
from liulin_gazette.pdf.typeset.advances import base_face
from liulin_gazette.pdf.typeset.layout import TypesettingError
from liulin_gazette.pdf.write.plane_geometry import (
    bounding_box,
    enclosed,
    moved,
    placed,
    product,
    scale,
)

_UPSIDE_DOWN: Matrix = (1, 0, 0, -1, 0, 1)
"""The unit square of a picture: PDF has its origin at the lower left corner, OFD at the upper left one."""
_FIRST_LINE = LineStyle(1.0, miter_limit=10.0)
"""How lines are drawn before an operator says otherwise (ISO 32000-1 table 52)."""
_CAPS = ("Butt", "Round", "Square")
_JOINS = ("Miter", "Round", "Bevel")
_PAINTING = {
    "f": "f", "F": "f", "f*": "f*", "S": "S", "s": "hS", "B": "fS", "B*": "f*S", "b": "hfS", "b*": "hf*S", "n": "",
}  # fmt: skip
"""What operators do: close the path (h), fill it (f; with the even-odd rule, f*), stroke it (S)."""
_WITHOUT_EFFECT = ("BX", "EX", "MP", "DP", "i", "ri")
_HAIRLINE = 0.0881
"""mm: a line without width is drawn as thin as a device can; this is a quarter of a point."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object, and the mark of the structure element that it belongs to; None if it belongs to none."""

    unit: GraphicUnit
    mark: int | None


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state (ISO 32000-1 §8.4)."""

    matrix: Matrix
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line: LineStyle = _FIRST_LINE
    """Lengths before their transformation."""
    clips: tuple[ClipPath, ...] = ()
    """On the page."""
    face: str = ""
    size: float = 0.0
    spacing: float = 0.0
    rise: float = 0.0
    rendering: int = 0


def drawn_objects(
    content: bytes,
    matrix: Matrix,
    glyphs: Mapping[str, Mapping[int, tuple[int, str]]],
    faces: Mapping[str, OfdFace],
) -> list[Drawn]:
    """Return the objects that the operators in ``content`` draw.

    ``matrix`` takes their points (pt, upwards) to mm on the page, downwards; ``glyphs`` has width (thousandths of an em)
    and text of each glyph by face and index, and ``faces`` the faces in the file. Raises TypesettingError for an
    operator that has no counterpart in OFD.
    """
    drawing = _Drawing(matrix, glyphs, faces)
    for operator in operators(content):
        drawing.perform(operator)
    drawing.finish_row()
    return drawing.drawn


class _Drawing:
    """Performs operators one by one, and collects the objects that they draw."""

    def __init__(
        self,
        matrix: Matrix,
        glyphs: Mapping[str, Mapping[int, tuple[int, str]]],
        faces: Mapping[str, OfdFace],
    ) -> None:
        self._glyphs = glyphs
        self._faces = faces
        self._state = _State(matrix)
        self._stack: list[_State] = []
        self._path: list[Segment] = []
        self._point = (0.0, 0.0)
        self._next_clip: bool | None = None
        """Whether the path that is to be a clip has the even-odd rule; None if it is to be none."""
        self._marks: list[int | None] = []
        self._text_matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self._across = 0.0
        self._row: TextRow | None = None
        self.drawn: list[Drawn] = []

    def perform(self, operator: Operator) -> None:
        """Perform ``operator``. Raises TypesettingError if OFD has nothing like it."""
        name = operator.name
        if name in ("m", "l", "c", "v", "y", "re", "h"):
            self._extend_path(name, operator.numbers)
        elif name in _PAINTING:
            self._paint(_PAINTING[name])
        elif name in ("W", "W*"):
            self._next_clip = name == "W*"
        elif name == "TJ":
            self._show(operator.array)
        elif name == "Do":
            self._draw_picture(operator.names[0])
        elif name in ("BDC", "BMC"):
            self.finish_row()
            self._marks.append(operator.mark)
        elif name == "EMC":
            self.finish_row()
            self._marks.pop()
        elif name not in _WITHOUT_EFFECT:
            self._change_state(operator)

    def _change_state(self, operator: Operator) -> None:
        name, values = operator.name, operator.numbers
        state = self._state
        match name:
            case "q":
                self._stack.append(state)
            case "Q":
                self._set(self._stack.pop())
            case "cm":
                self._set(replace(state, matrix=product(_matrix(values), state.matrix)))
            case "rg" | "g":
                self._set(replace(state, fill=_colour(values)))
            case "RG" | "G":
                self._set(replace(state, stroke=_colour(values)))
            case "w":
                self._set(replace(state, line=replace(state.line, width=values[0])))
            case "J":
                self._set(replace(state, line=replace(state.line, cap=_CAPS[int(values[0])])))
            case "j":
                self._set(replace(state, line=replace(state.line, join=_JOINS[int(values[0])])))
            case "M":
                self._set(replace(state, line=replace(state.line, miter_limit=values[0])))
            case "d":
                dashes = tuple(map(float, operator.array.split()))
                self._set(replace(state, line=replace(state.line, dashes=dashes, dash_offset=values[0])))
            case "Tf":
                self._set(replace(state, face=operator.names[0], size=values[0]))
            case "Tc":
                self._set(replace(state, spacing=values[0]))
            case "Ts":
                self._set(replace(state, rise=values[0]))
            case "Tr":
                self._set(replace(state, rendering=int(values[0])))
            case "BT" | "ET":
                self._move_text((1, 0, 0, 1, 0, 0))
            case "Tm":
                self._move_text(_matrix(values))
            case _:
                raise TypesettingError(f"版面上有 OFD 写不出的绘图算子“{name}”")

    def _set(self, state: _State) -> None:
        self._state = state

    def _move_text(self, matrix: Matrix) -> None:
        self.finish_row()
        self._text_matrix, self._across = matrix, 0.0

    @property
    def _mark(self) -> int | None:
        return next((mark for mark in reversed(self._marks) if mark is not None), None)

    def _extend_path(self, name: str, values: tuple[float, ...]) -> None:
        points = [(values[index], values[index + 1]) for index in range(0, len(values), 2)]
        match name:
            case "re":
                (x, y), (width, height) = points
                self._add("M", (x, y))
                for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
                    self._add("L", corner)
                self._path.append(("C", ()))
                self._point = (x, y)
            case "h":
                self._path += [("C", ())] if self._path else []
            case "v":
                self._add("B", self._point, *points)
            case "y":
                self._add("B", *points, points[-1])
            case _:
                self._add({"m": "M", "l": "L", "c": "B"}[name], *points)

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self._point = points[-1]
        matrix = self._state.matrix
        self._path.append((operator, tuple(value for point in points for value in placed(matrix, *point))))

    def _paint(self, actions: str) -> None:
        """Paint the path by ``actions``, then make it a clip if it is to be one, and begin a new one."""
        state, path = self._state, tuple(self._path)
        if "h" in actions and path:
            path = (*path, ("C", ()))
        fill = state.fill if "f" in actions else None
        stroke = state.stroke if "S" in actions else None
        if path and (fill or stroke):
            line = self._line()
            reach = line.width * max(line.miter_limit if line.join == "Miter" else 1, 1) / 2 if stroke else 0
            reach = min(reach, 2 * line.width) + 0.01
            box = bounding_box(path, reach)
            clips = self._clips(box)
            if clips is not None:
                segments = moved(path, -box[0], -box[1])
                unit = PathObject(box, segments, fill, stroke, line, "*" in actions, clips)
                self._draw(unit)
        if self._next_clip is not None:
            if path:
                clip = ClipPath(bounding_box(path, 0), path, self._next_clip)
                self._set(replace(state, clips=(*state.clips, clip)))
            self._next_clip = None
        self._path = []

    def _line(self) -> LineStyle:
        """Return how lines are drawn, in mm."""
        line, by = self._state.line, scale(self._state.matrix)
        return replace(
            line,
            width=line.width * by or _HAIRLINE,
            dashes=tuple(length * by for length in line.dashes),
            dash_offset=line.dash_offset * by,
        )

    def _clips(self, box: Box, matrix: Matrix = (1, 0, 0, 1, 0, 0)) -> tuple[ClipPath, ...] | None:
        """Return the clips of an object with the boundary ``box`` and its own ``matrix``; None if none of it is seen.

        Clips that leave all of it are left out. The others are measured as the object itself is, before its matrix.
        """
        return enclosed(self._state.clips, box, matrix)

    def _draw(self, unit: GraphicUnit) -> None:
        self.finish_row()
        self.drawn.append(Drawn(unit, self._mark))

    def _draw_picture(self, name: str) -> None:
        matrix = product(_UPSIDE_DOWN, self._state.matrix)
        corners: tuple[Segment, ...] = tuple(
            ("L", placed(matrix, x, y)) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
        )
        box = bounding_box(corners, 0)
        own: Matrix = (*matrix[:4], matrix[4] - box[0], matrix[5] - box[1])
        clips = self._clips(box, own)
        if clips is not None:
            self._draw(ImageObject(box, name, own, clips))

    def _show(self, array: str) -> None:
        """Show the glyphs of a TJ ``array``: they join the row before them if they look the same and follow it."""
        state = self._state
        number, _ = base_face(state.face)
        filled, stroked = state.rendering in (0, 2), state.rendering in (1, 2)
        row = TextRow(
            f"F{number}",
            state.size,
            product((1, 0, 0, 1, 0, state.rise), product(self._text_matrix, state.matrix)),
            state.fill if filled else None,
            state.stroke if stroked else None,
            self._line() if stroked else LineStyle(),
            state.clips,
        )
        if self._row is None or not self._row.looks_like(row):
            self.finish_row()
            self._row = row
        known = self._glyphs[state.face]
        for each in shown_glyphs(array):
            if isinstance(each, float):
                self._across -= each * state.size / 1000
            else:
                width, text = known[each]
                self._row.add(self._faces[row.face].glyphs[each], text, self._across, width)
                self._across += width * state.size / 1000 + state.spacing

    def finish_row(self) -> None:
        """Write the row of text that was begun, if there is one."""
        row, self._row = self._row, None
        unit = text_object(row, self._faces[row.face]) if row else None
        if unit:
            self.drawn.append(Drawn(unit, self._mark))


def _matrix(values: tuple[float, ...]) -> Matrix:
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _colour(values: tuple[float, ...]) -> Colour:
    red, green, blue = (round(255 * value) for value in (values if len(values) == 3 else values * 3))
    return red, green, blue
