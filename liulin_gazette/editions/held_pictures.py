"""Pictures as an edition holds them: with the type that their bytes have, and converted where that loses nothing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from liulin_gazette.rendering.png_file import png_file
from liulin_gazette.source.pictures.picture_files import published_picture

SVG = "svg"
_MEDIA_TYPES = {
    SVG: "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
_SUFFIXES = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp"}
"""By Pillow's name of the format."""


@dataclass(frozen=True, slots=True)
class HeldPicture:
    """A picture of an edition."""

    suffix: str
    """Of its type, whatever the name of its file says: png, jpg, gif, webp, svg."""
    content: bytes

    @property
    def media_type(self) -> str:
        """``image/png``."""
        return _MEDIA_TYPES[self.suffix]


def held_picture(file: str, content: bytes, suffixes: tuple[str, ...]) -> HeldPicture | None:
    """Return the sound picture ``file`` as one of the types ``suffixes``; None where it cannot be one of them.

    A bitmap of another type becomes a PNG with the same pixels. Of an SVG no bitmap is made.
    """
    if file.lower().endswith(".svg"):
        return HeldPicture(SVG, published_picture(file, content)) if SVG in suffixes else None
    from PIL import Image

    picture: Any = Image.open(io.BytesIO(content))
    with picture:
        suffix = _SUFFIXES.get(picture.format, "")
        if suffix in suffixes:
            return HeldPicture(suffix, content)
        return HeldPicture("png", png_file(picture.convert("RGB") if picture.mode == "CMYK" else picture))
