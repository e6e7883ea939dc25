"""Bitmaps as every later step can read them: upright, and with 8 bits a channel."""

from __future__ import annotations

import io
from typing import Any

from liulin_gazette.rendering.png_file import png_file

_BITMAPS = (b"\x89PNG", b"\xff\xd8")
"""How PNG and JPEG files begin."""
_DEEP = ("I", "I;16")
"""Pillow's modes of a grey PNG with 16 bits a pixel."""
_UPRIGHT = 1
_ORIENTATION = 0x0112
"""The EXIF tag (CIPA DC-008 §4.6.4)."""


def plain_picture(file: bytes) -> bytes:
    """Return the PNG or JPEG ``file`` upright and with 8 bits a channel; any other file, such as an SVG, unchanged.

    The typesetter turns a photo by its EXIF orientation too, but compresses it again and drops its colour profile;
    it knows no greys of 16 bits.
    """
    if not file.startswith(_BITMAPS):
        return file
    from PIL import Image, ImageOps

    picture: Any = Image.open(io.BytesIO(file))
    is_upright = picture.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT
    if is_upright and picture.mode not in _DEEP:
        return file
    if picture.mode in _DEEP:
        return _saved(ImageOps.exif_transpose(_eight_bits(picture)), "PNG", picture.info)
    upright: Any = ImageOps.exif_transpose(with_true_inks(picture))
    return _saved(upright, "PNG" if picture.format == "PNG" else "JPEG", picture.info)


def with_true_inks(picture: Any) -> Any:
    """Return ``picture``; the inks of a CMYK JPEG that Pillow took for inverted, though no Adobe marker says so, as they are."""
    from PIL import ImageChops

    if picture.mode != "CMYK" or picture.format not in ("JPEG", "MPO") or "adobe" in picture.info:
        return picture
    return ImageChops.invert(picture)


def _eight_bits(picture: Any) -> Any:
    """Return the grey ``picture`` of 16 bits a pixel with 8; its transparent grey, if it has one, becomes an alpha channel."""
    from PIL import Image, ImageMath

    values: Any = picture.convert("I")
    math: Any = ImageMath

    def eight_bits(names: dict[str, Any]) -> Any:
        return names["v"] / 257

    grey = math.lambda_eval(eight_bits, v=values).convert("L")
    transparent = picture.info.get("transparency")
    if transparent is None:
        return grey

    def opaque(names: dict[str, Any]) -> Any:
        return math.imagemath_notequal(names["v"], transparent) * 255

    alpha = math.lambda_eval(opaque, v=values).convert("L")
    return Image.merge("LA", (grey, alpha))


def _saved(picture: Any, kind: str, info: Any) -> bytes:
    """Return ``picture`` as a PNG or JPEG file with the colour profile and the transparent colour in ``info``."""
    options = {"icc_profile": info.get("icc_profile")}
    if kind == "PNG":
        if picture.mode != "LA" and "transparency" in info:
            options["transparency"] = info["transparency"]
        return png_file(picture, **options)
    output = io.BytesIO()
    picture.save(output, kind, quality=95, subsampling=0, **options)
    return output.getvalue()
