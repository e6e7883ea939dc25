"""Progress of a command: a live line with the time taken in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any


class Progress:
    """Prints the steps of a command. As a context manager it ends the last step at its exit."""

    def __init__(self) -> None:
        self._step = ""
        self._start = 0.0
        self._status: Any = None

    def __enter__(self) -> Progress:
        return self

    def begin(self, step: str) -> None:
        """Begin ``step`` and end the one before it."""
        self._end()
        self._step, self._start = step, time.monotonic()
        if not sys.stdout.isatty():
            print(f"{step}……", flush=True)
            return
        from rich.console import Console

        self._status = Console().status(f"{step}……")
        self._status.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
            print(f"{self._step}　{time.monotonic() - self._start:.1f} 秒", flush=True)
