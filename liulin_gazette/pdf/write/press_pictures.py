"""Pictures in the inks of the press (CMYK): black stays black alone, and no place takes more ink than the paper can.

Pixels are computed by Pillow's and LittleCMS's own code, in strips, so that the largest picture needs little memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liulin_gazette.pdf.write.colour_profiles import (
    PressCondition,
    inks_to_inks,
    is_for_screen,
    rgb_to_inks,
    to_screen,
)
from liulin_gazette.pdf.write.flat_picture import FlatPicture

FEW_COLOURS = 4096
"""A drawing (chart, map, screenshot) has no more colours than these; a photo has tens of thousands."""
WHITE_SHARE = 0.5
"""At least this much of a drawing that has more colours is pure white."""
STRIP = 2_000_000
"""Pixels that are computed with at a time."""
FULL = 255


@dataclass(frozen=True, slots=True)
class PictureInks:
    """What a picture needs of the press."""

    inks: str
    """The letters of CMYK that it uses."""
    total: int
    """The most ink at one place, in percent, as printed."""
    asked: int
    """The same before the limit was applied."""


def press_pixels(
    picture: FlatPicture, condition: PressCondition, limit: int, is_drawn: bool
) -> tuple[Any, PictureInks]:
    """Return ``picture`` as an image of mode L (black alone) or CMYK, and its inks; no place has over ``limit`` percent.

    Grey is printed in black alone: a grey picture, the greys of one that ``is_drawn``, what has no ink but black. The
    greys of a photo are printed in all inks, since its shadows would break up otherwise.
    """
    pixels = _separated(picture, condition, is_drawn)
    if pixels.mode == "L":
        darkest = FULL - pixels.getextrema()[0]
        total = round(darkest / FULL * 100)
        return pixels, PictureInks("K" if darkest else "", total, total)
    limited, asked, total = limit_ink(pixels, limit)
    used = zip("CMYK", limited.getextrema(), strict=True)
    return limited, PictureInks("".join(ink for ink, (_, most) in used if most), total, asked)


def _separated(picture: FlatPicture, condition: PressCondition, is_drawn: bool) -> Any:
    """Return the pixels of ``picture`` as L or CMYK."""
    from PIL import ImageChops

    pixels = picture.pixels
    if pixels.mode == "L":
        return to_screen(pixels, picture.profile)
    if pixels.mode == "CMYK":
        converted = inks_to_inks(pixels, picture.profile, condition)
        if converted is not pixels:
            converted.paste(pixels, mask=_without_colour(pixels))
        has_colour = any(most for _, most in converted.getextrema()[:3])
        return converted if has_colour else ImageChops.invert(converted.getchannel("K"))
    grey = _greys(pixels)
    if grey.getextrema()[0]:
        return to_screen(pixels, picture.profile).getchannel("G")
    profile = b"" if is_for_screen(picture.profile) else picture.profile
    inks = rgb_to_inks(pixels, profile, condition)
    if is_drawn:
        inks.paste(_black_alone(pixels), mask=grey)
    return inks


def is_drawing(picture: Any) -> bool:
    """Tell whether ``picture``, not made smaller yet, is drawn, written or computed rather than taken with a camera."""
    if picture.mode != "RGB":
        return False
    if picture.getcolors(FEW_COLOURS):
        return True
    darkest = _darkest(picture)
    return darkest.histogram()[FULL] >= WHITE_SHARE * picture.width * picture.height


def limit_ink(picture: Any, limit: int) -> tuple[Any, int, int]:
    """Return the CMYK ``picture`` with at most ``limit`` percent of ink, and the most that it had and has, in percent.

    Cyan, magenta and yellow give way in proportion; black stays.
    """
    result, asked, total = picture.copy(), 0, 0
    for top, rows in _strips(picture):
        most = _most_ink(rows)
        asked = max(asked, most)
        if most * 100 > limit * FULL:
            rows = _reduced(rows, limit * FULL // 100)
            result.paste(rows, (0, top))
        total = max(total, _most_ink(rows))
    return result, round(asked / FULL * 100), round(total / FULL * 100)


def _strips(picture: Any) -> Iterator[tuple[int, Any]]:
    """Yield the first row and the pixels of each strip of ``picture``."""
    height = max(1, STRIP // picture.width)
    for top in range(0, picture.height, height):
        yield top, picture.crop((0, top, picture.width, min(top + height, picture.height)))


def _most_ink(picture: Any) -> int:
    """Return the most ink at one place of the CMYK ``picture``: the sum of its four channels, of 255 each."""
    from PIL import ImageMath

    math: Any = ImageMath

    def total(names: dict[str, Any]) -> Any:
        return names["c"] + names["m"] + names["y"] + names["k"]

    bands = dict(zip("cmyk", picture.split(), strict=True))
    return int(math.lambda_eval(total, **bands).getextrema()[1])


def _reduced(picture: Any, limit: int) -> Any:
    """Return the CMYK ``picture`` with at most ``limit`` of ink, which is the sum of channels of 255."""
    from PIL import Image, ImageMath

    math: Any = ImageMath
    bands = dict(zip("cmyk", picture.split(), strict=True))

    def reduced(ink: str) -> Any:
        def least(names: dict[str, Any]) -> Any:
            room, colours = limit - names["k"], names["c"] + names["m"] + names["y"]
            return math.imagemath_min(names[ink], names[ink] * room / colours)

        return math.lambda_eval(least, **bands).convert("L")

    return Image.merge("CMYK", (*(reduced(ink) for ink in "cmy"), bands["k"]))


def _greys(picture: Any) -> Any:
    """Return a mask of the pixels of the RGB ``picture`` whose three channels are equal."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    differences = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return differences.point([FULL] + [0] * FULL)


def _without_colour(picture: Any) -> Any:
    """Return a mask of the pixels of the CMYK ``picture`` that have no ink but black."""
    from PIL import ImageChops

    cyan, magenta, yellow, _ = picture.split()
    most = ImageChops.lighter(ImageChops.lighter(cyan, magenta), yellow)
    return most.point([FULL] + [0] * FULL)


def _black_alone(picture: Any) -> Any:
    """Return the RGB ``picture``, which is looked at only where it is grey, as CMYK in black alone."""
    from PIL import Image, ImageChops

    none = Image.new("L", picture.size, 0)
    return Image.merge("CMYK", (none, none, none, ImageChops.invert(picture.getchannel("G"))))


def _darkest(picture: Any) -> Any:
    """Return the darkest of the three channels of each pixel of the RGB ``picture``."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)
