"""The history of a document at the desk: each save with what it changed, and an old version taken back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.desk.screens import history_screen
from liulin_gazette.editing import document_versions
from liulin_gazette.editing.changes import apply, file_change, undo
from liulin_gazette.editing.document_saving import Draft, save_draft
from liulin_gazette.editing.document_versions import document_history, version_called
from liulin_gazette.editing.undo_journal import UNDO_FOLDER
from liulin_gazette.review.paper_proof import proofed_content
from tests.desk.conftest import DeskClient
from tests.web.browser import accessibility_faults, expect

DOCUMENT = "content/2026-1/01.md"
SCREEN = "/issues/2026-1/documents/01/"
HISTORY = f"{SCREEN}history/"


def saved(root: Path, old: str, new: str, title: str = "edit") -> bytes:
    content = (root / DOCUMENT).read_bytes().replace(old.encode(), new.encode())
    apply(root, title, [file_change(root, DOCUMENT, content)])
    return content


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def test_each_save_is_listed_with_what_it_changed(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    assert "在编辑台以外改过" in desk_client.get(HISTORY).text  # What no step knows.
    saved(root, "认真", "<i>严格</i>")
    saved(root, "执行", "执行、落实", "check --fix")
    apply(root, "edit", [file_change(root, "content/2026-1/别的.md", "别的".encode())])
    (root / DOCUMENT).write_bytes((root / DOCUMENT).read_bytes() + "\n别处写的一段。\n".encode())
    page = desk_client.get(HISTORY).text
    titles = re.findall(r'class="state">([^<]*)<', page)
    assert titles == ["在编辑台以外改过", "自动改正", "改公文", "再早的样子"]
    assert page.count("与现在相同") == 1 and "这一次改了 1 行" in page
    shown = desk_client.get(f"{HISTORY}compare?from=000001.before&to=000001.after").text
    assert "<del>认真</del><ins>&lt;i&gt;严格&lt;/i&gt;</ins>" in shown and "<i>严格" not in shown
    shown = desk_client.get(f"{HISTORY}compare?from=000002.after&to=now").text
    assert "<ins>别处写的一段。</ins>" in shown
    for query in ("from=000009.after&to=now", "from=proof&to=now", "from=../../x&to=now", "to=now", ""):
        assert desk_client.get(f"{HISTORY}compare?{query}").status_code == 404


def test_an_old_version_is_taken_back_as_a_new_step(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    first = (root / DOCUMENT).read_bytes()
    saved(root, "认真", "严格")
    last = saved(root, "执行", "落实")
    page = desk_client.get(f"{HISTORY}compare?from=000001.before&to=now").text
    digest = value(page, "digest")
    answer = desk_client.post(f"{HISTORY}restore", {"version": "000001.before", "digest": digest})
    assert answer.status_code == 303 and answer.headers["location"] == SCREEN
    assert (root / DOCUMENT).read_bytes() == first
    assert [each.content for each in document_history(root, DOCUMENT).versions][-2:] == [last, first]
    assert "换回公文以前的样子" in desk_client.get("/history/").text
    undo(root)
    assert (root / DOCUMENT).read_bytes() == last


def test_nothing_that_was_written_meanwhile_is_lost(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    saved(root, "认真", "严格")
    digest = value(desk_client.get(HISTORY).text, "digest")
    now = saved(root, "执行", "落实")
    sent = {"version": "000001.before", "digest": digest}
    answer = desk_client.post(f"{HISTORY}restore", sent)
    assert answer.status_code == 422 and "别处改过" in answer.text
    sent["digest"] = value(desk_client.get(HISTORY).text, "digest")
    save_draft(root, DOCUMENT, Draft(sent["digest"], "打了一半".encode()))
    answer = desk_client.post(f"{HISTORY}restore", sent)
    assert answer.status_code == 422 and "没有保存的字" in answer.text
    answer = desk_client.post(f"{HISTORY}restore", {**sent, "version": "000077.after"})
    assert answer.status_code == 422
    assert (root / DOCUMENT).read_bytes() == now


def test_older_versions_are_on_further_pages(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = desk_client.desk.root
    monkeypatch.setattr(history_screen, "MOST_LISTED", 3)
    for number in range(150):
        saved(root, "认真" if not number else f"第{number}次", f"第{number + 1}次")
    page = desk_client.get(HISTORY).text
    assert page.count("与现在相同") == 1 and page.count('class="state"') == 101
    older = desk_client.get(HISTORY + value_of_link(page)).text
    assert "与现在相同" not in older and "在编辑台以外改过" not in older and "再早的各次" not in older
    assert older.count('class="state"') == 51
    assert version_called(root, DOCUMENT, "000001.before") and not version_called(
        root, DOCUMENT, "000001.other"
    )
    page = desk_client.get("/history/").text
    assert page.count('class="state"') == 3 and "撤销最后一步" in page and "256 MB" in page
    page = desk_client.get("/history/" + value_of_link(page)).text
    assert page.count('class="state"') == 3 and "撤销最后一步" not in page and "最近的各步" in page


def value_of_link(page: str) -> str:
    found = re.search(r'href="(\?before=\d+)"', page)
    assert found, page
    return found[1]


def test_both_pages_agree_whether_there_is_a_proof(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    proofed = root / ".proofs/2026-1/01.md"
    proofed.parent.mkdir(parents=True)
    screens = (HISTORY.removesuffix("history/"), HISTORY)

    def links() -> list[bool]:
        return ["from=proof" in desk_client.get(screen).text for screen in screens]

    assert links() == [False, False]
    proofed.write_text("校样里的字", "utf-8")
    assert links() == [True, True]
    proofed.unlink()
    proofed.symlink_to(root / DOCUMENT)
    assert links() == [False, False]
    assert desk_client.get(f"{HISTORY}compare?from=proof&to=now").status_code == 404


def test_damaged_steps_and_deleted_files_are_told(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    saved(root, "认真", "严格")
    saved(root, "执行", "落实")
    (root / UNDO_FOLDER / "000001/journal.json").write_text("{", "utf-8")
    page = desk_client.get(HISTORY).text
    assert "读不出来的一步" in page and "已损坏" in page and "换回这个样子" in page
    apply(root, "删除公文", [file_change(root, DOCUMENT, None)])
    page = desk_client.get(HISTORY).text
    assert "删去了这个文件" in page
    key = re.findall(r'name="version" value="([^"]*)"', page)[0]
    assert desk_client.post(f"{HISTORY}restore", {"version": key, "digest": ""}).status_code == 303
    assert (root / DOCUMENT).exists()
    assert desk_client.get("/issues/2026-1/documents/nothing/history/").status_code == 404


def test_what_changed_since_the_last_proof(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    assert "上次校样以来" not in desk_client.get(SCREEN).text
    copy = proofed_content(root, "2026-1") / "01.md"
    copy.parent.mkdir(parents=True)
    copy.write_bytes((root / DOCUMENT).read_bytes())
    saved(root, "认真", "严格")
    assert "上次校样以来" in desk_client.get(SCREEN).text
    shown = desk_client.get(f"{HISTORY}compare?from=proof&to=now").text
    assert "<del>认真</del><ins>严格</ins>" in shown and "换回" not in shown


@pytest.mark.tools
def test_a_version_is_taken_back_in_a_browser(desk_tab: Any, running_desk: RunningDesk) -> None:
    root = running_desk.desk.root
    first = (root / DOCUMENT).read_bytes()
    saved(root, "认真", "严格")
    tab = desk_tab
    tab.goto(f"{running_desk.address}issues/2026-1/documents/01/")
    tab.get_by_role("link", name="历史", exact=True).click()
    assert accessibility_faults(tab) == []
    tab.get_by_role("link", name="与现在比：再早的样子").click()
    assert accessibility_faults(tab) == []
    tab.get_by_role("button", name="换回“再早的样子”").click()
    expect(tab.locator("#text")).to_have_value(re.compile("请认真执行"))
    assert (root / DOCUMENT).read_bytes() == first


def test_no_step_before_that_which_made_the_document_is_read(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, path = desk_client.desk.root, "content/2026-1/新的.md"
    for number in range(3):
        saved(root, "认真" if not number else f"第{number}次", f"第{number + 1}次")
    for content in ("一", "二"):
        apply(root, "edit", [file_change(root, path, content.encode())])
    read: list[str] = []
    change_in_step = document_versions.change_in_step

    def watched(folder: Path, path: str) -> Any:
        read.append(folder.name)
        return change_in_step(folder, path)

    monkeypatch.setattr(document_versions, "change_in_step", watched)
    history = document_history(root, path)
    assert [version.content for version in history.versions] == ["一".encode(), "二".encode()]
    assert read == ["000005", "000004"] and not history.older
