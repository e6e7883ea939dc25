"""Pictures in a PDF: in screen colours (sRGB), or in the inks of the press (CMYK)."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from typing import Any

from liulin_gazette.pdf.write.colour_profiles import PressCondition, is_for_screen, to_screen
from liulin_gazette.pdf.write.flat_picture import flat_picture
from liulin_gazette.pdf.write.objects import add, dictionary, encoded_stream
from liulin_gazette.pdf.write.press_pictures import PictureInks, is_drawing, press_pixels

COLOUR_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
SCREEN_RESOLUTION, PRESS_RESOLUTION = 300, 600
"""Pixels per inch beyond which a picture grows larger without looking better."""


def add_screen_picture(pdf: Any, file: bytes, width: float) -> Any:
    """Add the PNG or JPEG ``file``, shown ``width`` pt wide, to ``pdf``; return its image XObject.

    Transparent parts are put on white, and colours are converted by the file's own profile. A JPEG is embedded
    unchanged if it is grey or sRGB and has no more pixels than a screen or an office printer can show.
    """
    picture = screen_picture(file, width)
    if isinstance(picture, bytes):
        entries = {**_image_entries(flat_picture(file).pixels), "Filter": "/DCTDecode"}
        return add(pdf, encoded_stream(picture, entries))
    return _add_pixels(pdf, picture)


def screen_picture(file: bytes, width: float) -> Any:
    """Return the PNG or JPEG ``file``, shown ``width`` pt wide, as screens show it: a JPEG file, or pixels (Pillow).

    See ``add_screen_picture``, which says what becomes of colours and transparent parts and which files stay as they are.
    """
    picture = flat_picture(file)
    pixels = picture.pixels
    is_plain = picture.is_jpeg and pixels.mode in ("L", "RGB") and is_for_screen(picture.profile)
    if is_plain and _fits(pixels, width, SCREEN_RESOLUTION):
        return file
    smaller = _downsampled(pixels, width, SCREEN_RESOLUTION)
    return to_screen(smaller, picture.profile)


def add_press_picture(
    pdf: Any, file: bytes, width: float, condition: PressCondition, limit: int
) -> tuple[Any, PictureInks]:
    """Add the PNG or JPEG ``file``, printed ``width`` pt wide, to ``pdf``; return its image XObject and its inks.

    It is converted to the inks of ``condition``, of which there are at most ``limit`` percent at any place.
    """
    picture = flat_picture(file)
    smaller = replace(picture, pixels=_downsampled(picture.pixels, width, PRESS_RESOLUTION))
    pixels, inks = press_pixels(smaller, condition, limit, is_drawing(picture.pixels))
    return _add_pixels(pdf, pixels), inks


def resolution(picture_width: int, width: float) -> int:
    """Return the resolution in pixels per inch of a picture of ``picture_width`` px printed ``width`` pt wide."""
    return round(picture_width / max(width, 1) * 72)


def width_in_pixels(file: bytes) -> int:
    """Return the width in px of the PNG or JPEG ``file``."""
    from PIL import Image

    return int(Image.open(io.BytesIO(file)).width)


def _fits(picture: Any, width: float, limit: int) -> bool:
    return resolution(picture.width, width) <= limit


def _downsampled(picture: Any, width: float, limit: int) -> Any:
    """Return ``picture``, reduced to ``limit`` pixels per inch when it has more."""
    if _fits(picture, width, limit):
        return picture
    scale = limit / resolution(picture.width, width)
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))


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
