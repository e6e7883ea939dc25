"""How deep the pictures of an issue may be on its cover, its inside covers and its picture pages."""

from __future__ import annotations

import math
from dataclasses import dataclass

from liulin_gazette.model.issue_faces import Imprint, InsidePage, Picture, PicturePage
from liulin_gazette.pdf.composition.cover_places import ISSUE_TOP, PUBLISHER_BOTTOM
from liulin_gazette.pdf.composition.display_type import CoverType
from liulin_gazette.pdf.composition.page_format import GUTTER, LINE_HEIGHT, TYPE_SIZE, PageFormat
from liulin_gazette.text.display_lines import em_width

CAPTION_SIZE, CAPTION_LEADING = 10.5, 16
TITLE_DEPTH = 60
"""pt: the title of a page with the space around it."""
FIGURE_SPACE = 20
"""pt: space around a picture and its caption."""
LEAST_DEPTH = 60
"""pt: no picture is set smaller for want of space; what does not fit goes on to the next page."""
IMPRINT_LEADING, IMPRINT_SPACE = 22, 44
ISSUE_DEPTH, COVER_LINE_DEPTH = 74, 30
"""pt on the cover: the number of the issue, and the line with 总期号 and date below it."""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """Pictures side by side: one, or two."""

    pictures: tuple[Picture, ...]


def cover_picture_depth(cover: CoverType, page: PageFormat, has_line: bool, has_caption: bool) -> float:
    """Return the greatest height, in pt, of the picture between the number of the issue and the publisher."""
    top = cover_picture_top(cover, page, has_line)
    bottom = (1 - PUBLISHER_BOTTOM / 100) * page.height - cover.publisher.depth - 16 - FIGURE_SPACE
    return round(max(LEAST_DEPTH, bottom - top - has_caption * CAPTION_LEADING), 2)


def cover_picture_top(cover: CoverType, page: PageFormat, has_line: bool) -> float:
    """Return how far below the upper edge, in pt, the picture of the cover begins."""
    return round(
        ISSUE_TOP / 100 * page.height + cover.issue_drop + ISSUE_DEPTH + has_line * COVER_LINE_DEPTH, 2
    )


def inside_picture_depth(content: InsidePage, imprint: Imprint, page: PageFormat) -> float:
    """Return the greatest height, in pt, of the picture on an inside cover beside its text and the imprint."""
    text = sum(_lines(words, TYPE_SIZE, page.measure, 2) for words in content.paragraphs) * LINE_HEIGHT
    used = text + bool(content.title) * TITLE_DEPTH + imprint_depth(imprint, page)
    caption = _caption_depth(content.picture, page.measure) if content.picture else 0.0
    return round(max(LEAST_DEPTH, page.depth - used - caption - FIGURE_SPACE), 2)


def imprint_depth(imprint: Imprint, page: PageFormat) -> float:
    """Return the height, in pt, of an imprint with the space around it; 0 where there is none."""
    value_measure = page.measure - 6 * TYPE_SIZE
    lines = sum(_lines(value, TYPE_SIZE, value_measure) for _, value in imprint)
    return lines * IMPRINT_LEADING + bool(imprint) * IMPRINT_SPACE


def picture_rows(content: PicturePage) -> tuple[PictureRow, ...]:
    """Return the pictures of a page in rows: up to two below one another, more of them in two columns."""
    pictures = content.pictures
    width = 1 if len(pictures) <= 2 else 2
    first = len(pictures) % width
    rows = [pictures[:first]] if first else []
    rows += [pictures[start : start + width] for start in range(first, len(pictures), width)]
    return tuple(map(PictureRow, rows))


def row_picture_depth(content: PicturePage, page: PageFormat) -> float:
    """Return the greatest height, in pt, of each picture of a page of pictures."""
    rows = picture_rows(content)
    half = (page.measure - GUTTER) / 2
    captions = sum(
        max(_caption_depth(each, page.measure if len(row.pictures) == 1 else half) for each in row.pictures)
        for row in rows
    )
    room = page.depth - bool(content.title) * TITLE_DEPTH - captions - len(rows) * FIGURE_SPACE
    return round(max(LEAST_DEPTH, room / max(1, len(rows))), 2)


def _caption_depth(picture: Picture, measure: float) -> float:
    return _lines(picture.caption, CAPTION_SIZE, measure) * CAPTION_LEADING


def _lines(words: str, size: float, measure: float, indent: int = 0) -> int:
    """Return how many lines ``words`` take at most, in ``size`` pt type and ``measure`` pt wide."""
    return math.ceil((em_width(words) + indent) * size / (measure - size)) if words else 0
