"""Tasks in Chromium: from a checked issue to a built and published one, a setting changed and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from tests.conftest import ROOT, publish
from tests.web.browser import accessibility_faults, expect

pytestmark = pytest.mark.tools
PATIENCE = 300_000
"""Milliseconds for a build on a busy machine."""


def is_well(tab: Any) -> bool:
    """Tell whether the page in ``tab`` has no fault of accessibility, and fits the screen."""
    assert accessibility_faults(tab) == []
    return tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_issue_is_built_and_published_without_a_terminal(
    project: Path, running_desk: RunningDesk, desk_tab: Any
) -> None:
    file = project / "content/gazette.toml"
    desk_tab.goto(running_desk.address + "settings/")
    shutil.copytree(ROOT / "docs/schemas", project / "docs/schemas")
    desk_tab.goto(running_desk.address + "settings/")
    assert is_well(desk_tab)
    desk_tab.get_by_role("link", name="改基本情况").click()
    assert is_well(desk_tab)
    desk_tab.get_by_label("网址（必填）", exact=True).fill("网址")
    desk_tab.get_by_role("button", name="保存").click()
    expect(desk_tab.get_by_role("alert")).to_contain_text("没有写")
    assert is_well(desk_tab)
    desk_tab.get_by_label("网址（必填）", exact=True).fill("https://gazette.liulin.gov.cn/")
    desk_tab.get_by_role("button", name="保存").click()
    expect(desk_tab.get_by_text("改好了 1 项")).to_be_visible()
    assert "https://gazette.liulin.gov.cn/" in file.read_text("utf-8")

    desk_tab.goto(running_desk.address + "issues/2026-1/production/")
    assert is_well(desk_tab)
    desk_tab.get_by_role("button", name="排校样").click()
    expect(desk_tab.get_by_text("校样排好了")).to_be_visible(timeout=PATIENCE)
    desk_tab.get_by_role("button", name="生成", exact=True).click()
    expect(desk_tab.get_by_text("生成好了。")).to_be_visible(timeout=PATIENCE)
    assert is_well(desk_tab)
    with desk_tab.expect_download() as download:
        desk_tab.get_by_role("link", name="付印的 PDF").click()
    assert download.value.suggested_filename == "liulin-gazette-2026-1-print.pdf"
    desk_tab.get_by_role("link", name="发布……").click()
    assert is_well(desk_tab)
    desk_tab.get_by_role("button", name="记为已发布").click()
    expect(desk_tab.get_by_text("已记为发布")).to_be_visible()
    assert (project / "content/2026-1/published.json").exists() and is_well(desk_tab)


def test_a_form_that_was_typed_into_is_not_left_unasked(
    project: Path, running_desk: RunningDesk, desk_tab: Any
) -> None:
    shutil.copytree(ROOT / "docs/schemas", project / "docs/schemas")
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk_tab.on("dialog", answer)
    desk_tab.goto(f"{running_desk.address}settings/封底/")
    address = desk_tab.url
    field = desk_tab.locator("form[data-unsaved] input:not([type=hidden])").first
    field.press_sequentially("改")
    desk_tab.locator("nav a, header a").first.click()
    assert asked == ["beforeunload"] and desk_tab.url == address
    desk_tab.locator("form[data-unsaved] a.button").click()
    expect(desk_tab).not_to_have_url(address)
    assert asked == ["beforeunload"]


def test_the_last_change_is_undone(project: Path, running_desk: RunningDesk, desk_tab: Any) -> None:
    shutil.copytree(ROOT / "docs/schemas", project / "docs/schemas")
    before = (project / "content/gazette.toml").read_bytes()
    desk_tab.goto(running_desk.address + "settings/封底/")
    desk_tab.get_by_label("电话", exact=True).fill("0358-4000000")
    desk_tab.get_by_role("button", name="保存").click()
    expect(desk_tab.get_by_text("改好了 1 项")).to_be_visible()
    assert (project / "content/gazette.toml").read_bytes() != before
    desk_tab.get_by_role("link", name="撤销", exact=True).click()
    assert is_well(desk_tab)
    desk_tab.get_by_role("link", name="撤销最后一步……").click()
    expect(desk_tab.locator("ins").last).to_have_text("2237")
    assert is_well(desk_tab)
    desk_tab.get_by_role("button", name="撤销", exact=True).click()
    expect(desk_tab.get_by_text("已撤销“改设置”")).to_be_visible()
    assert (project / "content/gazette.toml").read_bytes() == before


def test_the_check_of_the_computer_is_shown(running_desk: RunningDesk, desk_tab: Any) -> None:
    desk_tab.goto(running_desk.address + "doctor/")
    desk_tab.get_by_role("button", name="检查", exact=True).click()
    expect(desk_tab.get_by_role("cell", name="Python", exact=True)).to_be_visible(timeout=PATIENCE)
    assert is_well(desk_tab)


def test_the_output_is_removed_after_a_second_page(
    project: Path, running_desk: RunningDesk, desk_tab: Any
) -> None:
    publish(project, "2026-1")
    (project / "output/print").mkdir(parents=True)
    desk_tab.goto(running_desk.address + "issues/2026-1/production/")
    desk_tab.get_by_text("成品坏了", exact=True).click()
    assert is_well(desk_tab)
    desk_tab.get_by_role("link", name="删去成品……").click()
    assert is_well(desk_tab)
    expect(desk_tab.get_by_role("listitem").filter(has_text="2026-1")).to_be_visible()
    desk_tab.get_by_role("button", name="删去成品").click()  # Chromium asks for the tick first.
    assert (project / "output/print").exists()
    desk_tab.get_by_label("复制好了，删去这里的").check()
    desk_tab.get_by_role("button", name="删去成品").click()
    expect(desk_tab.get_by_text("成品删去了")).to_be_visible(timeout=PATIENCE)
    assert not (project / "output/print").exists()
