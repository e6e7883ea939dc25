"""Sealed files of ``.cache``: written whole or not at all; damaged ones are not read."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest

from liulin_gazette.cache import sealed_file


@pytest.mark.parametrize("content", [b"", b"1", b"1" * 1000])
def test_written_content_is_read_back(tmp_path: Path, content: bytes) -> None:
    sealed_file.write(tmp_path / "a/b", content)
    assert sealed_file.read(tmp_path / "a/b") == content and len(list((tmp_path / "a").iterdir())) == 1
    assert sealed_file.read(tmp_path / "c") is None


def test_damaged_files_are_not_read(tmp_path: Path) -> None:
    sealed_file.write(tmp_path / "a", b"12345")
    whole = (tmp_path / "a").read_bytes()
    for damaged in (whole[:-1], whole + b"6", whole[:20], b"", b"x" + whole[1:], whole[:-1] + b"6"):
        (tmp_path / "a").write_bytes(damaged)
        assert sealed_file.read(tmp_path / "a") is None


def test_on_a_full_disk_former_content_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_file.write(tmp_path / "a", b"before")

    class FullDisk(io.FileIO):
        def write(self, content: object, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def open_on_full_disk(file: Path, mode: str) -> FullDisk:
        return FullDisk(file, mode)

    monkeypatch.setattr(Path, "open", open_on_full_disk)
    sealed_file.write(tmp_path / "a", b"12345")
    sealed_file.write(tmp_path / "b", b"12345")
    assert sealed_file.read(tmp_path / "a") == b"before" and [file.name for file in tmp_path.iterdir()] == [
        "a"
    ]
