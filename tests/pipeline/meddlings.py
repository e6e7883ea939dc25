"""What someone may do between two builds to the output, the cache and the next edition: each kind has a name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.pipeline.project import Project


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _left(project: Project) -> Path | None:
    """A file that the last build left."""
    parts = [part for name in ("site", "print", "report") for part in _files(project.root / "output" / name)]
    return project.chance.choice(parts) if parts else None


def output_deleted(project: Project) -> None:
    if file := _left(project):
        file.unlink()


def output_truncated(project: Project) -> None:
    if file := _left(project):
        file.write_bytes(file.read_bytes()[:-10])


def output_overwritten(project: Project) -> None:
    if file := _left(project):
        file.unlink()
        file.write_text(project.words(), "utf-8")


def output_added(project: Project) -> None:
    if file := _left(project):
        file.with_name("另一个.html").write_text(project.words(), "utf-8")


def a_folder_of_output_gone(project: Project) -> None:
    if file := _left(project):
        shutil.rmtree(file.parent)


def all_output_gone(project: Project) -> None:
    shutil.rmtree(project.root / "output", ignore_errors=True)


def cache_gone(project: Project) -> None:
    shutil.rmtree(project.root / ".cache", ignore_errors=True)


def a_cache_file_damaged(project: Project) -> None:
    names = [project.root / ".cache" / name for name in ("ledger", "readings")]
    for file in project.chance.sample(names, 1):
        if file.is_file():
            file.write_bytes(file.read_bytes()[: project.chance.randint(0, 2000)])


def next_gone(project: Project) -> None:
    shutil.rmtree(project.root / "output/.next", ignore_errors=True)


def next_partly_gone(project: Project) -> None:
    for file in _files(project.root / "output/.next"):
        if project.chance.random() < 0.3:
            file.unlink()


def next_changed(project: Project) -> None:
    for file in _files(project.root / "output/.next"):
        if project.chance.random() < 0.1:
            file.unlink()
            file.write_text(project.words(), "utf-8")
            file.with_name("另一个.html").write_text(project.words(), "utf-8")


MEDDLINGS: tuple[Callable[[Project], None], ...] = (
    output_deleted,
    output_truncated,
    output_overwritten,
    output_added,
    a_folder_of_output_gone,
    all_output_gone,
    cache_gone,
    a_cache_file_damaged,
    next_gone,
    next_partly_gone,
    next_changed,
)
"""What someone may do between two builds to what they leave."""
