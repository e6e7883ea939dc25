"""What a document that is being typed is read with is read once, and again as soon as one of the files is another."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from liulin_gazette.pipeline import typed_folders
from liulin_gazette.pipeline.typed_folders import TypedFolders
from liulin_gazette.source.folder import Folder, read_folder

ISSUE = "content/2026-1"


def later() -> float:
    return time.time() + 60


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that were read, in order."""
    paths: list[str] = []

    def reading(root: Path, path: str) -> Folder:
        paths.append(path)
        return read_folder(root, path)

    monkeypatch.setattr(typed_folders, "read_folder", reading)
    return paths


def test_nothing_is_read_again_while_no_file_changes(project: Path, read: list[str]) -> None:
    (project / "content/press.icc").write_bytes(bytes(8 * 1024 * 1024))
    folders = TypedFolders(project, later)
    first = folders.series(), folders.issue(ISSUE)
    assert all(folders.series() is first[0] and folders.issue(ISSUE) is first[1] for _ in range(3))
    assert read == ["content", ISSUE]


def test_each_kind_of_change_is_seen_at_once(project: Path, read: list[str]) -> None:
    folders = TypedFolders(project, later)
    settings, picture = project / "content/gazette.toml", project / ISSUE / "map.png"
    assert folders.series().publication and not folders.issue(ISSUE).files.get("map.png")
    settings.write_bytes(settings.read_bytes() + b'\n"what" = 1\n')
    assert any("what" in each.message for each in folders.series().findings)
    picture.write_bytes(b"one")
    assert folders.issue(ISSUE).files["map.png"] == b"one"
    times = picture.stat().st_mtime_ns
    picture.write_bytes(b"two")
    os.utime(picture, ns=(times, times))  # As a copy that keeps the time does.
    assert folders.issue(ISSUE).files["map.png"] == b"two"
    picture.unlink()
    assert "map.png" not in folders.issue(ISSUE).files
    settings.unlink()
    assert folders.series().publication is None
    assert len(read) == 7


def test_what_could_change_within_the_same_time_is_read_again(project: Path, read: list[str]) -> None:
    for clock in (time.time, lambda: 0.0):  # Just written; and a clock that was set back.
        folders = TypedFolders(project, clock)
        assert folders.issue(ISSUE).files == folders.issue(ISSUE).files
    assert read == [ISSUE] * 4


def test_another_issue_takes_the_place_of_the_last(project: Path, read: list[str]) -> None:
    folders = TypedFolders(project, later)
    for path in (ISSUE, "content/none", ISSUE):
        assert folders.issue(path).path == path
    assert read == [ISSUE, "content/none", ISSUE]
