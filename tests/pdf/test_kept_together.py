"""What is not parted by the end of a page: labels and titles from what they head, captions, the contact box from the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.closing_parts import closing_depth
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from tests.conftest import ROOT, Edit, findings
from tests.loading import load

Pages = dict[str, list[int]]
Set = Callable[[], Pages]
WIDE = "|" + "某项目的名称 |" * 14 + "\n" + "|" + " --- |" * 14 + "\n" + "|" + "若干内容 |" * 14
NARROW = "| 甲 | 乙 |\n| --- | --- |\n" + "| 丙 | 丁 |\n" * 6


@pytest.fixture(scope="module")
def typesetter(publication: Publication) -> Typesetter:
    templates = read_templates(ROOT)
    issue = publication.issues[0]
    characters = printed_characters(
        publication.gazette, issue, templates, lambda path: (ROOT / path).read_bytes()
    )
    faces = fonts.prepare(ROOT, characters)
    return Typesetter(style(publication.gazette, templates, faces), [face.file for face in faces])


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


@pytest.fixture
def pages_of(project: Path, typesetter: Typesetter) -> Set:
    """Return a function that typesets the document of the small project: the pages of its parts by class or element."""

    def typeset() -> Pages:
        publication, found = load(project)
        assert publication is not None, found
        issue = publication.issues[0]
        item = Items(publication.gazette, issue, read_templates(project)).document(issue.full_texts[0])
        pictures = {path: (project / path).read_bytes() for path in item.pictures}
        pages: Pages = {}
        for index, page in enumerate(typesetter.render(item.html, pictures).pages):
            for box in boxes(page._page_box):
                if box.element is None:
                    continue
                for name in {box.element.tag, *(box.element.get("class") or "").split()}:
                    if index not in pages.setdefault(name, []):
                        pages[name].append(index)
        return pages

    return typeset


@pytest.mark.parametrize(
    ("annexes", "contact", "last"),
    [
        (f"\n\n::: 附件\n{WIDE}\n:::", 0, 1),
        (f"\n\n::: 附件 1 甲\n{WIDE}\n:::\n\n::: 附件 2 乙\n{WIDE}\n:::", 0, 2),
        (f"\n\n::: 附件 1 甲\n请看。\n:::\n\n::: 附件 2 乙\n{WIDE}\n:::", 1, 2),
        (f"\n\n::: 附件 1 甲\n{WIDE}\n:::\n\n::: 附件 2 乙\n请看。\n:::", 2, 2),
        ("\n\n::: 附件\n请看。\n:::", 1, 1),
    ],
)
def test_a_landscape_table_at_the_end_leaves_no_page_with_the_contact_box_alone(
    edit: Edit, pages_of: Set, annexes: str, contact: int, last: int
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真执行。" + annexes)
    pages = pages_of()
    assert pages["contact"] == [contact] and pages["document"][-1] == last


@pytest.mark.parametrize("lines", range(14, 28, 2))
def test_an_annex_that_follows_keeps_label_title_and_table_together(
    edit: Edit, pages_of: Set, lines: int
) -> None:
    text = "\n\n".join(["各局要落实。"] * lines)
    annex = f"::: 附件 1 甲\n{text}\n:::\n\n::: 附件 2 乙项清单\n::: 表 乙表\n{NARROW}:::\n:::"
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n{annex}")
    edit("2026-1/01.md", "成文日期", "接排: 附件\n成文日期")
    pages = pages_of()
    label, title = pages["annex-label"][-1], pages["annex-title"][-1]
    assert label == title == pages["caption"][0] == pages["tr"][0]
    assert pages["annex-label"][0] == 0, "the first annex follows the text"


@pytest.mark.parametrize("title", ["示意图", "森林火灾应急响应程序和各成员单位职责分工示意图" * 2])
def test_the_title_of_an_annex_stands_with_its_figure(
    project: Path, edit: Edit, pages_of: Set, title: str
) -> None:
    Image.new("L", (600, 2000), 128).save(project / "content/2026-1/tu.png")
    figure = f'![某图](tu.png "{title}")'
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n::: 附件 {title}\n{figure}\n:::")
    pages = pages_of()
    assert pages["annex-label"] == pages["annex-title"] == pages["figure"] == pages["figcaption"] == [1]


@pytest.mark.parametrize("sentences", (4, 10, 25))
def test_text_before_a_figure_that_does_not_fit_stands_below_the_title(
    project: Path, edit: Edit, pages_of: Set, sentences: int
) -> None:
    """WeasyPrint sets no column at all where the second begins with the figure."""
    Image.new("L", (700, 2600), 128).save(project / "content/2026-1/tu.png")
    title = "某某县人民政府办公室关于公布饮用水水源保护区范围和界桩界碑位置的通知" * 2
    edit("2026-1/01.md", "标题: ", f"标题: {title}")
    text = "各局要认真落实，按时报送情况，不得延误。" * sentences
    edit("2026-1/01.md", "请认真执行。", f'{text}\n\n![图](tu.png "某图")\n\n{text}')
    pages = pages_of()
    assert pages["text"][0] == pages["h1"][0] == 0, pages


@pytest.mark.parametrize("lines", (41, 45, 49))
def test_the_contact_box_has_lines_of_the_text_above_it(edit: Edit, pages_of: Set, lines: int) -> None:
    text = "\n\n".join(["各局要认真落实，按时报送情况，不得延误。"] * lines)
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n# 某某工作方案\n\n{text}")
    pages = pages_of()
    assert pages["contact"][0] in pages["text"], pages


@pytest.mark.parametrize("rows", (17, 21, 23))
def test_the_contact_box_has_rows_of_the_table_above_it(edit: Edit, pages_of: Set, rows: int) -> None:
    table = "| 甲 | 乙 |\n| --- | --- |\n" + "| 丙 | 丁 |\n" * rows
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n::: 附件 甲项清单\n{table}:::")
    pages = pages_of()
    assert pages["contact"][0] in pages["td"], pages


@pytest.mark.parametrize("rows", (17, 21, 23, 46))
def test_it_has_rows_above_it_where_a_cell_joins_all_of_a_page(edit: Edit, pages_of: Set, rows: int) -> None:
    table = "| 类 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n" + "| ^^ | 丁 |\n" * (rows - 1)
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n::: 附件 甲项清单\n{table}:::")
    pages = pages_of()
    assert pages["contact"][0] in pages["td"], pages


@pytest.mark.parametrize(
    "title", ["总平面图", "某某县饮用水水源一级保护区和二级保护区范围示意图（2026年版）"]
)
def test_the_figure_of_an_annex_leaves_room_for_the_contact_box(
    project: Path, edit: Edit, pages_of: Set, title: str
) -> None:
    Image.new("L", (1500, 2200), 128).save(project / "content/2026-1/tu.png")
    annex = f'::: 附件 {title}\n![某图](tu.png "{title}")\n:::'
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n{annex}")
    pages = pages_of()
    assert pages["contact"] == pages["figure"] == [1]


@pytest.mark.parametrize("lines", range(52, 62))
def test_a_list_of_few_annexes_is_not_parted(edit: Edit, pages_of: Set, lines: int) -> None:
    text = "\n\n".join(["各局要认真落实。"] * lines)
    notes = "附件：1.甲项清单\n\n2.乙项清单\n\n3.丙项清单"
    annexes = "\n\n".join(f"::: 附件 {n} {name}项清单\n请看。\n:::" for n, name in enumerate("甲乙丙", 1))
    edit("2026-1/01.md", "请认真执行。", f"{text}\n\n{notes}\n\n{annexes}")
    assert len(pages_of()["annex-note"]) == 1


@pytest.mark.parametrize(
    ("unit", "source"),
    [("柳林县财政局", ""), ("柳林县人力资源和社会保障局城乡居民基本养老保险服务中心", "某报")],
)
def test_the_room_for_the_contact_box_is_what_it_takes(
    publication: Publication, typesetter: Typesetter, unit: str, source: str
) -> None:
    issue = publication.issues[0]
    document = issue.full_texts[0]
    assert document.contact
    document = replace(document, source=source, contact=replace(document.contact, unit=unit))
    html = Items(publication.gazette, issue, read_templates(ROOT)).document(document).html
    found = [
        box
        for page in typesetter.render(html, {}).pages
        for box in boxes(page._page_box)
        if type(box).__name__ == "BlockBox" and (box.element.get("class") or "") in ("contact", "source")
    ]
    depth = sum(box.margin_height() for box in found) * 0.75
    assert len(found) == 1 + bool(source)
    assert depth <= closing_depth(document, page_format(publication.gazette.page_size)) <= depth + 10


def page_sizes(project: Path, typesetter: Typesetter) -> list[tuple[bool, list[tuple[float, float]]]]:
    """Return, for each page of the document, whether it is turned, and the widths and heights of its pictures in pt."""
    publication, found = load(project)
    assert publication is not None, found
    issue = publication.issues[0]
    item = Items(publication.gazette, issue, read_templates(ROOT)).document(issue.full_texts[0])
    pictures = {path: (project / path).read_bytes() for path in item.pictures}
    return [
        (
            page.width > page.height,
            [
                (round(box.width * 0.75), round(box.height * 0.75))
                for box in boxes(page._page_box)
                if box.element is not None and box.element.tag == "img" and "tu.png" in box.element.get("src")
                and type(box).__name__.endswith("ReplacedBox")
            ],
        )
        for page in typesetter.render(item.html, pictures).pages
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('![某图](tu.png "图题")', [(False, 216)]),
        ('![某图](tu.png "图题")[通栏]', [(False, 456)]),
        ('![某图](tu.png "图题") [横页]', [(False, None), (True, 660)]),
        ('::: 附图 某图\n![某图](tu.png "图题")[横页]\n:::', [(False, None), (True, 612)]),
        ('::: 附图 某图\n![某图](tu.png "图题")[通栏]\n:::', [(False, None), (False, 456)]),
    ],
)
def test_a_figure_is_as_wide_as_its_mark_says(
    project: Path, edit: Edit, typesetter: Typesetter, text: str, expected: list[tuple[bool, int | None]]
) -> None:
    Image.new("L", (2000, 1000), 128).save(project / "content/2026-1/tu.png")
    edit("2026-1/01.md", "请认真执行。", f"请认真执行。\n\n{text}\n\n::: 落款\n:::")
    found = page_sizes(project, typesetter)
    assert [(turned, pictures[0][0] if pictures else None) for turned, pictures in found][
        : len(expected)
    ] == expected
    assert all(height <= (420 if turned else 660) for turned, pictures in found for _, height in pictures)


@pytest.mark.parametrize("mark", ["[横排]", "【横页】", "[]", "见下图", "[通栏][横页]"])
def test_a_mark_that_is_not_known_is_an_error_at_its_place(project: Path, edit: Edit, mark: str) -> None:
    Image.new("L", (20, 10), 128).save(project / "content/2026-1/tu.png")
    edit("2026-1/01.md", "请认真执行。", f'请认真执行。\n\n![某图](tu.png "图题"){mark}')
    (found,) = [each for each in findings(project) if each.severity is Severity.ERROR]
    source = (project / "content/2026-1/01.md").read_text("utf-8").split("\n")
    assert found.code == "S025" and "tu.png" in source[found.place.line - 1]
