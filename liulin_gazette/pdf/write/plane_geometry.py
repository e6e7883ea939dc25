"""Points, transformations and boundaries of what is drawn on a page, in the units of its objects."""

from __future__ import annotations

from collections.abc import Sequence

from liulin_gazette.pdf.ofd.graphic_units import IDENTITY, Box, ClipPath, Matrix, Segment

_TOLERANCE = 0.02
"""mm by which an object may stand out of a clip that is taken for one around it."""


def product(first: Matrix, second: Matrix) -> Matrix:
    """Return the transformation that does ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def inverse(matrix: Matrix) -> Matrix | None:
    """Return the transformation that undoes ``matrix``; None if nothing does."""
    a, b, c, d, e, f = matrix
    determinant = a * d - b * c
    if abs(determinant) < 1e-12:
        return None
    g, h, i, j = d / determinant, -b / determinant, -c / determinant, a / determinant
    return g, h, i, j, -(e * g + f * i), -(e * h + f * j)


def scale(matrix: Matrix) -> float:
    """Return by how much ``matrix`` makes lengths longer, in the mean."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point (``x``, ``y``) transformed by ``matrix``."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounding_box(segments: Sequence[Segment], reach: float) -> Box:
    """Return the box around ``segments``, wider by ``reach`` on each side; there is a point in them."""
    values = [value for _, points in segments for value in points]
    xs, ys = values[::2], values[1::2]
    left, top = min(xs) - reach, min(ys) - reach
    return left, top, max(xs) + reach - left, max(ys) + reach - top


def moved(segments: Sequence[Segment], right: float, down: float) -> tuple[Segment, ...]:
    """Return ``segments`` moved to the ``right`` and ``down``."""
    return transformed(segments, (1, 0, 0, 1, right, down))


def transformed(segments: Sequence[Segment], matrix: Matrix) -> tuple[Segment, ...]:
    """Return ``segments`` transformed by ``matrix``."""
    return tuple(
        (
            operator,
            tuple(
                value
                for index in range(0, len(points), 2)
                for value in placed(matrix, points[index], points[index + 1])
            ),
        )
        for operator, points in segments
    )


def enclosed(clips: Sequence[ClipPath], box: Box, matrix: Matrix) -> tuple[ClipPath, ...] | None:
    """Return those of ``clips`` (on the page) that cut something off an object with the boundary ``box``.

    They are measured as the object is: from the corner of its boundary, before its ``matrix``. None if a clip leaves
    nothing of the object.
    """
    left, top, width, height = box
    needed: list[ClipPath] = []
    back = inverse(matrix) if matrix != IDENTITY else IDENTITY
    for clip in clips:
        x, y, wide, high = clip.boundary
        if x >= left + width or y >= top + height or x + wide <= left or y + high <= top:
            return None
        is_around = (
            x <= left + _TOLERANCE
            and y <= top + _TOLERANCE
            and x + wide >= left + width - _TOLERANCE
            and y + high >= top + height - _TOLERANCE
        )
        if (is_around and _is_rectangle(clip)) or back is None:
            continue
        segments = transformed(moved(clip.segments, -left, -top), back)
        needed.append(ClipPath(bounding_box(segments, 0), _at_corner(segments), clip.is_even_odd))
    return tuple(needed)


def _at_corner(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return ``segments`` as measured from the corner of their own boundary."""
    left, top, _, _ = bounding_box(segments, 0)
    return moved(segments, -left, -top)


def _is_rectangle(clip: ClipPath) -> bool:
    """Return whether ``clip`` is one upright rectangle."""
    corners = [points for operator, points in clip.segments if operator in ("M", "L")]
    if len({operator for operator, _ in clip.segments} | {"M", "L", "C"}) != 3 or len(corners) not in (4, 5):
        return False
    left, top, width, height = clip.boundary
    return all(
        min(abs(x - left), abs(x - left - width)) < _TOLERANCE
        and min(abs(y - top), abs(y - top - height)) < _TOLERANCE
        for x, y in corners
    )
