"""Where WeasyPrint keeps the faces while it works: on Windows not below a folder with a Chinese name.

Fontconfig there opens files by names in the code page of the system, and compares them with names in UTF-8. Both are
equal in ASCII alone, and the temporary folder of a user with a Chinese name is not ASCII. Only a program that declares
UTF-8 as its code page is free of this, and only from Windows 10 1903 on.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_PREFIX = "weasyprint-"


def face_folder() -> Path | None:
    """Return a new folder for faces; None where the one that WeasyPrint makes will do, or there is no other."""
    usual = tempfile.gettempdir()
    if sys.platform != "win32" or usual.isascii():
        return None
    return new_ascii_folder(_places(usual))


def new_ascii_folder(places: Iterable[str]) -> Path | None:
    """Return a new folder in the first of ``places`` with an ASCII path that can be written; None if there is none."""
    for place in filter(str.isascii, places):
        with contextlib.suppress(OSError):
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    return None


def _places(usual: str) -> Iterator[str]:
    """Yield the short name of the ``usual`` folder, which most disks have, and folders that every user may write to."""
    if sys.platform == "win32":
        import ctypes

        name = ctypes.create_unicode_buffer(1024)
        if ctypes.windll.kernel32.GetShortPathNameW(usual, name, len(name)):
            yield name.value
    yield from filter(None, map(os.environ.get, ("ProgramData", "PUBLIC")))
