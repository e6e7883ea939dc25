"""Other processes of this machine. They end when this one ends, even if it is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import parent_process
from typing import Any

from liulin_gazette.spawning.spawned_process import UninterruptedContext

MOST = 61
"""Windows lets a process wait for no more than these."""
PATIENCE = 10.0
"""Seconds to wait for the threads that watch processes."""


def count_of(jobs: int | None) -> int:
    """Return the number of processes for ``jobs``: one per core if it is None, and never more than MOST."""
    return min(max(jobs or os.cpu_count() or 1, 1), MOST)


class Processes(ProcessPoolExecutor):
    """An executor of some processes, each started when there is work for it.

    The terminal sends Ctrl-C to all processes; only this one reacts to it: see ``end_all``.
    """

    def __init__(self, count: int) -> None:
        """Use up to ``count`` processes."""
        super().__init__(count, UninterruptedContext(), _initialise)
        if sys.platform == "win32":
            wake_by_a_byte(self)

    def limit(self, count: int) -> None:
        """Start no more than ``count`` processes from now on; those that run go on."""
        self._max_workers = count

    def terminate(self) -> None:
        """Terminate its processes, whatever they are doing."""
        for process in list(self._processes.values()):
            process.terminate()


class _ByteWriter:
    """The end of a pipe that writes a byte in place of nothing."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def send_bytes(self, message: bytes) -> None:
        """Write ``message``, a byte if it is empty."""
        self._writer.send_bytes(message or b"\0")

    def close(self) -> None:
        """Close the pipe."""
        self._writer.close()


def wake_by_a_byte(executor: ProcessPoolExecutor) -> None:
    """Have the thread that watches the processes of ``executor`` woken by a byte, not by an empty message.

    Wine announces an empty message in a pipe and never delivers it: the thread then waits for ever. Where Python names its
    parts otherwise, nothing is changed, and ``join_watchers`` ends the processes.
    """
    wakeup: Any = getattr(executor, "_executor_manager_thread_wakeup", None)
    if hasattr(wakeup, "_writer"):
        wakeup._writer = _ByteWriter(wakeup._writer)


def end_all() -> None:
    """Terminate all processes that this one has started, whatever they are doing."""
    _terminate_all()
    join_watchers()


def join_watchers(patience: float = PATIENCE) -> None:
    """Wait for the threads that watch processes of executors that were closed.

    They close their pipes now. At the end of this process Python writes to those that are open, without a lock: one
    that is closed in that moment gives “Bad file descriptor” and a traceback. After ``patience`` seconds the processes
    are terminated, of which nobody wants anything any more: a watcher that did not hear that its executor was closed
    hears that they ended.
    """
    if not _joined(patience):
        _terminate_all()
        _joined(PATIENCE)


def _joined(patience: float) -> bool:
    """Wait for the threads besides this one, ``patience`` seconds at most; return whether all have ended."""
    end = time.monotonic() + patience
    others = [
        each for each in threading.enumerate() if each is not threading.current_thread() and not each.daemon
    ]
    for thread in others:
        thread.join(max(0.0, end - time.monotonic()))
    return not any(thread.is_alive() for thread in others)


def _terminate_all() -> None:
    for process in multiprocessing.active_children():
        process.terminate()


def _initialise() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent is killed; otherwise it would wait for work for ever."""
    if parent := parent_process():
        parent.join()
    os._exit(1)
