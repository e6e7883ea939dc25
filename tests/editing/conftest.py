"""A small project with a published issue, and what is added to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from tests.conftest import Edit, publish


@pytest.fixture
def published(project: Path) -> Path:
    """Return the small project with its issue published."""
    publish(project, "2026-1")
    return project


def another_issue(project: Path, edit: Edit) -> None:
    """Add issue 2026-2 with one document to the small project."""
    assert main(["new", "issue", "--yes"], project) == 0
    shutil.copy(project / "content/2026-1/01.md", project / "content/2026-2/01.md")
    edit("2026-2/01.md", "〔2026〕9号", "〔2026〕10号")
    edit("2026-2/01.md", "2026-02-06", "2026-03-06")
    settings = project / "content/2026-2/issue.toml"
    start = settings.read_text("utf-8").partition('[["栏目"]]')[0]
    settings.write_text(f'{start}[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = ["01.md"]\n', "utf-8")
