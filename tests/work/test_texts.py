"""Texts between the stages of a build: whole or not there."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from liulin_gazette.work.texts import Texts, texts_of_a_build


def test_texts_are_kept_for_one_build(tmp_path: Path) -> None:
    with texts_of_a_build(tmp_path) as texts:
        texts.keep("a", b"1")
        assert texts.take("a") == b"1" and texts.take("b") == b""
    assert list((tmp_path / ".cache").iterdir()) == []
    assert Texts().take("a") == b""


def test_without_room_none_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, content: bytes) -> None:
        with self.open("wb") as file:
            file.write(content[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    texts = Texts(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", full)
    texts.keep("a", b"12345")
    assert texts.take("a") == b"" and list(tmp_path.iterdir()) == []
