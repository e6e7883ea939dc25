"""``undo``: take back the last change that the program made to the office's files."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from liulin_gazette.editing.changes import EditingError, changes_program, undo
from liulin_gazette.editing.program_files import shown
from liulin_gazette.pipeline.build_lock import LockedError, build_lock

SHOWN = 20
"""Files that are named; an upgrade changes hundreds."""


def run(root: Path, given: argparse.Namespace) -> int:
    """Take back one step."""
    del given
    try:
        with (
            build_lock(root, lambda _: None, patience=0)
            if changes_program(root)
            else contextlib.nullcontext()
        ):
            undone = undo(root)
    except LockedError:
        print("正在生成，没有撤销。等生成结束，再运行一次。", file=sys.stderr)
        return 3
    except EditingError as error:
        print(error, file=sys.stderr)
        return 1
    if undone is None:
        print("没有可以撤销的改动。")
        return 0
    print(f"已撤销“{undone.title}”：{shown(undone.paths, SHOWN)}")
    return 0
