"""Checks of this machine that need nothing but Python's own library: what ``doctor`` says where nothing is installed."""

from __future__ import annotations

import datetime
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.cache.libraries import pango_version
from liulin_gazette.preparation import system_packages
from liulin_gazette.text.editor_error import ENVIRONMENT
from liulin_gazette.text.system_errors import LONGEST_PATH, reason

MIN_PYTHON = (3, 10)
_FOLDERS = ("", "content", "output", ".cache")
"""Project folders that are written to, where they exist."""
ROOM = 140
"""Characters of the longest path below the project folder: a unit of twenty characters spelt in the address of its page."""
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))
_DAY = 86400


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """The result of one check."""

    subject: str
    state: str
    """What this machine has."""
    is_ok: bool
    remedy: str = ""
    """What to do, such as the command that installs it."""


def report(checks: Iterable[MachineCheck]) -> int:
    """Print each check as it is made, and the remedy if it failed; return 3 if any failed, else 0."""
    is_ok = True
    for check in checks:
        print(f"{'✓' if check.is_ok else '✗'} {check.subject}：{check.state}", flush=True)
        if check.remedy and not check.is_ok:
            print("    → " + check.remedy.replace("\n", "\n      "))
        is_ok &= check.is_ok
    return 0 if is_ok else ENVIRONMENT


def check_machine(root: Path) -> Iterator[MachineCheck]:
    """Yield the result of each check for the project in ``root``."""
    is_new_enough = sys.version_info >= MIN_PYTHON
    python = f"{platform.python_version()}（{platform.system()} {platform.machine()}）"
    yield MachineCheck("Python", python, is_new_enough, "安装 Python 3.10 以上")
    yield _components(root)
    yield _office()
    if sys.platform == "win32":
        yield check_path_length(root, has_long_paths())
    yield from _permissions(root)
    yield _disk_space(root)
    yield _clock(root)


def _components(root: Path) -> MachineCheck:
    if sys.platform in (
        "win32",
        "darwin",
    ):  # No packages of the system: what counts is whether Pango is found.
        pango = pango_version()
        state = f"Pango {pango}" if pango else "没有 Pango，排不出 PDF；校核和网页不受影响"
        return MachineCheck("系统组件", state, bool(pango), system_packages.installation_advice([]))
    missing = system_packages.missing_packages(root)
    advice = system_packages.installation_advice(missing)
    return MachineCheck("系统组件", f"缺少 {'、'.join(missing)}" if missing else "齐全", not missing, advice)


def has_long_paths() -> bool:
    """Tell whether Windows takes paths of more than 260 characters: an administrator has to switch that on."""
    if sys.platform != "win32":
        return True
    import winreg

    key = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as settings:
            return bool(winreg.QueryValueEx(settings, "LongPathsEnabled")[0])
    except OSError:
        return False


def check_path_length(root: Path, is_unlimited: bool) -> MachineCheck:
    """Check whether the path of the project folder ``root`` leaves room for the names of all files below it."""
    length = len(str(root.resolve()))
    remedy = (
        "把整个文件夹移到路径短的地方，例如 D:\\公报；或者请信息技术人员打开 Windows 的“启用 Win32 长路径”"
    )
    return MachineCheck(
        "文件夹路径",
        f"{length} 个字符" if is_unlimited else f"{length} 个字符，最多 {LONGEST_PATH - ROOM} 个",
        is_unlimited or length <= LONGEST_PATH - ROOM,
        remedy,
    )


def _office() -> MachineCheck:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return MachineCheck("LibreOffice", "有" if office else "没有（只在转换旧版 .doc、.wps 时需要）", True)


def _permissions(root: Path) -> Iterator[MachineCheck]:
    """Write, rename and remove a file in each folder that the program writes to."""
    for folder in filter(Path.is_dir, (root / name for name in _FOLDERS)):
        name = "文件夹权限" if folder == root else f"文件夹权限·{folder.name}"
        try:
            with tempfile.TemporaryDirectory(prefix=".probe-", dir=folder) as scratch:
                first, second = Path(scratch, "公报"), Path(scratch, "政报")
                first.write_text("公报", "utf-8")
                first.replace(second)
        except OSError as error:
            yield MachineCheck(
                name, f"写不了（{reason(error, '写入')}）", False, f"检查 {folder} 属于谁，能不能写"
            )
        else:
            yield MachineCheck(name, "可以写", True)


def _disk_space(root: Path) -> MachineCheck:
    free = shutil.disk_usage(root).free // 2**20
    return MachineCheck("磁盘", f"剩余 {free} MB", free > 500, "清理磁盘，至少留出 500 MB")


def _clock(root: Path) -> MachineCheck:
    """Compare the clock with the newest file of the content: a file cannot be of tomorrow."""
    now = time.time()
    today = datetime.datetime.fromtimestamp(now, _BEIJING)
    newest = max((file.lstat().st_mtime for file in (root / "content").glob("**/*")), default=now)
    is_ok = newest < now + _DAY
    state = f"北京时间 {today.year}年{today.month}月{today.day}日 {today:%H:%M}"
    return MachineCheck(
        "时钟", state if is_ok else f"{state}，比 content 里最新的文件早", is_ok, "校准系统的日期、时间和时区"
    )
