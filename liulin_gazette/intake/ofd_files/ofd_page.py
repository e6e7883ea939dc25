"""What stands on a page of an OFD file: characters with their places, ruled lines and pictures (GB/T 33190-2016, 8, 11).

OFD measures in mm from the upper left corner; PageText is in pt from the lower left one.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from liulin_gazette.intake.ofd_files.ofd_package import OfdPage, numbers_of
from liulin_gazette.intake.pdf_files.pdf_characters import MARGIN, UNKNOWN, WATERMARK
from liulin_gazette.intake.pdf_files.pdf_overprint import without_overprint
from liulin_gazette.intake.pdf_files.pdf_page import Box, Glyph, PageText, Rule, Unseen
from liulin_gazette.intake.pdf_files.pdf_tags import agreeing_blocks
from liulin_gazette.intake.radical_forms import plain_form
from liulin_gazette.intake.xml_archive import local_name

_POINTS = 72 / 25.4
_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_STRAIGHT = 2.0
"""Degrees by which type may lean and still be upright."""
_WHITE = 245
_THICK = 1.0
"""Width in mm up to which a filled rectangle is a ruled line."""
_MIN_RULE = 3.0
"""Length of a ruled line in mm."""
_HALF_WIDTH = 0x2000
"""Characters below this are half an em wide, unless the file says where the next one is."""
_FULL = 1.05
"""Ems up to which the place of the next character is where this one ends, and not a gap away."""
_MAX_REPEAT = 100_000
"""Characters of one TextCode."""
_DRAWING = re.compile(r"[A-Za-z]|[-+.\deE]+")
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Numbers after each operator of a path (GB/T 33190-2016, table 37)."""
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class _Code:
    """A character as a text object places it, in mm from the upper left corner of the page."""

    text: str
    x: float
    y: float
    width: float
    size: float
    angle: float
    """Degrees, clockwise."""
    is_upwards: bool
    """Whether the characters of its text stand under one another."""
    hidden: str
    """Why it is not seen; empty if it is."""
    owner: str
    """The identifier of its text object."""


def ofd_page_text(page: OfdPage, number: int) -> PageText:
    """Return what a reader sees on the ``page`` of this ``number``."""
    left, top, width, height = page.box
    codes = [code for content in page.contents for code in _codes(content)]
    glyphs, turned, unseen = list[Glyph](), list[Glyph](), list[Unseen]()
    hidden: dict[str, str] = {}
    replaced: dict[str, str] = {}
    for index, code in enumerate(codes):
        text = UNKNOWN if len(code.text) == 1 and ord(code.text) in _PRIVATE_USE else plain_form(code.text)
        if text != code.text and text != UNKNOWN:
            replaced[code.text] = text
        glyph = Glyph(
            text,
            (code.x - left) * _POINTS,
            (code.x - left + code.width) * _POINTS,
            (height - (code.y - top)) * _POINTS,
            code.size * _POINTS,
            index,
            page.blocks.get(code.owner, -1),
        )
        reason = code.hidden or ("" if _is_on(page, code) else "页面以外的字")
        right_angle = abs((code.angle + 45) % 90 - 45) <= _STRAIGHT
        if reason or not right_angle:
            reason = reason or WATERMARK
            hidden[reason] = hidden.get(reason, "") + text
        elif code.is_upwards or abs((code.angle + 180) % 360 - 180) > _STRAIGHT:
            turned.append(glyph)
        else:
            glyphs.append(glyph)
    once, doubled = without_overprint(glyphs)
    unseen += [Unseen(text.strip(), reason) for reason, text in hidden.items() if text.strip()]
    unseen += [Unseen(text, "重叠印了两遍的字，只留一遍") for text in doubled if text.strip()]
    unseen += [
        Unseen(text, "注释、图章或水印里的字")
        for each in page.annotations
        if (text := "".join(plain_form(code.text) for code in _codes(each)).strip())
    ]
    rules = [rule for content in page.contents for rule in _rules(content, page.box)]
    high = height * _POINTS
    is_tagged = agreeing_blocks(once, set(page.blocks.values()), MARGIN * high, (1 - MARGIN) * high)
    return PageText(
        number,
        width * _POINTS,
        height * _POINTS,
        tuple(once if is_tagged else (replace(glyph, content=-1) for glyph in once)),
        tuple(turned),
        tuple(unseen),
        tuple(rule for rule, is_horizontal in rules if is_horizontal),
        tuple(rule for rule, is_horizontal in rules if not is_horizontal),
        tuple(_pictures(page)),
        tuple(replaced.items()),
        is_tagged,
    )


def _is_on(page: OfdPage, code: _Code) -> bool:
    left, top, width, height = page.box
    return left - code.size <= code.x <= left + width and top <= code.y <= top + height + code.size


def _matrix(element: Element) -> tuple[float, float, float, float, float, float]:
    numbers = numbers_of(element.get("CTM", ""))
    return (
        (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
        if len(numbers) == 6
        else _UPRIGHT
    )


def _origin(element: Element) -> tuple[float, float]:
    numbers = numbers_of(element.get("Boundary", ""))
    return (numbers[0], numbers[1]) if len(numbers) == 4 else (0.0, 0.0)


def _number(element: Element, name: str, default: float) -> float:
    numbers = numbers_of(element.get(name, ""))
    return numbers[0] if len(numbers) == 1 else default


def _codes(root: Element) -> Iterator[_Code]:
    """Yield the characters of all text objects in ``root``, a page or annotations, in the order of the file."""
    for element in root.iter():
        if local_name(element) == "TextObject":
            yield from _of_object(element)


def _of_object(element: Element) -> Iterator[_Code]:
    a, b, c, d, e, f = _matrix(element)
    left, top = _origin(element)
    size = _number(element, "Size", 3.7)
    wide = _number(element, "HScale", 1.0)
    direction = _number(element, "ReadDirection", 0.0)
    turn = math.degrees(math.atan2(b, a)) + _number(element, "CharDirection", 0.0)
    across, down = math.hypot(a, b), math.hypot(c, d)
    hidden = _reason_hidden(element)
    for code in element:
        if local_name(code) != "TextCode":
            continue
        text = "".join((code.text or "").splitlines())[:_MAX_REPEAT]
        steps_x = _steps(code.get("DeltaX", ""), len(text) - 1)
        steps_y = _steps(code.get("DeltaY", ""), len(text) - 1)
        x, y = _number(code, "X", 0.0), _number(code, "Y", 0.0)
        is_upwards = direction % 180 != 0 or (any(steps_y) and not any(steps_x))
        for index, character in enumerate(text):
            natural = size * wide * (0.5 if ord(character) < _HALF_WIDTH else 1.0)
            step = steps_x[index] if index < len(steps_x) else None
            if step is None and not is_upwards:
                step = steps_x[-1] if steps_x else natural
            width = step if step and 0 < step <= _FULL * size * wide else natural
            yield _Code(
                character,
                a * x + c * y + e + left,
                b * x + d * y + f + top,
                max(width, 0.0) * across,
                max(size * down, 0.1),
                turn,
                is_upwards,
                hidden,
                element.get("ID", ""),
            )
            x += step or 0.0
            y += steps_y[min(index, len(steps_y) - 1)] if steps_y else 0.0


def _steps(text: str, most: int) -> list[float]:
    """Return the steps of a DeltaX or DeltaY, at most ``most``; ``g n v`` stands for n times v."""
    steps: list[float] = []
    words = iter(text.split())
    for word in words:
        if len(steps) >= most:
            break
        if word == "g":
            times, step = numbers_of(next(words, "")), numbers_of(next(words, ""))
            if times and step:
                steps += itertools.repeat(step[0], max(0, min(int(times[0]), most - len(steps))))
        elif number := numbers_of(word):
            steps.append(number[0])
    return steps


def _reason_hidden(element: Element) -> str:
    if element.get("Visible", "true").lower() in ("false", "0") or _number(element, "Alpha", 255) == 0:
        return "看不见的字"
    if element.get("Fill", "true").lower() in ("false", "0") and element.get("Stroke", "false").lower() in (
        "false",
        "0",
    ):
        return "看不见的字"
    for each in element:
        values = numbers_of(each.get("Value", "")) if local_name(each) == "FillColor" else []
        if len(values) == 3 and min(values) >= _WHITE:
            return "白色的字"
    return ""


def _rules(root: Element, box: tuple[float, float, float, float]) -> Iterator[tuple[Rule, bool]]:
    """Yield the ruled lines that the paths in ``root`` draw, and whether each is horizontal."""
    for element in root.iter():
        if local_name(element) != "PathObject" or element.get("Visible", "true").lower() == "false":
            continue
        matrix, (left, top) = _matrix(element), _origin(element)
        data = next((each.text or "" for each in element if local_name(each) == "AbbreviatedData"), "")
        shapes = [
            [_placed(point, matrix, (left - box[0], top - box[1]), box[3]) for point in shape]
            for shape in _shapes(data)
        ]
        is_filled = element.get("Fill", "false").lower() in ("true", "1")
        for shape in shapes:
            thin = _thin(shape) if is_filled else None
            for (x1, y1), (x2, y2) in [thin] if thin else itertools.pairwise(shape):
                if abs(y1 - y2) < 1 and abs(x1 - x2) > _MIN_RULE * _POINTS:
                    yield Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)), True
                elif abs(x1 - x2) < 1 and abs(y1 - y2) > _MIN_RULE * _POINTS:
                    yield Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)), False


def _thin(shape: list[tuple[float, float]]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the middle line of a ``shape`` that is as narrow as a ruled line; None for a broader one."""
    left, right = min(x for x, _ in shape), max(x for x, _ in shape)
    bottom, top = min(y for _, y in shape), max(y for _, y in shape)
    if top - bottom <= _THICK * _POINTS:
        return (left, (top + bottom) / 2), (right, (top + bottom) / 2)
    if right - left <= _THICK * _POINTS:
        return ((left + right) / 2, bottom), ((left + right) / 2, top)
    return None


def _placed(
    point: tuple[float, float], matrix: tuple[float, ...], origin: tuple[float, float], height: float
) -> tuple[float, float]:
    """Return a ``point`` of an object in pt from the lower left corner of a page of this ``height`` in mm."""
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e + origin[0]) * _POINTS, (height - (b * x + d * y + f + origin[1])) * _POINTS


def _shapes(data: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of each shape of a path; curves as their ends."""
    shape: list[tuple[float, float]] = []
    words = iter(_DRAWING.findall(data))
    for word in words:
        size = _ARGUMENTS.get(word)
        if size is None:
            continue
        numbers = numbers_of(" ".join(itertools.islice(words, size)))
        if word == "C" and len(shape) > 1:
            shape.append(shape[0])
        if len(numbers) != size or not size:
            continue
        if word in "MS" and shape:
            yield shape
            shape = []
        shape.append((numbers[-2], numbers[-1]))
    if shape:
        yield shape


def _pictures(page: OfdPage) -> Iterator[Box]:
    left, top, _, height = page.box
    for content in page.contents:
        for element in content.iter():
            numbers = numbers_of(element.get("Boundary", ""))
            if local_name(element) in ("ImageObject", "CompositeObject") and len(numbers) == 4:
                x, y, width, tall = numbers
                bottom = height - (y - top + tall)
                yield Box(
                    (x - left) * _POINTS,
                    bottom * _POINTS,
                    (x - left + width) * _POINTS,
                    (bottom + tall) * _POINTS,
                )
