"""Where Pango is on Windows, and how it is loaded there. Standard library only; nothing here is used elsewhere.

The libraries of the portable folder and of PyPI's ``gstreamer-libs`` are called ``pango-1.0-0.dll`` and so on. WeasyPrint
asks for ``pango-1.0-0``, in which Windows takes ``.0-0`` for an extension and adds no ``.dll``.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BUNDLED = "pango"
"""The folder in the portable folder's Python."""
SETTINGS_OF_FONTCONFIG = "fonts.conf"
"""Beside Pango in the portable folder."""
_IN_PACKAGES = Path("gstreamer_libs", "bin")
_OTHERS = (
    Path("C:/msys64/ucrt64/bin"),
    Path("C:/msys64/mingw64/bin"),
    Path("C:/Program Files/GTK3-Runtime Win64/bin"),
)
"""Where MSYS2 and the runtime of GTK put them, as WeasyPrint's own list has it."""
_SETTING = "WEASYPRINT_DLL_DIRECTORIES"
_PREFIXES = ("", "lib")


def folders() -> list[Path]:
    """Return the folders that are searched for Pango, best first: those of the environment variable before all."""
    named = [Path(each) for each in os.environ.get(_SETTING, "").split(";") if each]
    packages = Path(sysconfig.get_path("platlib"))
    return [*named, Path(sys.prefix, BUNDLED), packages / _IN_PACKAGES, *_OTHERS]


def library_file(stem: str, places: Iterable[Path]) -> Path | None:
    """Return the file of the library ``stem`` (``pango-1.0-0``) in the first of ``places`` that has it."""
    candidates = (place / f"{prefix}{stem}.dll" for place in places for prefix in _PREFIXES)
    return next((file for file in candidates if file.is_file()), None)


def load(stem: str) -> ctypes.CDLL | None:
    """Return the library ``stem``, or None if it is nowhere, or cannot be loaded."""
    file = library_file(stem, folders())
    try:
        return ctypes.CDLL(str(file)) if file else None
    except OSError:
        return None


def load_typesetter() -> None:
    """Import the part of WeasyPrint that opens Pango, so that it finds the libraries. Raises OSError if there are none."""
    import cffi

    file = library_file("pango-1.0-0", folders())
    if file is None:
        raise OSError("no Pango")  # WeasyPrint would print advice in English.
    os.environ[_SETTING] = str(file.parent)
    if (settings := file.parent / SETTINGS_OF_FONTCONFIG).is_file():
        os.environ.setdefault("FONTCONFIG_FILE", str(settings))
    ffi: Any = cffi.FFI
    before = ffi.dlopen
    ffi.dlopen = with_extension(before)
    try:
        importlib.import_module("weasyprint.text.ffi")
    finally:
        ffi.dlopen = before


def with_extension(dlopen: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``dlopen`` of cffi, which adds ``.dll`` to the name of a library that lacks it."""

    def open_library(ffi: Any, name: str, flags: int = 0) -> Any:
        has_extension = name.lower().endswith((".dll", ".so", ".dylib")) or ".so." in name
        return dlopen(ffi, name if has_extension else f"{name}.dll", flags)

    return open_library
