"""What an editor does with an issue, in Chromium: set it up, arrange it, and take in what departments send."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from tests.desk.test_intake_screen import word_file
from tests.web.browser import accessibility_faults, expect

pytestmark = pytest.mark.tools


def look(tab: Any) -> None:
    """The page in ``tab`` breaks no rule of axe-core, and fits."""
    assert accessibility_faults(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def order(tab: Any) -> list[str]:
    """The documents as listed."""
    names: list[str] = tab.eval_on_selector_all(
        ".row[data-name]", "rows => rows.map((row) => row.dataset.name)"
    )
    return names


def test_a_new_issue_with_two_documents_is_arranged_by_keyboard(
    desk_tab: Any, running_desk: RunningDesk
) -> None:
    root: Path = running_desk.desk.root
    look(desk_tab)
    desk_tab.get_by_role("link", name="新建一期").click()
    look(desk_tab)
    desk_tab.get_by_label("栏目").fill("部门文件\n乡镇文件")
    desk_tab.get_by_role("button", name="新建2026年第2期").click()
    expect(desk_tab.get_by_role("heading", name="2026年第2期")).to_be_visible()
    expect(desk_tab.get_by_role("status").first).to_contain_text("新建了2026年第2期")
    for serial, subject in (("10", "防火"), ("11", "造林")):
        desk_tab.goto(f"{running_desk.address}issues/2026-2/new/")
        desk_tab.get_by_label("标题").fill(f"柳林县林业局关于{subject}的通知")
        desk_tab.get_by_label("发文机关").fill("柳林县林业局")
        desk_tab.get_by_label("成文日期").fill("2026-03-06")
        desk_tab.get_by_role("button", name=f"用柳林发〔2026〕{serial}号").click()
        expect(desk_tab.get_by_label("发文字号")).to_have_value(f"柳林发〔2026〕{serial}号")
        look(desk_tab)
        with desk_tab.expect_navigation(url="**/documents/*/"):
            desk_tab.get_by_role("button", name="新建，接着写正文").press("Enter")
    desk_tab.goto(f"{running_desk.address}issues/2026-2/")
    assert order(desk_tab) == ["01", "02"]
    look(desk_tab)
    up = desk_tab.get_by_role("button", name="上移：柳林县林业局关于造林的通知")
    up.press("Enter")
    expect(desk_tab.locator("#told")).to_contain_text("造林的通知”现在是“部门文件”的第 1 份")
    assert order(desk_tab) == ["02", "01"]
    expect(desk_tab.get_by_role("button", name="下移：柳林县林业局关于造林的通知")).to_be_focused()
    down = desk_tab.get_by_role("button", name="下移：柳林县林业局关于防火的通知")
    down.press("Enter")
    expect(desk_tab.locator("#told")).to_contain_text("防火的通知”现在是“乡镇文件”的第 1 份")
    expect(desk_tab.get_by_role("button", name="上移：柳林县林业局关于防火的通知")).to_be_focused()
    written = (root / "content/2026-2/issue.toml").read_text("utf-8")
    assert '"文件" = ["02.md"]' in written and '"文件" = ["01.md"]' in written
    desk_tab.locator('.row[data-name="01"]').drag_to(
        desk_tab.locator('.row[data-name="02"]'), target_position={"x": 20, "y": 3}
    )
    expect(desk_tab.locator("#told")).to_contain_text("防火的通知”现在是“部门文件”的第 1 份")
    assert order(desk_tab) == ["01", "02"]


def test_a_list_that_changes_on_the_disk_waits_for_the_end_of_a_drag(
    desk_tab: Any, running_desk: RunningDesk
) -> None:
    folder: Path = running_desk.desk.root / "content/2026-1"
    desk_tab.goto(f"{running_desk.address}issues/2026-1/")
    row = desk_tab.locator('.row[data-name="01"]')
    row.evaluate("(row) => { row.dataset.mark = 'as pressed'; }")
    place = row.bounding_box()
    desk_tab.mouse.move(place["x"] + 10, place["y"] + 10)
    desk_tab.mouse.down()
    with desk_tab.expect_response("**/issues/2026-1/"):
        text = (folder / "01.md").read_text("utf-8")
        (folder / "01.md").write_text(text.replace("加强护林工作", "加强造林工作"), "utf-8")
    assert row.get_attribute("data-mark") == "as pressed"
    desk_tab.mouse.up()
    expect(row).to_contain_text("加强造林工作")
    assert row.get_attribute("data-mark") is None


def test_a_list_that_looks_the_same_is_not_put_anew(desk_tab: Any, running_desk: RunningDesk) -> None:
    folder: Path = running_desk.desk.root / "content/2026-1"
    desk_tab.goto(f"{running_desk.address}issues/2026-1/")
    row = desk_tab.locator('.row[data-name="01"]')
    row.get_by_role("link").first.focus()
    row.evaluate("(row) => { row.isBefore = true; }")
    version = desk_tab.locator("#issue").get_attribute("data-version")
    text = (folder / "01.md").read_text("utf-8")
    (folder / "01.md").write_text(text.replace("请认真执行", "请认真贯彻执行"), "utf-8")
    expect(desk_tab.locator("#issue")).not_to_have_attribute("data-version", version)
    assert row.evaluate("(row) => row.isBefore")
    expect(row.get_by_role("link").first).to_be_focused()


def drop(tab: Any, *files: tuple[str, bytes]) -> None:
    """Drop ``files`` onto the page."""
    sent = [[name, base64.b64encode(content).decode()] for name, content in files]
    tab.evaluate(
        """(files) => {
            const dropped = new DataTransfer();
            for (const [name, content] of files) {
                dropped.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
            }
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
        }""",
        sent,
    )


def test_a_word_file_is_dropped_compared_and_accepted(desk_tab: Any, running_desk: RunningDesk) -> None:
    root: Path = running_desk.desk.root
    desk_tab.get_by_role("link", name="2026年第1期", exact=True).click()
    desk_tab.wait_for_url("**/issues/2026-1/", wait_until="load")
    drop(desk_tab, ("通知.docx", word_file()), ("照片.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40))
    expect(desk_tab.get_by_role("heading", name="来稿的草稿")).to_be_visible()
    expect(desk_tab.get_by_role("alert")).to_contain_text("照片.png")
    expect(desk_tab.get_by_role("heading", name="造林工作的通知")).to_be_visible()
    expect(desk_tab.get_by_role("cell", name="请认真执行。").first).to_be_visible()
    assert desk_tab.locator("main img").count() == 0
    look(desk_tab)
    assert not (root / "content/2026-1/02.md").exists()
    desk_tab.get_by_role("button", name="转入打勾的草稿").first.click()
    expect(desk_tab.get_by_role("status").first).to_contain_text("转入了 1 份")
    assert "柳林发〔2026〕21号" in (root / "content/2026-1/02.md").read_text("utf-8")
    desk_tab.get_by_role("link", name="转入来稿").click()
    look(desk_tab)
    desk_tab.goto(f"{running_desk.address}issues/2026-1/place/02/")
    look(desk_tab)
    desk_tab.get_by_role("button", name="删除这份公文").press("Enter")
    expect(desk_tab.get_by_role("status").first).to_contain_text("删去了")
    assert order(desk_tab) == ["01"]
