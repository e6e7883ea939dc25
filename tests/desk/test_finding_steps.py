"""From one finding to the next in Chromium: by F8 and F9, by the buttons, and the very field that each is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from tests.desk.conftest import JSON, DeskClient
from tests.desk.test_document import ADDRESS, typed
from tests.web.browser import accessibility_faults, expect

FIELDS = """日程:
  - 日期: 2026-03-01
    事项: 施行
  - 日期: 2026-04-09
    至: 2026-04-30
    事项: 报名
政策咨询:
  责任单位: 柳林县林业局
  责任股室: 造林股
  责任人: '\"><script>alert(1)</script>'
  电话: 5550123x
校核豁免:
  - 代码: S005
    文字: 无
    理由: 原件
  - 代码: T005
    理由: 原件
"""


def found(desk: DeskClient, **changes: Any) -> set[tuple[str, str, int, str]]:
    """Return code, field, row and name of the findings outside the text."""
    answer = desk.post(f"{ADDRESS}findings", typed(desk, **changes), **JSON).json()["findings"]
    return {(each["code"], each["field"], each["number"], each["name"]) for each in answer if each["row"] < 0}


def test_findings_name_row_and_field(desk_client: DeskClient) -> None:
    contact = {"责任单位": "柳林县林业局", "责任股室": "造林股", "责任人": "甲明", "电话": "5550123x"}
    rows = {f"政策咨询:0:{name}": value for name, value in contact.items()}
    assert ("S005", "政策咨询", 0, "电话") in found(desk_client, **rows)
    rows["政策咨询:0:电话"] = ""
    assert ("B007", "政策咨询", 0, "电话") in found(desk_client, **rows)
    waivers = {"校核豁免:0:代码": "T003", "校核豁免:0:理由": "原件", "校核豁免:4:代码": "T999"}
    assert ("B008", "校核豁免", 1, "代码") in found(desk_client, **waivers)
    numbers = found(desk_client, 修订=["柳林发〔2020〕1号", "柳林发[2021]2号"])
    assert ("N001", "修订", 1, "") in numbers
    assert found(desk_client, 发文字号="") == {("B007", "发文字号", 0, "")}


@pytest.fixture
def faulty(project: Path) -> Path:
    """The small project, whose document has faults in several fields and in its text."""
    file = project / "content/2026-1/01.md"
    head, _, _ = file.read_text("utf-8").rpartition("---\n")
    before = head.partition("政策咨询:\n")[0]
    file.write_text(f"{before}{FIELDS}---\n\n请认真执行,不得有误。\n\n全县共３个乡镇。\n", "utf-8")
    return file


def opened(tab: Any, desk: RunningDesk) -> int:
    """Open the document and wait until it was checked; return how many findings there are."""
    tab.goto(f"{desk.address}issues/2026-1/documents/01/")
    expect(tab.locator("#findings .finding-acts").first).to_be_visible()
    return tab.locator("#findings .finding").count()


def place(tab: Any) -> Any:
    return tab.locator("#finding-place")


def step_to(tab: Any, words: str, key: str = "F8") -> None:
    """Press ``key`` until the finding that is gone to is the one with ``words``."""
    for _ in range(40):
        tab.keyboard.press(key)
        if words in place(tab).text_content():
            return
    raise AssertionError(f"{words} is not gone to")


@pytest.mark.tools
@pytest.mark.parametrize("width", [1366, 390])
def test_the_keys_lead_to_the_very_field(
    faulty: Path, desk_tab: Any, running_desk: RunningDesk, width: int
) -> None:
    tab = desk_tab
    tab.set_viewport_size({"width": width, "height": 768})
    count = opened(tab, running_desk)
    expect(place(tab)).to_contain_text(f"共 {count} 处")
    tab.keyboard.press("F8")
    expect(place(tab)).to_contain_text(f"第 1 处，共 {count} 处")
    tab.keyboard.press("Shift+F8")
    expect(place(tab)).to_contain_text(f"第 {count} 处，共 {count} 处")
    for words, name, part in (
        ("政策咨询的电话", "f:政策咨询:0:电话", "（电话）"),
        ("校核豁免第 2 行的代码", "f:校核豁免:1:代码", "（第 2 行的代码）"),
    ):
        step_to(tab, words)
        focused = tab.locator(":focus")
        assert focused.get_attribute("name") == name
        described = focused.get_attribute("aria-describedby").split()
        assert part in tab.locator(f"[id='{described[0]}']").text_content()
        expect(tab.locator("#findings [aria-current]")).to_have_count(1)
    assert accessibility_faults(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    step_to(tab, "正文第 1 行")
    assert tab.evaluate("document.activeElement.id") == "text"
    tab.locator("#tab-page").click()
    tab.keyboard.press("F9")
    expect(tab.locator("#pane-findings")).to_be_visible()
    expect(tab.locator(".finding[aria-current] button", has_text="改")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#fix-dialog")).to_be_visible()
    tab.keyboard.press("F8")  # Nothing moves behind a dialog.
    expect(tab.locator("#fix-dialog button[value=yes]")).to_be_visible()
    tab.keyboard.press("Enter")
    expect(tab.locator("#text")).to_have_value("请认真执行，不得有误。\n\n全县共３个乡镇。\n")
    expect(tab.locator("#findings .finding")).to_have_count(count - 1)
    expect(place(tab)).to_contain_text(f"共 {count - 1} 处")
    tab.keyboard.press("F8")
    expect(place(tab)).to_contain_text("正文第 3 行")


@pytest.mark.tools
def test_a_finding_that_the_list_has_not_yet_is_acted_on(
    faulty: Path, desk_tab: Any, running_desk: RunningDesk
) -> None:
    """While the keyboard is in the list, it is not drawn anew."""
    tab = desk_tab
    count = opened(tab, running_desk)
    tab.keyboard.press("Shift+F8")
    expect(place(tab)).to_contain_text(f"第 {count} 处，共 {count} 处")
    last = place(tab).locator("span").text_content()
    shown = tab.locator("#findings .finding")
    shown.last.get_by_role("button", name="去看").focus()
    tab.locator("#text").evaluate(
        "(text) => { text.value = text.value.replace('不得有误', '不得有误,不得拖延'); text.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(place(tab)).to_contain_text(f"第 {count + 1} 处，共 {count + 1} 处")
    expect(shown).to_have_count(count)
    tab.keyboard.press("F9")
    expect(shown).to_have_count(count + 1)
    assert place(tab).locator("span").text_content() == last
    expect(shown.last.locator(".finding-acts :focus")).to_have_count(1)
    tab.locator("#text").focus()
    expect(shown).to_have_count(count + 1)


@pytest.mark.tools
def test_the_buttons_lead_there_too(faulty: Path, desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = desk_tab
    count = opened(tab, running_desk)
    tab.get_by_role("button", name="下一处").click()
    expect(place(tab)).to_contain_text(f"第 1 处，共 {count} 处")
    tab.get_by_role("button", name="上一处").click()
    expect(place(tab)).to_contain_text(f"第 {count} 处，共 {count} 处")
    shown = tab.locator("#findings .finding", has_text="政策咨询的电话").first
    shown.get_by_role("button", name="去看").click()
    expect(tab.locator("[name='f:政策咨询:0:电话']")).to_be_focused()
    tab.locator("[name='f:政策咨询:0:电话']").fill("0358-5550123")
    expect(tab.locator("#findings .finding", has_text="电话“5550123x”")).to_have_count(0)
    expect(tab.locator("[name='f:政策咨询:0:电话'][aria-describedby]")).to_have_count(0)
    tab.locator("[name='f:日程:1:至']").fill("2026-04-01")
    wrong = tab.locator("[name='f:日程:1:日期'][aria-invalid=true]")
    expect(wrong).to_have_count(1)
    assert accessibility_faults(tab) == []
    tab.locator("#findings .finding", has_text="日程第 2 行的日期").get_by_role("button", name="去看").click()
    expect(wrong).to_be_focused()
    tab.locator("[name='f:日程:1:至']").fill("")
    expect(wrong).to_have_count(0)


@pytest.mark.tools
def test_where_no_form_can_show_the_head_its_line_is_selected(
    faulty: Path, desk_tab: Any, running_desk: RunningDesk
) -> None:
    tab = desk_tab
    faulty.write_text(faulty.read_text("utf-8").replace("发文字号:", "发文字号：", 1), "utf-8")
    opened(tab, running_desk)
    tab.keyboard.press("F8")
    expect(tab.locator("#head")).to_be_focused()
    selected = "() => { const h = document.getElementById('head'); return h.value.slice(h.selectionStart, h.selectionEnd); }"
    assert "：" in tab.evaluate(selected) or "发文字号" in tab.evaluate(selected)
    for line, row in ((0, 0), (1, 0), (2, 0), (4, 2)):  # The head begins in line 2.
        start = tab.locator("#head").evaluate(
            """(head, line) => {
              head.setSelectionRange(head.value.length, head.value.length);
              const detail = { row: -1, field: "", number: -1, name: "", line };
              document.dispatchEvent(new CustomEvent("placechosen", { detail }));
              return head.selectionStart;
            }""",
            line,
        )
        head = tab.locator("#head").input_value()
        assert head[:start].count("\n") == row and (not start or head[start - 1] == "\n"), line
