"""``pip wheel .``: the wheel has what a county needs, runs by itself, and its making leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from liulin_gazette import __version__
from liulin_gazette.editing.counties.program_archive import read_program
from liulin_gazette.editing.counties.program_files import read_program_folder
from tests.conftest import ROOT
from tests.editing.test_new_county import NEW

pytestmark = pytest.mark.tools
LEFT_OUT = (
    ".git",
    ".venv",
    ".cache",
    "output",
    "__pycache__",
    "node_modules",
    "benchmarks",
    ".undo",
    ".proofs",
    "*.egg-info",
)
BUILDS_WHEELS = (70, 1)
"""The setuptools that needs no other package to build a wheel; with an older one pip fetches a newer one."""


def run(*words: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def isolation() -> list[str]:
    try:
        there = version("setuptools").split(".")
    except PackageNotFoundError:
        return []
    return ["--no-build-isolation"] if tuple(map(int, there[:2])) >= BUILDS_WHEELS else []


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source") / "gazette"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*LEFT_OUT))
    before = listing(source)
    wheels = tmp_path_factory.mktemp("wheels")
    run(sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "-w", wheels, *isolation(), cwd=source)
    assert listing(source) == before
    (file,) = wheels.iterdir()
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that has the wheel, and this environment's libraries to import."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    install = ["-m", "pip", "--python", commands / "python", "install", "--no-deps", "--no-index", wheel]
    run(sys.executable, *install, cwd=folder)
    (package,) = folder.rglob("liulin_gazette/__init__.py")
    libraries = package.parent.parent / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return commands


def test_the_wheel_has_the_program_that_is_here(wheel: Path) -> None:
    assert wheel.name == f"liulin_gazette-{__version__}-py3-none-any.whl"
    assert read_program(wheel) == read_program_folder(ROOT)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "liulin_gazette/py.typed" in names
    assert not [name for name in names if name.endswith(".pyc") or name.startswith("tests/")]


def test_an_installed_wheel_begins_and_builds_a_county(installed: Path, tmp_path: Path) -> None:
    gazette = installed / "liulin-gazette"
    assert run(gazette, "--version", cwd=tmp_path) == f"liulin-gazette {__version__}\n"
    assert "建好了" in run(gazette, "init", "方山公报", *NEW, cwd=tmp_path)
    county = tmp_path / "方山公报"
    assert run(sys.executable, "build.py", "--version", cwd=county) == f"liulin-gazette {__version__}\n"
    assert "完成" in run(gazette, cwd=county)
    assert (county / "output/site/2027/1/fangshan-gazette-2027-1.pdf").is_file()


def test_a_wheel_is_a_program_to_upgrade_to(installed: Path, wheel: Path, tmp_path: Path) -> None:
    gazette = installed / "liulin-gazette"
    run(gazette, "init", "方山公报", *NEW, cwd=tmp_path)
    assert "没有要换的" in run(gazette, "upgrade", wheel, cwd=tmp_path / "方山公报")
