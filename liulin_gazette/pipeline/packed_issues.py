"""PackedIssues of issues between the stages of one build: on disk, so that the memory does not grow with the archive."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.cache import sealed_file


@dataclass(frozen=True, slots=True)
class PackedIssues:
    """A place for packed issues; one without a folder keeps none."""

    folder: Path | None = None

    def keep(self, key: str, texts: bytes) -> None:
        """Keep the texts of the folder whose digest is ``key``."""
        if self.folder and texts:
            sealed_file.write(self.folder / key, texts)

    def take(self, key: str) -> bytes:
        """Return what was kept under ``key``; nothing when nothing was."""
        return bytes((self.folder and sealed_file.read(self.folder / key)) or b"")


@contextmanager
def packed_issues(root: Path) -> Generator[PackedIssues]:
    """Yield a place for texts that is gone with the build; without room on the disk they are read again."""
    parent = root / ".cache"
    folder = None
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob("texts-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix="texts-", dir=parent))
    except OSError:
        yield PackedIssues()
        return
    try:
        yield PackedIssues(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
