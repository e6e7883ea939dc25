"""Locks of files and folders between processes; the system frees them when a process ends, in whatever way."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Generator
from pathlib import Path

_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
"""Error numbers for a lock that another process holds; a disk without locks gives others."""
_LOOK_EVERY = 0.1
"""Seconds between tries."""


def try_to_lock(handle: int) -> bool:
    """Lock the open file ``handle`` if no other process has; return whether it did. Raises OSError without locks."""
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


if os.name == "nt":
    import msvcrt

    _FAR = 1 << 20
    """Position of the locked byte, behind all content, which stays readable."""

    def _lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def unlock(handle: int) -> None:
        """Free the open file ``handle``."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(handle: int) -> None:
        """Free the open file ``handle``."""
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextlib.contextmanager
def folder_lock(folder: Path, patience: float) -> Generator[bool]:
    """Hold the lock of ``folder`` during the block; yield False if another process has it for ``patience`` seconds.

    Windows locks no folders: there it is a hidden file in it. On a disk without locks nothing is held. Raises OSError.
    """
    if os.name == "nt":
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT)
    else:
        handle = os.open(folder, os.O_RDONLY)
    try:
        yield _wait(handle, patience)
    finally:
        os.close(handle)


def _wait(handle: int, patience: float) -> bool:
    """Lock ``handle`` within ``patience`` seconds; return whether it is locked, or cannot be on this disk."""
    end = time.monotonic() + patience
    with contextlib.suppress(OSError):
        while not try_to_lock(handle):
            if time.monotonic() >= end:
                return False
            time.sleep(_LOOK_EVERY)
    return True
