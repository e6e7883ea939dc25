"""The libraries that lay out printed pages: another version of one may break lines otherwise."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from importlib.metadata import version

PANGO = ("libpango-1.0.so.0", "libpango-1.0-0.dll", "libpango-1.0.dylib")
PACKAGES = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pillow", "qrcode")


def typesetter_versions() -> Iterator[str]:
    """Yield the version of each library."""
    for package in PACKAGES:
        yield version(package)
    yield _pango()


def _pango() -> str:
    """Return the version of the library that breaks the lines; empty where it is not found."""
    for name in PANGO:
        with contextlib.suppress(OSError, AttributeError):
            return str(ctypes.CDLL(name).pango_version())
    return ""
