"""The desk of the sample gazette: a desk of its own, at a port of its own, beside that of the office.

Pages of the one can neither read nor change anything of the other, whatever tabs are open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from liulin_gazette.desk.guards.session_keys import Keys


class Server(Protocol):
    """A desk that serves from ``run`` until ``close``."""

    @property
    def entry_address(self) -> str:
        """URL that opens the session."""
        ...

    def run(self) -> None:
        """Serve."""
        ...

    def close(self) -> None:
        """Make ``run`` return."""
        ...


class SampleServer:
    """Serves the sample from ``open`` until ``close``. Several threads may use it."""

    def __init__(self, start: Callable[[Path], Server] | None = None) -> None:
        """``start`` returns a server for a project folder; without it none can be opened."""
        self._start = start
        self._lock = threading.Lock()
        self.way_back = Keys(lambda _: None)
        """Each key leads the browser that has the office's session from the sample back to it, once."""
        self._running: tuple[Server, threading.Thread] | None = None

    @property
    def entry_address(self) -> str:
        """URL that opens it in a browser, each time another one; empty while it is closed."""
        running = self._running
        return running[0].entry_address if running and running[1].is_alive() else ""

    def open(self, root: Path) -> None:
        """Serve the project folder ``root``, unless it is served already. Raises OSError without a port."""
        with self._lock:
            if self._start is None or self.entry_address:
                return
            server = self._start(root)
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            self._running = server, thread

    def close(self) -> None:
        """Serve no longer, and wait until no file is held open."""
        with self._lock:
            if self._running:
                server, thread = self._running
                server.close()
                thread.join(10)
            self._running = None
