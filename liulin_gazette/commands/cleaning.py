"""``clean``: remove what builds have made."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.pipeline import clean


def run(root: Path, given: argparse.Namespace) -> int:
    """Remove output and caches."""
    del given
    clean(root)
    return 0
