"""``undo``: takes back the last change that the program made to content or to itself."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from liulin_gazette.editing.changes import changes_program, undo
from liulin_gazette.editing.program_files import shown
from liulin_gazette.pipeline.build_lock import LockedError, build_lock

SHOWN = 20
"""How many files are named; an upgrade changes hundreds."""


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Undo one step and print its files; return the exit code."""
    del arguments
    try:
        with (
            build_lock(root, lambda _: None, patience=0)
            if changes_program(root)
            else contextlib.nullcontext()
        ):
            step = undo(root)
    except LockedError as error:
        raise LockedError("正在生成，没有撤销。等生成结束，再运行一次。") from error
    if step is None:
        print("没有可以撤销的改动。")
        return 0
    print(f"已撤销“{step.title}”：{shown(step.paths, SHOWN)}")
    return 0
