"""The architecture of docs/架构说明.md: order of the packages, names of modules."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from liulin_gazette.commands.arguments import COMMANDS
from tests.conftest import ROOT

PROGRAM = ROOT / "liulin_gazette"
MODULES = sorted(PROGRAM.rglob("*.py"))
LONGEST_MODULE = 400
"""Lines."""
MOST_PACKAGES = 20
SHELL = {"arguments", "__init__"}
"""Modules of ``commands`` that are no command."""


def test_imports_run_downward_and_in_no_circle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(str(ROOT / "pyproject.toml"), cache_dir=str(tmp_path))
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_the_program_consists_of_packages_and_no_loose_modules() -> None:
    packages = [path for path in PROGRAM.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert len(packages) <= MOST_PACKAGES
    assert {path.name for path in PROGRAM.glob("*.py")} == {"__init__.py", "__main__.py", "cli.py"}


def test_no_two_modules_share_a_name() -> None:
    names = Counter(path.stem for path in MODULES if path.stem != "__init__")
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROGRAM).as_posix())
def test_a_module_is_of_readable_length(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def test_each_command_has_a_module_of_its_name() -> None:
    modules = {path.stem for path in (PROGRAM / "commands").glob("*.py")}
    assert modules - SHELL == set(COMMANDS)


def _constants(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each public constant of the module at ``path``."""
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name() as name], value=value):
                pairs: list[tuple[ast.expr, ast.expr]] = [(name, value)]
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(names, values, strict=True))
            case _:
                pairs = []
        for name, value in pairs:
            if isinstance(name, ast.Name) and not name.id.startswith("_"):
                yield name.id, ast.dump(value)


@pytest.mark.parametrize("package", ["desk", "review"])
def test_no_two_modules_of_a_package_define_the_same(package: str) -> None:
    modules = sorted((PROGRAM / package).glob("*.py"))
    names = Counter(constant for path in modules for constant in set(_constants(path)))
    assert [name for (name, _), count in names.items() if count > 1] == []
