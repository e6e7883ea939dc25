"""Tasks in Chromium: the tour from the office's first screen to its end, by keyboard alone, and closed half-way."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.desk.tour_steps import STEPS
from liulin_gazette.editing.sample_gazette import FOLDER, is_tour_seen
from tests.conftest import ROOT
from tests.web.browser import PATIENCE, accessibility_faults, expect

pytestmark = pytest.mark.tools
MEASURED = """() => {
  const box = document.getElementById("tour").getBoundingClientRect();
  const mark = document.querySelector(".tour-target").getBoundingClientRect();
  const isApart = box.right <= mark.left || mark.right <= box.left || box.bottom <= mark.top || mark.bottom <= box.top;
  const inside = (each) => each.top >= 0 && each.left >= 0 && each.bottom <= innerHeight && each.right <= document.documentElement.clientWidth;
  return { isApart, isBoxInside: inside(box), isMarkSeen: mark.height > 0 && mark.top >= 0 && mark.bottom <= innerHeight };
}"""
"""Where the box and what it points to are."""


def press(tab: Any, name: str) -> None:
    """Go with the Tab key to what has the accessible ``name``, and press Enter."""
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.textContent").startswith(name):
            tab.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached")


def opened(desk_tab: Any, name: str) -> Any:
    """Return the tab that opens at Enter on the link ``name``, with the first step."""
    with desk_tab.context.expect_page() as opening:
        press(desk_tab, name)
    tab = opening.value
    expect(tab.locator("#tour")).to_be_visible()
    return tab


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_tour_is_walked_by_keyboard(
    project: Path, running_desk: RunningDesk, desk_tab: Any, size: tuple[int, int]
) -> None:
    shutil.copytree(ROOT / "docs/规则", project / "docs/规则")
    own = {file: file.read_bytes() for file in (project / "content").rglob("*") if file.is_file()}
    press(desk_tab, "看一期样刊")
    expect(desk_tab.get_by_role("heading", level=1)).to_have_text("看一期样刊")
    assert accessibility_faults(desk_tab) == []
    press(desk_tab, "做一期样刊")
    expect(desk_tab.get_by_text("样刊做好了。")).to_be_visible()
    assert accessibility_faults(desk_tab) == []
    tab = opened(desk_tab, "开始看")
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    for number in range(1, len(STEPS) + 1):
        expect(tab.locator("#tour")).to_contain_text(f"第 {number} 步，共 {len(STEPS)} 步")
        expect(tab.get_by_role("dialog").first).to_be_focused()
        expect(tab.locator(".tour-target")).to_be_visible()
        if STEPS[number - 1].name == "finding":
            expect(tab.locator(".tour-target").get_by_role("button", name="改", exact=True)).to_be_visible()
        tab.wait_for_function(f"() => Object.values(({MEASURED})()).every(Boolean)", timeout=PATIENCE)
        assert accessibility_faults(tab) == []
        if number == 3:
            press(tab, "上一步")
            expect(tab.locator("#tour")).to_contain_text("第 2 步")
            press(tab, "下一步")
            expect(tab.locator("#tour")).to_contain_text("第 3 步")
        if number < len(STEPS):
            press(tab, "下一步")
    press(tab, "从头再看")
    expect(tab.locator("#tour")).to_contain_text("第 1 步")
    tab.go_back()
    expect(tab.locator("#tour")).to_contain_text(f"第 {len(STEPS)} 步")
    press(tab, "结束")
    expect(tab.get_by_text("导览到这里。")).to_be_visible()
    assert is_tour_seen(project) and accessibility_faults(tab) == []
    assert not list((project / FOLDER).rglob("published.json")) and not (project / FOLDER / "output").exists()
    assert own == {file: file.read_bytes() for file in (project / "content").rglob("*") if file.is_file()}
    if size[0] > 1000:
        press(tab, "回到自己的公报")
    else:
        tab.get_by_role("link", name="回到自己的公报").click()
    tab.wait_for_url(running_desk.address)
    expect(tab.get_by_role("link", name="再看样刊")).to_be_visible()
    assert tab.locator(".sample-mark").count() == 0
    desk_tab.goto(running_desk.address)
    expect(desk_tab.get_by_role("link", name="再看样刊")).to_be_visible()


def test_a_tour_left_half_way_loses_nothing_and_begins_again(
    project: Path, running_desk: RunningDesk, desk_tab: Any
) -> None:
    desk_tab.goto(running_desk.address + "tour/")
    press(desk_tab, "做一期样刊")
    expect(desk_tab.get_by_text("样刊做好了。")).to_be_visible()
    tab = opened(desk_tab, "开始看")
    press(tab, "下一步")
    expect(tab.locator("#tour")).to_contain_text("第 2 步")
    press(tab, "下一步")
    expect(tab.locator("#tour")).to_contain_text("第 3 步")
    expect(tab.get_by_role("button", name="改", exact=True)).to_be_visible()  # The scripts have run.
    tab.get_by_label("正文", exact=True).fill("打到一半的字")
    expect(tab.locator("#text-state")).to_contain_text("草稿已存")
    tab.close()
    assert not is_tour_seen(project)
    again = opened(desk_tab, "开始看")
    expect(again.locator("#tour")).to_contain_text("第 1 步")
    issue = next((project / FOLDER / "content").glob("2*")).name
    again.goto(f"{again.url.partition('?')[0]}issues/{issue}/documents/02/")
    expect(again.get_by_label("正文", exact=True)).to_have_value("打到一半的字")
    again.goto(again.url + "?tour=3")
    expect(again.locator("#tour")).to_be_focused()
    again.get_by_label("正文", exact=True).press("Escape")
    expect(again.locator("#tour")).to_be_visible()
    again.locator("#tour").focus()
    again.keyboard.press("Escape")
    expect(again.get_by_text("导览到这里。")).to_be_visible()
    assert is_tour_seen(project)
