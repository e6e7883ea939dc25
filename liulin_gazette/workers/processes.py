"""Other processes of this machine, which end with this one, however it ends."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess

MOST = 61
"""More than these Windows does not let one process wait for."""
PATIENCE = 10
"""Seconds to wait for a thread that watches processes which have been ended."""


def count_of(jobs: int | None) -> int:
    """Return how many processes work when ``jobs`` are wanted: as many as there are cores when it is None."""
    return min(max(jobs or os.cpu_count() or 1, 1), MOST)


def processes(count: int, module: str) -> ProcessPoolExecutor:
    """Return an executor of up to ``count`` processes, each started when there is work for it.

    They are started afresh (spawn), the only way that is safe beside threads, and the same on every system;
    first each loads ``module``, so that this is done by the time that later work comes. Ctrl-C, which the terminal
    sends to all, is for this process alone: see ``end_all``.
    """
    return ProcessPoolExecutor(count, _Context(), _begin, (module,))


def end_all() -> None:
    """End the processes that this one has started, at once, whatever they are doing."""
    for process in multiprocessing.active_children():
        process.terminate()
    for thread in threading.enumerate():
        # An executor's own thread closes its pipes now; were this process to end meanwhile, Python would write to them.
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(PATIENCE)


class _Process(SpawnProcess):
    def start(self) -> None:
        """Start with SIGINT held back, which the process inherits: it could come before ``_begin``."""
        if os.name == "nt":
            super().start()
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Context(SpawnContext):
    Process = _Process


def _begin(module: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    importlib.import_module(module)


def _end_with_parent() -> None:
    """End this process when the one that started it is killed: its queue of work would wait for ever."""
    if parent := parent_process():
        parent.join()
    os._exit(1)
