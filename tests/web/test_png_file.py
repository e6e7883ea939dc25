"""PNG files whose bytes do not depend on how Pillow was built."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageChops

from liulin_gazette.rendering.png_file import SMALLEST, USUAL, png_file


def content_of(png: bytes, kind: bytes) -> bytes:
    """Return the content of the chunks of ``kind``, each of which has a right checksum."""
    place, found = 8, b""
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        chunk = png[place + 4 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length)[0] == zlib.crc32(chunk)
        found += chunk[4:] if chunk[:4] == kind else b""
        place += length + 12
    return found


def drawn(mode: str) -> Any:
    """Return a picture of ``mode`` with slopes in all channels."""
    slopes = [Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.radial_gradient("L")]
    picture = Image.merge("RGBA", (*slopes, ImageChops.invert(slopes[2])))
    return picture if mode == "RGBA" else picture.convert("RGB").convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("level", [USUAL, SMALLEST])
def test_rows_are_deflated_by_python_and_nothing_else_changes(mode: str, level: int) -> None:
    picture = drawn(mode)
    png = png_file(picture, level)
    again = Image.open(io.BytesIO(png))
    assert again.mode == mode and again.convert("RGBA").tobytes() == picture.convert("RGBA").tobytes()
    data = content_of(png, b"IDAT")
    assert zlib.compress(zlib.decompress(data), level) == data
    assert png_file(drawn(mode), level) == png


def test_the_profile_and_the_transparent_colour_stay() -> None:
    png = png_file(drawn("RGB"), icc_profile=b"profile" * 100, transparency=(1, 2, 3))
    info = Image.open(io.BytesIO(png)).info
    assert info["icc_profile"] == b"profile" * 100 and info["transparency"] == (1, 2, 3)
    assert png.index(b"iCCP") < png.index(b"IDAT") < png.index(b"IEND")
