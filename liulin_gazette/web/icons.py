"""The web manifest, and the icon of the site as PNG: for the start screen of a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.rendering.png_file import SMALLEST, png_file
from liulin_gazette.rendering.product import Product
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.web import addresses

SIZES = (180, 192, 512)
"""px: the first is what iOS asks for, the others are those of web manifests."""
THEME_COLOUR = "#ab1219"
_ICON = "site/icon.svg"
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_PATH = re.compile(r'<path fill="(#[0-9a-f]{3,6})" d="([^"]+)"/>')
_BAR = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)H(\d+)z")
Bars = tuple[tuple[str, int, int, int, int], ...]
"""Rectangles, one over the other: colour, left, top, width, height."""


def icon_products(gazette: Gazette, templates: Templates) -> Iterator[Product]:
    """Yield the web manifest and the PNGs that it names: none where the icon is not of rectangles in a square."""
    side, bars = _bars(templates.read_bytes(_ICON).decode())
    sizes = SIZES if bars else ()
    for size in sizes:
        yield Product(addresses.icon(size), (side, bars), partial(_drawn, side, bars, size))
    names = (gazette.name, gazette.site_label or gazette.name)
    yield Product(addresses.WEB_MANIFEST, (names, sizes), partial(_manifest, *names, sizes))


def _bars(svg: str) -> tuple[int, Bars]:
    """Return the side of the picture ``svg`` and its rectangles; none where it has other shapes."""
    box, paths = _BOX.search(svg), _PATH.findall(svg)
    is_known = box and box[1] == box[2] and svg.count("<") == len(paths) + 2
    if not box or not is_known or any(_BAR.sub("", path) for _, path in paths):
        return 0, ()
    return int(box[1]), tuple(
        (colour, left, top, width, height)
        for colour, path in paths
        for left, top, width, height, _ in (map(int, bar) for bar in _BAR.findall(path))
    )


def _drawn(side: int, bars: Bars, size: int) -> bytes:
    """Return the icon as PNG, ``size`` px wide; edges between pixels are rounded to pixels."""
    from PIL import Image, ImageDraw

    picture = Image.new("P", (size, size))
    colours = list(dict.fromkeys(colour for colour, *_ in bars))
    picture.putpalette([value for colour in colours for value in _channels(colour)])
    drawing = ImageDraw.Draw(picture)
    for colour, left, top, width, height in bars:
        edges = [round(each * size / side) for each in (left, top, left + width, top + height)]
        drawing.rectangle((edges[0], edges[1], edges[2] - 1, edges[3] - 1), fill=colours.index(colour))
    return png_file(picture, SMALLEST)


def _channels(colour: str) -> tuple[int, ...]:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:4])
    return tuple(bytes.fromhex(digits))


def _manifest(name: str, short_name: str, sizes: tuple[int, ...]) -> bytes:
    """Return the web manifest (W3C Web Application Manifest); its addresses are relative to it."""
    pictures = [
        {"src": addresses.icon(size), "sizes": f"{size}x{size}", "type": "image/png"} for size in sizes
    ]
    manifest = {
        "name": name,
        "short_name": short_name,
        "lang": "zh-Hans-CN",
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": THEME_COLOUR,
        "icons": [*pictures, {"src": addresses.ICON, "sizes": "any", "type": "image/svg+xml"}],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
