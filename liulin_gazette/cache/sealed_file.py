"""Cache files in ``.cache``: written whole or not at all, and checked for damage when they are read.

Deleting them costs the next build time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from liulin_gazette.disk.whole_file import write_whole

_SEAL = hashlib.sha256().digest_size
"""Bytes at the start of a file: the SHA-256 of the rest."""


def write(file: Path, content: bytes) -> None:
    """Write ``content`` to ``file``. On a full or read-only disk nothing is written, and the next build takes longer."""
    with contextlib.suppress(OSError):
        write_whole(file, hashlib.sha256(content).digest(), content)


def read(file: Path) -> memoryview | None:
    """Return the content that ``write`` put into ``file``; None if the file is missing or damaged."""
    try:
        whole = memoryview(file.read_bytes())
    except OSError:
        return None
    content = whole[_SEAL:]
    return content if hashlib.sha256(content).digest() == bytes(whole[:_SEAL]) else None
