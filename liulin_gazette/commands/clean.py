"""``clean``: remove the output and the caches."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.pipeline.stages import clean


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Remove output and caches; wait for a running build. Raises LockedError."""
    del arguments
    clean(root, print)
    return 0
