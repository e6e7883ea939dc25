"""Reading what stands on a page of a PDF with pypdfium2: which characters a reader sees there, and where."""

from __future__ import annotations

import ctypes
import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liulin_gazette.intake.pdf_files.pdf_drawings import drawings
from liulin_gazette.intake.pdf_files.pdf_overprint import without_overprint
from liulin_gazette.intake.pdf_files.pdf_page import Box, Glyph, PageText, Unseen
from liulin_gazette.intake.pdf_files.pdf_tags import agreeing_blocks, tagged_blocks
from liulin_gazette.intake.radical_forms import plain_form
from liulin_gazette.intake.symbol_fonts import symbol

UNKNOWN = "\ufffd"
UNKNOWN_DOUBT = "有认不出的字，请照原件补上"
"""Stands for a character whose font does not say which it is."""
MARGIN = 0.13
"""Share of the page's height, at the head and at the foot, where running heads and page numbers stand."""
_HYPHENS = (0x02, 0xAD, 0xFFFE)
"""What PDFium puts for a hyphen at the end of a line."""
_PRIVATE_USE = range(0xE000, 0xF900)
_INVISIBLE_MODES = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-1, 9.3.6)."""
_WHITE = 245
_PALE = 180
"""Brightness, from 0 to 255, above which type is as pale as a watermark."""
_MAX_RENDERED = 2_000
"""Width and height in pixels of the picture of a page in which white type is looked at."""
_MIN_CONTRAST = 30
"""Difference in brightness, from 0 to 255, that a reader sees."""
_OVERHANG = 1.15
"""Width in ems of the box of a character that is one em wide, some strokes of which go beyond it."""
_MIN_SIZE = 0.1
"""Size of type in pt to reckon with at least, since a broken file may have type without size."""
WATERMARK = "水印"


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object have in common."""

    size: float
    angle: float
    """Degrees, counter-clockwise."""
    brightness: int
    """Of the fill, from 0 to 255; an almost transparent one counts as white."""
    is_painted: bool
    font: str
    content: int


@dataclass(frozen=True, slots=True)
class _Character:
    """A character in the coordinates of the file."""

    text: str
    x: float
    y: float
    box: Box
    style: _Style
    index: int


def page_text(page: Any, number: int) -> PageText:
    """Return what a reader sees on ``page`` of pypdfium2, and which characters of the file he does not see."""
    edges = Box(*page.get_bbox())
    found, replaced = _characters(page)
    characters, unseen, is_recognised = _visible(page, edges, found)
    direction = _main_direction(characters)
    turn = _turner(direction, edges)
    upright = direction % 180 == 0
    straight = [each for each in characters if _direction(each) == direction]
    turned = [each for each in characters if _direction(each) not in (direction, None)]
    slanting = [each for each in characters if _direction(each) is None]
    straight, pale = _without_watermark(straight)
    unseen += [Unseen(text, WATERMARK) for text in (_words(slanting), _words(pale)) if text]
    glyphs, doubled = without_overprint([_glyph(each, turn) for each in straight])
    unseen += [Unseen(text, "重叠印了两遍的字，只留一遍") for text in doubled]
    horizontal, vertical, pictures = drawings(page, turn)
    height = edges.height if upright else edges.width
    blocks = tagged_blocks(page)
    is_tagged = agreeing_blocks(glyphs, blocks, MARGIN * height, (1 - MARGIN) * height)
    return PageText(
        number,
        edges.width if upright else edges.height,
        height,
        tuple(replace(glyph, content=blocks.get(glyph.content, -1) if is_tagged else -1) for glyph in glyphs),
        tuple(_glyph(each, _turner(_direction(each) or 0, edges)) for each in turned),
        tuple(unseen),
        horizontal,
        vertical,
        pictures,
        replaced,
        is_tagged,
        is_recognised,
    )


def _characters(page: Any) -> tuple[list[_Character], tuple[tuple[str, str], ...]]:
    """Return the characters of the file except those that PDFium adds, and the forms that were replaced."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    styles: dict[int, _Style] = {}
    replaced: dict[str, str] = {}
    characters: list[_Character] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or code in (0x0A, 0x0D):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        item = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        if key not in styles:
            styles[key] = _style(text, item, index)
        style = styles[key]
        character = _character(code, style.font)
        plain = plain_form(character)
        if plain != character:
            replaced[character] = plain
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        box = Box(*text.get_charbox(index, loose=True))
        characters.append(_Character(plain, x.value, y.value, box, style, index))
    text.close()
    return characters, tuple(replaced.items())


def _character(code: int, font: str) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _PRIVATE_USE:
        return symbol(font, code) or UNKNOWN
    return chr(code) if code > 0x20 and not 0xD800 <= code < 0xE000 else " " if code == 0x20 else UNKNOWN


def _style(text: Any, item: Any, index: int) -> _Style:
    """Return the style of the text object ``item``, which the character at ``index`` belongs to."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    has_colour = pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    brightness = (299 * red.value + 587 * green.value + 114 * blue.value) // 1000 if has_colour else 0
    opacity = alpha.value if has_colour else 255
    name = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(text, index, name, 128, None)
    font = name.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace").split("+")[-1]
    return _Style(
        max(pdfium.FPDFText_GetFontSize(text, index) * scale, _MIN_SIZE),
        math.degrees(math.atan2(matrix.b, matrix.a)) % 360,
        255 - (255 - brightness) * opacity // 255,
        not item or pdfium.FPDFTextObj_GetTextRenderMode(item) not in _INVISIBLE_MODES,
        _SYMBOL_NAMES.get(font.lower().replace("-regular", ""), font),
        pdfium.FPDFPageObj_GetMarkedContentID(item) if item else -1,
    )


_SYMBOL_NAMES = {"wingdings2": "wingdings 2", "wingdings3": "wingdings 3", "symbolmt": "symbol"}
"""Names of symbol fonts as PDF files have them, and as Word files have them."""


def _visible(
    page: Any, edges: Box, characters: Sequence[_Character]
) -> tuple[list[_Character], list[Unseen], bool]:
    """Return the characters that a reader sees, what he does not see, and whether the text is that of a scan.

    The invisible text on the picture of a scan is what a program for text recognition has read there: it is kept.
    """
    unpainted = [each for each in characters if not each.style.is_painted]
    is_recognised = bool(unpainted) and len(unpainted) > 0.5 * len(characters)
    outside = [each for each in characters if not _is_on(each, edges)]
    hidden = [] if is_recognised else unpainted
    white = [each for each in characters if each.style.is_painted and each.style.brightness >= _WHITE]
    if white:
        contrast = _contrast(page, edges)
        white = [each for each in white if each.text.strip() and contrast(each.box) < _MIN_CONTRAST]
    unseen = [
        Unseen(text, reason)
        for part, reason in (
            (outside, "在页面以外，看不见"),
            ([each for each in hidden if each not in outside], "看不见的字（没有印出）"),
            ([each for each in white if each not in outside], "白色的字，看不见"),
        )
        if (text := _words(part))
    ]
    left_out = {each.index for part in (outside, hidden, white) for each in part}
    return [each for each in characters if each.index not in left_out], unseen, is_recognised


def _words(characters: Sequence[_Character]) -> str:
    return "".join(each.text for each in characters).strip()


def _is_on(character: _Character, edges: Box) -> bool:
    return (
        edges.left - 1 <= character.x <= edges.right + 1 and edges.bottom - 1 <= character.y <= edges.top + 1
    )


def _contrast(page: Any, edges: Box) -> Callable[[Box], int]:
    """Return a function that tells the difference in brightness, from 0 to 255, within a box of ``page``."""
    rotation = page.get_rotation()
    page.set_rotation(0)
    scale = min(1.0, _MAX_RENDERED / max(edges.width, edges.height, 1.0))
    picture = page.render(scale=scale).to_pil().convert("L")
    page.set_rotation(rotation)

    def difference(box: Box) -> int:
        area = (
            max(0, int(scale * (box.left - edges.left))),
            max(0, int(scale * (edges.top - box.top))),
            min(picture.width, int(scale * (box.right - edges.left)) + 1),
            min(picture.height, int(scale * (edges.top - box.bottom)) + 1),
        )
        if area[0] >= area[2] or area[1] >= area[3]:
            return 0
        darkest, brightest = picture.crop(area).getextrema()
        return brightest - darkest

    return difference


def _direction(character: _Character) -> int | None:
    """Return the direction of writing in degrees, a multiple of 90; None if it slants."""
    quarter = round(character.style.angle / 90)
    return quarter % 4 * 90 if abs(character.style.angle - 90 * quarter) < 2 else None


def _main_direction(characters: Sequence[_Character]) -> int:
    """Return the direction in degrees in which most characters are written."""
    counts = Counter(direction for each in characters if (direction := _direction(each)) is not None)
    return counts.most_common(1)[0][0] if counts else 0


Turner = Callable[[float, float], tuple[float, float]]


def _turner(direction: int, edges: Box) -> Turner:
    """Return the function from the file's coordinates to those of a page on which ``direction`` is upright."""
    turns: dict[int, Turner] = {
        0: lambda x, y: (x - edges.left, y - edges.bottom),
        90: lambda x, y: (y - edges.bottom, edges.right - x),
        180: lambda x, y: (edges.right - x, edges.top - y),
        270: lambda x, y: (edges.top - y, x - edges.left),
    }
    return turns[direction]


def _glyph(character: _Character, turn: Turner) -> Glyph:
    left, baseline = turn(character.x, character.y)
    box = character.box
    corners = (turn(box.left, box.bottom), turn(box.right, box.top))
    right = max(x for x, _ in corners)
    size = character.style.size
    return Glyph(
        character.text,
        left,
        left + size if size < right - left < _OVERHANG * size else max(right, left),
        baseline,
        size,
        character.index,
        character.style.content,
    )


def _without_watermark(characters: Sequence[_Character]) -> tuple[list[_Character], list[_Character]]:
    """Return ``characters`` without those of a watermark, which are pale and large; and these."""
    sizes = [each.style.size for each in characters if each.text.strip()]
    if not sizes:
        return list(characters), []
    usual = statistics.median(sizes)
    pale = [each for each in characters if each.style.brightness >= _PALE and each.style.size > 1.5 * usual]
    left_out = {each.index for each in pale}
    return [each for each in characters if each.index not in left_out], pale
