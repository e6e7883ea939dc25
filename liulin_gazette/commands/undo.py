"""``undo``: undo the program's last change to the office's files."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.editing.changes import undo


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Undo one step and print its files; return the exit code."""
    del arguments
    step = undo(root)
    if step is None:
        print("没有可以撤销的改动。")
        return 0
    print(f"已撤销“{step.title}”：{'、'.join(step.paths)}")
    return 0
