"""Steps that are undone at the desk, the pages of rules, and the check of this computer."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from liulin_gazette.editing.changes import apply, file_change
from liulin_gazette.model.finding_groups import CODES
from liulin_gazette.preparation.machine import MachineCheck
from tests.conftest import ROOT
from tests.desk.conftest import DeskClient


def changed(client: DeskClient, path: str, content: bytes, is_program: bool = False) -> None:
    apply(client.desk.root, "new document", [file_change(client.desk.root, path, content)], is_program)


def step_on(page: str) -> str:
    found = re.search(r'name="step" value="([0-9]+)"', page)
    assert found, page
    return found[1]


def test_the_last_step_is_shown_and_undone(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    assert "没有可以撤销的改动" in desk_client.get("/history/").text
    assert desk_client.get("/history/undo/").status_code == 303
    before = (root / "content/2026-1/01.md").read_bytes()
    changed(desk_client, "content/2026-1/01.md", before.replace("认真".encode(), "<i>严格</i>".encode()))
    changed(desk_client, "content/2026-1/图.png", b"\x89PNG\xff")
    listed = desk_client.get("/history/").text
    assert listed.index("图.png") < listed.index("01.md") and "新建公文" in listed
    shown = desk_client.get("/history/undo/").text
    assert "删去：content/2026-1/图.png" in shown and "&lt;i&gt;" not in shown
    assert desk_client.post("/history/undo/", {"step": step_on(shown)}).status_code == 303
    assert not (root / "content/2026-1/图.png").exists()
    shown = desk_client.get("/history/undo/").text
    assert "<del>&lt;i&gt;严格&lt;/i&gt;</del><ins>认真</ins>" in shown
    assert desk_client.post("/history/undo/", {"step": step_on(shown)}).status_code == 303
    assert (root / "content/2026-1/01.md").read_bytes() == before


def test_a_page_that_is_no_longer_true_undoes_nothing(desk_client: DeskClient) -> None:
    changed(desk_client, "content/2026-1/注.txt", "一".encode())
    step = step_on(desk_client.get("/history/undo/").text)
    changed(desk_client, "content/2026-1/二.txt", "二".encode())
    answer = desk_client.post("/history/undo/", {"step": step})
    assert answer.status_code == 422 and "没有撤销" in answer.text
    assert desk_client.post("/history/undo/").status_code == 422
    (desk_client.desk.root / "content/2026-1/二.txt").write_text("又改", "utf-8")
    assert "后来又改过" in desk_client.get("/history/undo/").text
    assert (desk_client.desk.root / "content/2026-1/二.txt").read_text("utf-8") == "又改"


def test_a_program_is_not_changed_under_the_desk(desk_client: DeskClient) -> None:
    changed(desk_client, "build.py", b"1", is_program=True)
    shown = desk_client.get("/history/undo/").text
    assert "编辑台开着的时候不能撤销" in shown and 'name="step"' not in shown
    answer = desk_client.post("/history/undo/", {"step": "000001"})
    assert answer.status_code == 422 and (desk_client.desk.root / "build.py").exists()


def test_a_damaged_step_is_listed_with_what_is_wrong(desk_client: DeskClient) -> None:
    changed(desk_client, "content/2026-1/注.txt", b"1")
    (desk_client.desk.root / ".undo/000001/journal.json").write_text("{", "utf-8")
    answer = desk_client.get("/history/")
    assert answer.status_code == 200 and "已损坏" in answer.text
    assert desk_client.get("/history/undo/").status_code == 422


def test_every_code_has_a_page(desk_client: DeskClient) -> None:
    (desk_client.desk.root / "docs").mkdir()
    shutil.copytree(ROOT / "docs/规则", desk_client.desk.root / "docs/规则")
    shutil.copy(ROOT / "docs/诊断代码.md", desk_client.desk.root / "docs")
    for code in " ".join(CODES.values()).split():
        assert desk_client.get(f"/rules/{code}/").status_code == 200, code
    page = desk_client.get("/rules/S003/").text
    assert "S003 标题以发文机关开头" in page and "为什么：" in page and "S004" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("code", ["S999", "s003", "README", "%2e%2e", "S003%2f..", "SS03"])
def test_there_is_no_page_of_what_is_no_rule(desk_client: DeskClient, code: str) -> None:
    assert desk_client.get(f"/rules/{code}/").status_code == 404


def test_the_computer_is_checked_when_asked(desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = MachineCheck("磁盘", "只剩 <1 MB", is_ok=False, remedy="删去不用的文件")

    def check(_: Path, _naming: object) -> Iterator[MachineCheck]:
        yield bad

    monkeypatch.setattr("liulin_gazette.desk.screens.doctor_screen.check_tools", check)
    assert "结果" not in desk_client.get("/doctor/").text
    page = desk_client.post("/doctor/").text
    assert (
        "✓ 好" in page and "只剩 &lt;1 MB" in page and "办法：删去不用的文件" in page and "项要处理" in page
    )
