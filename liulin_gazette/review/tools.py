"""Checks of what the program works with: its libraries, its faces with their licences, the typesetter itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from liulin_gazette.pdf.composition import fonts
from liulin_gazette.preparation import system_packages
from liulin_gazette.preparation.environment import LOCK
from liulin_gazette.preparation.machine import MachineCheck
from liulin_gazette.review.typesetting_trial import set_trial_lines
from liulin_gazette.text.advised_acts import Act, Naming, advice, as_command
from liulin_gazette.text.editor_error import EditorError

LICENCES = (
    (re.compile("noto|sourcehan", re.IGNORECASE), "SIL OFL 1.1，可自由使用"),
    (re.compile("lxgw", re.IGNORECASE), "SIL OFL 1.1，可自由使用"),
    (re.compile("^ukai", re.IGNORECASE), "Arphic Public License，可自由使用"),
    (re.compile("^fz|方正", re.IGNORECASE), "商业字体，确认本单位已获授权"),
    (re.compile("simsun|simhei|simkai|simfang", re.IGNORECASE), "随 Windows 授权，付印前确认授权范围"),
)
"""Licences of fonts: a pattern for their file names, and what to tell the editor."""


def check_tools(root: Path, naming: Naming = as_command) -> Iterator[MachineCheck]:
    """Yield the result of each check for the project in ``root``; ``naming`` names the acts of remedies."""
    yield _libraries(root, naming)
    yield from _fonts(root)
    yield _trial(root, naming)


def _libraries(root: Path, naming: Naming) -> MachineCheck:
    """Compare the installed libraries with requirements.lock."""
    lock = root / LOCK
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
    remedy = advice(Act.PREPARE_ANEW).said(naming)
    return MachineCheck("程序库", state, not problems, remedy)


def _fonts(root: Path) -> Iterator[MachineCheck]:
    """Check the font of each role."""
    files = fonts.installed_fonts(root)
    for role in fonts.ROLES:
        installed = (files.get(candidate.file_name.lower()) for candidate in role.candidates)
        file = next(filter(None, installed), None)
        if file is None:
            packages = [system_packages.package_of_font(candidate.file_name) for candidate in role.candidates]
            package = next((each for each in packages if each), "")
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


def _trial(root: Path, naming: Naming) -> MachineCheck:
    """Set a line in each face."""
    try:
        drawn = set_trial_lines(root)
    except EditorError as error:
        return MachineCheck(
            "试排一行", error.message, False, error.remedy.said(naming) if error.remedy else error.hint
        )
    missing = [role.name for role in fonts.ROLES if role.name not in drawn]
    state = f"{'、'.join(missing)} 排不出来" if missing else f"{'、'.join(drawn)} 都排得出来"
    return MachineCheck("试排一行", state, not missing, "重新安装或复制这种字体")
