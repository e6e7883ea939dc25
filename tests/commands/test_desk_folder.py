"""The command ``desk``: in a folder where it cannot work, and where a desk is open already."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import socket
import webbrowser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from liulin_gazette.commands import desk
from liulin_gazette.desk.open_desks import NAME, desk_place
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


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this user, where nobody else can read."""
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    for name in ("LOCALAPPDATA", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def gazette(tmp_path: Path) -> Path:
    (tmp_path / "gazette/content").mkdir(parents=True)
    return tmp_path / "gazette"


def given(**named: object) -> argparse.Namespace:
    """Return the arguments of the command, with some of them as ``named``."""
    arguments = argparse.Namespace(port=0, no_open=False, review=False, offer=[])
    for name in desk.ONLY_WITH_REVIEW:
        setattr(arguments, name, [])
    vars(arguments).update(named)
    return arguments


def test_another_program_at_the_port_is_told(
    gazette: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(RunningDesk, "run", RunningDesk.close)
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert desk.run(gazette, given(port=other.getsockname()[1], no_open=True)) == 0
    assert "平常用的端口已有程序在用，换了一个端口" in capsys.readouterr().out


def run_first(gazette: str, own_folder: str, is_open: Any, is_over: Any) -> None:
    """Run a desk in this process until ``is_over``."""
    os.environ.update(dict.fromkeys(("LOCALAPPDATA", "XDG_RUNTIME_DIR"), own_folder))

    def run(running: RunningDesk) -> None:
        is_open.set()
        is_over.wait(600)
        running.close()

    setattr(RunningDesk, "run", run)  # noqa: B010 -- the method has another name for itself
    desk.run(Path(gazette), given(no_open=True))


def test_a_second_start_shows_the_desk_that_is_open(
    gazette: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", shown.append)
    context = multiprocessing.get_context("spawn")
    is_open, is_over = context.Event(), context.Event()
    first = context.Process(target=run_first, args=(str(gazette), str(own_folder), is_open, is_over))
    first.start()
    try:
        assert is_open.wait(120)
        assert desk.run(gazette, given()) == 0
        told = capsys.readouterr().out
        (address,) = shown
        assert told == f"编辑台已经开着，用的就是它：{address}\n"
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?key=.{40,}", address)
        with desk_place(gazette.parent) as other:
            assert not other.is_taken, "the desk of another folder"
    finally:
        is_over.set()
        first.join()
    with desk_place(gazette) as place:
        assert not place.is_taken and place.open_address() == ""


def test_what_a_killed_desk_left_is_not_used(gazette: Path, own_folder: Path) -> None:
    with desk_place(gazette) as place:
        place.tell("http://127.0.0.1:9/?key=x")
        file = own_folder / NAME / str(place.folder and place.folder.name) / "address"
        left = file.read_bytes()
    assert not file.exists()
    file.write_bytes(left)
    with desk_place(gazette) as place:
        assert not file.exists() and not place.is_taken and place.open_address() == ""


def test_each_browser_needs_a_key_of_its_own(gazette: Path) -> None:
    told: list[str] = []
    running = RunningDesk(gazette, 0, tell_entry=told.append)
    try:
        served: Any = running._server.config.app  # pyright: ignore[reportPrivateUsage] -- no port is served
        client = TestClient(served, base_url=running.address.rstrip("/"))
        (first,) = told
        assert client.get(first, follow_redirects=False).status_code == 303
        assert told == [first, running.entry_address] and first != running.entry_address
    finally:
        running.close()


@pytest.mark.skipif(os.name == "nt", reason="the folder of a user is protected by the system")
def test_a_folder_that_others_can_read_is_told_no_address(gazette: Path, own_folder: Path) -> None:
    (own_folder / NAME).mkdir(mode=0o755)
    with desk_place(gazette) as place:
        assert place.folder is None
        place.tell("http://127.0.0.1:9/?key=x")
    assert [*(own_folder / NAME).iterdir()] == []
