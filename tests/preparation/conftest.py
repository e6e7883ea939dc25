"""A folder that the program stands in, and commands that are noted down instead of being run."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.preparation.child_processes import LoggedRun


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project folder with lock files and nothing else."""
    (tmp_path / "requirements.lock").write_text("a==1\n", "ascii")
    (tmp_path / "lint/node_modules").mkdir(parents=True)
    (tmp_path / "lint/package-lock.json").write_text("{}", "ascii")
    return tmp_path


def logged_run(exit_code: int = 0, output: str = "") -> LoggedRun:
    """Return a command that has ended."""
    return LoggedRun(exit_code, output, ".cache/prepare.log")
