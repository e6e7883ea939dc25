"""For which kinds of machine the locked packages have wheels: asked of the registry through pip, which installs nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.bundling.locked_requirements import requirements_for
from liulin_gazette.bundling.windows_parts import ENVIRONMENT as WINDOWS
from supply.locked_packages import PROGRAM_LOCK, ROOT

PAGE = ROOT / "docs" / "安装包.md"
MARKS = ("<!-- 由 python3 -m supply wheels 写成，不手工修改 -->\n", "<!-- 到此为止 -->\n")
"""The lines between which the table stands on the page."""
_GLIBC = tuple(range(17, 40))
"""Minor versions of glibc 2 that tags of wheels may name (PEP 600)."""
_LACKING = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)")
_ANY = "any"


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of machine."""

    name: str
    """As the page calls it."""
    platforms: tuple[str, ...]
    """Tags of wheels that it takes."""
    environment: Mapping[str, str]
    """Values of the names in markers."""


def _linux(processor: str, name: str) -> Machine:
    tags = (*(f"manylinux_2_{minor}_{processor}" for minor in _GLIBC), f"manylinux2014_{processor}")
    values = {
        "os_name": "posix",
        "platform_machine": processor,
        "platform_system": "Linux",
        "sys_platform": "linux",
    }
    return Machine(name, (*tags, f"linux_{processor}"), WINDOWS | values)


MACHINES = (
    Machine("Windows x86-64", ("win_amd64",), WINDOWS),
    _linux("x86_64", "Linux x86-64"),
    _linux("aarch64", "Linux aarch64"),
    _linux("loongarch64", "Linux loongarch64"),
)


def wheels_of(machine: Machine, lock: str) -> dict[str, str]:
    """Return the file name of the wheel of each package of the text ``lock`` for ``machine``, "" where there is none.

    CPython 3.11. Raises RuntimeError where pip fails for another reason.
    """
    pins = {each.name: each.text.partition(" ")[0] for each in requirements_for(lock, machine.environment)}
    found = dict.fromkeys(pins, "")
    while pins:
        answer = _ask_pip(machine.platforms, pins.values())
        if isinstance(answer, dict):
            return found | answer
        name = answer.lower().replace("_", "-")
        if name not in pins:
            raise RuntimeError(answer)
        del pins[name]
    return found


def _ask_pip(platforms: Sequence[str], pins: Iterable[str]) -> dict[str, str] | str:
    """Return the file names of wheels by package, or the name of the first package that has none, or what pip said."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [
            *(
                sys.executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--dry-run",
                "--ignore-installed",
                "--no-deps",
            ),
            *("--only-binary", ":all:", "--implementation", "cp", "--python-version", "3.11"),
            *(part for each in ("cp311", "abi3", "none") for part in ("--abi", each)),
            *(part for each in platforms for part in ("--platform", each)),
            *("--target", folder, "--report", str(report), *pins),
        ]
        attempt = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if attempt.returncode:
            lacking = _LACKING.search(attempt.stderr)
            return lacking[1] if lacking else attempt.stderr
        entries: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["install"]
    return {
        entry["metadata"]["name"].lower().replace("_", "-"): entry["download_info"]["url"].rpartition("/")[2]
        for entry in entries
    }


def needs(wheel: str) -> str:
    """Return in Chinese what the machine must have for the file ``wheel``: any, the oldest glibc, or nothing more."""
    if not wheel:
        return "**没有**"
    platform = wheel.removesuffix(".whl").rpartition("-")[2]
    if platform == _ANY:
        return "通用"
    minors = [int(minor) for minor in re.findall(r"manylinux_2_(\d+)_", platform)]
    minors += [17] if "manylinux2014" in platform else []
    return f"glibc 2.{min(minors)}" if minors else "有"


def table(wheels: Mapping[str, Mapping[str, str]]) -> str:
    """Return the table of the page: ``wheels`` by machine, then by package. Packages that any machine takes are counted."""
    names = sorted({name for found in wheels.values() for name in found})
    cells = {
        name: [needs(found[name]) if name in found else "不用" for found in wheels.values()] for name in names
    }
    universal = [name for name in names if set(cells[name]) <= {"通用", "不用"}]
    rows = [f"| 程序库 | {' | '.join(wheels)} |", f"| --- {'| --- ' * len(wheels)}|"]
    rows += [f"| {name} | {' | '.join(cells[name])} |" for name in names if name not in universal]
    return "\n".join([*rows, "", f"其余 {len(universal)} 个是纯 Python 的，哪里都能用。", ""])


def write_page() -> None:
    """Ask pip for each machine and write the table into the page. Raises RuntimeError."""
    lock = (ROOT / PROGRAM_LOCK).read_text("utf-8")
    new = table({machine.name: wheels_of(machine, lock) for machine in MACHINES})
    text = PAGE.read_text("utf-8")
    before, start, rest = text.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not start or not end:
        raise RuntimeError(f"{PAGE.name} has no place for the table")
    PAGE.write_text(f"{before}{start}\n{new}\n{end}{after}", "utf-8")
