"""Whether this machine has what the program needs: Python, libraries, faces with their roles and licences."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from liulin_gazette.text import system_packages

LEAST_PYTHON = (3, 10)
LICENCES = (
    (re.compile("noto|sourcehan", re.IGNORECASE), "SIL OFL 1.1，可自由使用"),
    (re.compile("lxgw", re.IGNORECASE), "SIL OFL 1.1，可自由使用"),
    (re.compile("^fz|方正", re.IGNORECASE), "商业字体，确认本单位已获授权"),
    (re.compile("simsun|simhei|simkai|simfang", re.IGNORECASE), "随 Windows 授权，付印前确认授权范围"),
)
"""What is known of the licences of faces, by file name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: str
    """What was found."""
    is_fine: bool
    remedy: str = ""
    """The line that installs it, or what to do."""


def examine(root: Path) -> Iterator[Finding]:
    """Yield what this machine has and lacks for the project in ``root``."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", python, sys.version_info >= LEAST_PYTHON, "安装 Python 3.10 以上")
    yield from _libraries(root)
    yield from _faces(root)
    yield from _tools()
    yield _space(root)


def _libraries(root: Path) -> Iterator[Finding]:
    lock = root / "requirements.lock"
    wanted = (
        re.findall(r"^([A-Za-z0-9_.\-]+)==([^\s;]+)( ; .*)?", lock.read_text("utf-8"), re.MULTILINE)
        if lock.is_file()
        else []
    )
    names: dict[str, set[str]] = {}
    for name, number, _ in wanted:
        names.setdefault(name, set()).add(number)
    conditional = {name for name, _, marker in wanted if marker}
    wrong: list[str] = []
    for name, numbers in names.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            if name not in conditional:
                wrong.append(f"缺少 {name}")
            continue
        if found not in numbers:
            wrong.append(f"{name} 是 {found}，应是 {'或'.join(sorted(numbers))}")
    state = "；".join(wrong) if wrong else f"{len(names)} 个，版本都对"
    yield Finding("程序库", state, not wrong, "删除 .venv 文件夹，再运行 python3 build.py")


def _faces(root: Path) -> Iterator[Finding]:
    from liulin_gazette.pdf.composition import fonts

    files = fonts.installed(root)
    for role in fonts.ROLES:
        found = (files.get(each.file_name.lower()) for each in role.candidates)
        file = next((each for each in found if each), None)
        if file is None:
            name = role.candidates[-1].file_name
            package = system_packages.package_of_font(name)
            line = f"sudo apt-get install -y {package}，" if package else ""
            yield Finding(f"字体·{role.name}", "没有", False, f"{line}或把字体文件放进 fonts 文件夹")
            continue
        if fonts.is_damaged(file):
            said = f"{file.name} 读不出来，可能没有复制完整"
            yield Finding(f"字体·{role.name}", said, False, "重新复制；或删去它，改用别的字体")
            continue
        licence = next(
            (words for pattern, words in LICENCES if pattern.search(file.name)), "授权不明，请自行确认"
        )
        yield Finding(f"字体·{role.name}", f"{file.name}（{licence}）", True)


def _tools() -> Iterator[Finding]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Finding(
        "LibreOffice",
        "有" if office else "没有（只在转换旧版 .doc、.wps 时需要）",
        True,
        "" if office else f"sudo apt-get install -y {system_packages.OFFICE['soffice']}",
    )


def _space(root: Path) -> Finding:
    free = shutil.disk_usage(root).free // 2**20
    return Finding("磁盘", f"剩余 {free} MB", free > 500, "清理磁盘，至少留出 500 MB")
