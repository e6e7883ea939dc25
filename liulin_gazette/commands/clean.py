"""``clean``: remove what builds have made."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.pipeline.build_lock import LockedError
from liulin_gazette.pipeline.stages import clean


def run(root: Path, given: argparse.Namespace) -> int:
    """Remove output and caches, when no build is running."""
    del given
    try:
        clean(root, print)
    except LockedError as error:
        print(error, file=sys.stderr)
        return 3
    return 0
