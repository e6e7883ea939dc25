"""What builds keep in ``.cache`` to spare the next one work: each file whole or not there, and known to be undamaged.

Deleting them changes nothing but the time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

_SEAL = hashlib.sha256().digest_size
"""Bytes at the beginning of a file: a digest of the others."""


def write(file: Path, content: bytes) -> None:
    """Keep ``content`` in ``file``; where the disk is full or read-only, the next build takes longer."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            with partial.open("wb") as stream:
                stream.write(hashlib.sha256(content).digest())
                stream.write(content)
            partial.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink()


def read(file: Path) -> memoryview | None:
    """Return what ``write`` put into ``file``; None when it is not there, or damaged."""
    try:
        whole = memoryview(file.read_bytes())
    except OSError:
        return None
    content = whole[_SEAL:]
    return content if hashlib.sha256(content).digest() == bytes(whole[:_SEAL]) else None
