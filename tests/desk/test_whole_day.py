"""“Word file in the morning, issue in the evening”: from an empty county to a published issue, in Chromium.

Once with a mouse, once with the keyboard alone. The counts in docs/编辑台的步数.md are those of this test; after an
intended change: ``GAZETTE_UPDATE_GOLDEN=1 python3 build.py test -k whole_day``, then read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.editing.counties.county_files import County
from liulin_gazette.editing.counties.new_gazette import begin
from liulin_gazette.editing.counties.program_files import read_program_folder
from liulin_gazette.pipeline.examination import examine
from tests.conftest import ROOT
from tests.desk.hands import Hands
from tests.desk.test_intake_screen import word_file
from tests.desk.test_issue_tasks import drop, order
from tests.web.browser import expect

pytestmark = pytest.mark.tools
TABLE = ROOT / "docs/编辑台的步数.md"
TOTAL = "合计"
PATIENCE = 300_000
"""Milliseconds for a build on a busy machine."""
LETTER = (
    "清溪县林业局文件",
    "清林发〔2026〕21号",
    "清溪县林业局",
    "关于做好春季造林工作的通知",
    "各乡镇林业站：",
    "春季造林从3月开始,请各站做好准备。",
    "清溪县林业局",
    "2026年2月10日",
)
TEXT = "请各乡镇于2026年2月30日前报送防火值班表。\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a county that was begun today: settings, and a sample issue."""
    folder = tmp_path / "清溪公报"
    begin(
        read_program_folder(ROOT),
        ROOT,
        folder,
        County("清溪县人民政府公报", "清溪县人民政府办公室", "清政办发", 2026, area_code="0359"),
    )
    return folder


@pytest.mark.parametrize("is_keyboard", [False, True], ids=["mouse", "keyboard"])
def test_from_an_empty_county_to_a_published_issue(
    project: Path, running_desk: RunningDesk, desk_tab: Any, tmp_path: Path, is_keyboard: bool
) -> None:
    hands = Hands(desk_tab, is_keyboard)
    fill_the_settings(hands)
    take_in_a_letter(hands, tmp_path)
    mend_the_letter(hands)
    remove_the_sample(hands)
    write_a_document(hands)
    waive(hands)
    change_the_order(hands)
    make_the_proof(hands)
    build_and_publish(hands)
    written = (project / "content/2026-1/issue.toml").read_text("utf-8")
    assert '["03.md", "02.md"]' in written
    assert (project / "content/2026-1/published.json").exists()
    for path in ("site/2026/1/index.html", "site/2026/1/qingxi-gazette-2026-1.pdf", "site/manifest.json"):
        assert (project / "output" / path).stat().st_size > 0
    assert list((project / "output/print").glob("*-print.pdf"))
    assert examine(project).diagnostics == ()
    compare(hands)


def button(hands: Hands, name: str) -> Any:
    return hands.tab.get_by_role("button", name=name, exact=True)


def link(hands: Hands, name: str) -> Any:
    return hands.tab.get_by_role("link", name=name, exact=True)


def fill_the_settings(hands: Hands) -> None:
    tab = hands.tab
    hands.begin("填设置")
    hands.look()
    hands.go(link(hands, "设置"))
    hands.look()
    hands.go(link(hands, "改基本情况"))
    hands.look()
    hands.write(tab.get_by_label("网址（必填）", exact=True), "https://www.qingxi.gov.cn/gongbao/")
    hands.write(
        tab.get_by_label("赠阅范围（必填）", exact=True), "各乡镇人民政府，县直各单位，各村民委员会。"
    )
    hands.go(button(hands, "保存"))
    expect(tab.get_by_text("改好了 2 项")).to_be_visible()
    hands.begin("登记发文机关")
    hands.go(link(hands, "添一项发文机关"))
    hands.look()
    hands.write(tab.get_by_label("名称（必填）", exact=True), "清溪县林业局")
    hands.write(tab.get_by_label("机关代字", exact=True), "清林发")
    hands.go(button(hands, "保存"))
    hands.look()


def take_in_a_letter(hands: Hands, tmp_path: Path) -> None:
    tab = hands.tab
    hands.begin("转入 Word 来稿")
    hands.go(link(hands, "各期"))
    hands.go(link(hands, "2026年第1期"))
    hands.look()
    if hands.is_keyboard:
        file = tmp_path / "来稿.docx"
        file.write_bytes(word_file(LETTER))
        hands.go(link(hands, "转入来稿"))
        hands.look()
        hands.choose_file(tab.get_by_label("选文件"), file)
        hands.press(button(hands, "转换"))
    else:
        drop(tab, ("来稿.docx", word_file(LETTER)))
        hands.steps[-1].acts += 1
    expect(tab.get_by_role("heading", name="来稿的草稿")).to_be_visible()
    hands.look()
    hands.go(button(hands, "转入打勾的草稿").first)
    expect(tab.get_by_role("status").first).to_contain_text("转入了 1 份")
    hands.look()


def finding(hands: Hands, code: str) -> Any:
    return hands.tab.locator("#findings .finding", has_text=code)


def save(hands: Hands) -> None:
    if hands.is_keyboard:
        hands.key("Control+s")
    else:
        hands.press(button(hands, "保存"))
    expect(hands.tab.locator("#text-state")).to_contain_text("存好了")


def contact(hands: Hands, unit: str) -> None:
    """Fill in 政策咨询, but for what is proposed already."""
    words = {"责任单位": unit, "责任股室": "办公室", "责任人": "李明", "电话": "0359-5550123"}
    inputs = {name: hands.tab.get_by_label(f"政策咨询1，{name}", exact=True) for name in words}
    empty = [name for name, value in words.items() if inputs[name].input_value() != value]
    if hands.is_keyboard:
        hands.step_to(inputs[empty[0]], "F8")
    for name in empty:
        hands.write(inputs[name], words[name])


def mend_the_letter(hands: Hands) -> None:
    tab = hands.tab
    hands.begin("核对来稿，改")
    expect(tab.locator(".row .bad")).to_have_count(1)
    hands.go(tab.locator("a.title", has_text="造林工作"))
    expect(finding(hands, "T003")).to_have_count(1)
    hands.look()
    if hands.is_keyboard:
        hands.step_to(tab.get_by_label("公开方式", exact=True), "F8")
    hands.write(tab.get_by_label("公开方式", exact=True), "此件公开发布")
    contact(hands, "清溪县林业局")
    expect(tab.locator("#findings .finding")).to_have_count(1)
    mend = finding(hands, "T003").get_by_role("button", name="改", exact=True)
    if hands.is_keyboard:
        hands.step_to(mend, "F9")
    hands.press(mend)
    expect(tab.locator("#fix-after")).to_have_text("春季造林从3月开始，请各站做好准备。")
    hands.look()
    hands.press(tab.locator("#fix-dialog button[value=yes]"))
    expect(finding(hands, "T003")).to_have_count(0)
    save(hands)


def remove_the_sample(hands: Hands) -> None:
    tab = hands.tab
    hands.begin("删去样本")
    hands.go(link(hands, "回到这一期"))
    listed(hands, 2)
    hands.go(tab.get_by_role("link", name="移走或删除：清溪县人民政府办公室关于试排公报样本的通知"))
    hands.look()
    hands.go(button(hands, "删除这份公文"))
    expect(tab.get_by_role("status").first).to_contain_text("删去了")
    listed(hands, 1)
    hands.look()


def write_a_document(hands: Hands) -> None:
    tab = hands.tab
    hands.begin("新建公文")
    hands.go(link(hands, "新建公文"))
    hands.look()
    hands.write(tab.get_by_label("标题"), "清溪县人民政府办公室关于做好森林防火工作的通知")
    hands.write(tab.get_by_label("发文机关"), "清溪县人民政府办公室")
    hands.write(tab.get_by_label("成文日期"), "2026-02-20")
    hands.press(button(hands, "用清政办发〔2026〕1号"))
    expect(tab.get_by_label("发文字号")).to_have_value("清政办发〔2026〕1号")
    hands.write(tab.get_by_label("主送"), "各乡镇人民政府：")
    hands.look()
    hands.go(button(hands, "新建，接着写正文"))
    expect(tab.locator("#findings .finding-acts").first).to_be_visible()
    hands.look()
    contact(hands, "清溪县人民政府办公室")
    hands.write(tab.get_by_label("正文", exact=True), TEXT)
    expect(tab.locator("#findings .finding")).to_have_count(1)


def waive(hands: Hands) -> None:
    tab = hands.tab
    hands.begin("豁免一处，写明理由")
    excuse = finding(hands, "C010").get_by_role("button", name="这是对的")
    if hands.is_keyboard:
        hands.step_to(excuse, "F9")
    hands.press(excuse)
    hands.look()
    hands.write(tab.get_by_label("理由（随公文公开）"), "原件如此，已去函更正")
    hands.press(tab.locator("#waive-dialog button[value=yes]"))
    expect(finding(hands, "C010")).to_have_count(0)
    save(hands)


def change_the_order(hands: Hands) -> None:
    tab = hands.tab
    hands.begin("调整次序")
    hands.go(link(hands, "回到这一期"))
    listed(hands, 2)
    hands.press(button(hands, "上移：清溪县人民政府办公室关于做好森林防火工作的通知"))
    expect(tab.locator("#told")).to_contain_text("的第 1 份")
    assert order(tab) == ["03", "02"]
    hands.look()


def listed(hands: Hands, count: int) -> None:
    """Wait until the page of the issue shows ``count`` documents without errors, as they are on the disk."""
    expect(hands.tab.locator(".row[data-name]")).to_have_count(count)
    expect(hands.tab.locator(".row .bad")).to_have_count(0)


def made(hands: Hands, name: str, outcome: str) -> None:
    """Press the button ``name``, and wait until what it starts has ended with ``outcome``."""
    hands.go(button(hands, name))
    expect(hands.tab.locator("#work[data-busy=no]")).to_be_visible(timeout=PATIENCE)
    hands.tab.wait_for_load_state("load")
    expect(hands.tab.locator("#work .outcome")).to_contain_text(outcome)
    hands.look()


def make_the_proof(hands: Hands) -> None:
    hands.begin("排校样")
    hands.go(link(hands, "生成与发布"))
    hands.look()
    made(hands, "排校样", "校样排好了")


def build_and_publish(hands: Hands) -> None:
    tab = hands.tab
    hands.begin("生成")
    made(hands, "生成", "生成好了")
    hands.begin("发布")
    hands.go(link(hands, "发布……"))
    hands.look()
    hands.go(button(hands, "记为已发布"))
    expect(tab.get_by_text("已记为发布")).to_be_visible()
    hands.look()
    hands.begin("再生成，核对")
    made(hands, "生成", "生成好了")
    made(hands, "核对", "核对一致")


def compare(hands: Hands) -> None:
    """The table of steps says what these hands did; the columns of the others stay as they are."""
    before, head, rows, after = table_in(TABLE.read_text("utf-8"))
    own = slice(2, 4) if hands.is_keyboard else slice(0, 2)
    names = [*(step.name for step in hands.steps), TOTAL]
    counts = [[step.acts, step.typed] for step in hands.steps]
    counts.append([sum(column) for column in zip(*counts, strict=True)])
    told = {name: list(rows.get(name, ("", "", "", ""))) for name in names}
    for name, own_counts in zip(names, counts, strict=True):
        told[name][own] = map(str, own_counts)
    lines = (f"| {' | '.join((name, *values))} |" for name, values in told.items())
    text = "\n".join((*before, *head, *lines, *after))
    if os.environ.get("GAZETTE_UPDATE_GOLDEN"):
        TABLE.write_text(text, "utf-8")
    assert text == TABLE.read_text("utf-8")


def table_in(text: str) -> tuple[list[str], list[str], dict[str, list[str]], list[str]]:
    """Return the lines above the table in ``text``, its head, its rows by their names, and the lines below."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    end = next(number for number, line in enumerate(lines[start:], start) if not line.startswith("|"))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start + 2 : end]]
    return lines[:start], lines[start : start + 2], {name: rest for name, *rest in cells}, lines[end:]
