"""Versions of the libraries that the output depends on; they explain why another machine's output may differ."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import platform
import zlib
from collections.abc import Iterator
from importlib.metadata import distribution, version

READING = (
    "jinja2",
    "markupsafe",
    "markdown-it-py",
    "mdit-py-cjk-friendly",
    "mdit-py-plugins",
    "msgspec",
    "pyyaml",
    "pypinyin",
    "qrcode",
    "icalendar",
    "pillow",
)
"""Packages that pages and findings depend on."""
TYPESETTING = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pillow", "qrcode")
"""Packages that printed pages depend on in addition."""
FACES = ("uharfbuzz", "chws-tool", "east-asian-spacing", "fonttools")
"""Packages that the prepared fonts depend on."""
_PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpango-1.0-0.dll", "libpango-1.0.dylib")


def versions_for_reading() -> Iterator[str]:
    """Yield the versions that pages and findings depend on: packages, Python, zlib, and whether OpenSSL has SM3."""
    yield from map(version, READING)
    yield platform.python_version()
    yield zlib.ZLIB_RUNTIME_VERSION
    yield str("sm3" in hashlib.algorithms_available)


def versions_for_typesetting() -> Iterator[str]:
    """Yield the versions that printed pages depend on in addition: packages and Pango."""
    yield from map(version, TYPESETTING)
    yield pango_version()


def content_digest(package: str) -> str:
    """Return the SHA-256 of the list of files that the installer recorded for ``package``; empty if there is none.

    It is the same wherever the same wheel is installed, because files that the installation adds are left out.
    Raises PackageNotFoundError if ``package`` is not installed.
    """
    recorded = sorted(
        f"{file.as_posix()}\0{file.hash.value}\n"
        for file in distribution(package).files or ()
        if file.hash and ".." not in file.parts and not file.parts[0].endswith(".dist-info")
    )
    return hashlib.sha256("".join(recorded).encode()).hexdigest() if recorded else ""


def pango_version() -> str:
    """Return the version of Pango, which breaks the lines of printed pages; empty if it is not found."""
    for name in _PANGO_LIBRARIES:
        with contextlib.suppress(OSError, AttributeError):
            number = int(ctypes.CDLL(name).pango_version())
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return ""
