"""``upgrade``: replaces the program of this gazette by a newer one; content, faces and settings stay."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from liulin_gazette.commands.terminal.interrupted_change import tell_recovery
from liulin_gazette.editing.counties.program_archive import read_program
from liulin_gazette.editing.counties.program_files import ProgramError, running_program, shown
from liulin_gazette.editing.counties.program_upgrade import Upgrade, carry_out, plan
from liulin_gazette.pipeline.build_lock import LockedError, build_lock

SHOWN = 30
"""How many files are named in one line."""


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Replace the program, and check with the new one unless build.py will; return the exit code. Raises EditorError."""
    root = Path(arguments.county).resolve() if arguments.county else root.resolve()
    source = Path(arguments.program)
    try:
        if "\0" in arguments.program or source.resolve() == root:
            raise ProgramError("这就是现在的程序。请写新程序的文件夹或压缩包。")
        with build_lock(root, lambda _: None, patience=0):
            tell_recovery(root)
            upgrade = plan(root, read_program(source))
            if not upgrade.changes:
                print(f"已经是这个程序了（{upgrade.after}），没有要换的。")
                return 0
            carry_out(root, upgrade)
    except LockedError as error:
        raise LockedError("正在生成，没有换程序。等生成结束，再运行一次。") from error
    _print_upgrade(upgrade)
    sys.stdout.flush()
    if root == running_program():
        return 0  # build.py goes on with the new program, when this process is gone.
    return subprocess.run(
        [sys.executable, str(root / "build.py"), "check", "--reprints"], check=False
    ).returncode


def _print_upgrade(upgrade: Upgrade) -> None:
    added = sum(each.before is None for each in upgrade.changes)
    removed = sum(each.after is None for each in upgrade.changes)
    print(
        f"程序从 {upgrade.before} 换成 {upgrade.after}：{len(upgrade.changes)} 个文件"
        f"（新增 {added} 个，删去 {removed} 个）。内容、字体、成品和设置没有动。"
    )
    if upgrade.kept:
        why = "" if upgrade.is_recorded else "（以前没有记下版本，凡与新程序不同的模板都当作本县改过的）"
        print(f"本县改过、没有换{why}：{shown(upgrade.kept, SHOWN)}。")
    if upgrade.outdated:
        print(f"  其中新程序也改了的，请对照新程序里的合并：{shown(upgrade.outdated, SHOWN)}。")
    if upgrade.overwritten:
        print(f"本县改过、已换成新的：{shown(upgrade.overwritten, SHOWN)}。撤销可以取回。")
    print("要退回原来的程序，运行 python3 build.py undo。接着用新程序校核：python3 build.py check --reprints")
