"""The folder in which the program stands: whether an environment can be made in it."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from liulin_gazette.preparation.unprepared import UnpreparedError
from liulin_gazette.text.system_errors import reason


def require_place(root: Path) -> None:
    """Raise UnpreparedError where no environment can be made in the folder ``root``, saying what to do."""
    if os.pathsep in str(root):
        raise UnpreparedError(
            f"文件夹的路径“{root}”里有“{os.pathsep}”，Python 的运行环境不能放在这样的路径里。\n"
            f"请给文件夹改名，去掉“{os.pathsep}”，再运行一次。"
        )
    probe = root / f".probe-{secrets.token_hex(4)}"
    try:
        probe.mkdir()
    except OSError as error:
        raise UnpreparedError(
            f"这个文件夹（{root}）里写不了文件（{reason(error, '写入')}）。\n请检查权限，或者把整个文件夹复制到别处再运行。"
        ) from error
    try:
        if sys.platform not in ("win32", "darwin"):  # There an environment has no links.
            (probe / "link").symlink_to("target")
    except OSError as error:
        raise UnpreparedError(
            f"这个文件夹（{root}）所在的磁盘不能建链接，多半是 exFAT 或 FAT32 的 U 盘，运行环境不能放在上面。\n"
            "请把整个文件夹复制到本机的硬盘上再运行；content 和 output 可以再复制回来。"
        ) from error
    finally:
        (probe / "link").unlink(missing_ok=True)
        probe.rmdir()
