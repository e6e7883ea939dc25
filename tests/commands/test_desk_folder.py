"""The command ``desk`` in a folder where it cannot work."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from liulin_gazette.commands import desk
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
