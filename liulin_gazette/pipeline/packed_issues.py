"""Encoded issues between the stages of one build: on disk, so that memory does not grow with the archive."""

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
    """Encoded issues by the digest of their folder. Without a folder to write to, nothing is stored."""

    folder: Path | None = None

    def keep(self, key: str, packed: bytes) -> None:
        """Store the encoded issue whose folder has the digest ``key``; empty bytes are not stored."""
        if self.folder and packed:
            sealed_file.write(self.folder / key, packed)

    def take(self, key: str) -> bytes:
        """Return the encoded issue stored under ``key``; empty if there is none."""
        return bytes((self.folder and sealed_file.read(self.folder / key)) or b"")


@contextmanager
def packed_issues(root: Path) -> Generator[PackedIssues]:
    """Yield a store below ``root`` that is deleted on exit.

    Where the disk is full or read-only the store stays empty, and stages read the issues again from their sources.
    """
    parent = root / ".cache"
    folder = None
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for abandoned in parent.glob("texts-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix="texts-", dir=parent))
    except OSError:
        yield PackedIssues()
        return
    try:
        yield PackedIssues(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
