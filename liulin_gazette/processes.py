"""Other processes of this machine, which end with this one, however it ends."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process


def processes(count: int) -> ProcessPoolExecutor:
    """Return an executor of up to ``count`` processes, each started when there is work for it.

    They are started afresh (spawn), the only way that is safe beside threads, and the same on every system.
    """
    return ProcessPoolExecutor(count, get_context("spawn"), _end_with_parent)


def _end_with_parent() -> None:
    """Have this process end when the one that started it is killed: its queue of work would wait for ever."""
    threading.Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    if parent := parent_process():
        parent.join()
    os._exit(1)
