"""Texts of issues between the stages of one build: on disk, so that the memory does not grow with the archive."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.cache.sealed_file import keep, kept


@dataclass(frozen=True, slots=True)
class Texts:
    """A place for packed issues; one without a folder keeps none."""

    folder: Path | None = None

    def keep(self, key: str, texts: bytes) -> None:
        """Keep the texts of the folder whose digest is ``key``."""
        if self.folder and texts:
            keep(self.folder / key, texts)

    def take(self, key: str) -> bytes:
        """Return what was kept under ``key``; nothing when nothing was."""
        return bytes((self.folder and kept(self.folder / key)) or b"")


@contextmanager
def texts_of_a_build(root: Path) -> Generator[Texts]:
    """Yield a place for texts that is gone with the build; without room on the disk they are read again."""
    parent = root / ".cache"
    folder = None
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob("texts-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix="texts-", dir=parent))
    except OSError:
        yield Texts()
        return
    try:
        yield Texts(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
