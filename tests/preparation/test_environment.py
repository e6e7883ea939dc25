""".venv: made once, judged by whether it works, made anew where it does not."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from liulin_gazette.preparation import environment, place
from liulin_gazette.preparation.child_processes import LoggedRun
from liulin_gazette.preparation.environment import (
    LOCK,
    environment_fault,
    environment_python,
    prepare_environment,
)
from liulin_gazette.preparation.unprepared import UnpreparedError
from tests.preparation.conftest import logged_run

POSIX = pytest.mark.skipif(os.name == "nt", reason="The environment is laid out for POSIX.")
PYTHON = """#!/bin/sh
[ -e "{site}/broken" ] && {{ echo "AssertionError: 没有 pip" >&2; exit 1; }}
echo {major} {minor}
"""
"""A stand-in for the environment's Python: it answers the probe as the folder of packages is."""


class Pip:
    """Stands in for ``venv.create`` and pip; counts what they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environments = 0
        self.installations: list[list[str]] = []
        self.answer: Callable[[], LoggedRun] = logged_run
        self.version = sys.version_info[:2]

    @property
    def site(self) -> Path:
        return self.root / ".venv/lib/python{}.{}/site-packages".format(*sys.version_info)

    def create(self, folder: Path, *, with_pip: bool, clear: bool) -> None:
        assert with_pip
        if clear:
            shutil.rmtree(folder)
        self.environments += 1
        self.site.mkdir(parents=True)
        python = folder / "bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(
            PYTHON.format(site=self.site, major=self.version[0], minor=self.version[1]), "utf-8"
        )
        python.chmod(0o755)

    def run(self, root: Path, command: list[str]) -> LoggedRun:
        assert root == self.root
        self.installations.append(command)
        if (ended := self.answer()).exit_code == 0:
            (self.site / "a").mkdir(exist_ok=True)
        return ended


@pytest.fixture
def pip(root: Path, monkeypatch: pytest.MonkeyPatch) -> Pip:
    stand_in = Pip(root)
    monkeypatch.setattr(environment.venv, "create", stand_in.create)
    monkeypatch.setattr(environment, "run_logged", stand_in.run)
    return stand_in


def counts(pip: Pip) -> tuple[int, int]:
    return pip.environments, len(pip.installations)


@POSIX
def test_a_second_run_installs_nothing(root: Path, pip: Pip) -> None:
    prepare_environment(root, LOCK)
    prepare_environment(root, LOCK)
    assert counts(pip) == (1, 1) and "--require-hashes" in pip.installations[0]
    assert not environment_fault(root, LOCK)


@POSIX
def test_a_changed_lock_installs_again_into_the_same_environment(root: Path, pip: Pip) -> None:
    prepare_environment(root, LOCK)
    (root / LOCK).write_text("a==2\n", "ascii")
    assert environment_fault(root, LOCK) == "里面的程序库不是这一版程序要的"
    prepare_environment(root, LOCK)
    assert counts(pip) == (1, 2)


def without_python(pip: Pip) -> None:
    (pip.root / ".venv/bin/python").unlink()


def with_a_dangling_link(pip: Pip) -> None:
    without_python(pip)
    (pip.root / ".venv/bin/python").symlink_to("/nowhere/python3.9")


def with_a_python_of_another_machine(pip: Pip) -> None:
    (pip.root / ".venv/bin/python").write_bytes(b"\x7fELF of another processor")


def without_pip(pip: Pip) -> None:
    (pip.site / "broken").write_text("", "ascii")


def without_a_package(pip: Pip) -> None:
    (pip.site / "a").rmdir()


def interrupted(pip: Pip) -> None:
    (pip.root / ".venv/unfinished").write_text("", "ascii")


@POSIX
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (without_python, "还没有建"),
        (with_a_dangling_link, "还没有建"),
        (with_a_python_of_another_machine, "启动不了"),
        (without_pip, "没有 pip"),
        (without_a_package, "缺少 a"),
        (interrupted, "上一次安装没有做完"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_environment_that_does_not_work_is_made_anew(
    root: Path, pip: Pip, damage: Callable[[Pip], None], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare_environment(root, LOCK)
    damage(pip)
    assert words in environment_fault(root, LOCK)
    prepare_environment(root, LOCK)
    assert counts(pip) == (2, 2) and not environment_fault(root, LOCK)
    assert "重新准备" in capsys.readouterr().out


@POSIX
def test_an_environment_of_the_python_before_an_upgrade_of_the_system_is_made_anew(
    root: Path, pip: Pip
) -> None:
    pip.version = (3, 9)
    with pytest.raises(UnpreparedError, match=r"它是 Python 3\.9 的"):
        prepare_environment(root, LOCK)
    pip.version = sys.version_info[:2]
    prepare_environment(root, LOCK)
    assert counts(pip) == (2, 2)


@POSIX
@pytest.mark.parametrize("moment", ["while it is made", "while packages are installed"])
def test_what_was_interrupted_is_made_anew(
    root: Path, pip: Pip, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> LoggedRun:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if moment == "while it is made":
            (root / ".venv/bin").mkdir(parents=True)  # What is left of it: no Python, or one without pip.
            patched.setattr(environment.venv, "create", interrupt)
        else:
            patched.setattr(environment, "run_logged", interrupt)
        with pytest.raises(KeyboardInterrupt):
            prepare_environment(root, LOCK)
    prepare_environment(root, LOCK)
    assert not environment_fault(root, LOCK) and pip.installations


@POSIX
def test_a_failed_installation_is_made_again_and_says_why(root: Path, pip: Pip) -> None:
    pip.answer = lambda: logged_run(1, "Retrying … NewConnectionError: Connection refused\nERROR: no a==1\n")
    with pytest.raises(UnpreparedError, match=r"(?s)程序库没有装上。网络不通.*prepare\.log.*no a==1"):
        prepare_environment(root, LOCK)
    pip.answer = logged_run
    prepare_environment(root, LOCK)
    assert not environment_fault(root, LOCK)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (subprocess.CalledProcessError(1, ["ensurepip"]), "退出码 1"),
    ],
)
def test_an_environment_that_cannot_be_made_is_told_in_chinese(
    root: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    def create(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(environment.venv, "create", create)
    with pytest.raises(UnpreparedError, match=f"运行环境建不起来（{words}）"):
        prepare_environment(root, LOCK)


@POSIX
def test_a_path_that_no_environment_can_stand_in_is_told(root: Path, pip: Pip) -> None:
    folder = root / "公报:2026"
    shutil.copytree(root / "lint", folder / "lint")
    (folder / LOCK).write_text("a==1\n", "ascii")
    with pytest.raises(UnpreparedError, match=r"路径.*里有“:”.*\n.*改名"):
        prepare_environment(folder, LOCK)
    assert not pip.environments


@POSIX
def test_a_disk_without_links_is_told(root: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(UnpreparedError, match=r"exFAT.*\n.*复制到本机的硬盘"):
        prepare_environment(root, LOCK)
    assert not pip.environments and not list(root.glob(".probe-*"))


def test_a_folder_that_cannot_be_written_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(UnpreparedError, match="写不了文件（磁盘是只读的）"):
        place.require_place(root)


@POSIX
def test_a_real_environment_is_made_and_works(root: Path) -> None:
    """Without packages, which would need a network: the lock file is empty."""
    (root / LOCK).write_text("", "ascii")
    prepare_environment(root, LOCK)
    assert not environment_fault(root, LOCK)
    python = environment_python(root)
    shutil.rmtree(next((root / ".venv/lib").glob("python*/site-packages/pip")))
    assert environment_fault(root, LOCK) == "没有 pip"
    prepare_environment(root, LOCK)
    subprocess.run([str(python), "-m", "pip", "--version"], check=True, capture_output=True)


def test_template_linters_are_installed_once_and_again_for_another_lock(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def note(_: Path, command: list[str]) -> LoggedRun:
        calls.append(command)
        return logged_run()

    monkeypatch.setattr(environment, "run_logged", note)
    environment.prepare_template_linters(root)
    environment.prepare_template_linters(root)
    assert len(calls) == 1 and "ci" in calls[0]
    (root / "lint/package-lock.json").write_text("{ }", "ascii")
    environment.prepare_template_linters(root)
    assert len(calls) == 2


def test_template_linters_that_cannot_be_installed_are_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path, command: list[str]) -> LoggedRun:
        return logged_run(1, "npm error code ENOTFOUND\n")

    monkeypatch.setattr(environment, "run_logged", fail)
    with pytest.raises(UnpreparedError, match=r"(?s)ESLint 和 stylelint 没有装上。网络不通.*ENOTFOUND"):
        environment.prepare_template_linters(root)
