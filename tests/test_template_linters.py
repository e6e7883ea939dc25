"""ESLint and stylelint, as build.py runs them: sound files pass, and what they are there for is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from liulin_gazette.preparation.suite import TEMPLATE_LINTERS
from tests.conftest import ROOT

pytestmark = pytest.mark.tools
ESLINT, STYLELINT = TEMPLATE_LINTERS


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The templates and the linters' settings, to be spoilt."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "lint", tmp_path / "lint", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "lint/node_modules").symlink_to(ROOT / "lint/node_modules")
    return tmp_path


def said(root: Path, linter: list[str]) -> str:
    """What ``linter`` finds, "" if it is content."""
    command = [sys.executable, *linter]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (not done.stdout + done.stderr)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("sheet", "rule", "found"),
    [
        ("site/site.css", "p { color: #abcdef; }", "color-no-hex"),
        ("print/print.css", "p { border: 1pt solid black; }", "color-named"),
        ("print/proof.css", "p { font-size: 11pt; }", "declaration-property-value-allowed-list"),
        ("preview/preview.css", "p { font: bold 1rem serif; }", "declaration-property-value-allowed-list"),
        ("report/report.css", "p { background: rgb(1 2 3); }", "function-disallowed-list"),
        ("tokens.css", ":root { --size: 1remm; } p { margin: 1remm; }", "unit-no-unknown"),
    ],
)
def test_a_size_or_a_colour_that_is_no_token_is_found(copy: Path, sheet: str, rule: str, found: str) -> None:
    assert said(copy, STYLELINT) == ""
    with (copy / "templates" / sheet).open("a", encoding="utf-8") as file:
        file.write(rule + "\n")
    assert found in said(copy, STYLELINT)


@pytest.mark.parametrize(
    ("script", "found"),
    [("unknown();", "no-undef"), ("var leaked = 1;", "no-var"), ("if (name == 1) stop();", "eqeqeq")],
)
def test_a_careless_script_is_found(copy: Path, script: str, found: str) -> None:
    assert said(copy, ESLINT) == ""
    with (copy / "templates/site/reader.js").open("a", encoding="utf-8") as file:
        file.write(script + "\n")
    assert found in said(copy, ESLINT)
