"""The command ``desk`` in a folder where it cannot work."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path

import pytest

from liulin_gazette.commands import desk
from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.text.editor_error import ENVIRONMENT


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / desk.VERSION_FILE).write_text("{}", "utf-8")

    def refused(_self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    assert desk.run(tmp_path, argparse.Namespace()) == ENVIRONMENT
    assert "把整个文件夹复制到有写权限的地方" in capsys.readouterr().err


def test_a_second_desk_says_that_the_first_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.setattr(RunningDesk, "run", RunningDesk.close)
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        first.listen()
        given = argparse.Namespace(port=first.getsockname()[1], no_open=True, review=False, offer=[])
        for name in desk.ONLY_WITH_REVIEW:
            setattr(given, name, [])
        assert desk.run(tmp_path, given) == 0
    assert "编辑台已经开着的，用那一个就行" in capsys.readouterr().out
