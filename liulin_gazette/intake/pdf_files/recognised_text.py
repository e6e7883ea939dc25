"""Text with positions as an office's own program for text recognition (OCR) gives it: one JSON object a line.

    {"page": 1, "x0": 90, "y0": 100.5, "x1": 300, "y1": 116, "text": "各乡镇人民政府：", "confidence": 0.97}

``page`` counts from 1, and may be left out where the program reads one page. x0, y0, x1, y1 are the box of the text in
pt (1/72 inch) from the upper left corner of the page, y downward. ``text`` is a line, a word or a single character.
``confidence`` is from 0 to 1, and may be left out. Empty lines are skipped; other keys are ignored.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.intake.pdf_files.pdf_account import plain_word
from liulin_gazette.intake.pdf_files.pdf_page import Glyph

LOW_CONFIDENCE = 0.8
"""Below it, text gets a 待核 mark."""
MAX_ITEMS = 20_000
"""Items of a page; a page has a few thousand characters."""
MAX_TEXT = 2_000
"""Characters of an item."""
_BASELINE = 0.12
"""Height of the baseline above the lower edge of a line's box, as a share of its height."""
_SAME_LINE = 0.4
"""How far the middles of boxes of one line may differ, as a share of the smaller height."""
_HALF = 0.5
"""Width of a Latin letter or a figure, as a share of that of a Chinese character."""
_FORM = '每行应是 {"page": 1, "x0": 90, "y0": 100, "x1": 300, "y1": 116, "text": "……", "confidence": 0.97}，见《来稿转换》“扫描件和 OCR”。'


@dataclass(frozen=True, slots=True)
class RecognisedItem:
    """A piece of text; lengths are in pt from the upper left corner of the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str
    confidence: float
    """From 0 to 1; 1 where the program does not say."""

    @property
    def height(self) -> float:
        """Height of its box."""
        return self.bottom - self.top


def recognised_items(output: bytes, page: int, pages: int) -> tuple[RecognisedItem, ...]:
    """Return what the ``output`` of a program for text recognition says.

    ``page`` is the one page that it was given, 0 for all ``pages`` of a file. Raises IntakeError.
    """
    try:
        text = output.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError("OCR 命令的输出不是 UTF-8 编码的。", _FORM) from error
    items: list[RecognisedItem] = []
    counts: dict[int, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        item = _item(line, number, page, pages)
        counts[item.page] = counts.get(item.page, 0) + 1
        if counts[item.page] > MAX_ITEMS:
            raise IntakeError(f"OCR 命令的输出里第 {item.page} 页超过 {MAX_ITEMS} 条。", _FORM)
        if item.text:
            items.append(item)
    return tuple(items)


def _item(line: str, number: int, page: int, pages: int) -> RecognisedItem:
    """Return the item in ``line``, line ``number`` of the output. Raises IntakeError."""
    where = f"OCR 命令的输出第 {number} 行"
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"{where}不是 JSON：{line[:40]}。", _FORM) from error
    if not isinstance(value, dict):
        raise IntakeError(f"{where}不是一个 JSON 对象。", _FORM)
    fields = cast("dict[str, Any]", value)
    text = fields.get("text")
    if not isinstance(text, str) or len(text) > MAX_TEXT or not _is_unicode(text):
        raise IntakeError(f"{where}的 text 不是文字，或超过 {MAX_TEXT} 字。", _FORM)
    of_page = fields.get("page", page or None)
    if isinstance(of_page, bool) or not isinstance(of_page, int) or not 1 <= of_page <= pages:
        raise IntakeError(f"{where}没有写页码（page），或没有这一页。", _FORM)
    if page and of_page != page:
        raise IntakeError(f"{where}写的是第 {of_page} 页，交给它的是第 {page} 页。", _FORM)
    left, top, right, bottom = (_number(fields.get(key), where, key) for key in ("x0", "y0", "x1", "y1"))
    if not (right > left and bottom > top):
        raise IntakeError(f"{where}的框没有大小：x1 要大于 x0，y1 要大于 y0（从上往下量）。", _FORM)
    confidence = _number(fields.get("confidence", 1), where, "confidence")
    if not 0 <= confidence <= 1:
        raise IntakeError(f"{where}的 confidence 是 {confidence:g}，应在 0 与 1 之间。", _FORM)
    plain = plain_word(" ".join(text.split()))
    return RecognisedItem(of_page, left, top, right, bottom, plain, confidence)


def _is_unicode(text: str) -> bool:
    """Tell whether ``text`` can be written as UTF-8: JSON can escape half a surrogate pair."""
    return not any(0xD800 <= ord(character) < 0xE000 for character in text)


def _number(value: Any, where: str, key: str) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or abs(value) > 1e6:
        raise IntakeError(f"{where}的 {key} 不是数。", _FORM)
    return float(value)


def glyphs_of(items: Sequence[RecognisedItem], height: float) -> tuple[Glyph, ...]:
    """Return the characters of the ``items`` of a page of this ``height`` in pt, spread evenly over their boxes.

    Items beside each other share baseline and size: the box of 一 or of a comma is lower than its line.
    """
    glyphs: list[Glyph] = []
    for row in _rows(items):
        size = max(item.height for item in row)
        baseline = height - max(item.bottom for item in row) + _BASELINE * size
        for item in row:
            glyphs += _spread(item, baseline, size, len(glyphs))
    return tuple(glyphs)


def _rows(items: Sequence[RecognisedItem]) -> list[list[RecognisedItem]]:
    """Return ``items`` by line, from the top of the page, each line from the left."""
    rows: list[list[RecognisedItem]] = []
    for item in sorted(items, key=lambda each: (each.top + each.bottom, each.left)):
        if rows and _is_beside(item, rows[-1]):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _is_beside(item: RecognisedItem, row: Iterable[RecognisedItem]) -> bool:
    """Tell whether ``item`` is of the line ``row``: inside its height, or at the same height."""
    tallest = max(row, key=lambda each: each.height)
    middle, own = (tallest.top + tallest.bottom) / 2, (item.top + item.bottom) / 2
    smaller = min(item.height, tallest.height)
    is_small = item.height < 0.7 * tallest.height and tallest.top <= own <= tallest.bottom
    return is_small or abs(middle - own) < _SAME_LINE * smaller


def _spread(item: RecognisedItem, baseline: float, size: float, index: int) -> Iterator[Glyph]:
    """Yield the characters of ``item``, the first of which is number ``index`` of the page."""
    widths = [_HALF if ord(character) < 0x2E80 else 1.0 for character in item.text]
    unit = (item.right - item.left) / sum(widths)
    at = item.left
    doubt = ""
    if item.confidence < LOW_CONFIDENCE:
        doubt = f"“{item.text[:20]}”OCR 把握不大（{item.confidence:.2f}），请对照原件"
    for offset, (character, width) in enumerate(zip(item.text, widths, strict=True)):
        right = at + width * unit
        yield Glyph(character, at, right, baseline, size, index + offset, doubt=doubt)
        at = right
