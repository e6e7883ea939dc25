"""Random tampering with the output, the cache and the staging copy between two builds, one function for each kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.pipeline.project import Project


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _random_output_file(project: Project) -> Path | None:
    """Return a random output file of the last build; None if there is none."""
    files = [file for name in ("site", "print", "report") for file in _files(project.root / "output" / name)]
    return project.chance.choice(files) if files else None


def delete_output_file(project: Project) -> None:
    if file := _random_output_file(project):
        file.unlink()


def truncate_output_file(project: Project) -> None:
    if file := _random_output_file(project):
        file.write_bytes(file.read_bytes()[:-10])


def overwrite_output_file(project: Project) -> None:
    if file := _random_output_file(project):
        file.unlink()
        file.write_text(project.words(), "utf-8")


def add_output_file(project: Project) -> None:
    if file := _random_output_file(project):
        file.with_name("另一个.html").write_text(project.words(), "utf-8")


def remove_output_folder(project: Project) -> None:
    if file := _random_output_file(project):
        shutil.rmtree(file.parent)


def remove_output(project: Project) -> None:
    shutil.rmtree(project.root / "output", ignore_errors=True)


def remove_cache(project: Project) -> None:
    shutil.rmtree(project.root / ".cache", ignore_errors=True)


def damage_cache_file(project: Project) -> None:
    names = [project.root / ".cache" / name for name in ("ledger", "readings")]
    for file in project.chance.sample(names, 1):
        if file.is_file():
            file.write_bytes(file.read_bytes()[: project.chance.randint(0, 2000)])


def remove_staging_copy(project: Project) -> None:
    shutil.rmtree(project.root / "output/.next", ignore_errors=True)


def remove_part_of_staging_copy(project: Project) -> None:
    for file in _files(project.root / "output/.next"):
        if project.chance.random() < 0.3:
            file.unlink()


def change_staging_copy(project: Project) -> None:
    for file in _files(project.root / "output/.next"):
        if project.chance.random() < 0.1:
            file.unlink()
            file.write_text(project.words(), "utf-8")
            file.with_name("另一个.html").write_text(project.words(), "utf-8")


TAMPERINGS: tuple[Callable[[Project], None], ...] = (
    delete_output_file,
    truncate_output_file,
    overwrite_output_file,
    add_output_file,
    remove_output_folder,
    remove_output,
    remove_cache,
    damage_cache_file,
    remove_staging_copy,
    remove_part_of_staging_copy,
    change_staging_copy,
)
