"""Conversion of screen colours (sRGB) to the inks of the press (CMYK).

Grey and black are printed in black alone (100 K), so that text is sharp and no plate can be out of register.
The inks of a colour of the design are defined beside it in ``tokens.css``: ``--red`` and ``--red-press``. All
other colours, which drawn pictures bring, are converted by the press profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from liulin_gazette.pdf.write.pictures import to_press_profile

Rgb = tuple[int, int, int]
Cmyk = tuple[float, float, float, float]
_TOKEN = re.compile(r"--([a-z-]+): #([0-9a-f]{6});")
_PRESS = re.compile(r"--([a-z-]+)-press: device-cmyk\((\d+)% (\d+)% (\d+)% (\d+)%\)")
_RGB_OPERATOR = re.compile(rb"\n([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)(?=\n|$)")
_CMYK_OPERATORS = {b"rg": b"k", b"RG": b"K"}
"""The operator that sets a CMYK colour, by the one that sets an RGB colour (ISO 32000-1 §8.6.8)."""


def press_colours(tokens: str) -> dict[Rgb, Cmyk]:
    """Return the inks (0 to 1) of the colours in ``tokens``, the text of tokens.css, that define any, by RGB (0 to 255)."""
    colours = dict(_TOKEN.findall(tokens))
    inks: dict[Rgb, Cmyk] = {}
    for name, cyan, magenta, yellow, black in _PRESS.findall(tokens):
        red, green, blue = bytes.fromhex(colours[name])
        inks[red, green, blue] = (int(cyan) / 100, int(magenta) / 100, int(yellow) / 100, int(black) / 100)
    return inks


def ink_converter(colours: dict[Rgb, Cmyk]) -> Callable[[bytes], bytes]:
    """Return a function that converts the colours in drawing operators to inks.

    ``colours`` are the inks of the design's colours, as ``press_colours`` returns them.
    """

    def cmyk_operator(match: re.Match[bytes]) -> bytes:
        red, green, blue = (round(float(match[index]) * 255) for index in (1, 2, 3))
        if red == green == blue:
            inks: Cmyk = (0, 0, 0, round(1 - red / 255, 3))
        else:
            inks = colours.get((red, green, blue)) or _profile_inks((red, green, blue))
        return b"\n" + " ".join(f"{ink:g}" for ink in inks).encode() + b" " + _CMYK_OPERATORS[match[4]]

    return lambda operators: _RGB_OPERATOR.sub(cmyk_operator, b"\n" + operators)


@cache
def _profile_inks(colour: Rgb) -> Cmyk:
    """Return the inks of ``colour`` by the press profile."""
    from PIL import Image

    pixel: Any = to_press_profile(Image.new("RGB", (1, 1), colour)).getpixel((0, 0))
    cyan, magenta, yellow, black = (round(ink / 255, 3) for ink in pixel)
    return cyan, magenta, yellow, black
