"""Typesetting as a unit of work: it carries everything that it needs, so that any worker can do it."""

from __future__ import annotations

import atexit
import contextlib
import ctypes.util
import importlib
import sys
import threading
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from liulin_gazette.cache import windows_libraries
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset.layout import Layout, TypesettingError, encode
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.workers.shared_file import SharedFile

if TYPE_CHECKING:
    from liulin_gazette.pdf.typeset.typesetter import Typesetter


class TypesetterMissingError(TypesettingError):
    """The libraries of the typesetter cannot be loaded."""


_TYPESETTER = "liulin_gazette.pdf.typeset.typesetter"
"""The module that loads WeasyPrint."""
_TYPESETTING = threading.Lock()
"""Held while a unit is typeset: WeasyPrint is not made for threads, and a worker of a cluster may have several."""


@dataclass(frozen=True, slots=True)
class TypesettingUnit:
    """Items to be typeset in one style. The files of the faces are shared by all units."""

    style: str
    """CSS."""
    items: tuple[Item, ...]
    pictures: Mapping[str, bytes]
    """The pictures of the items, by project path."""


def typeset(unit: TypesettingUnit, *faces: SharedFile) -> tuple[bytes, ...]:
    """Return the encoded layout of each item. Raises TypesettingError."""
    with _TYPESETTING:
        typesetter = _typesetter(unit.style, faces)
        return tuple(encode(_layout(typesetter, item, unit.pictures)) for item in unit.items)


def _layout(typesetter: Typesetter, item: Item, pictures: Mapping[str, bytes]) -> Layout:
    try:
        return typesetter.set(item.html, pictures)
    except TypesettingError as error:
        raise TypesettingError(f"{item.name}：{error}") from error
    except MemoryError as error:
        raise TypesettingError(
            f"{item.name}：内存不够", advice("。关掉别的程序，", Act.SAVE_MEMORY, "。")
        ) from error


@lru_cache(maxsize=1)
def _typesetter(style: str, faces: tuple[SharedFile, ...]) -> Typesetter:
    """Return a typesetter with ``faces`` loaded, which takes a while; units of one issue use the same."""
    preload()
    from liulin_gazette.pdf.typeset.typesetter import Typesetter

    _release_at_exit()
    return Typesetter(style, faces)


def is_loaded() -> bool:
    """Tell whether this process has loaded WeasyPrint."""
    return _TYPESETTER in sys.modules


@cache
def _release_at_exit() -> None:
    """Let go of the last typesetter before the process ends, while modules are still whole.

    WeasyPrint's FontConfiguration removes its folder of faces when it is deleted. Once modules are torn down that
    fails, with words on the terminal; and where ``__main__`` has frozen the garbage collector it never happens.
    """
    atexit.register(_typesetter.cache_clear)


def preload() -> None:
    """Import WeasyPrint, which takes half a second. Raises TypesetterMissingError where it finds no Pango."""
    try:
        with _quick_library_search():
            if sys.platform == "win32":
                windows_libraries.load_typesetter()
            importlib.import_module(_TYPESETTER)
    except OSError as error:  # What cffi raises where a library cannot be loaded.
        raise TypesetterMissingError(
            "排印要用的 Pango 程序库没有找到，或者不完整。", advice(Act.DOCTOR, "，照它说的装上。")
        ) from error


@contextlib.contextmanager
def _quick_library_search() -> Generator[None]:
    """Spare WeasyPrint twenty runs of the linker on Linux.

    It searches for libraries first by names that only other systems use. If none is found it goes on with the names
    of Linux, which need no search.
    """
    if sys.platform != "linux":
        yield
        return
    find_library = ctypes.util.find_library
    ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


def _find_nothing(name: str) -> None:
    """Replace ``find_library``: no library is found by ``name``."""
