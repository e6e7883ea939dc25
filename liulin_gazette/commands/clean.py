"""``clean``: remove what builds have made."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.pipeline.stages import clean


def run(root: Path, given: argparse.Namespace) -> int:
    """Remove output and caches, when no build is running."""
    del given
    clean(root, print)
    return 0
