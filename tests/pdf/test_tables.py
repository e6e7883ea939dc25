"""Tables in print: widths, alignment, 续表, landscape pages, other page sizes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.publication import PageSize
from liulin_gazette.pdf.composition.flow import segments
from liulin_gazette.pdf.composition.page_format import MM, page_format
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.loader import load
from tests.conftest import Edit, findings

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
    assert segment_kinds(project) == ["columns", "full", "columns"]


def test_cell_as_long_as_a_page_leaves_the_columns(project: Path, edit: Edit) -> None:
    long = "| 项目 | 内容 |\n| --- | --- |\n| 说明 | " + "这一格很长。" * 200 + " |\n"
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + long)
    assert segment_kinds(project) == ["columns", "full", "columns"]


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
    texts = [text for text in pages_of(project) if "乡镇" in text]
    assert len(texts) > 2
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
    page = page_format(publication.page_size)
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

    edit("gazette.toml", '"开本" = "A4"', '"开本" = "大16开"')
    edit("gazette.toml", '"版权页" = []', '"版权页" = ["主办：柳林县人民政府办公室", "印数：1200册"]')
    assert not build(project, Wanted(), lambda _: None).failed
    pdf = pikepdf.open(next((project / "output/print").glob("*-print.pdf")))
    with pdf:
        box = [float(x) for x in pdf.pages[0].TrimBox]
        assert (box[2] - box[0]) / MM == pytest.approx(210, abs=0.01)
        assert (box[3] - box[1]) / MM == pytest.approx(285, abs=0.01)
        assert len(pdf.pages) % 4 == 0
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
