"""The manual at the desk: every document with its links, pictures and contents; nothing else of the disk; its search."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from liulin_gazette.desk.manual_page import manual_page, page_names
from liulin_gazette.desk.running_desk import RunningDesk
from tests.conftest import ROOT
from tests.desk.conftest import DeskClient
from tests.desk.hands import Hands
from tests.web.browser import expect

HOSTILE = """<!-- 说明 -->
# 乙 <script>alert(1)</script>

## 一、Word 文件

[甲](javascript:alert(1)) [外](https://example.org/a?b=1&c=2) [没有](没有.md) [出去](../../etc/passwd)
[数据](sbom.cdx.json) [甲页](甲.md#一甲) ![画](images/没有.png) <img src=x onerror=alert(1)>

## 一、Word 文件

| 甲 | 乙 |
| --- | --- |
| `x` | <b>y</b> |
"""


@pytest.fixture
def project(project: Path) -> Path:
    """The small project with the program's documents, and one by another hand."""
    shutil.copytree(ROOT / "docs", project / "docs")
    (project / "docs/乙.md").write_text(HOSTILE, "utf-8")
    (project / "docs/甲.md").write_text("没有标题。\n\n## 一甲\n", "utf-8")
    (project / "secret.md").write_text("# 机密\n", "utf-8")
    (project / "docs/连.md").symlink_to(project / "secret.md")
    (project / "docs/images/连.png").symlink_to(project / "secret.md")
    return project


def test_every_document_opens_with_links_that_lead_somewhere(project: Path, desk_client: DeskClient) -> None:
    contents = desk_client.get("/manual/").text
    assert "连" not in page_names(project)
    rules = [f"规则/{file.stem}" for file in (ROOT / "docs/规则").glob("*.md")]
    for name in {*page_names(project), *rules}:
        shown = manual_page(project, name)
        assert shown is not None and "<!--" not in shown.text
        assert name in rules or f'href="/manual/{quote(name)}/"' in contents
        names = re.findall(r'<h\d id="([^"]*)"', shown.text)
        assert len(names) == len(set(names)) and all(each.name in names for each in shown.headings)
        for target in re.findall(r'(?:href|src)="([^"]*)"', shown.text):
            path, _, fragment = unquote(target).partition("#")
            if path.startswith("http"):
                continue
            assert path == "" or desk_client.get(quote(path)).status_code == 200, (name, target)
            page = manual_page(project, path.removeprefix("/manual/").rstrip("/")) if path else shown
            assert not fragment or (page and f'id="{fragment}"' in page.text), (name, target)
    handbook = desk_client.get("/manual/编辑手册/").text
    assert 'src="/manual/images/desk-home.png"' in handbook
    picture = desk_client.get("/manual/images/desk-home.png")
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")


def test_a_document_is_text_and_nothing_more(project: Path, desk_client: DeskClient) -> None:
    shown = manual_page(project, "乙")
    assert shown is not None and shown.title == "乙 <script>alert(1)</script>"
    assert [each.name for each in shown.headings] == ["一word-文件", "一word-文件-1"]
    assert "<script" not in shown.text and "<img" not in shown.text and "<b>" not in shown.text
    assert re.findall(r'href="([^"]*)"', shown.text) == [
        "https://example.org/a?b=1&amp;c=2",
        f"/manual/{quote('甲')}/#" + quote("一甲"),
    ]
    assert 'rel="noopener noreferrer"' in shown.text and "画" in shown.text and "没有 出去<br" in shown.text
    page = desk_client.get("/manual/乙/").text
    assert "乙 &lt;script&gt;" in page and "alert(1)</script>" not in page
    plain = manual_page(project, "甲")
    assert plain is not None and (plain.title, len(plain.headings)) == ("甲", 1)


@pytest.mark.parametrize(
    "path",
    ["连/", "images/连.png", "../secret/", "%2e%2e/secret/", "..%2fsecret/", "编辑手册", "编辑手册.md", "schemas/document.schema.json",
     "sbom.cdx.json", "规则/", "规则/Z/", "images/", "images/../编辑手册.md", "%00/"],
)  # fmt: skip
def test_nothing_else_of_the_disk_is_shown(desk_client: DeskClient, path: str) -> None:
    answer = desk_client.get(f"/manual/{path}")
    assert answer.status_code in (404, 307) and "机密" not in answer.text


def test_without_the_folder_it_says_so(desk_client: DeskClient) -> None:
    shutil.rmtree(desk_client.desk.root / "docs")
    answer = desk_client.get("/manual/")
    assert answer.status_code == 200 and "docs 文件夹不在了" in answer.text


def test_help_of_every_screen_leads_to_its_place(project: Path) -> None:
    handbook = manual_page(project, "编辑手册")
    assert handbook is not None
    anchors = {each.name for each in handbook.headings}
    without: set[str] = set()
    for file in (ROOT / "templates/desk").glob("*.html"):
        source = file.read_text("utf-8")
        place = re.search(r"{% block help %}#(.+?){% endblock %}", source)
        if 'extends "desk/base.html"' in source and place is None:
            without.add(file.stem)
        assert place is None or place[1] in anchors, file.name
    assert without == {"manual", "manual_contents", "refused"}


@pytest.mark.tools
@pytest.mark.parametrize(
    ("is_keyboard", "width"), [(True, 1366), (False, 390)], ids=["keyboard-1366", "mouse-390"]
)
def test_help_is_read_and_searched(
    running_desk: RunningDesk, desk_tab: Any, is_keyboard: bool, width: int
) -> None:
    desk_tab.goto(f"{running_desk.address}issues/2026-1/documents/01/")
    with desk_tab.context.expect_page() as opening:
        hands_on(desk_tab, is_keyboard).press(desk_tab.get_by_role("link", name="帮助", exact=True))
    tab = opening.value
    tab.set_viewport_size({"width": width, "height": 768})
    assert unquote(tab.url).endswith("/manual/编辑手册/#3-改公文边看边改")
    expect(tab.get_by_role("heading", level=1)).to_have_text("编辑手册")
    expect(tab.get_by_role("heading", name="3. 改公文，边看边改")).to_be_in_viewport()
    hands = hands_on(tab, is_keyboard)
    hands.look()
    words, place = tab.get_by_label("在本页找"), tab.locator("#manual-place")
    if is_keyboard:
        hands.key("/")
        expect(words).to_be_focused()
    hands.write(words, "印刷页")
    expect(place).to_contain_text("第 1 处，共")
    count = tab.locator("#manual-text mark").count()
    assert count > 2 and set(tab.locator("#manual-text mark").all_text_contents()) == {"印刷页"}
    if is_keyboard:
        hands.key("Enter")
    else:
        hands.press(tab.get_by_role("button", name="下一处"))
    expect(place).to_have_text(f"第 2 处，共 {count} 处")
    expect(tab.locator("#manual-text mark[aria-current]")).to_be_in_viewport()
    if is_keyboard:
        hands.key("Shift+Enter")
        hands.key("Shift+Enter")
    else:
        hands.press(tab.get_by_role("button", name="上一处"))
        hands.press(tab.get_by_role("button", name="上一处"))
    expect(place).to_have_text(f"第 {count} 处，共 {count} 处")
    hands.look()
    words.fill("没有这几个字")
    expect(place).to_have_text("没有找到")
    assert tab.locator("#manual-text mark").count() == 0
    words.fill("")
    hands.go(tab.get_by_role("link", name="写作规范").first)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("写作规范")
    hands.look()


@pytest.mark.tools
def test_words_are_found_across_bold_type_code_and_links(
    project: Path, running_desk: RunningDesk, desk_tab: Any
) -> None:
    (project / "docs/丙.md").write_text(
        "# 丙\n\n按**F9**到`按钮`，[再看](甲.md)一遍；F9再按f9。\n\n- 甲乙\n- 丙丁\n\n| 戊 | 己 |\n| --- | --- |\n| (*)[x] | 庚 |\n",
        "utf-8",
    )
    tab = desk_tab
    tab.goto(f"{running_desk.address}manual/丙/")
    place, marks = tab.locator("#manual-place"), tab.locator("#manual-text mark")
    before = tab.locator("#manual-text").inner_html()
    for wanted, parts, count in (
        ("按F9到按钮，再", ["按", "F9", "到", "按钮", "，", "再"], 1),
        ("看一遍", ["看", "一遍"], 1),
        ("F9", ["F9", "F9", "f9"], 3),
        ("按f9", ["按", "F9", "按f9"], 2),
        ("乙丙", [], 0),  # Two items of a list.
        ("戊己", [], 0),
        ("(*)[x]", ["(*)[x]"], 1),
        (".", [], 0),
        ("\\", [], 0),
    ):
        tab.get_by_label("在本页找").fill(wanted)
        expect(place).to_have_text(f"第 1 处，共 {count} 处" if count else "没有找到")
        assert marks.all_text_contents() == parts, wanted
        current = tab.locator("#manual-text mark[aria-current]").all_text_contents()
        assert "".join(current).lower() == (wanted.lower() if count else ""), wanted
    tab.get_by_label("在本页找").fill("")
    expect(place).to_have_text("")
    assert tab.locator("#manual-text").inner_html() == before


def hands_on(tab: Any, is_keyboard: bool) -> Hands:
    hands = Hands(tab, is_keyboard)
    hands.begin("帮助")
    return hands
