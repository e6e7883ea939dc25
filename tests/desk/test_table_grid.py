"""Tables edited as a grid in Chromium: keys, rows and columns, joined cells, pasted cells, and the text afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from tests.web.browser import accessibility_faults, expect

pytestmark = pytest.mark.tools

TABLE = """\
| 项目 | 金额（万元） | 备注 |
| :-: |---|--:|
| 　其中：增值税 | 1,200.50 | 县财政局 \\ 县税务局 |
| ^^ | 007 | 甲\\|乙 |
| 合计 | << |  |"""
SHEET = '2026\t"两\n行"\n\t=A1*2\n'


@pytest.fixture
def project(project: Path) -> Path:
    """Return the small project, whose document has a table with joined cells."""
    file = project / "content/2026-1/01.md"
    file.write_text(
        file.read_text("utf-8").replace("请认真执行。\n", f"请认真执行。\n\n{TABLE}\n\n表后的一段。\n"),
        "utf-8",
    )
    return project


def opened(tab: Any, desk: RunningDesk, line: str = "| 　其中") -> Any:
    """Open the document in ``tab``, set the cursor to ``line``, and open the grid."""
    tab.goto(f"{desk.address}issues/2026-1/documents/01/")
    tab.locator("#text").evaluate(
        "(area, words) => { area.focus(); const at = area.value.indexOf(words); area.setSelectionRange(at, at); }",
        line,
    )
    tab.locator("#table-open").click()
    return tab


def cell(tab: Any, place: str) -> Any:
    return tab.locator(f"[data-place='{place}']")


def table(tab: Any) -> str:
    """Return the table in the text, once the grid is closed."""
    expect(tab.locator("#table-dialog")).to_be_hidden()
    text: str = tab.locator("#text").input_value()
    return text[text.index("| 项目") : text.index("\n\n表后")]


def pasted(tab: Any, text: str, html: str = "") -> None:
    tab.evaluate(
        """([text, html]) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            if (html) data.setData("text/html", html);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [text, html],
    )


def test_what_nobody_changes_is_the_same_to_the_byte(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    assert accessibility_faults(tab) == []
    expect(cell(tab, "1:0")).to_have_attribute("aria-label", "第2行，第1列，项目，合并2行1列")
    expect(cell(tab, "1:2")).to_have_value("县财政局\n县税务局")
    tab.locator("#table-write").click()
    assert table(tab) == TABLE
    opened(tab, running_desk)
    cell(tab, "1:1").fill("改过")
    tab.keyboard.press("Escape")
    assert table(tab) == TABLE
    tab.locator("#table-open").click()
    expect(cell(tab, "1:1")).to_have_value("1,200.50")
    tab.locator("#table-again").click()
    expect(cell(tab, "1:1")).to_have_value("改过")
    tab.locator("#table-leave").click()
    assert table(tab) == TABLE


def test_the_keys_of_a_spreadsheet(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    expect(cell(tab, "1:0")).to_be_focused()
    places = list[str]()
    for key in ("Tab", "Enter", "Tab", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+Tab"):
        tab.keyboard.press(key)
        places.append(tab.evaluate("document.activeElement.dataset.place"))
    assert places == ["1:1", "2:1", "2:2", "1:2", "1:1", "1:0", "3:0", "2:2"]
    tab.keyboard.type("0.50")
    tab.keyboard.press("Alt+Enter")
    tab.keyboard.type("注")
    tab.keyboard.press("Control+Enter")
    assert table(tab) == TABLE.replace("甲\\|乙", "0.50 \\ 注")
    tab.keyboard.press("Control+z")
    assert table(tab) == TABLE


def test_rows_columns_and_joins(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)

    def act(name: str) -> None:
        tab.get_by_role("button", name=name, exact=True).click()

    cell(tab, "1:0").focus()
    act("行下移")
    expect(tab.locator("#table-state")).to_contain_text("上下合并的格")
    cell(tab, "2:1").focus()
    act("上面加行")
    expect(tab.locator("#table-cells tr")).to_have_count(5)
    cell(tab, "2:1").fill("中间")
    cell(tab, "4:0").focus()
    act("拆开")
    act("删列")
    act("退一步")
    cell(tab, "4:0").focus()
    act("并右格")
    act("并右格")
    expect(cell(tab, "4:0")).to_have_attribute("aria-label", "第5行，第1列，项目，合并1行3列")
    cell(tab, "0:2").focus()
    act("右边加列")
    cell(tab, "0:3").fill("新列")
    tab.locator("#table-write").click()
    assert (
        table(tab)
        == """\
| 项目 | 金额（万元） | 备注 | 新列 |
| :-: |---|--:| --- |
| 　其中：增值税 | 1,200.50 | 县财政局 \\ 县税务局 |  |
| ^^ | 中间 |  |  |
| ^^ | 007 | 甲\\|乙 |  |
| 合计 | << | << |  |"""
    )


def test_cells_of_a_spreadsheet_are_pasted_into_the_grid(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    cell(tab, "2:1").focus()
    pasted(tab, SHEET)
    expect(cell(tab, "2:2")).to_have_value("两\n行")
    cell(tab, "3:2").focus()
    pasted(
        tab,
        "甲\t乙\r\n",
        "<table><tr><td>0010</td><td>a*b<br>c|d</td></tr><tr><td colspan=2>末</td></tr></table>",
    )
    expect(cell(tab, "4:2")).to_have_value("末")
    tab.locator("#table-write").click()
    assert (
        table(tab)
        == """\
| 项目 | 金额（万元） | 备注 |  |
| :-: |---|--:| --- |
| 　其中：增值税 | 1,200.50 | 县财政局 \\ 县税务局 |  |
| ^^ | 2026 | 两 \\ 行 |  |
| 合计 | << | 0010 | a\\*b \\ c\\|d |
|  |  | 末 |  |"""
    )


def test_a_step_back_takes_back_no_more_than_what_was_done_last(
    desk_tab: Any, running_desk: RunningDesk
) -> None:
    tab = opened(desk_tab, running_desk)

    def back() -> None:
        tab.get_by_role("button", name="退一步", exact=True).click()

    cell(tab, "2:2").focus()
    tab.get_by_role("button", name="下面加行", exact=True).click()
    cell(tab, "1:1").fill("甲")
    cell(tab, "1:1").press("End")
    tab.keyboard.type("乙丙")
    cell(tab, "2:1").fill("丁")
    cell(tab, "1:1").press("End")
    tab.keyboard.type("戊")
    for first, second, rows in (
        ("甲乙丙", "丁", 5),
        ("甲乙丙", "007", 5),
        ("1,200.50", "007", 5),
        ("1,200.50", "007", 4),
    ):
        back()
        expect(cell(tab, "1:1")).to_have_value(first)
        expect(cell(tab, "2:1")).to_have_value(second)
        expect(tab.locator("#table-cells tr")).to_have_count(rows)
    back()
    tab.locator("#table-write").click()
    assert table(tab) == TABLE


def test_nothing_is_pasted_where_a_joined_cell_would_swallow_it(
    desk_tab: Any, running_desk: RunningDesk
) -> None:
    tab = opened(desk_tab, running_desk)
    state = tab.locator("#table-state")
    for place in ("1:0", "2:1"):
        cell(tab, place).focus()
        pasted(tab, "一\t二\n三\t四\n")
        expect(state).to_contain_text("合并的格，没有粘贴")
        expect(cell(tab, "1:0")).to_have_value("　其中：增值税")
        expect(cell(tab, "2:1")).to_have_value("007")
    cell(tab, "1:0").focus()  # As it was copied from a sheet with the same joined cell: nothing is lost.
    pasted(tab, "一\t二\n\t四\n")
    expect(cell(tab, "2:1")).to_have_value("四")
    expect(state).to_have_text("")
    pasted(tab, "###\t二\n")
    expect(state).to_contain_text("列太窄")
    tab.locator("#table-undo").click()
    cell(tab, "3:0").focus()
    tab.get_by_role("button", name="拆开", exact=True).click()
    cell(tab, "2:1").focus()
    pasted(tab, "五\t六\n七\t八\n")
    expect(cell(tab, "3:2")).to_have_value("八")
    tab.locator("#table-write").click()
    assert "| ^^ | 五 | 六 |\n| 合计 | 七 | 八 |" in table(tab)


def test_outside_a_table_the_editor_is_told(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk, "表后")
    expect(tab.locator("#text-state")).to_contain_text("光标不在表格里")
    expect(tab.locator("#table-dialog")).to_be_hidden()
