"""One build at a time: a second one waits, and says whom it waits for.

The lock file is in the folder that builds write to: where that cannot be written, there is nothing to guard.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO

from liulin_gazette.disk.file_locks import try_to_lock, unlock
from liulin_gazette.text.editor_error import EditorError

FILE = Path("output") / ".lock"
LOOK_EVERY = 0.2
"""Seconds between tries."""


class LockedError(EditorError):
    """Another build did not end in time; the message says whose it is."""


@contextlib.contextmanager
def build_lock(root: Path, say: Callable[[str], None], patience: float = 600.0) -> Generator[None]:
    """Hold the lock of the project folder ``root`` during the block.

    ``say`` is told whom this waits for. The system frees the lock when the process ends, in whatever way. On a disk
    without locks the editor is told so, and nothing is held. Raises LockedError after ``patience`` seconds.
    """
    with contextlib.ExitStack() as stack:
        handle = _open(root / FILE)
        if handle is not None:
            stack.enter_context(handle)
            try:
                _wait(handle, say, patience)
            except OSError:
                say("这个磁盘不能加锁：请不要同时运行两次生成")
                yield
                return
            stack.callback(unlock, handle.fileno())
            _write(handle, f"进程 {os.getpid()}，计算机 {socket.gethostname()}")
            stack.callback(_write, handle, "")
        yield


def _open(file: Path) -> IO[bytes] | None:
    """Return the open lock file; None on a disk that cannot be written, where the build itself will fail."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.open("a+b", buffering=0)
    except OSError:
        return None


def _write(handle: IO[bytes], text: str) -> None:
    """Write who holds the lock; on a full disk, other processes will not know."""
    with contextlib.suppress(OSError):
        handle.seek(0)
        handle.truncate()
        handle.write(text.encode())


def _wait(handle: IO[bytes], say: Callable[[str], None], patience: float) -> None:
    """Wait for the lock. Raises LockedError, and OSError on a disk without locks."""
    waited = 0.0
    while not try_to_lock(handle.fileno()):
        handle.seek(0)
        holder = handle.read().decode("utf-8", "replace").strip() or "另一个程序"
        if waited == 0:
            say(f"正在等另一次生成结束（{holder}）")
        if waited >= patience:
            raise LockedError(f"另一次生成一直没有结束（{holder}）。请等它结束，或关掉它再做。")
        time.sleep(LOOK_EVERY)
        waited += LOOK_EVERY
