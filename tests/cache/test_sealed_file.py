"""Files of ``.cache``: whole or not there, and undamaged or not believed."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest

from liulin_gazette.cache import sealed_file


@pytest.mark.parametrize("content", [b"", b"1", b"1" * 1000])
def test_what_is_kept_is_had_again(tmp_path: Path, content: bytes) -> None:
    sealed_file.write(tmp_path / "a/b", content)
    assert sealed_file.read(tmp_path / "a/b") == content and len(list((tmp_path / "a").iterdir())) == 1
    assert sealed_file.read(tmp_path / "c") is None


def test_what_is_damaged_is_not_believed(tmp_path: Path) -> None:
    sealed_file.write(tmp_path / "a", b"12345")
    whole = (tmp_path / "a").read_bytes()
    for damaged in (whole[:-1], whole + b"6", whole[:20], b"", b"x" + whole[1:], whole[:-1] + b"6"):
        (tmp_path / "a").write_bytes(damaged)
        assert sealed_file.read(tmp_path / "a") is None


def test_on_a_full_disk_what_is_kept_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_file.write(tmp_path / "a", b"before")

    class Full(io.FileIO):
        def write(self, content: object, /) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def full(file: Path, mode: str) -> Full:
        return Full(file, mode)

    monkeypatch.setattr(Path, "open", full)
    sealed_file.write(tmp_path / "a", b"12345")
    sealed_file.write(tmp_path / "b", b"12345")
    assert sealed_file.read(tmp_path / "a") == b"before" and [file.name for file in tmp_path.iterdir()] == [
        "a"
    ]
