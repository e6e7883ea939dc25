"""Checks of this machine: Python, libraries, fonts with their licences, LibreOffice, disk space."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from liulin_gazette.text import system_packages

MIN_PYTHON = (3, 10)
LICENCES = (
    (re.compile("noto|sourcehan", re.IGNORECASE), "SIL OFL 1.1，可自由使用"),
    (re.compile("lxgw", re.IGNORECASE), "SIL OFL 1.1，可自由使用"),
    (re.compile("^fz|方正", re.IGNORECASE), "商业字体，确认本单位已获授权"),
    (re.compile("simsun|simhei|simkai|simfang", re.IGNORECASE), "随 Windows 授权，付印前确认授权范围"),
)
"""Licences of fonts: a pattern for their file names, and what to tell the editor."""


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """The result of one check."""

    subject: str
    state: str
    """What this machine has."""
    is_ok: bool
    remedy: str = ""
    """What to do, such as the command that installs it."""


def check_machine(root: Path) -> Iterator[MachineCheck]:
    """Yield the result of each check for the project in ``root``."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield MachineCheck("Python", python, sys.version_info >= MIN_PYTHON, "安装 Python 3.10 以上")
    yield from _libraries(root)
    yield from _fonts(root)
    yield _office()
    yield _disk_space(root)


def _libraries(root: Path) -> Iterator[MachineCheck]:
    """Compare the installed libraries with requirements.lock."""
    lock = root / "requirements.lock"
    required = (
        re.findall(r"^([A-Za-z0-9_.\-]+)==([^\s;]+)( ; .*)?", lock.read_text("utf-8"), re.MULTILINE)
        if lock.is_file()
        else []
    )
    names: dict[str, set[str]] = {}
    for name, number, _ in required:
        names.setdefault(name, set()).add(number)
    conditional = {name for name, _, marker in required if marker}
    problems: list[str] = []
    for name, numbers in names.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            if name not in conditional:
                problems.append(f"缺少 {name}")
            continue
        if installed not in numbers:
            problems.append(f"{name} 是 {installed}，应是 {'或'.join(sorted(numbers))}")
    state = "；".join(problems) if problems else f"{len(names)} 个，版本都对"
    yield MachineCheck("程序库", state, not problems, "删除 .venv 文件夹，再运行 python3 build.py")


def _fonts(root: Path) -> Iterator[MachineCheck]:
    """Check the font of each role."""
    from liulin_gazette.pdf.composition import fonts

    files = fonts.installed_fonts(root)
    for role in fonts.ROLES:
        installed = (files.get(candidate.file_name.lower()) for candidate in role.candidates)
        file = next(filter(None, installed), None)
        if file is None:
            name = role.candidates[-1].file_name
            package = system_packages.package_of_font(name)
            command = f"sudo apt-get install -y {package}，" if package else ""
            yield MachineCheck(f"字体·{role.name}", "没有", False, f"{command}或把字体文件放进 fonts 文件夹")
            continue
        if fonts.is_damaged(file):
            state = f"{file.name} 读不出来，可能没有复制完整"
            yield MachineCheck(f"字体·{role.name}", state, False, "重新复制；或删去它，改用别的字体")
            continue
        licence = next(
            (words for pattern, words in LICENCES if pattern.search(file.name)), "授权不明，请自行确认"
        )
        yield MachineCheck(f"字体·{role.name}", f"{file.name}（{licence}）", True)


def _office() -> MachineCheck:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return MachineCheck(
        "LibreOffice",
        "有" if office else "没有（只在转换旧版 .doc、.wps 时需要）",
        True,
        "" if office else f"sudo apt-get install -y {system_packages.OFFICE['soffice']}",
    )


def _disk_space(root: Path) -> MachineCheck:
    free = shutil.disk_usage(root).free // 2**20
    return MachineCheck("磁盘", f"剩余 {free} MB", free > 500, "清理磁盘，至少留出 500 MB")
