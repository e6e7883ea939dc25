#!/usr/bin/env python3
"""The one command: prepares what is needed, then hands over to the program.

Standard library only. Exit code 3 means that the environment lacks something, and says what to do.
This file must parse on Python 3.6, so that it can tell those who have an old Python what to do.
"""

import json
import os
import shutil
import stat
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MINIMUM = (3, 10)
"""The oldest Python that the program runs on."""
INTERRUPTED = 130
"""The exit code of what is ended by Ctrl-C, as shells have it."""
UNPREPARED = 3
PATIENCE = 20.0
"""Seconds after which a change of the program that has not ended was killed."""


class UnfinishedError(Exception):
    """A change of the program that was cut off cannot be taken back; the argument says in Chinese why."""


def main(arguments: "list[str]") -> int:
    """Prepare the environment and run the command; return its exit code."""
    if sys.version_info < MINIMUM:
        tell(old_python_message())
        return UNPREPARED
    try:
        finish_interrupted_change()
        from liulin_gazette.preparation import start

        return start.run_command(ROOT, arguments)
    except UnfinishedError as error:
        tell(str(error))
        return UNPREPARED
    except KeyboardInterrupt:
        tell("已中断。")
        return INTERRUPTED


def old_python_message() -> str:
    """Return what to do where Python is too old, with a newer one if it stands on this machine."""
    version = ".".join(map(str, sys.version_info[:3]))
    needed = ".".join(map(str, MINIMUM))
    names = [f"python3.{minor}" for minor in range(20, MINIMUM[1] - 1, -1)]
    newer = next((name for name in names if shutil.which(name)), None)
    message = f"这里的 Python 是 {version}，太旧了，需要 {needed} 以上。"
    if newer:
        command = " ".join([newer, "build.py", *sys.argv[1:]])
        return f"{message}这台计算机上有 {newer}，请运行：\n{command}"
    return message + (
        "\nDebian 12、Ubuntu 22.04 以上的系统自带；Windows 和 macOS 请从 Python 的官方网站安装；"
        "旧版 UOS、麒麟请信息技术人员另装一个 Python，再用它运行 build.py。"
    )


def tell(message: str) -> None:
    """Print ``message`` on standard error, in UTF-8 where its encoding has no Chinese."""
    try:
        "公报".encode(sys.stderr.encoding)
        print(message, file=sys.stderr)  # Python shows what an encoding with Chinese lacks by its number.
    except UnicodeEncodeError:
        sys.stderr.buffer.write((message + "\n").encode("utf-8"))


def finish_interrupted_change() -> None:
    """Take back an upgrade of the program that was killed half-way; ``liulin_gazette`` may be of two versions then.

    Raises UnfinishedError where that cannot be done.
    """
    marker = ROOT / ".undo" / "unfinished"
    try:
        while marker.exists() and time.time() - marker.stat().st_mtime < PATIENCE:
            time.sleep(0.2)  # It may be under way in another window.
        if not marker.exists():  # There is none, or it was finished meanwhile.
            return
        name = marker.read_text("ascii")
        step = marker.parent / name
        journal = step / "journal.json"
        is_unfinished = name.isdigit() and journal.exists()
        if is_unfinished:
            for index, entry in enumerate(json.loads(journal.read_text("utf-8"))["files"]):
                put_back(ROOT / entry["path"], step / f"{index}.before")
        if name.isdigit() and step.exists():
            remove_step(step)
        marker.unlink(missing_ok=True)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnfinishedError(
            f"上一次换程序没有做完，恢复不了（{error}）。请检查磁盘空间和文件夹权限后再运行一次。"
        ) from error
    if is_unfinished:
        tell("上一次换程序没有做完，已恢复原来的程序。")


def remove_step(step: Path) -> None:
    """Remove the folder ``step`` from those that can be undone, at once; killed meanwhile, it leaves no part of a step."""
    partial = step.with_name("partial")
    shutil.rmtree(partial, ignore_errors=True)
    step.rename(partial)
    shutil.rmtree(partial, ignore_errors=True)


def put_back(file: Path, before: Path) -> None:
    """Give ``file`` the content of ``before``, or remove it where there was none."""
    if file.exists():
        file.chmod(file.stat().st_mode | stat.S_IWRITE)  # Windows replaces no read-only file.
    partial = file.with_name(f".{file.name}.partial")
    partial.unlink(missing_ok=True)
    if not before.exists():
        file.unlink(missing_ok=True)
        if file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()
    elif not file.exists() or file.read_bytes() != before.read_bytes():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(before, partial)
        partial.chmod(file.stat().st_mode if file.exists() else 0o644)
        # Flushed, since a power cut could else leave it empty, and what it is made from is removed next.
        with partial.open("r+b") as stream:
            os.fsync(stream.fileno())
        partial.replace(file)
        sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk; Windows has no such call."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
