"""The ruled lines and the pictures of a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from liulin_gazette.intake.pdf_files.pdf_page import Box, Rule

_STRAIGHT = 0.8
"""Difference in pt between the ends of a line that still counts as horizontal or vertical."""
_MIN_LENGTH = 4.0
"""Length in pt of a ruled line; shorter ones are parts of characters and of dashes."""
_MAX_SEGMENTS = 40_000
"""Lines on a page that are looked at; more are a drawing."""
_MAX_RULES = 4_000
"""Rules on a page once those on one line are one. A table whose cells are framed by four rectangles each has many more
lines, and few rules."""
_MAX_DEPTH = 4
"""Forms within forms that are looked into."""
_MIN_PICTURE = 20.0
"""Width and height in pt; smaller ones are signs and rules."""
_MERGE = 1.5
"""Distance in pt of two lines that are one: a rule is often drawn as a thin rectangle."""
_JOIN = 2.5
"""Gap in pt between two pieces of a rule."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_UNCHANGED: Matrix = (1, 0, 0, 1, 0, 0)


def drawings(
    page: Any, turn: Callable[[float, float], Point]
) -> tuple[tuple[Rule, ...], tuple[Rule, ...], tuple[Box, ...]]:
    """Return the horizontal rules, the vertical rules and the pictures of ``page``; ``turn`` maps each point."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    pictures: list[Box] = []
    segments = 0
    for item, matrix, is_picture in _objects(page):
        if is_picture:
            box = _box(item, matrix, turn)
            if box.width > _MIN_PICTURE and box.height > _MIN_PICTURE:
                pictures.append(box)
            continue
        for start, end in _segments(item, matrix):
            segments += 1
            (left, bottom), (right, top) = turn(*start), turn(*end)
            if abs(bottom - top) < _STRAIGHT and abs(left - right) > _MIN_LENGTH:
                horizontal.append(Rule((bottom + top) / 2, min(left, right), max(left, right)))
            elif abs(left - right) < _STRAIGHT and abs(bottom - top) > _MIN_LENGTH:
                vertical.append(Rule((left + right) / 2, min(bottom, top), max(bottom, top)))
            if segments > _MAX_SEGMENTS:
                return (), (), tuple(pictures)
    rules = _merged(horizontal), _merged(vertical)
    if sum(map(len, rules)) > _MAX_RULES:
        return (), (), tuple(pictures)
    return (*rules, tuple(pictures))


def _objects(page: Any) -> Iterator[tuple[Any, Matrix, bool]]:
    """Yield the paths and the pictures of ``page``, each with the matrix of the forms around it."""
    import pypdfium2.raw as pdfium

    def inside(count: int, item: Callable[[int], Any], around: Matrix, depth: int) -> Iterator[Any]:
        for index in range(count):
            each = item(index)
            kind = pdfium.FPDFPageObj_GetType(each)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                matrix = _product(_matrix(each), around)
                yield from inside(
                    max(pdfium.FPDFFormObj_CountObjects(each), 0),
                    lambda at, form=each: pdfium.FPDFFormObj_GetObject(form, at),
                    matrix,
                    depth + 1,
                )
            elif kind == pdfium.FPDF_PAGEOBJ_PATH and _is_drawn(each):
                yield each, around, False
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                yield each, around, True

    return inside(
        pdfium.FPDFPage_CountObjects(page), lambda at: pdfium.FPDFPage_GetObject(page, at), _UNCHANGED, 0
    )


def _is_drawn(path: Any) -> bool:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(fill.value or stroke.value)


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _UNCHANGED
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(item: Any, matrix: Matrix, turn: Callable[[float, float], Point]) -> Box:
    """Return where the picture ``item`` stands; a picture is the unit square under its matrix."""
    whole = _product(_matrix(item), matrix)
    corners = [turn(*_at(whole, x, y)) for x in (0, 1) for y in (0, 1)]
    return Box(
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )


def _segments(path: Any, around: Matrix) -> Iterator[tuple[Point, Point]]:
    """Yield the straight segments of ``path``."""
    import pypdfium2.raw as pdfium

    matrix = _product(_matrix(path), around)
    x, y = ctypes.c_float(), ctypes.c_float()
    first: Point | None = None
    last: Point | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = _at(matrix, x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            yield point, first
            last = first


def _merged(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return ``rules`` with those on one line, and next to one another, made one."""
    merged: list[Rule] = []
    ordered = sorted(rules, key=lambda rule: rule.place)
    rows: list[list[Rule]] = []
    for rule in ordered:
        if rows and rule.place - rows[-1][-1].place <= _MERGE:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        place = sum(rule.place for rule in row) / len(row)
        spans: list[list[float]] = []
        for rule in sorted(row, key=lambda each: each.start):
            if spans and rule.start - spans[-1][1] <= _JOIN:
                spans[-1][1] = max(spans[-1][1], rule.end)
            else:
                spans.append([rule.start, rule.end])
        merged += [Rule(place, start, end) for start, end in spans]
    return tuple(merged)
