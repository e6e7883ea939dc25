"""Files that can be made again, each written whole or not at all.

They are not flushed: after a power cut such a file may be empty, so whoever reads it must know what it is to hold.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from liulin_gazette.disk.patience import patiently


def write_whole(file: Path, *parts: bytes) -> None:
    """Write ``parts`` one after another to ``file``, whose folder is made if need be. Raises OSError, and nothing changes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with partial.open("wb") as stream:
            for part in parts:
                stream.write(part)
        patiently(lambda: partial.replace(file))
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise
