"""Pictures in a PDF: in screen colours (sRGB), or in the inks of the press (CMYK)."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

from liulin_gazette.pdf.write.objects import add, dictionary, encoded_stream

COLOUR_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
DATA = Path(__file__).parent / "data"
SCREEN_PROFILE = DATA / "sRGB2014.icc"
PRESS_PROFILE = DATA / "FOGRA39L.icc"
PRESS_CONDITION = "FOGRA39"
"""Output condition identifier of the press profile (ISO 15930-7)."""
SCREEN_RESOLUTION, PRESS_RESOLUTION = 300, 600
"""Pixels per inch beyond which a picture grows larger without looking better."""


def add_screen_picture(pdf: Any, file: bytes, width: float) -> Any:
    """Add the PNG or JPEG ``file``, shown ``width`` pt wide, to ``pdf``; return its image XObject.

    Transparent parts are put on white. A JPEG is embedded unchanged unless it has more pixels than a screen or
    an office printer can show.
    """
    picture = _open(file)
    is_small = _fits(picture, width, SCREEN_RESOLUTION)
    if picture.format == "JPEG" and picture.mode in ("L", "RGB") and is_small:
        entries = {**_image_entries(picture), "Filter": "/DCTDecode"}
        return add(pdf, encoded_stream(file, entries))
    return _add_pixels(pdf, _downsampled(_on_white(picture), width, SCREEN_RESOLUTION))


def add_press_picture(pdf: Any, file: bytes, width: float) -> Any:
    """Add the PNG or JPEG ``file``, printed ``width`` pt wide, to ``pdf``; return its image XObject.

    It is converted to the inks of the press profile; a grey picture is printed in black alone.
    """
    picture = _downsampled(_on_white(_open(file)), width, PRESS_RESOLUTION)
    if picture.mode == "RGB":
        channels = picture.split()
        if channels[0].tobytes() == channels[1].tobytes() == channels[2].tobytes():
            picture = channels[0]
        else:
            picture = to_press_profile(picture)
    return _add_pixels(pdf, picture)


def resolution(picture_width: int, width: float) -> int:
    """Return the resolution in pixels per inch of a picture of ``picture_width`` px printed ``width`` pt wide."""
    return round(picture_width / max(width, 1) * 72)


def to_press_profile(picture: Any) -> Any:
    """Return the RGB ``picture`` converted to CMYK by the press profile."""
    from PIL import ImageCms

    cms: Any = ImageCms
    return cms.profileToProfile(
        picture, cms.createProfile("sRGB"), str(PRESS_PROFILE), renderingIntent=0, outputMode="CMYK"
    )


def width_in_pixels(file: bytes) -> int:
    """Return the width in px of the PNG or JPEG ``file``."""
    return int(_open(file).width)


def _fits(picture: Any, width: float, limit: int) -> bool:
    return resolution(picture.width, width) <= limit


def _downsampled(picture: Any, width: float, limit: int) -> Any:
    """Return ``picture``, reduced to ``limit`` pixels per inch when it has more."""
    if _fits(picture, width, limit):
        return picture
    scale = limit / resolution(picture.width, width)
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))


def _open(file: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(file))


def _on_white(picture: Any) -> Any:
    """Return ``picture`` as grey or RGB, flattened on white."""
    from PIL import Image

    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if picture.mode == "LA" or "A" in picture.getbands() or "transparency" in picture.info:
        background = Image.new("RGBA", picture.size, "white")
        background.alpha_composite(picture.convert("RGBA"))
        return background.convert("RGB")
    return picture.convert("RGB")


def _add_pixels(pdf: Any, picture: Any) -> Any:
    """Add ``picture`` as a deflated image, each row as its difference from the one above (PNG filter Up).

    ISO 32000-1 §7.4.4.4.
    """
    from PIL import Image, ImageChops

    channels = len(picture.getbands())
    above = Image.new(picture.mode, picture.size, 0)
    above.paste(picture, (0, 1))
    pixels: bytes = ImageChops.subtract_modulo(picture, above).tobytes()
    row_length = picture.width * channels
    compressor = zlib.compressobj(6)
    chunks = [
        compressor.compress(b"\x02" + pixels[start : start + row_length])
        for start in range(0, len(pixels), row_length)
    ]
    chunks.append(compressor.flush())
    parameters = dictionary(
        {"Predictor": 15, "Colors": channels, "BitsPerComponent": 8, "Columns": picture.width}
    )
    entries = {**_image_entries(picture), "Filter": "/FlateDecode", "DecodeParms": parameters}
    return add(pdf, encoded_stream(b"".join(chunks), entries))


def _image_entries(picture: Any) -> dict[str, Any]:
    """Return the entries of an image dictionary (ISO 32000-1 §8.9.5) that do not depend on the filter."""
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": COLOUR_SPACES[picture.mode],
        "BitsPerComponent": 8,
    }
