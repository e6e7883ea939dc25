"""The libraries that output is made with, by version and content: what explains that another machine's differs."""

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
"""What pages and findings depend on besides the content and the program."""
TYPESETTING = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pillow", "qrcode")
"""What printed pages depend on besides."""
FACES = ("uharfbuzz", "chws-tool", "east-asian-spacing", "fonttools")
"""What the prepared faces depend on."""
_PANGO = ("libpango-1.0.so.0", "libpango-1.0-0.dll", "libpango-1.0.dylib")


def versions_for_reading() -> Iterator[str]:
    """Yield the version of everything that pages and findings depend on."""
    yield from map(version, READING)
    yield platform.python_version()
    yield zlib.ZLIB_RUNTIME_VERSION
    yield str("sm3" in hashlib.algorithms_available)


def versions_for_typesetting() -> Iterator[str]:
    """Yield the version of everything that printed pages depend on besides."""
    yield from map(version, TYPESETTING)
    yield pango_version()


def content_digest(package: str) -> str:
    """Return a SHA-256 over the files of an installed ``package``, as its installer recorded them.

    It is the same wherever the same wheel is installed: what installing adds is left out. Empty where nothing
    was recorded.
    """
    recorded = sorted(
        f"{file.as_posix()}\0{file.hash.value}\n"
        for file in distribution(package).files or ()
        if file.hash and ".." not in file.parts and not file.parts[0].endswith(".dist-info")
    )
    return hashlib.sha256("".join(recorded).encode()).hexdigest() if recorded else ""


def pango_version() -> str:
    """Return the version of the library that breaks the lines; empty where it is not found."""
    for name in _PANGO:
        with contextlib.suppress(OSError, AttributeError):
            number = int(ctypes.CDLL(name).pango_version())
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return ""
