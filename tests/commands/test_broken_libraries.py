"""A program that cannot be loaded says which library or file is the matter, and what to do."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from liulin_gazette.preparation.load_faults import load_fault
from tests.conftest import ROOT

LOADS = {
    "import nothing_of_this_name.part": "程序库 nothing_of_this_name 没有装，程序打不开。用 python3 build.py",
    "import liulin_gazette.gone": "程序的文件不全（没有 liulin_gazette.gone），打不开。从备份",
    "raise ImportError('DLL load failed while importing _core')": "程序库 brittle 坏了（ImportError），程序打不开。用",
    "def broken(:": "程序库 brittle 坏了（SyntaxError），",
    "1 / 0": "程序库 brittle 坏了（ZeroDivisionError），",
    "raise OSError('libpango: cannot open shared object file')": "程序库 brittle 坏了（OSError），",
}


def raised(load: Callable[[], object]) -> Exception:
    """Return what ``load()`` raises, whatever it is."""
    try:
        load()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(("code", "told"), LOADS.items())
@pytest.mark.parametrize("file", ["brittle.py", "brittle/__init__.py"])
def test_what_cannot_be_loaded_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str, file: str
) -> None:
    place = tmp_path / "site-packages" / file
    place.parent.mkdir(parents=True)
    place.write_text(code, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))  # pyright: ignore[reportUnknownMemberType] -- pytest gives its parameter no type
    error = raised(lambda: importlib.import_module("brittle"))
    assert load_fault(error).startswith(told)


@pytest.mark.parametrize("name", ["ImportError", "SyntaxError", "ValueError"])
def test_a_file_of_the_program_is_named(name: str) -> None:
    code = compile(f"raise {name}", "/opt/county/liulin_gazette/text/pinyin.py", "exec")
    told = load_fault(raised(lambda: exec(code)))
    assert "liulin_gazette/text/pinyin.py" in told and "备份" in told and "/opt" not in told


def run(
    folder: Path, *words: str, libraries: Path | None = None, program: Path = ROOT
) -> tuple[int, str, str]:
    """Return exit code, output and messages of the program in ``program``, which finds ``libraries`` first."""
    paths = [str(path) for path in (libraries, program) if path]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "liulin_gazette", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("library", "command"),
    [("jinja2", "build"), ("yaml", "check"), ("jinja2", "serve"), ("jinja2", "status")],
)
def test_a_library_that_cannot_be_loaded_ends_the_command_with_a_sentence(
    project: Path, tmp_path: Path, library: str, command: str
) -> None:
    folder = tmp_path / "site-packages"
    folder.mkdir()
    (folder / f"{library}.py").write_text("import nothing_of_this_name", "utf-8")
    code, said, told = run(project, command, libraries=folder)
    assert (code, said) == (3, "")
    assert told.startswith("程序库 nothing_of_this_name 没有装，程序打不开。") and told.count("\n") == 1
    assert not (project / "output").exists()


def test_half_a_program_is_told(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "liulin_gazette", tmp_path / "liulin_gazette", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "liulin_gazette/cli.py").unlink()
    code, said, told = run(tmp_path, "check", program=tmp_path)
    assert (code, said) == (3, "") and told.startswith("程序的文件不全（没有 liulin_gazette.cli），打不开。")
