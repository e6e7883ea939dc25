"""The large type of the cover, the masthead and the back cover: lines, size and place, from the length of the words.

A4 and the name of nine characters (柳林县人民政府公报) are the design: 48 pt, as wide as the type area. Shorter names are
set larger, longer ones smaller, then in two, three and four lines. On a smaller page all of it is in proportion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.model.gazette import BackCover, Gazette
from liulin_gazette.pdf.composition.cover_places import TITLE_TOP
from liulin_gazette.pdf.composition.page_format import LINE_HEIGHT, MM, TYPE_SIZE, PageFormat
from liulin_gazette.text.display_lines import display_lines, em_width, lines_within

DESIGN_MEASURE = 456
"""pt: the type area of A4, for which the sizes below are given."""


@dataclass(frozen=True, slots=True)
class Display:
    """Words in display type; measures in pt."""

    lines: tuple[str, ...]
    size: float
    leading: float
    tracking: float

    @property
    def depth(self) -> float:
        """Height of all lines."""
        return self.leading * len(self.lines)


@dataclass(frozen=True, slots=True)
class _Style:
    """How words are set in display type: pt on A4, and ratios to the size."""

    sizes: tuple[tuple[float, float], ...]
    """The largest and the least size in one line, in two lines and so on; in the last number of lines any size will do."""
    leading: float
    tracking: float = 0.0
    outer_spaces: int = 2
    """How many letter spaces the type area must hold beside those between letters: one after the last letter, and one
    before the first, so that the line stands in the middle. The title of the cover may use the margin for them."""


_COVER_TITLE = _Style(((64, 38), (54, 37), (48, 26), (40, 0)), 64 / 48, 3 / 48, 0)
_COVER_ROMANISED = _Style(((15, 11), (13, 9), (11, 0)), 20 / 15, 2.2 / 15)
_COVER_PUBLISHER = _Style(((18, 14), (16, 12), (14, 0)), 28 / 18, 3 / 18)
_MASTHEAD_TITLE = _Style(((36, 28), (36, 24), (30, 0)), 60 / 36)
_SLOGAN = _Style(((34, 22), (34, 0)), 58 / 34, 8 / 34)
_MOTTO = _Style(((15, 12), (15, 10.5), (12, 0)), 34 / 15)


def _set(words: str, measure: float, style: _Style) -> Display:
    """Return ``words`` in ``style``, fitted to ``measure`` pt."""
    scale = min(1.0, measure / DESIGN_MEASURE)
    for count, (largest, least) in enumerate(style.sizes, 1):
        lines = display_lines(words, count)
        size = min(largest * scale, _fitting_size(lines, measure, style))
        if size >= least * scale or count == len(style.sizes):
            return _display(lines, size, style)
    raise AssertionError("a style has sizes")


def _fitting_size(lines: Sequence[str], measure: float, style: _Style) -> float:
    """Return the size, in half points, at which the longest of ``lines`` is not wider than ``measure`` pt."""
    ems = max(em_width(line) + style.tracking * (len(line) - 1 + style.outer_spaces) for line in lines)
    return math.floor(2 * measure / (ems or 1.0) + 1e-6) / 2


def _display(lines: tuple[str, ...], size: float, style: _Style) -> Display:
    return Display(lines, round(size, 2), round(size * style.leading, 2), round(size * style.tracking, 2))


@dataclass(frozen=True, slots=True)
class CoverType:
    """The display type of the cover (封面); measures in pt."""

    title: Display
    romanised: Display
    publisher: Display
    title_rise: float
    """How far the title begins above its place in the design, for its further lines."""
    romanised_drop: float
    """How far what follows the title stands below its place in the design."""
    issue_drop: float
    """The same, for the number of the issue."""
    site_rise: float
    """How far the QR code stands above its place in the design, for further lines of the publisher."""


def cover_type(gazette: Gazette, page: PageFormat) -> CoverType:
    """Return the display type of the cover."""
    scale = min(1.0, page.measure / DESIGN_MEASURE)
    title, romanised = cover_name(gazette, page), cover_romanisation(gazette, page)
    publisher = publisher_beside(gazette, page.measure)
    extra = max(0.0, title.depth - 64 * scale)
    rise = min(extra, max(0.0, TITLE_TOP / 100 * page.height - 22 * MM))
    drop = extra - rise
    return CoverType(
        title,
        romanised,
        publisher,
        round(rise, 2),
        round(drop, 2),
        round(drop + max(0.0, romanised.depth - 20), 2),
        round(max(0.0, publisher.depth - 28), 2),
    )


def cover_name(gazette: Gazette, page: PageFormat) -> Display:
    """Return the name of the gazette as the cover has it."""
    return _set(gazette.name, page.measure, _COVER_TITLE)


def cover_romanisation(gazette: Gazette, page: PageFormat) -> Display:
    """Return the name in pinyin as the cover has it."""
    return _set(gazette.romanised_name, page.measure, _COVER_ROMANISED)


def publisher_beside(gazette: Gazette, measure: float) -> Display:
    """Return the publisher (主办单位) in ``measure`` pt, beside something else at the foot of the cover."""
    return _set(gazette.publisher, measure, _COVER_PUBLISHER)


@dataclass(frozen=True, slots=True)
class MastheadType:
    """The display type of the masthead (刊头)."""

    title: Display
    distribution: str
    """The style of 赠阅范围: empty for the text size, ``small``, ``smallest``; ``long`` where it goes on overleaf."""
    room: float
    """pt: what is free between the head and 赠阅范围."""


def masthead_type(gazette: Gazette, page: PageFormat, imprint_depth: float = 0) -> MastheadType:
    """Return the display type of the masthead; ``imprint_depth`` pt are taken by the imprint at its foot."""
    title = _set(gazette.name, page.measure, _MASTHEAD_TITLE)
    head = title.depth + 30 + 26 + 26 + 20 + 2
    room = page.depth - head - 2 * LINE_HEIGHT - 14 - imprint_depth
    for name, size, leading in (("", TYPE_SIZE, LINE_HEIGHT), ("small", 10.5, 16), ("smallest", 9, 14)):
        lines = math.ceil(em_width(gazette.distribution) * size / (page.measure - 2 * size))
        if (lines + 1) * leading <= room:
            return MastheadType(title, name, room - (lines + 1) * leading)
    return MastheadType(title, "long", 0)


@dataclass(frozen=True, slots=True)
class BackCoverType:
    """The display type of the back cover (封底); measures in pt."""

    slogan: tuple[Display, ...]
    slogan_top: float
    """Space above the slogan."""
    motto: Display
    publisher: tuple[str, ...]
    """The lines of 主办单位, without its label; so with the address."""
    address: tuple[str, ...]


SLOGAN_TOP = 120
"""pt: space above the slogan, where there is room."""
PUBLISHER_LABEL, ADDRESS_LABEL = "主办单位：", "地址："
"""Words of the template before the lines of the imprint, for whose width room is left."""
_IMPRINT_LEADING, _IMPRINT_PADDING, _MOTTO_LEADING = 24, 18, 34


def back_cover_type(gazette: Gazette, page: PageFormat) -> BackCoverType:
    """Return the display type of the back cover."""
    cover = gazette.back_cover
    motto = _set(cover.motto, page.measure, _MOTTO) if cover.motto else Display((), 15, _MOTTO_LEADING, 0)
    publisher = _labelled(PUBLISHER_LABEL, gazette.publisher, page)
    address = _labelled(ADDRESS_LABEL, cover.address, page) if cover.address else ()
    lines = len(publisher) + len(address) + bool(cover.postcode) + bool(cover.phone)
    room = page.depth - _IMPRINT_PADDING - motto.depth - lines * _IMPRINT_LEADING - _IMPRINT_PADDING
    slogan = _slogan(cover, page, room)
    depth = sum(display.depth for display in slogan)
    return BackCoverType(
        slogan, round(max(0.0, min(SLOGAN_TOP, (room - depth) / 2)), 2), motto, publisher, address
    )


def _slogan(cover: BackCover, page: PageFormat, room: float) -> tuple[Display, ...]:
    """Return the lines of 标语, all of one size, not deeper than ``room`` pt."""
    displays = [_set(line, page.measure, _SLOGAN) for line in cover.slogan if line.strip()]
    if not displays:
        return ()
    count = sum(len(display.lines) for display in displays)
    size = min(*(display.size for display in displays), math.floor(room / count / _SLOGAN.leading), 999)
    return tuple(_display(display.lines, size, _SLOGAN) for display in displays)


def _labelled(label: str, words: str, page: PageFormat) -> tuple[str, ...]:
    """Return ``words`` in lines of text that fit after ``label``, which is no part of the result."""
    first, *rest = lines_within(label + words, page.measure / page.front_type)
    return (first.removeprefix(label), *rest)
