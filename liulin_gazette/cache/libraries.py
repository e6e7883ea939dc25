"""Versions and contents of the libraries that the output depends on."""

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
"""Packages that printed pages depend on besides."""
FACES = ("uharfbuzz", "chws-tool", "east-asian-spacing", "fonttools")
"""Packages that the prepared faces depend on."""
_PANGO = ("libpango-1.0.so.0", "libpango-1.0-0.dll", "libpango-1.0.dylib")
_HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz-0.dll", "libharfbuzz.0.dylib")


def versions_for_reading() -> Iterator[str]:
    """Yield the version of everything that pages and findings depend on."""
    yield from map(version, READING)
    yield platform.python_version()
    yield zlib.ZLIB_RUNTIME_VERSION
    yield str("sm3" in hashlib.algorithms_available)


def versions_for_typesetting() -> Iterator[str]:
    """Yield the version of everything that printed pages depend on besides."""
    yield from libraries_for_typesetting().values()


def libraries_for_typesetting() -> dict[str, str]:
    """Return the libraries that printed pages depend on besides, by name, with their versions."""
    packages = {name: version(name) for name in TYPESETTING}
    return packages | {"Pango": pango_version(), "HarfBuzz": harfbuzz_version()}


def content_digest(package: str) -> str:
    """Return a SHA-256 over the files of an installed ``package``, as its installer recorded them.

    It is the same wherever the same wheel is installed: files that the installer adds are left out. Empty if nothing
    was recorded.
    """
    recorded = sorted(
        f"{file.as_posix()}\0{file.hash.value}\n"
        for file in distribution(package).files or ()
        if file.hash and ".." not in file.parts and not file.parts[0].endswith(".dist-info")
    )
    return hashlib.sha256("".join(recorded).encode()).hexdigest() if recorded else ""


def pango_version() -> str:
    """Return the version of the library that breaks lines; empty if it is not installed."""
    for name in _PANGO:
        with contextlib.suppress(OSError, AttributeError):
            number = int(ctypes.CDLL(name).pango_version())
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return ""


def harfbuzz_version() -> str:
    """Return the version of the library that shapes text; empty if it is not installed."""
    for name in _HARFBUZZ:
        with contextlib.suppress(OSError, AttributeError):
            call = ctypes.CDLL(name).hb_version_string
            call.restype = ctypes.c_char_p
            return call().decode()
    return ""
