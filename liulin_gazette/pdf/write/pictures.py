"""Pictures in a PDF: in the colours of the screen, or in the inks of the press."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

from liulin_gazette.pdf.write.objects import add, dictionary, packed_stream

SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
DATA = Path(__file__).parent / "data"
SCREEN_PROFILE = DATA / "sRGB2014.icc"
PRESS_PROFILE = DATA / "FOGRA39L.icc"
PRESS_CONDITION = "FOGRA39"
SCREEN, PRESS = 300, 600
"""Pixels per inch beyond which a picture only grows heavier."""


def add_screen_picture(pdf: Any, file: bytes, width: float) -> Any:
    """Add a PNG or JPEG ``file``, shown ``width`` pt wide, to ``pdf``; what is transparent lies on white.

    A JPEG is kept as it is unless it has far more pixels than a screen or an office printer can show.
    """
    picture = _opened(file)
    if picture.format == "JPEG" and picture.mode in ("L", "RGB") and _fits(picture, width, SCREEN):
        extra = {**_extra(picture), "Filter": "/DCTDecode"}
        return add(pdf, packed_stream(file, extra))
    return _add_pixels(pdf, _fitted(_on_white(picture), width, SCREEN))


def add_press_picture(pdf: Any, file: bytes, width: float) -> Any:
    """Add ``file`` in the four inks of the press profile; what is grey is printed in black alone."""
    picture = _fitted(_on_white(_opened(file)), width, PRESS)
    if picture.mode == "RGB":
        channels = picture.split()
        if channels[0].tobytes() == channels[1].tobytes() == channels[2].tobytes():
            picture = channels[0]
        else:
            picture = through_profile(picture)
    return _add_pixels(pdf, picture)


def resolution(picture_width: int, width: float) -> int:
    """Return the pixels per inch of a picture of ``picture_width`` px printed ``width`` pt wide."""
    return round(picture_width / max(width, 1) * 72)


def through_profile(picture: Any) -> Any:
    """Return an RGB ``picture`` in the inks of the press profile."""
    from PIL import ImageCms

    cms: Any = ImageCms
    return cms.profileToProfile(
        picture, cms.createProfile("sRGB"), str(PRESS_PROFILE), renderingIntent=0, outputMode="CMYK"
    )


def width_in_pixels(file: bytes) -> int:
    """Return the width of a PNG or JPEG ``file``."""
    return int(_opened(file).width)


def _fits(picture: Any, width: float, most: int) -> bool:
    return resolution(picture.width, width) <= most


def _fitted(picture: Any, width: float, most: int) -> Any:
    if _fits(picture, width, most):
        return picture
    share = most / resolution(picture.width, width)
    return picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share))))


def _opened(file: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(file))


def _on_white(picture: Any) -> Any:
    from PIL import Image

    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if picture.mode == "LA" or "A" in picture.getbands() or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        return ground.convert("RGB")
    return picture.convert("RGB")


def _add_pixels(pdf: Any, picture: Any) -> Any:
    """Add the pixels, each row as its difference from the one above (PNG filter 2), deflated."""
    from PIL import Image, ImageChops

    channels = len(picture.getbands())
    above = Image.new(picture.mode, picture.size, 0)
    above.paste(picture, (0, 1))
    pixels: bytes = ImageChops.subtract_modulo(picture, above).tobytes()
    row = picture.width * channels
    packer = zlib.compressobj(6)
    packed = [packer.compress(b"\x02" + pixels[start : start + row]) for start in range(0, len(pixels), row)]
    packed.append(packer.flush())
    parameters = dictionary(
        {"Predictor": 15, "Colors": channels, "BitsPerComponent": 8, "Columns": picture.width}
    )
    extra = {**_extra(picture), "Filter": "/FlateDecode", "DecodeParms": parameters}
    return add(pdf, packed_stream(b"".join(packed), extra))


def _extra(picture: Any) -> dict[str, Any]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": SPACES[picture.mode],
        "BitsPerComponent": 8,
    }
