"""ZIP files of which the same members give the same bytes: the packages of EPUB and Office Open XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

from liulin_gazette.web.issue_zip import member_info

_PACKED = (".png", ".jpg", ".gif", ".webp")
"""Pictures that are compressed already."""


def package(members: Mapping[str, bytes], day: date, first: tuple[str, bytes] | None = None) -> bytes:
    """Return the ZIP of ``members`` in their order, dated ``day``.

    ``first`` is a member that stands uncompressed before them all, as the mimetype of an EPUB must (OCF 3.3 §4.3).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            _write(archive, *first, day, stored=True)
        for name, content in members.items():
            _write(archive, name, content, day, stored=name.endswith(_PACKED))
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes, day: date, stored: bool) -> None:
    info = member_info(name, day)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    archive.writestr(info, content, compresslevel=9)
