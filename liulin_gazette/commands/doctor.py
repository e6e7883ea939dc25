"""``doctor``: check this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.review.machine import check_machine


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Print each check, and the remedy if it failed; return 3 if any failed, else 0."""
    del arguments
    checks = list(check_machine(root))
    for check in checks:
        print(f"{'✓' if check.is_ok else '✗'} {check.subject}：{check.state}")
        if check.remedy and not check.is_ok:
            print(f"    → {check.remedy}")
    return 0 if all(check.is_ok for check in checks) else 3
