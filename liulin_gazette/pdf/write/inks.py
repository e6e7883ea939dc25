"""Conversion of screen colours (sRGB) to the inks of the press (CMYK).

Grey and black are printed in black alone (100 K), so that text is sharp and no plate can be out of register.
The inks of a colour of the design are defined beside it in ``tokens.css``: ``--red`` and ``--red-press``. In the settings the red can also be of two plates, or an ink of its own. All other
colours, which drawn pictures bring, are converted by the press profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from liulin_gazette.model.press import SPOT, TWO_PLATES
from liulin_gazette.pdf.write.colour_profiles import PressCondition, rgb_to_inks
from liulin_gazette.pdf.write.press_pictures import limit_ink
from liulin_gazette.pdf.write.thin_marks import black_thin_marks

Rgb = tuple[int, int, int]
Cmyk = tuple[float, float, float, float]
_TOKEN = re.compile(r"--([a-z-]+): #([0-9a-f]{6});")
_PRESS = re.compile(r"--([a-z-]+)-press: device-cmyk\((\d+)% (\d+)% (\d+)% (\d+)%\)")
_RGB_OPERATOR = re.compile(rb"\n([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)(?=\n|$)")
_CMYK_OPERATORS = {b"rg": b"k", b"RG": b"K"}
"""The operator that sets a CMYK colour, by the one that sets an RGB colour (ISO 32000-1 §8.6.8)."""


_SPOT_OPERATORS = {b"rg": b"/Spot cs 1 scn", b"RG": b"/Spot CS 1 SCN"}
"""The operators that set the spot ink, which the resources name Spot."""
BLACK: Cmyk = (0, 0, 0, 1)


def press_colours(tokens: str) -> dict[Rgb, Cmyk]:
    """Return the inks (0 to 1) of the colours in ``tokens``, the text of tokens.css, that define any, by RGB (0 to 255)."""
    colours = dict(_TOKEN.findall(tokens))
    inks: dict[Rgb, Cmyk] = {}
    for name, cyan, magenta, yellow, black in _PRESS.findall(tokens):
        red, green, blue = bytes.fromhex(colours[name])
        inks[red, green, blue] = (int(cyan) / 100, int(magenta) / 100, int(yellow) / 100, int(black) / 100)
    return inks


def red_inks(colours: Mapping[Rgb, Cmyk], red: str) -> dict[Rgb, Cmyk]:
    """Return the inks of the design's ``colours``, printed as ``red`` (红色 in the settings) says: of two plates without cyan and black."""
    if red != TWO_PLATES:
        return dict(colours)
    return {colour: (0, magenta, yellow, 0) for colour, (_, magenta, yellow, _) in colours.items()}


def ink_converter(
    colours: Mapping[Rgb, Cmyk], condition: PressCondition, limit: int, red: str
) -> Callable[[bytes], bytes]:
    """Return a function that converts the colours in drawing operators to inks, at most ``limit`` percent in all.

    ``colours`` are the inks of the design's colours; they are set with the ink Spot where ``red`` is 专色. What is thin
    of them is printed in black.
    """

    def ink_operator(match: re.Match[bytes]) -> bytes:
        red_part, green, blue = (round(float(match[index]) * 255) for index in (1, 2, 3))
        colour = (red_part, green, blue)
        inks: Cmyk
        if red_part == green == blue:
            inks = (0, 0, 0, round(1 - red_part / 255, 3))
        elif colour not in colours:
            inks = _profile_inks(colour, condition, limit)
        elif red == SPOT and colours[colour] != BLACK:
            return b"\n" + _SPOT_OPERATORS[match[4]]
        else:
            inks = colours[colour]
        return b"\n" + " ".join(f"{ink:g}" for ink in inks).encode() + b" " + _CMYK_OPERATORS[match[4]]

    def converted(operators: bytes) -> bytes:
        return _RGB_OPERATOR.sub(ink_operator, b"\n" + black_thin_marks(operators, colours))

    return converted


@cache
def _profile_inks(colour: Rgb, condition: PressCondition, limit: int) -> Cmyk:
    """Return the inks of ``colour`` under ``condition``, at most ``limit`` percent."""
    from PIL import Image

    separated = rgb_to_inks(Image.new("RGB", (1, 1), colour), b"", condition)
    pixel: Any = limit_ink(separated, limit)[0].getpixel((0, 0))
    cyan, magenta, yellow, black = (round(ink / 255, 3) for ink in pixel)
    return cyan, magenta, yellow, black
