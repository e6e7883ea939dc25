"""Tables in print: widths, alignment, 续表, landscape pages, other page sizes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.blocks import Span, Table
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.gazette import PageSize
from liulin_gazette.pdf.composition.crowded_tables import crowded_tables
from liulin_gazette.pdf.composition.flow import segments, stands, unfitted_segments
from liulin_gazette.pdf.composition.items import Items
from liulin_gazette.pdf.composition.page_format import MM, page_format
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import head_end, without_end
from tests.conftest import ROOT, Edit, findings, publish
from tests.loading import load
from tests.pdf.drawn_lines import drawn_lines
from tests.pdf.test_composed_lines import typesetter_of
from tests.pdf.test_line_quality import text_boxes

A4 = page_format(PageSize("A4", 210, 297))


def table(columns: int, rows: int, cell: str = "1,234.50") -> str:
    head = "| " + " | ".join(["序号", "乡镇", *(f"{n}月" for n in range(1, columns - 1))]) + " |"
    lines = [
        f"| {row} | 柳林镇青龙社区居民委员会 | " + " | ".join([cell] * (columns - 2)) + " |"
        for row in range(1, rows + 1)
    ]
    return "\n".join([head, "|" + " --- |" * columns, *lines]) + "\n"


def segment_kinds(root: Path) -> list[str]:
    publication, found = load(root)
    assert publication, found
    return [segment.kind for segment in segments(publication.issues[0].full_texts[0], A4)]


@pytest.mark.parametrize(
    ("columns", "kind"),
    [(3, "columns"), (6, "full"), (8, "full small"), (10, "across"), (14, "across smallest")],
)
def test_table_is_set_as_wide_as_it_needs(project: Path, edit: Edit, columns: int, kind: str) -> None:
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + table(columns, 2) + "\n后文。\n")
    assert kind in segment_kinds(project)


def test_addressees_stand_before_a_first_block_over_both_columns(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行。\n", table(6, 2) + "\n后文。\n")
    assert segment_kinds(project) == ["columns", "full", "full notice"]


def test_cell_as_long_as_a_page_leaves_the_columns(project: Path, edit: Edit) -> None:
    long = "| 项目 | 内容 |\n| --- | --- |\n| 说明 | " + "这一格很长。" * 200 + " |\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + long)
    assert segment_kinds(project) == ["columns", "full", "columns"]


def test_a_table_whose_dates_would_stand_upright_leaves_the_columns(project: Path, edit: Edit) -> None:
    row = (
        "| 柳政办发〔2020〕3号 | "
        + "柳林县人民政府办公室关于印发某一项工作实施方案的通知" * 2
        + " | 2020年3月5日 |\n"
    )
    rows = "| 文号 | 标题 | 日期 |\n| --- | --- | --- |\n" + row * 3
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + rows)
    assert segment_kinds(project) == ["columns", "full", "columns"]


@pytest.mark.parametrize("columns", range(3, 18, 2))
def test_type_and_page_are_such_that_no_date_is_broken(project: Path, edit: Edit, columns: int) -> None:
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + table(columns, 2, "2026年12月31日"))
    publication, found = load(project)
    assert publication, found
    (segment,) = [
        each
        for each in unfitted_segments(publication.issues[0].full_texts[0].blocks, A4)
        if any(isinstance(block, Table) for block in each.blocks)
    ]
    (block,) = [each for each in segment.blocks if isinstance(each, Table)]
    assert stands(block, segment.kind, A4) or segment.kind == "across smallest"
    assert stands(block, segment.kind, A4) == (columns < 13)
    assert [each.code for each in crowded_tables(publication.issues[0], A4)] == ["T050"] * (columns >= 13)


@pytest.mark.parametrize(
    ("columns", "cell", "word"),
    [(24, "12345678", "12345678"), (30, "某局", ""), (40, "甲乙丙丁", "甲乙丙丁"), (14, "1,234.50", "")],
)
def test_a_table_that_no_page_has_room_for_is_reported(
    project: Path, edit: Edit, columns: int, cell: str, word: str
) -> None:
    rows = "|" + " 列 |" * columns + "\n|" + " --- |" * columns + "\n|" + f" {cell} |" * columns
    edit("2026-1/01.md", "请认真执行。\n", f"请认真执行。\n\n::: 附件 甲表\n{rows}\n:::\n")
    found = [each for each in findings(project) if each.code == "T050"]
    assert [each.words for each in found] == ([word] if word else [])
    source = (project / "content/2026-1/01.md").read_text("utf-8").split("\n")
    assert all(cell in source[each.place.line - 1] for each in found)
    assert not any(each.severity is not Severity.NOTE for each in found)
    publish(project, "2026-1")
    assert not [each for each in findings(project) if each.code == "T050"]


def alignments(root: Path) -> list[list[str]]:
    publication, found = load(root)
    assert publication, found
    made: Any = next(block for block in publication.issues[0].full_texts[0].blocks if block.kind == "table")
    return [[cell.align for cell in row] for row in made.rows[1:]]


def test_figures_stand_right_and_running_numbers_in_the_middle(project: Path, edit: Edit) -> None:
    rows = "| 序号 | 项目 | 金额 | 占比 | 电话 |\n| - | - | - | - | - |\n"
    rows += "| 1 | 造林 | 1,200.5 | 12% | 03584022294 |\n| 2 | 抚育 | 8 | 0.5% | 03584022295 |\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + rows)
    assert alignments(project) == [["center", "", "right", "right", ""]] * 2


def test_the_author_has_the_last_word_on_alignment(project: Path, edit: Edit) -> None:
    rows = "| 项目 | 金额 |\n| --- | :-- |\n| 造林 | 1200 |\n| 抚育 | 800 |\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + rows)
    assert alignments(project) == [["", "left"]] * 2


def test_decimal_points_are_below_each_other(project: Path, edit: Edit) -> None:
    """What a figure lacks is neither drawn nor read; the page on the site does not have it."""
    rows = "| 项目 | 金额 | 占比 |\n| - | - | - |\n| 造林 | 800 | 12% |\n| 抚育 | 8.50 | 0.5% |\n| 管护 | 30.5 | 3% |\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + rows)
    publication, found = load(project)
    assert publication, found
    (issue,) = publication.issues
    item = Items(publication.gazette, issue, read_templates(ROOT)).document(issue.full_texts[0])
    assert re.findall(r'data-fill="([^"]*)"', item.html) == [".00", "0"]
    typesetter = typesetter_of(publication, project)
    (page, *_) = typesetter.render(item.html, {}).pages
    boxes = {box.text: box for box in text_boxes(page._page_box)}
    ends = {text: boxes[text].position_x + boxes[text].width for text in ("800", "8.50")}
    digit = boxes["800"].width / 3
    assert ends["800"] == pytest.approx(ends["8.50"] - (boxes["8.50"].width - digit), abs=0.05)
    layout = typesetter.set(item.html, {})
    drawn = "".join(line.text for line in drawn_lines(layout))
    assert "造林800" in drawn and "抚育8.50" in drawn and "800.00" not in drawn


def pages_of(root: Path) -> list[str]:
    import pypdfium2

    single = next((root / "output/site/2026/1").glob("*/*.pdf"))
    document: Any = pypdfium2.PdfDocument(single)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def test_a_continued_table_says_so_and_repeats_its_head(project: Path, edit: Edit) -> None:
    annex = "::: 附件 1 清单\n" + table(4, 90, "甲") + ":::\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + annex)
    assert not build(project, Wanted(), lambda _: None).failed
    pages = pages_of(project)
    texts = [text for text in pages if "乡镇" in text]
    assert len(texts) > 2
    data = json.loads(next((project / "output/site/2026/1").glob("*/*.json")).read_text("utf-8"))
    assert data["印刷页码"] == {"首页": 1, "末页": len(pages)}
    assert data["正文"][-1]["正文"][0]["印刷页码"] == pages.index(texts[0]) + 1
    assert "续表" not in texts[0]
    assert all(text.count("续表") == 1 and text.count("乡镇") == 1 for text in texts[1:])


def test_joined_cells_stay_whole(project: Path, edit: Edit) -> None:
    """Where a joined cell would cross the page, the whole group goes to the next one."""
    rows = "".join(f"| {'甲组' if n % 9 == 0 else '^^'} | 单位{n} |\n" for n in range(81))
    annex = "::: 附件 1 清单\n| 分组 | 单位 |\n| --- | --- |\n" + rows + ":::\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + annex)
    assert not build(project, Wanted(), lambda _: None).failed
    for text in pages_of(project)[1:]:
        units = [int(n) for n in re.findall(r"单位(\d+)", text)]
        assert not units or (units[0] % 9 == 0 and units[-1] % 9 == 8)


def test_wide_tables_are_turned_with_their_head_to_the_left(project: Path, edit: Edit) -> None:
    import pikepdf

    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + table(10, 3) + "\n后文。\n")
    assert not build(project, Wanted(), lambda _: None).failed
    pdf = pikepdf.open(next((project / "output/site/2026/1").glob("*.pdf")))
    with pdf:
        turned = [page for page in pdf.pages if int(page.get("/Rotate", 0)) == 90]
        assert len(turned) == 1
        assert [float(x) for x in turned[0].MediaBox] == pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.01)
        assert b"0 1 -1 0 595.276 0 cm" in turned[0].Contents.read_bytes()


@pytest.mark.parametrize(
    ("size", "width", "height", "characters", "lines"),
    [
        ("A4", 210, 297, 18, 33),
        ("大16开", 210, 285, 18, 31),
        ("16开", 185, 260, 15, 28),
        ("170×240", 170, 240, 13, 25),
    ],
)
def test_page_sizes(
    project: Path, edit: Edit, size: str, width: int, height: int, characters: int, lines: int
) -> None:
    edit("gazette.toml", '"开本" = "A4"', f'"开本" = "{size}"')
    publication, _ = load(project)
    assert publication
    page = page_format(publication.gazette.page_size)
    assert (page.width, page.height) == (
        pytest.approx(width * MM, abs=0.001),
        pytest.approx(height * MM, abs=0.001),
    )
    assert (page.characters, page.lines) == (characters, lines)
    assert page.side >= 22 * MM and page.head >= 30 * MM


@pytest.mark.parametrize("size", ["8开", "297×210", "90×120", "A4纸", "500×700"])
def test_a_page_that_cannot_be_is_refused(project: Path, edit: Edit, size: str) -> None:
    edit("gazette.toml", '"开本" = "A4"', f'"开本" = "{size}"')
    assert [found.code for found in findings(project)] == ["B008"]


def test_another_page_size_and_an_inside_cover(project: Path, edit: Edit) -> None:
    import pikepdf
    import pypdfium2

    edit("gazette.toml", '"开本" = "A4"', '"开本" = "大16开"')
    edit("gazette.toml", '"版权页" = []', '"版权页" = ["主办：柳林县人民政府办公室", "印数：1200册"]')
    assert not build(project, Wanted(), lambda _: None).failed
    pdf = pikepdf.open(next((project / "output/print").glob("*-print.pdf")))
    with pdf:
        box = [float(x) for x in pdf.pages[0].TrimBox]
        assert (box[2] - box[0]) / MM == pytest.approx(210, abs=0.01)
        assert (box[3] - box[1]) / MM == pytest.approx(285, abs=0.01)
        assert len(pdf.pages) % 4 == 0
    reading: Any = pypdfium2.PdfDocument(project / "output/site/2026/1/liulin-gazette-2026-1.pdf")
    second_page = reading[1].get_textpage().get_text_bounded()
    reading.close()
    assert "印数：" in second_page and "1200册" in second_page
    report = (project / "output/print/liulin-gazette-2026-1-preflight.html").read_text("utf-8")
    assert "封二（版权页）" in report and "210.0 × 285.0 mm" in report


@pytest.mark.parametrize(
    ("line", "value"), [("版权页", '["没有冒号"]'), ("装订内移", "40"), ("装订内移", '"三"')]
)
def test_wrong_print_settings(project: Path, edit: Edit, line: str, value: str) -> None:
    text = (project / "content/gazette.toml").read_text("utf-8")
    old = re.search(rf'^"{line}" = .*$', text, re.M)
    assert old
    edit("gazette.toml", old[0], f'"{line}" = {value}')
    assert [found.code for found in findings(project)] == ["B008"]


def annex_pages(project: Path, edit: Edit, rows: str, head: str = "| 序号 | 类别 | 内容 |") -> list[str]:
    """Return the texts of the pages with the annex that consists of ``head`` and ``rows``."""
    annex = f"::: 附件 1 清单\n{head}\n{'| --- ' * (head.count('|') - 1)}|\n{rows}:::\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + annex)
    assert not build(project, Wanted(), lambda _: None).failed
    return [text for text in pages_of(project) if "类别" in text]


def test_a_joined_cell_that_is_taller_than_a_page_is_repeated(project: Path, edit: Edit) -> None:
    rows = "".join(f"| {'7 | 殡葬服务' if n == 0 else '^^ | ^^'} | 事项{n}。 |\n" for n in range(90))
    pages = annex_pages(project, edit, rows + "| 8 | 养老服务 | 事项90。 |\n")
    assert len(pages) > 3
    # The last row can go overleaf alone, with the contact box below the table.
    assert all(text.count("殡葬服务") == bool(re.search(r"事项(?!90)\d", text)) for text in pages)
    assert re.findall(r"事项(\d+)", "".join(pages)) == [str(n) for n in range(91)]
    assert read_out(project, "殡葬服务") == 1


def test_a_row_that_would_leave_a_page_empty_is_divided_and_named_again(project: Path, edit: Edit) -> None:
    short, long = "内容简短。" * 30, "内容很长而且要逐字刊登。" * 120
    rows = f"| 1 | 殡葬服务 | {short} |\n| 2 | 养老服务 | {long} |\n| 3 | 社会救助 | {long} |\n"
    pages = annex_pages(project, edit, rows)
    assert [name for text in pages for name in re.findall("殡葬服务|养老服务|社会救助", text)] == [
        "殡葬服务", "养老服务", "养老服务", "社会救助", "社会救助",
    ]  # fmt: skip
    assert all("续表" in text for text in pages[1:])
    assert re.sub(r"\s", "", "".join(pages)).count("逐字") == 240
    assert read_out(project, "养老服务") == 1


def read_out(root: Path, text: str) -> int:
    """Return how often ``text`` is in the structure tree of the single document; 1 without poppler to read it."""
    poppler = shutil.which("pdfinfo")
    if not poppler:
        return 1
    single = next((root / "output/site/2026/1").glob("*/*.pdf"))
    found = subprocess.run([poppler, "-struct-text", str(single)], capture_output=True, check=True)
    return found.stdout.decode().count(text)


def test_the_end_of_a_head_stays_on_one_line() -> None:
    cases = {
        "办理时限（工作日）": "（工作日）",
        "城镇居民人均可支配收入": "收入",
        "责任人": "",
        "pH value": "",
        "占比（按新口径计算的）": "的）",
    }
    for text, end in cases.items():
        head = (Span(text),)
        assert head_end(head) == end
        assert without_end(head, end)[0].text + end == text
    assert head_end(()) == "" and head_end((Span("说明文字"), Span("", note="①"))) == ""
