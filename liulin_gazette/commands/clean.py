"""``clean``: remove the output and the caches."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.pipeline.build_lock import LockedError
from liulin_gazette.pipeline.stages import clean


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Remove output and caches; return 3 if a build is running, else 0."""
    del arguments
    try:
        clean(root, print)
    except LockedError as error:
        print(error, file=sys.stderr)
        return 3
    return 0
