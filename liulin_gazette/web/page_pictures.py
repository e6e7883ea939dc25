"""Pictures of printed pages: the cover of an issue for lists, and what is shown where a link is shared.

They are drawn from the PDFs of the site, so they have the faces and the lines of the printed page. One PDF gives the
same bytes again.
"""

from __future__ import annotations

from typing import Any

from liulin_gazette.rendering.pdf_pages import NO_CUT, opened_pdf, page_picture
from liulin_gazette.rendering.png_file import SMALLEST, png_file

COVER_SIZE = (180, 255)
"""Pixels of the picture of a cover: room for A4 and the other sizes of paper, which are nearly as high."""
SHARE_SIZE = (1200, 630)
"""Pixels of a shared picture (Open Graph: 1.91 to 1)."""
WIDE_COVER_SIZE = (900, 383)
"""Pixels of the cover of an article of an official account (微信): 2.35 to 1."""
BOOK_COVER_SIZE = (1000, 1420)
"""Pixels within which the cover of an electronic book is drawn."""
_COLOURS = 64
_SHADES = 32
"""Shades from white to black, and from white to the ink of titles: with them text looks as with all colours."""
_NOTICED = 24
"""A difference of a channel, of 255, that is seen."""
_FEW = 2000
"""One noticed pixel of so many is not seen: where red ink touches black."""
_GROUND, _RED = (236, 233, 228), (171, 18, 25)
"""Behind the cover, and the bar at the edge: the red of templates/tokens.css."""
_BAR, _MARGIN, _EDGE = 12, 24, (200, 196, 190)


def cover_picture(pdf: bytes) -> bytes:
    """Return a PNG of the first page of ``pdf``, an issue, at most as large as ``COVER_SIZE``, centred on white."""
    from PIL import Image

    page = _first_page(pdf, COVER_SIZE, whole=True)
    picture = Image.new("RGB", COVER_SIZE, "white")
    picture.paste(page, ((COVER_SIZE[0] - page.width) // 2, (COVER_SIZE[1] - page.height) // 2))
    return png_file(_in_few_colours(picture), SMALLEST)


def book_cover_picture(pdf: bytes) -> bytes:
    """Return a PNG of the first page of ``pdf``, an issue, within ``BOOK_COVER_SIZE``: the cover of an electronic book."""
    return png_file(_first_page(pdf, BOOK_COVER_SIZE, whole=True))


def issue_share_picture(pdf: bytes) -> bytes:
    """Return a PNG of the cover of ``pdf``, an issue, on a plain ground: for a link to the issue."""
    from PIL import Image, ImageDraw

    width, height = SHARE_SIZE
    page = _first_page(pdf, (width, height - 2 * _MARGIN), whole=True)
    picture = Image.new("RGB", SHARE_SIZE, _GROUND)
    left, top = (width - page.width) // 2, (height - page.height) // 2
    canvas = ImageDraw.Draw(picture)
    canvas.rectangle((0, 0, _BAR, height), fill=_RED)
    canvas.rectangle((left - 1, top - 1, left + page.width, top + page.height), outline=_EDGE)
    picture.paste(page, (left, top))
    return png_file(_in_few_colours(picture))


def document_share_picture(pdf: bytes) -> bytes:
    """Return a PNG of the head of the first page of ``pdf``, a document: its title, its number, how it begins."""
    return _page_head(pdf, SHARE_SIZE)


def wide_cover_picture(pdf: bytes) -> bytes:
    """Return the same as wide and low as the cover of an article of an official account."""
    return _page_head(pdf, WIDE_COVER_SIZE)


def _page_head(pdf: bytes, size: tuple[int, int]) -> bytes:
    """Return a PNG, ``size`` pixels large, of the head of the first page of ``pdf`` with a bar at its edge."""
    from PIL import Image, ImageDraw

    page = _first_page(pdf, size, whole=False)
    picture = _in_two_inks(page) or page.quantize(_COLOURS - 1, dither=Image.Dither.NONE)
    palette = picture.getpalette()[: 3 * _COLOURS]
    picture.putpalette([*palette, *[0] * (3 * _COLOURS - len(palette)), *_RED])
    ImageDraw.Draw(picture).rectangle((0, 0, _BAR, picture.height), fill=_COLOURS)
    return png_file(picture)


def _in_two_inks(page: Any) -> Any:
    """Return ``page`` in shades of black and of one coloured ink, as nearly all pages are printed; None where it has more.

    It is many times faster than to look for the colours that represent all pixels best.
    """
    from PIL import ImageChops

    red, green, blue = page.split()
    differences = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    picture = green.point([round(value * (_SHADES - 1) / 255) for value in range(256)])
    palette = [round(255 * step / (_SHADES - 1)) for step in range(_SHADES) for _ in range(3)]
    is_coloured = differences.point([255 * (value >= _NOTICED // 2) for value in range(256)])
    box = is_coloured.getbbox()
    if box:
        part = page.crop(box)
        ink = part.getpixel(_first_of_most(differences.crop(box)))
        palette += [
            round(255 + (value - 255) * step / (_SHADES - 1)) for step in range(_SHADES) for value in ink
        ]
        channel = min(range(3), key=lambda each: ink[each])
        depth = 255 - ink[channel]
        steps = [
            min(_SHADES - 1, ((255 - value) * (_SHADES - 1) + depth // 2) // depth) for value in range(256)
        ]
        picture.paste(
            part.split()[channel].point([_SHADES + step for step in steps]), box, is_coloured.crop(box)
        )
        shown = picture.crop(box)
        shown.putpalette(palette)
        channels = ImageChops.difference(shown.convert("RGB"), part).split()
        if _FEW * max(sum(each.histogram()[_NOTICED:]) for each in channels) > page.width * page.height:
            return None
    picture.putpalette(palette)
    return picture


def _first_of_most(picture: Any) -> tuple[int, int]:
    """Return the first place of the greatest value of ``picture``, which has one channel: the leftmost of the uppermost."""
    _, most = picture.getextrema()
    greatest = picture.point([255 * (value == most) for value in range(256)])
    _, top, _, _ = greatest.getbbox()
    left, _, _, _ = greatest.crop((0, top, picture.width, top + 1)).getbbox()
    return left, top


def _first_page(pdf: bytes, size: tuple[int, int], whole: bool) -> Any:
    """Return the first page of ``pdf``: all of it within ``size`` pixels, or as wide as ``size`` and cut to its height."""
    from PIL import Image

    with opened_pdf(pdf) as document:
        page = document[0]
        width, height = page.get_size()
        scale = min(size[0] / width, size[1] / height) if whole else size[0] / width
        cut = NO_CUT if whole else (0, max(0, height - size[1] / scale), 0, 0)
        drawn = page_picture(page, scale, cut)
    if whole or drawn.size == size:
        return drawn
    picture = Image.new("RGB", size, "white")
    picture.paste(drawn, (0, 0))
    return picture


def _in_few_colours(picture: Any) -> Any:
    """Return ``picture`` in few colours: text and flat colours need no more."""
    from PIL import Image

    return picture.quantize(_COLOURS, dither=Image.Dither.NONE)
