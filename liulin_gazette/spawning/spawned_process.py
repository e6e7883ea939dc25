"""Starting processes that Ctrl-C does not reach."""

from __future__ import annotations

import os
import signal
from multiprocessing.context import SpawnContext, SpawnProcess


class _Process(SpawnProcess):
    def start(self) -> None:
        """Start with SIGINT blocked, which the process inherits: the signal could arrive before it is ignored."""
        if os.name == "nt":
            super().start()
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class UninterruptedContext(SpawnContext):
    """Spawns processes that start with SIGINT blocked; what they run has to ignore it.

    They are spawned, not forked: that is safe beside threads, and the same on every system.
    """

    Process = _Process
