"""One build at a time: a second one waits, and says whom it waits for."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO

FILE = Path(".cache") / "build.lock"
LOOK_EVERY = 0.2
"""Seconds between tries."""


class LockedError(Exception):
    """Another build did not end in time; the argument says in Chinese whose it is."""


@contextlib.contextmanager
def build_lock(root: Path, say: Callable[[str], None], patience: float = 600.0) -> Generator[None]:
    """Hold the lock of the project below ``root`` for the time of a build.

    The system gives the lock back when the process ends, however it ends. Raises LockedError after ``patience``
    seconds.
    """
    with contextlib.ExitStack() as stack:
        handle = _opened(root / FILE)
        if handle is not None:
            stack.enter_context(handle)
            _wait(handle, say, patience)
            stack.callback(_unlock, handle)
            _write(handle, f"进程 {os.getpid()}，计算机 {socket.gethostname()}")
            stack.callback(_write, handle, "")
        yield


def _opened(file: Path) -> IO[str] | None:
    """Return the lock's file; None on a disk that cannot be written, where the build itself will say so."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.open("a+", encoding="utf-8")
    except OSError:
        return None


def _write(handle: IO[str], text: str) -> None:
    handle.seek(0)
    handle.truncate()
    handle.write(text)
    handle.flush()


def _wait(handle: IO[str], say: Callable[[str], None], patience: float) -> None:
    waited = 0.0
    while not _try_lock(handle):
        handle.seek(0)
        holder = handle.read().strip() or "另一个程序"
        if waited == 0:
            say(f"正在等另一次生成结束（{holder}）")
        if waited >= patience:
            raise LockedError(f"另一次生成一直没有结束（{holder}）。请等它结束，或关掉它再运行。")
        time.sleep(LOOK_EVERY)
        waited += LOOK_EVERY


if os.name == "nt":
    import msvcrt

    def _try_lock(handle: IO[str]) -> bool:
        try:
            handle.seek(1 << 20)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: IO[str]) -> None:
        handle.seek(1 << 20)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: IO[str]) -> bool:
        try:
            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(handle: IO[str]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_UN)
