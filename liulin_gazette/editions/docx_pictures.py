"""Pictures of a Word file."""

from __future__ import annotations

from typing import Any

from liulin_gazette.editions.held_pictures import HeldPicture

_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""A segment of a JPEG that states square pixels and no density."""


def with_density(picture: HeldPicture) -> bytes:
    """Return the file of ``picture`` with a head that python-docx reads: of JPEGs it knows those with JFIF or Exif only."""
    from docx.image.exceptions import UnrecognizedImageError
    from docx.image.image import Image

    image: Any = Image
    try:
        known = image.from_blob(picture.content)
        _ = known.width, known.height
    except (UnrecognizedImageError, ZeroDivisionError):
        if picture.suffix != "jpg":
            raise
        return picture.content[:2] + _JFIF + picture.content[2:]
    return picture.content
