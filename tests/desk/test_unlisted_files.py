"""Documents that no section lists, at the screen of their issue: listed or deleted, each one step."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.editing.changes import undo
from liulin_gazette.editing.document_saving import Draft, save_draft
from liulin_gazette.source import folder as folder_reading
from tests.conftest import DOCUMENT
from tests.desk.conftest import DeskClient
from tests.web.browser import accessibility_faults, expect

ISSUE = "content/2026-1/issue.toml"
NAME = '乱放 <b>"的.md'
STRAY = DOCUMENT.replace("9号", "10号") + '\n![图](own.png "图")\n'
SCREEN = "/issues/2026-1/"


def dropped(desk: DeskClient, name: str = NAME) -> None:
    """Put a document with a picture beside those of the issue, as another program does."""
    folder = desk.desk.root / "content/2026-1"
    (folder / name).write_text(STRAY, "utf-8")
    (folder / "own.png").write_bytes(b"\x89PNG")
    (folder / "转录说明.md").write_text("不是公文。", "utf-8")
    desk.desk.content.refresh()


def sent(page: str) -> dict[str, str]:
    form = page[page.index("unlisted/list") :]
    return {
        name: html.unescape(re.findall(rf'name="{name}" value="([^"]*)"', form)[0])
        for name in ("digest", "file")
    }


def test_a_stray_document_is_listed(desk_client: DeskClient) -> None:
    assert "没有列入栏目的文件" not in desk_client.get(SCREEN).text
    dropped(desk_client)
    before = (desk_client.desk.root / ISSUE).read_text("utf-8")
    page = desk_client.get(SCREEN).text
    assert (
        "没有列入栏目的文件" in page
        and "<b>" not in page
        and "转录说明" not in page.split("没有列入栏目的文件")[1]
    )
    assert page.count("unlisted/list") == 1 and "own.png" in page
    form = sent(page)
    assert form["file"] == NAME
    section = html.unescape(re.findall(r"<option>([^<]*)</option>", page)[0])
    assert desk_client.post(f"{SCREEN}unlisted/list", {**form, "section": "没有的"}).status_code == 422
    assert desk_client.post(f"{SCREEN}unlisted/list", {**form, "section": section}).status_code == 303
    after = (desk_client.desk.root / ISSUE).read_text("utf-8")
    assert after != before and "乱放" in after
    assert "没有列入栏目的文件" not in desk_client.get(SCREEN).text
    undo(desk_client.desk.root)
    assert (desk_client.desk.root / ISSUE).read_text("utf-8") == before


def test_the_folder_is_not_read_again_for_each_stray_document(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = list[str]()
    plainly = folder_reading._open_plain  # pyright: ignore[reportPrivateUsage] -- what reads a file is counted

    def counted(file: Path) -> Any:
        reads.append(file.name)
        return plainly(file)

    monkeypatch.setattr(folder_reading, "_open_plain", counted)
    dropped(desk_client)

    def times_read() -> int:
        reads.clear()
        assert desk_client.get(SCREEN).status_code == 200
        return reads.count("own.png")

    with_one = times_read()
    for number in range(10, 40):
        (desk_client.desk.root / f"content/2026-1/{number}.md").write_text(STRAY, "utf-8")
    desk_client.desk.content.refresh()
    assert times_read() == with_one > 0
    assert "39.md" in desk_client.get(SCREEN).text


def test_a_stray_document_is_deleted_with_its_own_pictures(desk_client: DeskClient) -> None:
    dropped(desk_client, "03.md")
    folder = desk_client.desk.root / "content/2026-1"
    form = sent(desk_client.get(SCREEN).text)
    save_draft(desk_client.desk.root, "content/2026-1/03.md", Draft("", "打了一半".encode()))
    assert "没有保存的字" in desk_client.post(f"{SCREEN}unlisted/delete", form).text
    (folder / ".~03.md.draft").unlink()
    assert desk_client.post(f"{SCREEN}unlisted/delete", form).status_code == 303
    assert not (folder / "03.md").exists() and not (folder / "own.png").exists()
    undo(desk_client.desk.root)
    assert (folder / "03.md").read_text("utf-8") == STRAY and (folder / "own.png").exists()


@pytest.mark.parametrize("file", ["01.md", "../gazette.toml", "issue.toml", "没有.md", ""])
def test_nothing_else_is_deleted(desk_client: DeskClient, file: str) -> None:
    dropped(desk_client)
    form = {**sent(desk_client.get(SCREEN).text), "file": file}
    before = {path: path.read_bytes() for path in (desk_client.desk.root / "content").rglob("*.*")}
    assert desk_client.post(f"{SCREEN}unlisted/delete", form).status_code == 422
    assert {path: path.read_bytes() for path in (desk_client.desk.root / "content").rglob("*.*")} == before


def test_a_file_that_has_changed_is_not_touched(desk_client: DeskClient) -> None:
    dropped(desk_client, "03.md")
    form = sent(desk_client.get(SCREEN).text)
    (desk_client.desk.root / "content/2026-1/03.md").write_text(STRAY + "又写了一段。\n", "utf-8")
    answer = desk_client.post(f"{SCREEN}unlisted/delete", form)
    assert answer.status_code == 422 and "别处改过" in answer.text
    assert (desk_client.desk.root / "content/2026-1/03.md").exists()


@pytest.mark.tools
def test_in_a_browser(desk_tab: Any, running_desk: RunningDesk) -> None:
    folder = running_desk.desk.root / "content/2026-1"
    (folder / "03.md").write_text(DOCUMENT.replace("9号", "10号"), "utf-8")
    tab = desk_tab
    tab.goto(f"{running_desk.address}issues/2026-1/")
    expect(tab.get_by_role("heading", name="没有列入栏目的文件")).to_be_visible()
    assert accessibility_faults(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.get_by_role("button", name=re.compile("^列入栏目")).click()
    expect(tab.locator(".row[data-name='03']")).to_be_visible()
    expect(tab.get_by_role("heading", name="没有列入栏目的文件")).to_have_count(0)
