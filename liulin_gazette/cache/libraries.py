"""Versions of the libraries that the output depends on; they explain why another machine's output may differ."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import platform
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata

from liulin_gazette.cache import windows_libraries

READING = (
    "jinja2",
    "markupsafe",
    "markdown-it-py",
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
_PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpango-1.0.dylib")
_PANGO_STEMS = ("pango-1.0-0",)
_HARFBUZZ_LIBRARIES = ("libharfbuzz.so.0", "libharfbuzz.0.dylib")
_HARFBUZZ_STEMS = ("harfbuzz-0", "harfbuzz")
"""What they are called on Windows, with or without ``lib`` before it."""


def versions_for_reading() -> Iterator[str]:
    """Yield the versions that pages and findings depend on: packages, Python, zlib, and whether OpenSSL has SM3."""
    yield from map(version, READING)
    yield platform.python_version()
    yield zlib.ZLIB_RUNTIME_VERSION
    yield str("sm3" in hashlib.algorithms_available)


def versions_for_typesetting() -> Iterator[str]:
    """Yield the versions that printed pages depend on in addition: packages, Pango and HarfBuzz."""
    yield from libraries_for_typesetting().values()


def libraries_for_typesetting() -> dict[str, str]:
    """Return the versions that printed pages depend on in addition, by the name of the library."""
    packages = {name: version(name) for name in TYPESETTING}
    return packages | {"Pango": pango_version(), "HarfBuzz": harfbuzz_version()}


@cache
def version(package: str) -> str:
    """Return the version of ``package`` that is installed, as it was when first asked for: reading it takes a while.

    Raises PackageNotFoundError if it is not installed.
    """
    return metadata.version(package)


@cache
def content_digest(package: str) -> str:
    """Return the SHA-256 of the list of files that the installer recorded for ``package``; empty if there is none.

    It is the same wherever the same wheel is installed, because files that the installation adds are left out.
    Raises PackageNotFoundError if ``package`` is not installed.
    """
    recorded = sorted(
        f"{file.as_posix()}\0{file.hash.value}\n"
        for file in metadata.distribution(package).files or ()
        if file.hash and ".." not in file.parts and not file.parts[0].endswith(".dist-info")
    )
    return hashlib.sha256("".join(recorded).encode()).hexdigest() if recorded else ""


def pango_version() -> str:
    """Return the version of Pango, which breaks the lines of printed pages; empty if it is not found."""
    for library in _loaded(_PANGO_LIBRARIES, _PANGO_STEMS):
        with contextlib.suppress(AttributeError):
            number = int(library.pango_version())
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return ""


def harfbuzz_version() -> str:
    """Return the version of HarfBuzz, which shapes the text of printed pages; empty if it is not found."""
    for library in _loaded(_HARFBUZZ_LIBRARIES, _HARFBUZZ_STEMS):
        with contextlib.suppress(AttributeError):
            call = library.hb_version_string
            call.restype = ctypes.c_char_p
            return call().decode()
    return ""


def _loaded(names: tuple[str, ...], stems: tuple[str, ...]) -> Iterator[ctypes.CDLL]:
    """Yield the libraries that can be loaded: by one of ``names``, on Windows by one of ``stems``."""
    if sys.platform == "win32":
        yield from filter(None, map(windows_libraries.load, stems))
        return
    for name in names:
        with contextlib.suppress(OSError):
            yield ctypes.CDLL(name)
