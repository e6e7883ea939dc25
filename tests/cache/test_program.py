"""Digests of the program, its data and its libraries, on which cache keys depend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from liulin_gazette.cache import libraries, program
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.web.search import search_index
from tests.conftest import digest

SITE = Wanted(site_only=True, jobs=1)


@pytest.fixture
def fresh_digest() -> Iterator[None]:
    """Clear the cached digest of the program before and after the test."""
    program.program_digest.cache_clear()
    yield
    program.program_digest.cache_clear()


def another_version(library: str) -> str:
    return "another"


def other_syllables(text: str) -> list[str]:
    return ["x"]


def test_a_folder_below_a_cache_is_one_like_any_other(tmp_path: Path) -> None:
    folder = tmp_path / ".cache/project/templates"
    (folder / ".cache").mkdir(parents=True)
    (folder / "a.html").write_text("一", "utf-8")
    before = read_templates(folder.parent).digest
    (folder / ".cache/a").write_text("一", "utf-8")
    assert read_templates(folder.parent).digest == before
    (folder / "a.html").write_text("二", "utf-8")
    assert read_templates(folder.parent).digest != before


def test_what_python_is_compiling_is_no_file_of_the_program(tmp_path: Path) -> None:
    """Another process writes such files and renames them while this one reads the program."""
    (tmp_path / "web/__pycache__").mkdir(parents=True)
    (tmp_path / "web/site.py").touch()
    (tmp_path / "web/__pycache__/site.cpython-311.pyc.139946303360944").touch()
    assert program.names_below(tmp_path) == ["web/site.py"]


@pytest.mark.usefixtures("fresh_digest")
def test_another_version_of_a_library_is_found_everywhere(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not build(project, SITE, lambda _: None).failed
    before = digest(project / "output")
    monkeypatch.setattr(libraries, "version", another_version)
    monkeypatch.setattr(search_index, "syllables", other_syllables)
    program.program_digest.cache_clear()
    assert not build(project, SITE, lambda _: None).failed
    clean = tmp_path / "clean"
    for name in ("content", "templates"):
        shutil.copytree(project / name, clean / name)
    assert not build(clean, SITE, lambda _: None).failed
    assert before != digest(project / "output") == digest(clean / "output")
