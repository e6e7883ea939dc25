"""The screen of a document in Chromium: an editor's tasks, and nothing but the keyboard for one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.editing.document_file import read_document
from liulin_gazette.editing.document_saving import draft_of
from tests.web.browser import accessibility_faults, expect

pytestmark = pytest.mark.tools

FAULTY = "请认真执行,不得有误。\n\n并于2026年2月30日前办结。\n\n全县共３个乡镇。\n"


@pytest.fixture
def project(project: Path) -> Path:
    """Return the small project, whose document has a wrong number and faults in its text, and CRLF line ends."""
    file = project / "content/2026-1/01.md"
    text = (
        file.read_text("utf-8")
        .replace("请认真执行。\n", FAULTY)
        .replace("柳林发〔2026〕9号", "柳林发〔2025〕9号")
    )
    file.write_bytes(text.replace("\n", "\r\n").encode())
    return project


def opened(tab: Any, desk: RunningDesk) -> Any:
    """Open the document in ``tab`` and wait until it was checked."""
    tab.goto(f"{desk.address}issues/2026-1/documents/01/")
    expect(tab.locator("#findings .finding-acts").first).to_be_visible()
    return tab


def finding(tab: Any, code: str) -> Any:
    return tab.locator("#findings .finding", has_text=code)


def saved(tab: Any) -> None:
    expect(tab.locator("#text-state")).to_contain_text("存好了")


def test_a_document_is_corrected_and_saved(desk_tab: Any, running_desk: RunningDesk) -> None:
    file = running_desk.desk.root / "content/2026-1/01.md"
    before = file.read_bytes()
    tab = opened(desk_tab, running_desk)
    expect(finding(tab, "N003")).to_have_count(1)
    if tab.locator("details.front").get_attribute("open") is None:
        tab.locator("summary").click()
    assert accessibility_faults(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.locator("[name='f:发文字号']").fill("柳林发〔2026〕9号")
    expect(finding(tab, "N003")).to_have_count(0)
    expect(tab.locator("mark.mark-警告, mark.mark-错误, mark.mark-提示").first).to_have_count(1)
    finding(tab, "T003").get_by_role("button", name="改", exact=True).click()
    expect(tab.locator("#fix-after")).to_have_text("请认真执行，不得有误。")
    assert accessibility_faults(tab) == []
    tab.locator("#fix-dialog button[value=yes]").click()
    expect(finding(tab, "T003")).to_have_count(0)
    finding(tab, "C010").get_by_role("button", name="去看").click()
    assert tab.evaluate("document.activeElement.id") == "text"
    finding(tab, "C010").get_by_role("button", name="这是对的").click()
    tab.locator("#waive-reason").fill("原件如此")
    tab.locator("#waive-dialog button[value=yes]").click()
    expect(finding(tab, "C010")).to_have_count(0)
    expect(tab.locator("#text-state")).to_contain_text("草稿已存")
    assert draft_of(running_desk.desk.root, "content/2026-1/01.md").exists()
    tab.locator("#save").click()
    saved(tab)
    assert not draft_of(running_desk.desk.root, "content/2026-1/01.md").exists()
    after = file.read_bytes().decode()
    start = after.index("校核豁免:")
    waiver = after[start : after.index("---\r\n", start)]
    assert "代码: C010\r\n" in waiver and "理由: 原件如此\r\n" in waiver
    expected = before.decode().replace("〔2025〕9号", "〔2026〕9号").replace("执行,不", "执行，不")
    assert after.replace(waiver, "") == expected


def test_the_keyboard_is_enough(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    tab.locator("#tab-findings").focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator("#pane-page")).to_be_visible()
    expect(tab.frame_locator("#pane-page iframe").get_by_text("请认真执行").first).to_be_visible()
    tab.keyboard.press("ArrowLeft")
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.textContent") == "改":
            break
    tab.keyboard.press("Enter")
    expect(tab.locator("#fix-dialog")).to_be_visible()
    tab.keyboard.press("Enter")
    expect(finding(tab, "T003")).to_have_count(0)
    assert tab.evaluate("document.activeElement.id") == "text"
    tab.keyboard.press("Control+End")
    tab.keyboard.type("又一段。")
    tab.keyboard.press("Control+s")
    saved(tab)
    text = (running_desk.desk.root / "content/2026-1/01.md").read_text("utf-8")
    assert "执行，不得" in text and text.endswith("又一段。")


def test_the_toolbar_writes_the_dialect(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    text = tab.locator("#text")
    for tool, written in (
        ("一、", "## 一、甲"),
        ("（一）", "### （一）甲"),
        ("上标", "[上:字]"),
        ("落款", "::: 落款\n:::"),
        ("名单", "::: 名单\n职务 | 姓名 | 单位和职务\n:::"),
        ("脚注", "[^1]\n\n[^1]: 注文\n"),
    ):
        text.fill("甲" if "甲" in written else "")
        tab.get_by_role("toolbar").get_by_role("button", name=tool, exact=True).click()
        assert written in text.input_value()
    text.fill("## 一、甲\n\n### （一）乙\n\n## 二、丙\n\n丁")
    tab.get_by_role("toolbar").get_by_role("button", name="（一）", exact=True).click()
    assert text.input_value().endswith("### （一）丁")
    text.fill("")


@pytest.mark.parametrize(
    ("tool", "chosen", "written"),
    [
        (
            "表格",
            "乙丙",
            "甲乙丙丁\n\n| 序号 | 名称 | 数量 |\n| :-: | --- | --- |\n| 1 |  |  |\n| 2 |  |  |\n\n戊己",
        ),
        ("落款", "乙丙", "甲乙丙丁\n\n::: 落款\n:::\n\n戊己"),
        ("落款", "", "甲乙丙丁\n\n::: 落款\n:::\n\n戊己"),
        ("注", "乙丙", "::: 注\n甲乙丙丁\n:::\n\n戊己"),
        ("名单", "丁\n\n戊", "::: 名单\n甲乙丙丁\n\n戊己\n:::\n\n"),
        ("附件", "乙", "::: 附件 附件的标题\n\n甲乙丙丁\n\n:::\n\n戊己"),
        ("注", "", "甲乙丙丁\n\n::: 注\n说明：\n:::\n\n戊己"),
    ],
)
def test_a_block_replaces_no_text_and_breaks_no_line(
    desk_tab: Any, running_desk: RunningDesk, tool: str, chosen: str, written: str
) -> None:
    tab = opened(desk_tab, running_desk)
    text = tab.locator("#text")
    text.fill("甲乙丙丁\n\n戊己")
    start = "甲乙丙丁\n\n戊己".index(chosen or "丙")
    tab.evaluate(
        "([from, to]) => document.getElementById('text').setSelectionRange(from, to)",
        [start, start + len(chosen)],
    )
    tab.get_by_role("toolbar").get_by_role("button", name=tool, exact=True).click()
    assert text.input_value() == written
    tab.keyboard.press("Control+z")
    assert text.input_value() == "甲乙丙丁\n\n戊己"
    text.fill("")


PASTE = """([html, text]) => {
  const clipboard = new DataTransfer();
  if (html) clipboard.setData("text/html", html);
  clipboard.setData("text/plain", text);
  const area = document.getElementById("text");
  area.focus();
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, cancelable: true, bubbles: true }));
}"""


@pytest.mark.parametrize(
    ("html", "text", "table"),
    [
        ("", "序号\t名称\r\n1\t甲|乙\r\n", "| 序号 | 名称 |\n| --- | --- |\n| 1 | 甲\\|乙 |"),
        ("", '序号\t"甲\n乙"\r\n1\t*丙*\r\n', "| 序号 | 甲 \\ 乙 |\n| --- | --- |\n| 1 | \\*丙\\* |"),
        (
            "<table><tr><td colspan=2>单位</td><td rowspan=2>数</td></tr><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr></table>",
            "单位", "| 单位 | << | 数 |\n| --- | --- | --- |\n| 甲 \\ 乙 | 丙 | ^^ |",
        ),
        ("<table><tr><td>\u3000增值税</td><td>　</td></tr></table>", "税", "| \u3000增值税 |  |\n| --- | --- |"),
        ("<table><tr><td><img src=x onerror=alert(1)>甲</td><td>乙</td></tr></table>", "甲", "| 甲 | 乙 |\n| --- | --- |"),
        (
            "<table>\r\n <tr>\r\n  <td>\r\n  <p>Type of\r\n  project</p>\r\n  <p>类型</p>\r\n  </td>\r\n"
            "  <td>甲<br style='mso-data-placement:same-cell'>\r\n  乙</td>\r\n </tr>\r\n</table>",
            "Type of project\t甲",
            "| Type of project \\ 类型 | 甲 \\ 乙 |\n| --- | --- |",
        ),
        (  # A table within a cell, as Word has it: its rows are lines of the cell.
            "<table><tr><td><p>乡镇</p></td><td><p>分项</p></td></tr><tr><td><p>孟门镇</p></td><td><p>其中</p>"
            "<table><tr><td><p>枣</p></td><td><p>3 亩</p></td></tr><tr><td>核桃</td><td>5 亩</td></tr></table><p>计 8 亩</p></td></tr></table>",
            "乡镇\t分项\r\n孟门镇\t其中\r\n枣\t3 亩\r\n核桃\t5 亩\r\n计 8 亩",
            "| 乡镇 | 分项 |\n| --- | --- |\n| 孟门镇 | 其中 \\ 枣 3 亩 \\ 核桃 5 亩 \\ 计 8 亩 |",
        ),
        (  # A table that only holds another one, as letters and pages have it.
            "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>",
            "甲\t乙\r\n1\t2", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |",
        ),
        (  # Excel shows a number that is stored as a date, and copies it as shown: its words are the table's.
            "<table><tr><td x:num='46084'>3月3日</td><td x:num>1,200.50</td></tr><tr><td x:str='001'>001</td><td colspan=1>%</td></tr></table>",
            "3月3日\t1,200.50\r\n001\t%", "| 3月3日 | 1,200.50 |\n| --- | --- |\n| 001 | % |",
        ),
    ],
)  # fmt: skip
def test_a_table_that_is_pasted_is_written_in_the_dialect(
    desk_tab: Any, running_desk: RunningDesk, html: str, text: str, table: str
) -> None:
    tab = opened(desk_tab, running_desk)
    tab.locator("#text").fill("")
    tab.evaluate(PASTE, [html, text])
    assert tab.locator("#text").input_value() == table + "\n\n"


def test_a_number_that_excel_did_not_show_is_told(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    for text, told in (("甲\t####\r\n乙\t5\r\n", "列太窄"), ("甲\t#1\r\n乙\t5\r\n", "公报的写法")):
        tab.evaluate(PASTE, ["", text])
        expect(tab.locator("#text-state")).to_contain_text(told)


def test_what_is_typed_while_the_desk_is_closed_survives_that_the_page_is_loaded_again(
    desk_tab: Any, running_desk: RunningDesk
) -> None:
    tab = opened(desk_tab, running_desk)

    def accept(dialog: Any) -> None:
        dialog.accept()

    def abort(route: Any) -> None:
        route.abort()

    tab.on("dialog", accept)
    tab.route("**/01/draft", abort)
    tab.locator("#text").press("Control+End")
    tab.keyboard.type("关着的时候打的。")
    expect(tab.locator("#text-state")).to_contain_text("编辑台没有回答")
    tab.unroute("**/01/draft")
    tab.reload()
    expect(tab.locator("#told")).to_contain_text("找回来了")
    assert tab.locator("#text").input_value().endswith("关着的时候打的。")
    tab.keyboard.press("Control+s")
    saved(tab)
    assert tab.evaluate("sessionStorage.length") == 0
    assert "关着的时候打的。" in (running_desk.desk.root / "content/2026-1/01.md").read_text("utf-8")


def test_whoever_has_no_session_any_more_is_told_what_to_do(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    tab.context.clear_cookies()
    tab.keyboard.press("Control+s")
    expect(tab.locator("#text-state")).to_contain_text("编辑台只给打开它的人用")


def test_the_second_window_chooses(desk_tab: Any, running_desk: RunningDesk) -> None:
    file = running_desk.desk.root / "content/2026-1/01.md"
    tab = opened(desk_tab, running_desk)
    file.write_bytes(file.read_bytes().replace("不得有误".encode(), "务必落实".encode()))
    tab.locator("#text").press("Control+End")
    tab.keyboard.type("这一页打的。")
    tab.keyboard.press("Control+s")
    expect(tab.get_by_role("heading", name="两边不一样，选一份")).to_be_visible()
    assert accessibility_faults(tab) == []
    assert "务必落实" in tab.inner_text("table") and "这一页打的" in tab.inner_text("table")
    tab.get_by_role("button", name="用这一页打的").click()
    expect(tab.locator("#told")).to_contain_text("存好了")
    assert "不得有误" in file.read_text("utf-8") and "这一页打的" in file.read_text("utf-8")


def test_what_was_typed_is_offered_after_the_browser_died(desk_tab: Any, running_desk: RunningDesk) -> None:
    tab = opened(desk_tab, running_desk)
    tab.locator("#text").fill("打到一半。")
    expect(tab.locator("#text-state")).to_contain_text("草稿已存")
    again = tab.context.browser.new_page()
    again.goto(running_desk.entry_address)
    again.goto(f"{running_desk.address}issues/2026-1/documents/01/")
    expect(again.locator("#text")).to_have_value("打到一半。")
    again.get_by_role("button", name="不要草稿").click()
    expect(again.locator("#text")).to_have_value(FAULTY)


def test_two_windows_keep_their_drafts_apart(desk_tab: Any, running_desk: RunningDesk) -> None:
    kept = draft_of(running_desk.desk.root, "content/2026-1/01.md")
    tab = opened(desk_tab, running_desk)
    other = tab.context.browser.new_page()
    other.goto(running_desk.entry_address)
    opened(other, running_desk)
    for text in ("第一个窗口。", "第一个窗口，又一句。"):
        with tab.expect_response("**/draft") as answer:
            tab.locator("#text").fill(text)
        assert answer.value.ok
    other.locator("#text").fill("第二个窗口。")
    expect(other.locator("#text-state")).to_contain_text("另一个窗口")
    other.locator("#save").click()
    expect(other.locator("#text-state")).to_contain_text("另一个窗口")
    assert "又一句。" in kept.read_text("utf-8")
    tab.locator("#save").click()
    saved(tab)
    tab.locator("#text").fill("存好以后又打的。")
    expect(tab.locator("#text-state")).to_contain_text("草稿已存")
    assert "存好以后" in kept.read_text("utf-8")


def fixed(tab: Any) -> None:
    """Correct the comma in the text."""
    finding(tab, "T003").get_by_role("button", name="改", exact=True).click()
    tab.locator("#fix-dialog button[value=yes]").click()
    expect(tab.locator("#text")).to_have_value(FAULTY.replace(",", "，"))


def test_a_fix_fills_the_form_anew(desk_tab: Any, running_desk: RunningDesk) -> None:
    file = running_desk.desk.root / "content/2026-1/01.md"
    tab = opened(desk_tab, running_desk)
    if tab.locator("details.front").get_attribute("open") is None:
        tab.locator("summary").click()
    notes = tab.locator("[name='f:题注']")
    for number, note in enumerate(("甲注", "乙注", "丙注")):
        notes.nth(number).fill(note)
    notes.nth(1).fill("")
    tab.locator("[name='f:发文字号']").fill("柳林发〔2026〕9号")
    expect(finding(tab, "N003")).to_have_count(0)
    fixed(tab)
    assert [notes.nth(number).input_value() for number in range(4)] == ["甲注", "丙注", "", ""]
    tab.locator("#save").click()
    saved(tab)
    assert [file.read_text("utf-8").count(note) for note in ("甲注", "乙注", "丙注")] == [1, 0, 1]


def test_a_fix_of_what_no_form_can_show(desk_tab: Any, running_desk: RunningDesk) -> None:
    file = running_desk.desk.root / "content/2026-1/01.md"
    head = read_document(file.read_bytes()).head
    file.write_bytes(file.read_bytes().replace("标题: ".encode(), "标题：".encode()))
    tab = desk_tab
    tab.goto(f"{running_desk.address}issues/2026-1/documents/01/")
    tab.locator("#head").fill(head.replace("〔2025〕", "[2026]"))
    finding(tab, "N001").get_by_role("button", name="改", exact=True).click()
    tab.locator("#fix-dialog button[value=yes]").click()
    expect(tab.locator("#head")).to_have_value(head.replace("2025", "2026"))
    tab.locator("#save").click()
    saved(tab)
    assert read_document(file.read_bytes()).head == head.replace("2025", "2026")


def test_what_is_typed_while_a_save_is_under_way_stays_unsaved(
    desk_tab: Any, running_desk: RunningDesk
) -> None:
    file = running_desk.desk.root / "content/2026-1/01.md"
    tab = opened(desk_tab, running_desk)
    asked: list[Any] = []

    def hold(route: Any) -> None:
        asked.append(route)

    tab.route("**/documents/01/", hold)
    tab.locator("#text").fill("先打的。")
    with tab.expect_request("**/documents/01/"):
        for _ in range(3):
            tab.keyboard.press("Control+s")
    tab.keyboard.type("后打的。")
    tab.wait_for_function("document.getElementById('text').value.includes('后打的。')")
    assert len(asked) == 1
    asked[0].continue_()
    expect(tab.locator("#text-state")).to_contain_text("还没有保存")
    assert "后打的" not in file.read_text("utf-8")
    assert tab.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    tab.unroute("**/documents/01/")
    tab.keyboard.press("Control+s")
    expect(tab.locator("#text-state")).to_contain_text("存好了。")
    assert file.read_text("utf-8").endswith("先打的。后打的。")
