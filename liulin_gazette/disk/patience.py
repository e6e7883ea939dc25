"""Moves and removals that are tried again for a moment: on Windows a virus scanner holds a file that was just written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

PAUSES: tuple[float, ...] = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6) if os.name == "nt" else ()
"""Seconds between one try and the next. Elsewhere nobody who reads a file keeps others from moving it."""


def patiently(act: Callable[[], object]) -> None:
    """Do ``act``; try again where the system refuses it. Raises OSError as ``act`` does, at the last try if refused."""
    for pause in PAUSES:
        try:
            act()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    act()
