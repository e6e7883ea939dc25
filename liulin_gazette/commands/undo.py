"""``undo``: take back the last change that the program made to the office's files."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.editing.changes import undo


def run(root: Path, given: argparse.Namespace) -> int:
    """Take back one step."""
    del given
    undone = undo(root)
    if undone is None:
        print("没有可以撤销的改动。")
        return 0
    print(f"已撤销“{undone.title}”：{'、'.join(undone.paths)}")
    return 0
