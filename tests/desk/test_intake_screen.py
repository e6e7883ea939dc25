"""Files dropped onto the desk: drafts to compare, written only when accepted; each wrong kind told at its place."""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path
from typing import Any

import docx
import pytest

from liulin_gazette.desk import intake_batches
from liulin_gazette.disk import system_calls
from liulin_gazette.editing.changes import undo
from liulin_gazette.intake.upload_reading import Reading, stored_name
from tests.desk.conftest import JSON, DeskClient
from tests.desk.test_issue_screens import message, state

LINES = (
    "柳林县林业局文件",
    "柳林发〔2026〕21号",
    "柳林县林业局",
    "关于做好<img src=x>造林工作的通知",
    "局属各单位：",
    "请认真执行。",
    "柳林县林业局",
    "2026年2月10日",
)
INTAKE = "/issues/2026-1/intake/"


def word_file(lines: tuple[str, ...] = LINES) -> bytes:
    """A plain Word file of these lines."""
    word: Any = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def dropped(desk: DeskClient, *files: tuple[str, bytes]) -> str:
    """Drop ``files``, wait until they are read, and return the address of the batch."""
    sent = [("files", (name, content)) for name, content in files]
    answer = desk.post(INTAKE, None, sent, **JSON)
    assert answer.status_code == 200, answer.text
    address: str = answer.json()["address"]
    for _ in range(1200):
        if desk.get(f"{address}progress").json()["isRead"]:
            return address
        time.sleep(0.05)
    raise AssertionError("not read after 60 s")


def test_drafts_are_written_only_when_accepted(desk_client: DeskClient) -> None:
    before = state(desk_client.desk.root)
    wrong = {
        "空.docx": b"",
        "坏.docx": b"PK\x03\x04 no archive",
        "图.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        "程序.pdf": b"\x7fELF" + b"\0" * 40,
        "坏.pdf": b"%PDF-1.7\nnothing",
        "../../../越界.docx": b"\0\1\2\3" * 9,
        "<b>标记.rar": b"Rar!\x1a\x07\0",
    }
    address = dropped(desk_client, ("通知.docx", word_file()), *wrong.items())
    shown = desk_client.get(address).text
    assert "柳林发〔2026〕21号" in shown and "待核" in shown and "请认真执行。" in shown
    assert "&lt;img src=x&gt;" in shown and "<img" not in shown and "<b>标记" not in shown
    assert shown.count('class="refusal failed"') == len(wrong)
    assert "/越界" not in shown and "&lt;b&gt;标记.rar" in shown
    assert state(desk_client.desk.root) == before
    assert f'href="{address.rpartition("intake/")[2]}"' in desk_client.get(INTAKE).text
    nothing = desk_client.post(f"{address}accept", {})
    assert nothing.status_code == 422 and "没有选" in nothing.text
    other = desk_client.post(f"{address}accept", {"take": "0", "section-0": "没有的栏目"})
    assert other.status_code == 422 and "没有“没有的栏目”" in other.text
    assert desk_client.post(f"{address}accept", {"take": "0", "token": "x"}).status_code == 422
    assert state(desk_client.desk.root) == before
    accepted = desk_client.post(f"{address}accept", {"take": "0", "section-0": "县政府部门文件"})
    assert accepted.headers["location"] == "/issues/2026-1/" and "转入了 1 份" in message(accepted)
    written = (desk_client.desk.root / "content/2026-1/02.md").read_text("utf-8")
    assert "发文字号: 柳林发〔2026〕21号" in written
    assert '"文件" = ["01.md", "02.md"]' in (desk_client.desk.root / "content/2026-1/issue.toml").read_text(
        "utf-8"
    )
    assert desk_client.get(address).status_code == 404
    undo(desk_client.desk.root)
    assert state(desk_client.desk.root) == before


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read nothing: files are told to be unreadable at once."""

    def fail(name: str, content: bytes) -> list[Reading]:
        raise ValueError(name)

    monkeypatch.setattr(intake_batches, "read_upload", fail)


def test_a_fault_of_the_program_costs_one_file(desk_client: DeskClient, quick: None) -> None:
    address = dropped(desk_client, ("甲.docx", b"x"), ("乙.docx", b"y"))
    shown = desk_client.get(address).text
    assert shown.count("程序出错了") == 2 and "没有可以转入的草稿" in shown
    answer = desk_client.post(f"{address}discard")
    assert answer.headers["location"] == INTAKE
    assert desk_client.get(address).status_code == 404


def test_what_waits_is_bounded(desk_client: DeskClient, quick: None) -> None:
    addresses = [dropped(desk_client, ("甲.docx", b"x")) for _ in range(intake_batches.MOST_BATCHES + 1)]
    assert desk_client.get(addresses[0]).status_code == 404
    assert desk_client.get(addresses[-1]).status_code == 200


def test_nothing_dropped_is_told(desk_client: DeskClient) -> None:
    for files in ([], [("files", ("", b""))]):
        answer = desk_client.post(INTAKE, {"x": "1"}, files=files)
        assert answer.status_code == 422 and "没有送来文件" in answer.text
    assert desk_client.get(f"{INTAKE}nothing/").status_code == 404
    assert desk_client.post(f"{INTAKE}nothing/accept", {}).status_code == 404


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("通知 1.docx", "通知 1.docx"),
        ("..", "来稿"),
        ("../x.docx", "来稿.docx"),
        ("..\\x.docx", "来稿.docx"),
        ("/etc/passwd", "来稿"),
        ("con.docx", "来稿.docx"),
        ("~$通知.docx", "来稿.docx"),
        ("", "来稿"),
        ("甲\x00乙.pdf", "来稿.pdf"),
        ("长" * 300 + ".ofd", "来稿.ofd"),
        ("x.\u202e", "来稿"),
    ],
)
def test_no_file_is_stored_under_a_name_that_leads_elsewhere(name: str, stored: str) -> None:
    assert stored_name(name) == stored


def test_a_folder_that_cannot_be_made_is_told(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refuse)
    address = dropped(desk_client, ("甲.docx", b"x"))
    assert "甲.docx 存不进临时文件夹" in desk_client.get(address).text


def test_a_disk_that_is_full_keeps_the_drafts(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = dropped(desk_client, ("通知.txt", "\n".join(LINES).encode()))
    before = state(desk_client.desk.root)

    def refuse(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    sent = {"take": "0", "section-0": "县政府部门文件"}
    with monkeypatch.context() as patch:
        patch.setattr(system_calls, "write", refuse)
        answer = desk_client.post(f"{address}accept", sent)
    assert answer.status_code == 422 and "什么都没有改" in answer.text
    assert state(desk_client.desk.root) == before
    assert desk_client.post(f"{address}accept", sent).status_code == 303
