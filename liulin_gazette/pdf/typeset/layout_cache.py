"""Layouts kept on disk by content, so that only what changed is typeset again.

The key holds everything that a layout depends on: the item's HTML and pictures, the style, the faces, and
the code that sets it. Deleting the folder changes nothing but the time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.libraries import versions_for_typesetting
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset.layout import FORMAT, Layout, decode

FOLDER = Path(".cache") / "layouts"
KEPT = 4000
"""Layouts kept: an issue has about 25, its furniture included."""
_CODE = (
    "continuation",
    "fetcher",
    "layout",
    "lines",
    "recording",
    "structure",
    "typesetter",
    "../../text/qr",
)


class LayoutCache:
    """The layouts made in one style, by item."""

    def __init__(
        self, root: Path, style: str, faces: Sequence[Face], read_bytes: Callable[[str], bytes]
    ) -> None:
        """Keep layouts below the project folder ``root``."""
        self._folder = root / FOLDER
        self._read_bytes = read_bytes
        digest = hashlib.sha256(f"{FORMAT}\0{style}\0".encode())
        for part in (*(face.file.stem for face in faces), *_environment()):
            digest.update(part.encode() + b"\0")
        self._base = digest.digest()

    def file(self, item: Item) -> Path:
        """Return where the layout of ``item`` is kept."""
        digest = hashlib.sha256(self._base + item.html.encode())
        for picture in item.pictures:
            digest.update(hashlib.sha256(self._read_bytes(picture)).digest())
        return self._folder / digest.hexdigest()[:32]

    def find(self, file: Path) -> Layout | None:
        """Return the layout kept in ``file``; None when there is none, or it is damaged."""
        content = sealed_file.read(file)
        return None if content is None else decode(content)

    def trim(self) -> None:
        """Remove the layouts that were made longest ago, beyond ``KEPT``."""
        used: list[tuple[float, str]] = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # Other commands keep and remove layouts meanwhile.
                    used.append((entry.stat().st_mtime, entry.path))
        for _, path in sorted(used)[: max(len(used) - KEPT, 0)]:
            with contextlib.suppress(OSError):
                Path(path).unlink()


def _environment() -> Iterable[str]:
    folder = Path(__file__).parent
    for name in _CODE:
        yield hashlib.sha256((folder / f"{name}.py").read_bytes()).hexdigest()
    yield from versions_for_typesetting()
