"""Pictures as PNG files of the same bytes on every system.

Pillow brings a zlib of its own, which finds other matches on another processor or with another compiler. So Pillow
only filters the rows, and they are deflated by the zlib of Python, as the streams of PDFs are.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DATA = b"IDAT"
USUAL, SMALLEST = 6, 9
"""Levels of zlib. The greatest takes several times as long and saves a tenth."""


def png_file(picture: Any, level: int = USUAL, **options: Any) -> bytes:
    """Return the Pillow image ``picture`` as PNG, deflated at ``level`` of zlib; ``options`` are those of Pillow's writer."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=0, **options)
    chunks = list(_chunks(out.getvalue()))
    rows = zlib.decompress(b"".join(content for kind, content in chunks if kind == _DATA))
    first = next(index for index, (kind, _) in enumerate(chunks) if kind == _DATA)
    others = [[each for each in part if each[0] != _DATA] for part in (chunks[:first], chunks[first:])]
    written = (*others[0], (_DATA, zlib.compress(rows, level)), *others[1])
    return _SIGNATURE + b"".join(_chunk(*each) for each in written)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each chunk of ``png`` (PNG §5.3)."""
    place = len(_SIGNATURE)
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
