"""Saying what is being done, and how long it took: a line that lives in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any


class Steps:
    """Used as a context: ``say`` begins a step and ends the one before."""

    def __init__(self) -> None:
        self._step = ""
        self._began = 0.0
        self._status: Any = None

    def __enter__(self) -> Steps:
        return self

    def say(self, step: str) -> None:
        """Begin ``step``."""
        self._end()
        self._step, self._began = step, time.monotonic()
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
            print(f"{self._step}　{time.monotonic() - self._began:.1f} 秒", flush=True)
