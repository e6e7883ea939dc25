"""Where each block of a text is on the printed pages: a long document of the second county, and the desk that shows it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from liulin_gazette.desk import snapshot
from liulin_gazette.desk.drawn_pages import PagePictures
from liulin_gazette.desk.printed_blocks import PrintedBlock, PrintedDocument, PrintedField
from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.pdf.composition import fonts
from tests.conftest import ROOT
from tests.web.browser import accessibility_faults, expect

PAGE = "2027/2/yun-zheng-ban-fa-2027-1/index.html"
LONG = "各镇要在汛期以前查清渠系、泵站和水表，逐处登记，分清责任，限期整改。" * 9
TEXT = f"""《云泽县节水工作方案》已经县人民政府同意，现印发给你们，请认真贯彻执行。

附件：1. 用水定额表
　　　2. 任务名册

# 云泽县节水工作方案

## 一、目标

到2028年，全县用水总量控制在8000万m³[^1]以内。

[^1]: 不含生态补水。

## 二、分工

| 序号 | 任务 | 责任单位 |
| --- | --- | --- |
| 1 | 管网改造 | 泽口镇人民政府 |
| 2 | 宣传培训 | 县融媒体中心 |

## 三、要求

**（一）加强领导。**{LONG}

**（二）按时报送。**{LONG}

**（三）严格考核。**{LONG}

![节水分区](湖.png "节水分区图")[横页]

::: 名单
组长 | 甲明 | 县人民政府副县长

副组长 | 乙华 | 县水利局局长
:::

::: 附件 1 用水定额表

| 行业 | 单位 | 定额 |
| --- | --- | --- |
{"".join(f"| 行业{n} | 立方米 | {n}00 |{chr(10)}" for n in range(1, 90))}
注：定额每三年修订一次。

:::

::: 附件 2 任务名册

{LONG}

:::
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The second county, whose notice has a long text and CRLF line ends."""
    shutil.copytree(ROOT / "tests/second_county/content", tmp_path / "content")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    file = tmp_path / "content/2027-2/gongwen.md"
    head = file.read_text("utf-8").rpartition("---\n\n")[0].split("\n---\n")[0]
    file.write_bytes(f"{head}\n---\n\n{TEXT}".replace("\n", "\r\n").encode())
    return tmp_path


def printed_by(project: Path, monkeypatch: pytest.MonkeyPatch, name: str = "") -> tuple[PrintedDocument, Any]:
    """The printed document with ``name`` in its address, and the PDF of which its pictures are."""
    pdfs: list[bytes] = []

    def noted(pdf: bytes) -> PagePictures:
        pdfs.append(pdf)
        return PagePictures(pdf)

    monkeypatch.setattr(snapshot, "PagePictures", noted)
    content = snapshot.LiveContent(project)
    content.refresh()
    page = PAGE.replace("yun-zheng-ban-fa-2027-1", name) if name else PAGE
    printed = content.printed_document(page)
    return printed, pypdfium2.PdfDocument(pdfs[0])


def text_in(pdf: Any, block: PrintedBlock | PrintedField) -> str:
    """The text that the PDF has in the areas of ``block``, without white space."""
    found = ""
    for area in block.areas:
        page = pdf[area.page - 1]
        height = page.get_height()
        left, top = area.left * 0.75, height - area.top * 0.75
        right, bottom = left + area.width * 0.75, top - area.height * 0.75
        found += page.get_textpage().get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
    return re.sub(r"\s", "", found)


def block_at(printed: PrintedDocument, words: str) -> PrintedBlock:
    """The block that begins in the row with ``words``."""
    row = next(number for number, text in enumerate(printed.rows) if words in text)
    return next(block for block in printed.blocks if block.first == row)


def test_each_block_is_where_its_words_are(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed, pdf = printed_by(project, monkeypatch)
    assert "\n".join(printed.rows).rstrip() == TEXT.rstrip()
    for row, words, others in (
        ("《云泽县节水工作方案》已经", "请认真贯彻执行。", "一、目标"),
        ("# 云泽县节水", "云泽县节水工作方案", "已经县人民政府同意"),
        ("## 一、目标", "一、目标", "到2028年"),
        ("到2028年", "全县用水总量控制在8000万", "一、目标"),
        ("[^1]:", "不含生态补水。", "全县用水总量"),
        ("## 二、分工", "二、分工", "管网改造"),
        ("| 序号", "管网改造", "三、要求"),
        ("**（一）", "逐处登记，分清责任", "按时报送"),
        ("**（二）", "按时报送。", "严格考核"),
        ("![节水分区", "节水分区图", "严格考核"),
        ("::: 名单", "乙华", "严格考核"),
        ("::: 附件 1", "用水定额表", "立方米"),
        ("注：", "定额每三年修订一次", "立方米"),
        ("::: 附件 2", "任务名册", "逐处登记"),
    ):
        found = text_in(pdf, block_at(printed, row))
        assert words in found and others not in found, (row, found)
    roster = block_at(printed, "::: 名单")
    assert printed.rows[roster.last] == ":::"
    table = block_at(printed, "| 行业 ")
    assert len({area.page for area in table.areas}) >= 2
    found = text_in(pdf, table)
    assert "行业1立方米" in found and "行业89立方米" in found
    (turned,) = block_at(printed, "![节水分区").areas
    size = pdf[turned.page - 1].get_size()
    assert size[0] > size[1]
    split = [block for block in printed.blocks if len(block.areas) > 1]
    assert len(split) >= 2
    pages = {area.page for block in printed.blocks for area in block.areas}
    assert pages == set(range(1, len(printed.pictures) + 1))
    pdf.close()


SIGNED = """---
体裁: 政府令
标题: 云泽县节水管理办法（试行）
令号: 第3号
发文机关: 云泽县人民政府
成文日期: 2027-06-02
题注:
  - 2027年5月30日县人民政府第9次常务会议通过{hostile}
签署:
  职务: 县长
  姓名: 甲乙丙
网址名: jie-shui
---

第一条 节约用水。
"""
JOINT = """---
标题: 关于联合开展节水检查的通知
发文字号: 云水发〔2027〕8号
发文机关:
  - 云泽县水利局
  - 云泽县住房和城乡建设局
成文日期: 2027-06-03
公开方式: 此件公开发布
主送: 各镇人民政府：
政策咨询:
  责任单位: 云泽县水利局
  责任股室: 节水股
  责任人: 丁戊
  电话: 0990-2200009
---

请认真检查。
"""


@pytest.mark.parametrize("abreast", [False, True])
def test_each_field_is_where_its_value_is(
    project: Path, monkeypatch: pytest.MonkeyPatch, abreast: bool
) -> None:
    hostile = "<script>x</script>"
    file = project / "content/2027-2/gongwen.md"
    name = "yun-shui-fa-2027-8" if abreast else "ling-3-jie-shui"
    if abreast:
        file.write_text(JOINT, "utf-8")
        expected = {
            ("标题", -1, ""): "关于联合开展节水检查的通知",
            ("发文字号", 0, ""): "云水发〔2027〕8号",
            ("发文机关", 0, ""): "云泽县水利局",
            ("发文机关", 1, ""): "云泽县住房和城乡建设局",
            ("成文日期", -1, ""): "2027年6月3日",
            ("公开方式", -1, ""): "（此件公开发布）",
            ("主送", -1, ""): "各镇人民政府：",
            ("政策咨询", 0, "责任单位"): "责任单位：云泽县水利局",
            ("政策咨询", 0, "责任股室"): "责任股室：节水股",
            ("政策咨询", 0, "责任人"): "责任人：丁戊",
            ("政策咨询", 0, "电话"): "电话：0990-2200009",
        }
    else:
        file.write_text(SIGNED.replace("{hostile}", hostile), "utf-8")
        expected = {
            ("标题", -1, ""): "云泽县节水管理办法（试行）",
            ("令号", 0, ""): "第3号",
            ("题注", -1, ""): f"2027年5月30日县人民政府第9次常务会议通过{hostile}",
            ("签署", -1, ""): "县长甲乙丙",
            ("成文日期", -1, ""): "2027年6月2日",
        }
    printed, pdf = printed_by(project, monkeypatch, name)
    fields = {(each.field, each.number, each.name): text_in(pdf, each) for each in printed.fields}
    assert {key: fields.get(key) for key in expected} == expected
    pdf.close()


def test_rows_of_blocks_do_not_overlap(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed, pdf = printed_by(project, monkeypatch)
    rows = [row for block in printed.blocks for row in range(block.first, block.last + 1)]
    assert len(rows) == len(set(rows)) and max(rows) < len(printed.rows)
    assert all(
        printed.rows[block.first].strip() and printed.rows[block.last].strip() for block in printed.blocks
    )
    pdf.close()


def test_where_pages_and_pictures_differ_nothing_is_marked(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one(pdf: bytes) -> list[bytes]:
        return [pdf[:1]]

    monkeypatch.setattr(snapshot, "PagePictures", one)
    content = snapshot.LiveContent(project)
    content.refresh()
    printed = content.printed_document(PAGE)
    assert list(printed.pictures) == [b"%"] and printed.rows and not printed.blocks and not printed.fields


def test_after_edits_the_pages_are_those_of_a_fresh_start(project: Path) -> None:
    content = snapshot.LiveContent(project)
    file = project / "content/2027-2/gongwen.md"
    for old, new in (
        ("## 一、目标", "## 一、目标和原则"),
        ("现印发给你们", "现印发你们"),
        ("加强领导。", "加强领导，落实囍字桥泵站。"),  # A character that the faces were not prepared for.
        ("标题: ", "题注: [2027年4月1日县人民政府第3次常务会议通过]\n标题: "),
    ):
        file.write_bytes(file.read_bytes().replace(old.encode(), new.encode(), 1))
        assert content.refresh()
        shown, page = content.printed_document(PAGE), content.page(PAGE)
        for cache in (".cache/layouts", ".cache/readings"):
            path = project / cache
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        fresh = snapshot.LiveContent(project)
        fresh.refresh()
        anew = fresh.printed_document(PAGE)
        assert list(shown.pictures) == list(anew.pictures) and len(anew.pictures) > 2, new
        assert (shown.rows, shown.blocks, shown.fields, shown.sizes) == (
            anew.rows,
            anew.blocks,
            anew.fields,
            anew.sizes,
        ), new
        assert content.snapshot.diagnostics == fresh.snapshot.diagnostics
        assert page is not None and page == fresh.page(PAGE)


def test_faces_are_prepared_anew_where_a_font_file_is_another(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = fonts.installed_fonts(ROOT)
    kai = next(each for each in fonts.ROLES if each.name == "楷体")
    source = next(installed[name] for each in kai.candidates if (name := each.file_name.lower()) in installed)
    own = project / "fonts" / source.name
    own.parent.mkdir()
    shutil.copy(source, own)
    prepared: list[Path] = []
    prepare = fonts.prepare

    def watched(root: Path, characters: Iterable[str]) -> tuple[fonts.Face, ...]:
        prepared.append(root)
        return prepare(root, characters)

    monkeypatch.setattr(fonts, "prepare", watched)
    content = snapshot.LiveContent(project)
    file = project / "content/2027-2/gongwen.md"

    def printed_after(old: str, new: str) -> PrintedDocument:
        file.write_bytes(file.read_bytes().replace(old.encode(), new.encode(), 1))
        assert content.refresh()
        return content.printed_document(PAGE)

    for old, new in (("现印发给你们", "现印发你们给"), ("现印发你们给", "现印发给你们")):
        assert len(printed_after(old, new).pictures) > 2
    assert prepared == [project]  # The same characters, the same files.
    own.write_bytes(own.read_bytes()[: own.stat().st_size // 2])  # As a copy that was cut short.
    with pytest.raises(fonts.FontDamagedError, match=source.name):
        printed_after("现印发给你们", "现印发你们给")
    shutil.copy(source, own)
    assert len(printed_after("现印发你们给", "现印发给你们").pictures) > 2


def test_a_page_is_drawn_when_it_is_looked_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed, pdf = printed_by(project, monkeypatch)
    drawn: list[int] = []
    draw = vars(PagePictures)["_drawn"]

    def watched(pictures: PagePictures, number: int) -> bytes:
        drawn.append(number)
        return draw(pictures, number)

    monkeypatch.setattr(PagePictures, "_drawn", watched)
    assert len(printed.pictures) == len(printed.sizes) > 3 and drawn == []
    third = printed.pictures[2]
    assert third.startswith(b"\x89PNG") and printed.pictures[2] is third and drawn == [2]
    assert printed.pictures[-1] == printed.pictures[len(printed.pictures) - 1]
    assert drawn == [2, len(printed.pictures) - 1]
    assert len(printed.pictures[1:3]) == 2
    with pytest.raises(IndexError):
        printed.pictures[len(printed.pictures)]
    for picture, size in zip(printed.pictures, printed.sizes, strict=True):
        width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
        assert abs(width - size[0]) <= 1 and abs(height - size[1]) <= 1
    pdf.close()


PATIENCE = 240_000
"""Milliseconds until pages are typeset on a busy machine."""
CURSOR = "([row]) => { const a = document.getElementById('text'); const at = a.value.split('\\n').slice(0, row).join('\\n').length + 1; a.focus(); a.setSelectionRange(at, at); a.dispatchEvent(new Event('click')); }"
ROW = "() => { const a = document.getElementById('text'); return a.value.slice(0, a.selectionStart).split('\\n').length - 1; }"
SEEN = """() => {
  const pane = document.getElementById('pane-prints').getBoundingClientRect();
  return Array.from(document.querySelectorAll('.print-frame')).some((each) => {
    const box = each.getBoundingClientRect();
    return box.top >= pane.top && box.top < pane.bottom;
  });
}"""


@pytest.mark.tools
def test_the_printed_pages_follow_the_cursor(desk_tab: Any, running_desk: RunningDesk, project: Path) -> None:
    tab = desk_tab
    tab.goto(f"{running_desk.address}issues/2027-2/documents/gongwen/")
    tab.locator("#tab-prints").click()
    expect(tab.locator("#prints-state")).to_contain_text("光标所在的一段、一项有框", timeout=PATIENCE)
    rows = tab.locator("#text").input_value().split("\n")
    sheets = tab.locator(".print-sheet")
    last = next(number for number, text in enumerate(rows) if text.startswith("注："))
    tab.evaluate(CURSOR, [last])
    frame = tab.locator(".print-frame")
    expect(frame).to_have_count(1)
    expect(sheets.first.locator(".print-frame")).to_have_count(0)
    expect(frame).to_have_count(1)
    tab.wait_for_function(SEEN)
    blank = next(number for number, text in enumerate(rows) if not text)
    tab.evaluate(CURSOR, [blank])
    expect(frame).to_have_count(0)
    tab.evaluate(CURSOR, [rows.index("## 一、目标")])
    expect(frame).to_have_count(1)
    tab.wait_for_function(SEEN)
    tab.evaluate(CURSOR, [last])
    expect(sheets.first.locator(".print-frame")).to_have_count(0)
    tab.locator("#text").press("Control+Home")
    tab.keyboard.type("新的一段。\n\n")
    sheets.first.scroll_into_view_if_needed()
    tab.evaluate("() => { document.getElementById('pane-prints').scrollTop = 0; }")
    tab.evaluate(CURSOR, [rows.index("## 一、目标") + 2])
    expect(sheets.first.locator(".print-frame")).to_have_count(1)
    box = frame.bounding_box()
    tab.evaluate(CURSOR, [0])
    expect(frame).to_have_count(0)
    assert box
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_function(f"({ROW})() === {rows.index('## 一、目标') + 2}")
    expect(frame).to_have_count(1)


@pytest.mark.tools
def test_until_the_new_pages_are_there_the_old_ones_are_followed(
    desk_tab: Any, running_desk: RunningDesk, project: Path
) -> None:
    tab, heading = desk_tab, "## 一、目标"
    tab.goto(f"{running_desk.address}issues/2027-2/documents/gongwen/")
    tab.locator("#tab-prints").click()
    expect(tab.locator("#prints-state")).to_contain_text("光标所在的一段、一项有框", timeout=PATIENCE)
    text, frame = tab.locator("#text"), tab.locator(".print-frame")

    def frame_of(row: int) -> str:
        tab.evaluate(CURSOR, [row])
        expect(frame).to_have_count(1)
        return frame.evaluate("(each) => each.style.cssText")

    before = frame_of(text.input_value().split("\n").index(heading))
    held: list[Any] = []
    released: list[Any] = []

    def hold(route: Any) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    tab.route("**/prints/**number=*", hold)
    text.fill(text.input_value().replace(heading, "又一段，在标题上面。\n\n" * 4 + heading))
    with tab.expect_request("**/prints/**number=*", timeout=PATIENCE):
        tab.keyboard.press("Control+s")
    row = text.input_value().split("\n").index(heading)
    assert frame_of(row) == before
    released += held
    for route in released:
        route.continue_()
    tab.wait_for_function(
        "([old]) => { const f = document.querySelectorAll('.print-frame'); return f.length === 1 && f[0].style.cssText !== old; }",
        arg=[before],
    )
    assert frame_of(row) != before


@pytest.mark.tools
@pytest.mark.parametrize("width", [1366, 390])
def test_the_printed_pages_follow_the_form(
    desk_tab: Any, running_desk: RunningDesk, project: Path, width: int
) -> None:
    tab = desk_tab
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{running_desk.address}issues/2027-2/documents/gongwen/")
    tab.locator("#tab-prints").click()
    expect(tab.locator("#prints-state")).to_contain_text("一项有框", timeout=PATIENCE)
    tab.locator("details.front").evaluate("(details) => { details.open = true; }")
    frame = tab.locator(".print-frame")
    boxes: dict[str, dict[str, float]] = {}
    for name in ("f:标题", "f:发文字号", "f:主送", "f:政策咨询:0:电话", "f:成文日期", "f:公开方式"):
        field = tab.locator(f"[name='{name}']").first
        field.focus()
        tab.wait_for_function(
            "([old]) => { const f = document.querySelectorAll('.print-frame'); return f.length > 0 && f[0].style.cssText !== old; }",
            arg=[boxes.get("last", {}).get("style", "")],
        )
        boxes["last"] = {"style": frame.first.evaluate("(each) => each.style.cssText")}
        tab.wait_for_function(SEEN)
    tab.locator("[name='f:网址名']").first.evaluate(
        "(input) => { input.closest('fieldset').hidden = false; input.focus(); }"
    )
    expect(frame).to_have_count(0)
    phone = tab.locator("[name='f:政策咨询:0:电话']")
    phone.focus()
    tab.wait_for_function(SEEN)
    frame.first.scroll_into_view_if_needed()
    place = frame.first.bounding_box()
    assert place and accessibility_faults(tab) == []
    tab.locator("#save").focus()
    tab.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(phone).to_be_focused()
