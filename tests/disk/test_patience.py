"""Moves that Windows refuses for a moment are tried again, and no others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from liulin_gazette.disk import patience, system_calls
from liulin_gazette.disk.durable_files import write_files
from liulin_gazette.disk.patience import patiently
from liulin_gazette.disk.whole_file import write_whole
from liulin_gazette.pipeline import staging

Refuse = Callable[[str, int], list[Path]]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Return what refuses the first calls of a method of paths, on a system that is tried three times."""
    monkeypatch.setattr(patience, "PAUSES", (0.0, 0.0))

    def refusing(name: str, times: int) -> list[Path]:
        refused: list[Path] = []
        original = getattr(Path, name)

        def call(self: Path, *arguments: object, **options: object) -> object:
            if len(refused) < times:
                refused.append(self)
                raise PermissionError(13, "used by another process")
            return original(self, *arguments, **options)

        monkeypatch.setattr(Path, name, call)
        return refused

    return refusing


def test_a_lock_that_goes_away_is_waited_for(tmp_path: Path, refuse: Refuse) -> None:
    refused = refuse("replace", 2)
    write_whole(tmp_path / "甲.txt", b"1")
    assert (tmp_path / "甲.txt").read_bytes() == b"1" and len(refused) == 2


def test_a_lock_that_stays_is_told(tmp_path: Path, refuse: Refuse) -> None:
    refuse("replace", 3)
    with pytest.raises(PermissionError):
        write_whole(tmp_path / "甲.txt", b"1")
    assert list(tmp_path.iterdir()) == []


def test_files_of_the_office_are_moved_and_removed_patiently(tmp_path: Path, refuse: Refuse) -> None:
    (tmp_path / "甲").write_bytes(b"1")
    refuse("replace", 1)
    system_calls.replace(tmp_path / "甲", tmp_path / "乙")
    refuse("unlink", 1)
    system_calls.unlink(tmp_path / "乙")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(tmp_path: Path, refuse: Refuse) -> None:
    (tmp_path / "甲").write_bytes(b"1")
    refuse("replace", 3)
    with pytest.raises(PermissionError):
        write_files({tmp_path / "甲": b"2"})
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("甲", b"1")]


def test_an_edition_is_put_in_its_place_though_a_scanner_reads_it(tmp_path: Path, refuse: Refuse) -> None:
    (tmp_path / "output/.next/site").mkdir(parents=True)
    (tmp_path / "output/.next/site/index.html").write_bytes(b"1")
    refuse("rename", 2)
    staging.publish(tmp_path / "output")
    assert (tmp_path / "output/site/index.html").read_bytes() == b"1"


def test_elsewhere_nothing_is_tried_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSES", ())
    tries: list[int] = []

    def refused() -> None:
        tries.append(1)
        raise PermissionError

    with pytest.raises(PermissionError):
        patiently(refused)
    assert tries == [1]


def test_other_faults_are_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSES", (0.0,))
    tries: list[int] = []

    def full() -> None:
        tries.append(1)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        patiently(full)
    assert tries == [1]
