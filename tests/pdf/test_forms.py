"""Forms: which tables are filled in by hand, and that their empty cells leave room for it on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.blocks import Table, walk
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.forms import is_form
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import table_names
from tests.conftest import ROOT, Edit
from tests.loading import load

WRITTEN = 24 * 4 / 3
"""px: a third of an inch."""
FORM = "| 姓名 |  | 性别 |  |\n| --- | --- | --- | --- |\n| 住址 |  | 电话 |  |\n| 申请理由 | << | << | << |\n|  | << | << | << |\n"
ROWS = "| 序号 | 单位 | 人数 |\n| --- | --- | --- |\n| 1 |  |  |\n| 2 |  |  |\n| 合计 |  |  |\n"
LIST = "| 序号 | 单位 | 电话 |\n| --- | --- | --- |\n| 1 | 甲公司 |  |\n| 2 | 乙公司 |  |\n"


def table_in(project: Path) -> tuple[Table, str]:
    publication, found = load(project)
    assert publication, found
    document = publication.issues[0].full_texts[0]
    table = next(block for block, _ in walk(document.blocks) if isinstance(block, Table))
    return table, table_names(document)[table.anchor]


@pytest.mark.parametrize(
    ("title", "rows", "expected"),
    [
        ("惠农补贴申请表", FORM, True),
        ("惠农补贴申请表（样式）", FORM, True),
        ("参会回执", FORM, True),
        ("惠农补贴情况表", FORM.replace("|  | <<", "| 无 | <<"), False),
        ("惠农补贴情况统计表", ROWS, True),
        ("重点企业名单", LIST, False),
        ("重点企业登记表", LIST, True),
        ("重点企业登记表", LIST.replace("|  |", "| 无 |"), False),
        ("完成情况", LIST.replace("甲公司", "").replace("|  |  |", "|  | √ |"), False),
    ],
)
def test_forms(project: Path, edit: Edit, title: str, rows: str, expected: bool) -> None:
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n::: 附件 {title}\n{rows}:::")
    assert is_form(*table_in(project)) is expected


def test_the_example_has_no_form(publication: Publication) -> None:
    for document in publication.issues[0].full_texts:
        names = table_names(document)
        tables = [block for block, _ in walk(document.blocks) if isinstance(block, Table)]
        assert not any(is_form(table, names[table.anchor]) for table in tables)


def test_empty_cells_of_a_form_have_room_for_handwriting(
    project: Path, edit: Edit, publication: Publication
) -> None:
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n::: 附件 惠农补贴申请表\n{FORM}:::")
    loaded, found = load(project)
    assert loaded, found
    issue, templates = loaded.issues[0], read_templates(ROOT)
    characters = printed_characters(
        loaded.gazette, issue, templates, lambda path: (project / path).read_bytes()
    )
    faces = fonts.prepare(ROOT, characters)
    typesetter = Typesetter(style(publication.gazette, templates, faces), [face.file for face in faces])
    html = Items(loaded.gazette, issue, templates).document(issue.full_texts[0]).html
    cells: list[Any] = []

    def visit(box: Any) -> None:
        if type(box).__name__ == "TableCellBox" and box.element.get("data-blank") is not None:
            cells.append(box)
        for child in getattr(box, "children", ()):
            visit(child)

    for page in typesetter.render(html, {}).pages:
        visit(page._page_box)
    assert len(cells) == 5
    assert all(cell.margin_height() >= WRITTEN - 0.5 for cell in cells), [c.margin_height() for c in cells]
