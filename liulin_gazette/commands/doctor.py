"""``doctor``: what this machine has and lacks."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.review.machine import examine


def run(root: Path, given: argparse.Namespace) -> int:
    """Print each thing that was looked at, and what to do where it is missing; 3 when something is."""
    del given
    found = list(examine(root))
    for each in found:
        print(f"{'✓' if each.is_fine else '✗'} {each.subject}：{each.state}")
        if each.remedy and not each.is_fine:
            print(f"    → {each.remedy}")
    return 0 if all(each.is_fine for each in found) else 3
