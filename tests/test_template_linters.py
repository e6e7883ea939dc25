"""ESLint and stylelint, as build.py runs them: sound files pass, and what they are there for is found.

They know the oldest browser too: what it does not have is found where a script or a style sheet would need it.
"""

from __future__ import annotations

import re
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


def test_sound_templates_pass(copy: Path) -> None:
    assert said(copy, STYLELINT) + said(copy, ESLINT) == ""


SHEETS = [
    ("site/site.css", "p { color: #abcdef; }", "color-no-hex"),
    ("print/print.css", "p { border: 1pt solid black; }", "color-named"),
    ("print/proof.css", "p { font-size: 11pt; }", "declaration-property-value-allowed-list"),
    ("preview/preview.css", "p { font: bold 1rem serif; }", "declaration-property-value-allowed-list"),
    ("report/report.css", "p { background: rgb(1 2 3); }", "function-disallowed-list"),
    ("desk/desk.css", "p { overflow: clip; }", "declaration-property-value-disallowed-list"),
    ("desk/tour.css", "@layer one { p { margin: 0; } }", "no-unsupported-browser-features"),
    ("desk/review.css", "p { height: 9dvh; }", "unit-disallowed-list"),
    ("desk/issue.css", "@media (width <= 9rem) { p { margin: 0; } }", "no-unsupported-browser-features"),
    ("site/layout.css", ".one, .two:has(p) { margin: 0; }", "selector-disallowed-list"),
    ("tokens.css", ":root { --size: 1remm; } p { margin: 1remm; }", "unit-no-unknown"),
]
"""Style sheet, what is added to it, and the rule that finds it."""

SCRIPTS = [
    ("site/reader.js", "unknown();", "no-undef"),
    ("site/places.js", "var leaked = 1;", "no-var"),
    ("site/verify.js", "if (name == 1) stop();", "eqeqeq"),
    ("site/states.js", "Object.hasOwn(document, name);", "no-object-hasown"),
    ("desk/desk.js", "[name].at(-1);", "no-restricted-syntax"),
    ("desk/issue.js", "[name].toSorted();", "no-array-prototype-tosorted"),
    ("desk/home.js", "structuredClone(name);", "no-restricted-globals"),
    ("desk/tour.js", "document.body.inert = true;", "no-restricted-properties"),
]


@pytest.mark.parametrize(
    ("linter", "spoilt"), [(STYLELINT, SHEETS), (ESLINT, SCRIPTS)], ids=["styles", "scripts"]
)
def test_what_a_template_may_not_have_is_found(
    copy: Path, linter: list[str], spoilt: list[tuple[str, str, str]]
) -> None:
    for path, line, _ in spoilt:
        with (copy / "templates" / path).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    found = said(copy, linter)
    _, *by_file = re.split(r"\n?\S*templates/(?=\S+\.(?:css|js)\n)", "\n" + found)
    for path, line, rule in spoilt:
        told = next((each for each in by_file if each.startswith(path + "\n")), "")
        assert rule in told, (line, found)
    assert len(by_file) == len(spoilt), found
