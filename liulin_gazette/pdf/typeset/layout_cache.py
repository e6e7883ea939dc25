"""Cache of layouts by content, so that only items that changed are typeset again.

The key covers everything that a layout depends on: the item's HTML and pictures, the style, the faces, and the code
and libraries that typeset it. Deleting the folder costs the next build time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError
from liulin_gazette.cache.libraries import versions_for_typesetting
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset.layout import Layout, decode

FOLDER = Path(".cache") / "layouts"
CAPACITY = 4000
"""Number of layouts in the cache; an issue has about 25."""
_CODE = ("pdf/typeset/*.py", "pdf/composition/*.py", "cache/encoded.py", "text/qr.py")
"""Modules that a layout depends on; whole folders, since a module left out would keep outdated layouts alive."""


class LayoutCache:
    """The cached layouts of items in one style."""

    def __init__(
        self, root: Path, style: str, faces: Sequence[Face], read_bytes: Callable[[str], bytes]
    ) -> None:
        """Use the cache of the project at ``root``; ``read_bytes`` returns pictures by project path."""
        self._folder = root / FOLDER
        self._read_bytes = read_bytes
        digest = hashlib.sha256(f"{style}\0".encode())
        for part in (*(face.file.stem for face in faces), *_environment()):
            digest.update(part.encode() + b"\0")
        self._base = digest.digest()

    def file(self, item: Item) -> Path:
        """Return the file for the layout of ``item``; its name is a digest of everything that the layout depends on."""
        digest = hashlib.sha256(self._base + item.html.encode())
        for picture in item.pictures:
            digest.update(hashlib.sha256(self._read_bytes(picture)).digest())
        return self._folder / digest.hexdigest()[:32]

    def find(self, file: Path) -> Layout | None:
        """Return the layout in ``file``; None if the file is missing or damaged."""
        if (content := sealed_file.read(file)) is not None:
            with contextlib.suppress(DamagedValueError):
                return decode(content)
        return None

    def trim(self) -> None:
        """Remove the oldest layouts beyond ``CAPACITY``."""
        files: list[tuple[float, str]] = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # Other commands may remove files at the same time.
                    files.append((entry.stat().st_mtime, entry.path))
        for _, path in sorted(files)[: max(len(files) - CAPACITY, 0)]:
            with contextlib.suppress(OSError):
                Path(path).unlink()


def _environment() -> Iterator[str]:
    yield from _code()
    yield from versions_for_typesetting()


@cache
def _code() -> tuple[str, ...]:
    """Return the digests of the modules that a layout depends on: those that this process runs."""
    package = Path(__file__).parents[2]
    files = (file for pattern in _CODE for file in sorted(package.glob(pattern)))
    return tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
