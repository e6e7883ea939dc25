"""How long the steps that can be undone are kept: by their size, not by a small number, and never fewer than some."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.editing import undo_journal
from liulin_gazette.editing.changes import apply, file_change, undo
from liulin_gazette.editing.undo_journal import read_step, steps

NOTE = "content/note.txt"


def saved(root: Path, times: int, size: int = 1) -> None:
    """Save a file of about ``size`` bytes so many ``times``, each time with another content."""
    for time in range(times):
        apply(root, "save", [file_change(root, NOTE, f"{time:0{size}}".encode())])


def names(root: Path) -> list[int]:
    return [int(folder.name) for folder in steps(root)]


def test_every_save_is_kept_while_they_are_small(project: Path) -> None:
    saved(project, 70)
    assert names(project) == list(range(1, 71))
    assert read_step(steps(project)[0]).changes[0].before is None


def test_the_oldest_are_dropped_where_there_are_too_many(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_journal, "LEAST_STEPS", 5)
    monkeypatch.setattr(undo_journal, "MOST_STEPS", 20)
    saved(project, 48)
    assert names(project) == list(range(29, 49))
    undo(project)
    assert (project / NOTE).read_bytes() == b"46"


def test_the_oldest_are_dropped_where_they_are_too_large(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_journal, "LEAST_STEPS", 3)
    monkeypatch.setattr(undo_journal, "MOST_BYTES", 10_000)
    saved(project, 32, size=500)
    assert 3 < len(names(project)) < 12 and names(project)[-1] == 32


def test_a_large_step_is_weighed_at_once_and_the_newest_stay(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_journal, "LEAST_STEPS", 3)
    monkeypatch.setattr(undo_journal, "MOST_BYTES", 10_000)
    monkeypatch.setattr(undo_journal, "LARGE_STEP", 20_000)
    saved(project, 5, size=30_000)
    assert names(project) == [3, 4, 5]
