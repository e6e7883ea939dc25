"""From the colours of the screen to the inks of the press.

Grey and black are printed in black alone (100 K), so that text is sharp and no plate can be out of register;
a colour of the design has its inks beside it in ``tokens.css``: ``--red`` and ``--red-press``. Whatever else
a drawn picture brings goes through the press profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from liulin_gazette.pdf.write.pictures import through_profile

Rgb = tuple[int, int, int]
Cmyk = tuple[float, float, float, float]
_TOKEN = re.compile(r"--([a-z-]+): #([0-9a-f]{6});")
_PRESS = re.compile(r"--([a-z-]+)-press: device-cmyk\((\d+)% (\d+)% (\d+)% (\d+)%\)")
_OPERATOR = re.compile(rb"\n([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)(?=\n|$)")
_INKS = {b"rg": b"k", b"RG": b"K"}


def press_colours(tokens: str) -> dict[Rgb, Cmyk]:
    """Return the inks of each colour in ``tokens``, the text of tokens.css, that has any.

    The colours are given by red, green and blue of 255.
    """
    colours = dict(_TOKEN.findall(tokens))
    inks: dict[Rgb, Cmyk] = {}
    for name, cyan, magenta, yellow, black in _PRESS.findall(tokens):
        red, green, blue = bytes.fromhex(colours[name])
        inks[red, green, blue] = (int(cyan) / 100, int(magenta) / 100, int(yellow) / 100, int(black) / 100)
    return inks


def in_inks(colours: dict[Rgb, Cmyk]) -> Callable[[bytes], bytes]:
    """Return a function that turns the colours of a drawing into inks."""

    def replaced(found: re.Match[bytes]) -> bytes:
        red, green, blue = (round(float(found[index]) * 255) for index in (1, 2, 3))
        if red == green == blue:
            inks: Cmyk = (0, 0, 0, round(1 - red / 255, 3))
        else:
            inks = colours.get((red, green, blue)) or _through_profile((red, green, blue))
        return b"\n" + " ".join(f"{ink:g}" for ink in inks).encode() + b" " + _INKS[found[4]]

    return lambda content: _OPERATOR.sub(replaced, b"\n" + content)


@cache
def _through_profile(colour: Rgb) -> Cmyk:
    from PIL import Image

    pixel: Any = through_profile(Image.new("RGB", (1, 1), colour)).getpixel((0, 0))
    cyan, magenta, yellow, black = (round(ink / 255, 3) for ink in pixel)
    return cyan, magenta, yellow, black
