"""Fewer runs of the garbage collector: the objects that a build creates live until it ends."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

OBJECTS = 200_000
"""Objects created between two runs; a run over those of a large archive takes a tenth of a second."""


@contextmanager
def rare_garbage_collection() -> Generator[None]:
    """Let the garbage collector run rarely during the block."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, 50, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
