"""``undo``: takes back the last change that the program made to content or to itself."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from liulin_gazette.commands.terminal.prompts import confirm
from liulin_gazette.editing.changes import next_to_undo, undo
from liulin_gazette.editing.counties.program_files import shown
from liulin_gazette.editing.step_titles import shown_title
from liulin_gazette.editing.undo_journal import effects_of_undoing
from liulin_gazette.pipeline.build_lock import LockedError, build_lock
from liulin_gazette.text.editor_error import DECLINED

SHOWN = 20
"""How many files are named; an upgrade changes hundreds."""


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Undo one step, if the editor agrees, and print its files; return the exit code."""
    found = next_to_undo(root)
    if found is None:
        print("没有可以撤销的改动。")
        return 0
    name, step = found
    print(f"要撤销“{shown_title(step.title)}”：")
    for way, paths in effects_of_undoing(step).items():
        print(f"  {way}：{shown(paths, SHOWN)}")
    if not confirm("撤销吗？", arguments.yes):
        print("没有撤销。")
        return DECLINED
    try:
        with build_lock(root, lambda _: None, patience=0) if step.is_program else contextlib.nullcontext():
            undone = undo(root, name)
    except LockedError as error:
        raise LockedError("正在生成，没有撤销。等生成结束，再运行一次。") from error
    if undone is None:
        print("另一个命令刚刚撤销了它。")
        return 0
    print(f"已撤销“{shown_title(undone.title)}”：{shown(undone.paths, SHOWN)}")
    return 0
