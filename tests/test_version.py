"""The program's version: said by the command, and written into what the program makes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from liulin_gazette import __version__
from liulin_gazette.cli import main
from liulin_gazette.pipeline.stages import Result
from tests.conftest import ROOT


def test_the_command_says_its_version_without_preparing_anything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"liulin-gazette {__version__}\n"
    command = [sys.executable, "-E", "-S", str(ROOT / "build.py"), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"liulin-gazette {__version__}\n"


def test_report_and_manifest_have_the_version(real_build: tuple[Path, Result]) -> None:
    output = real_build[0] / "output"
    assert json.loads((output / "report/2026-1.json").read_text("utf-8"))["运行环境"]["程序"] == __version__
    assert __version__ in (output / "report/2026-1.html").read_text("utf-8")
    manifest = json.loads((output / "site/manifest.json").read_text("utf-8"))
    assert manifest["generator"] == f"liulin-gazette {__version__}"


def test_the_version_stands_in_one_place() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'version = "{__version__}"' not in text and 'dynamic = ["version"]' in text
