"""Fewer rounds of the garbage collector: what a build makes of the archive stays until it ends."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

OBJECTS = 200_000
"""Objects made between two rounds; a round over those of a large archive takes a tenth of a second."""


@contextmanager
def rare_garbage_collection() -> Generator[None]:
    """Have the collector go round rarely within this context."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, 50, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
