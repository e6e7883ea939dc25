"""A bitmap's colours as numbers of its own colour space, with transparent parts put on white."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from liulin_gazette.pdf.typeset.plain_picture import with_true_inks

_COLOUR_SPACES = {b"GRAY": "L", b"RGB ": "RGB", b"CMYK": "CMYK"}
"""Pillow's mode for the colour space in the header of an ICC profile (ICC.1:2010 §7.2.6)."""


@dataclass(frozen=True, slots=True)
class FlatPicture:
    """A picture without transparency."""

    pixels: Any
    """A Pillow image of mode L, RGB or CMYK, 8 bits a channel."""
    profile: bytes
    """The ICC profile of these numbers; empty where the file has none, or one of another colour space."""
    is_jpeg: bool


def flat_picture(file: bytes) -> FlatPicture:
    """Return the PNG or JPEG ``file`` without transparency."""
    from PIL import Image

    picture: Any = Image.open(io.BytesIO(file))
    pixels = _on_white(with_true_inks(picture))
    profile = picture.info.get("icc_profile") or b""
    fits = _COLOUR_SPACES.get(bytes(profile[16:20])) == pixels.mode
    return FlatPicture(pixels, profile if fits else b"", picture.format == "JPEG")


def _on_white(picture: Any) -> Any:
    """Return ``picture`` as grey, RGB or CMYK, flattened on white."""
    from PIL import Image

    if picture.mode == "CMYK":
        return picture
    is_grey = picture.mode in ("1", "L", "LA")
    if "A" in picture.getbands() or "transparency" in picture.info:
        mode, opaque = ("LA", "L") if is_grey else ("RGBA", "RGB")
        layer = picture.convert(mode)
        background = Image.new(opaque, picture.size, "white")
        background.paste(layer.convert(opaque), mask=layer.getchannel("A"))
        return background
    return picture.convert("L" if is_grey else "RGB")
