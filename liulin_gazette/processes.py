"""Other processes of this machine, which end with this one, however it ends."""

from __future__ import annotations

import importlib
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process

MOST = 61
"""More than these Windows does not let one process wait for."""


def count_of(jobs: int | None) -> int:
    """Return how many processes work when ``jobs`` are wanted: as many as there are cores when it is None."""
    return min(max(jobs or os.cpu_count() or 1, 1), MOST)


def processes(count: int, module: str) -> ProcessPoolExecutor:
    """Return an executor of up to ``count`` processes, each started when there is work for it.

    They are started afresh (spawn), the only way that is safe beside threads, and the same on every system;
    first each loads ``module``, so that this is done by the time that later work comes.
    """
    return ProcessPoolExecutor(count, get_context("spawn"), _begin, (module,))


def _begin(module: str) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    importlib.import_module(module)


def _end_with_parent() -> None:
    """End this process when the one that started it is killed: its queue of work would wait for ever."""
    if parent := parent_process():
        parent.join()
    os._exit(1)
