"""正文字号 and 行距: what may be stated, from when it holds, and that every size of a document follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.blocks import Table, walk
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.gazette import USUAL_BODY, BodyType, PageSize
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.composition.page_format import TYPE_SCALES, page_format
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.source.settings_tables.print_settings import LEADINGS
from tests.changed_settings import with_settings
from tests.conftest import ROOT, Edit, findings, publish
from tests.loading import load

PX = 4 / 3
"""CSS px in one pt."""


def stated(project: Path) -> BodyType:
    publication, found = load(project)
    assert publication is not None, found
    return settings_at(publication, publication.issues[0]).body


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('"开本" = "A4"', USUAL_BODY),
        ('"开本" = "A4"\n"正文字号" = "五号"', BodyType("五号", 17)),
        ('"正文字号" = "四号"', BodyType("四号", 24)),
        ('"行距" = 18', BodyType("小四", 18)),
        ('"正文字号" = "五号"\n"行距" = 15', BodyType("五号", 15)),
    ],
)
def test_what_is_stated_is_read(project: Path, edit: Edit, lines: str, expected: BodyType) -> None:
    edit("gazette.toml", '"开本" = "A4"', lines)
    assert stated(project) == expected


@pytest.mark.parametrize(
    ("lines", "key", "message", "hint"),
    [
        ('"正文字号" = "小五"', "正文字号", "没有“小五”这个写法", "小四、五号、四号"),
        ('"行距" = 40', "行距", "行距“40”不合适", "16 到 26"),
        ('"正文字号" = "五号"\n"行距" = 26', "行距", "行距“26”不合适", "14 到 23；不写就是 17"),
        ('"正文字号" = 12', "正文字号", "应是文字", ""),
        ('"行距" = "20磅"', "行距", "应是整数", ""),
        ('"正文字体" = "五号"', "正文字体", "没有“正文字体”这一项", "正文字号"),
    ],
)
def test_what_cannot_be_used_is_an_error_at_its_place(
    project: Path, edit: Edit, lines: str, key: str, message: str, hint: str
) -> None:
    edit("gazette.toml", '"开本" = "A4"', '"开本" = "A4"\n' + lines)
    text = (project / "content/gazette.toml").read_text("utf-8").split("\n")
    found = next(each for each in findings(project) if message in each.message)
    assert found.code in ("B006", "B008") and hint in found.hint
    assert found.place.line == next(
        number for number, line in enumerate(text, 1) if line.startswith(f'"{key}')
    )


def test_it_can_change_from_an_issue_on(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '"开本" = "A4"', '"开本" = "A4"\n"正文字号" = "五号"')
    changes = '\n[["变更"]]\n"自" = "2026-2"\n["变更"."版面"]\n"正文字号" = "四号"\n'
    file = project / "content/gazette.toml"
    file.write_text(file.read_text("utf-8") + changes, "utf-8")
    publication, found = load(project)
    assert publication is not None, found
    assert stated(project) == BodyType("五号", 17)
    (issue,) = publication.issues
    assert settings_at(publication, replace(issue, number=2)).body == BodyType("四号", 24)


def test_a_published_issue_keeps_its_own(project: Path, edit: Edit) -> None:
    publish(project, "2026-1")
    edit("gazette.toml", '"开本" = "A4"', '"开本" = "A4"\n"正文字号" = "五号"')
    assert stated(project) == USUAL_BODY


@pytest.mark.parametrize(
    "size", [PageSize("A4", 210, 297), PageSize("B5", 176, 250), PageSize("A5", 148, 210)]
)
@pytest.mark.parametrize("name", LEADINGS)
def test_two_columns_of_whole_characters_and_lines_fit_on_the_page(size: PageSize, name: str) -> None:
    for leading in LEADINGS[name]:
        page = page_format(size, BodyType(name, leading))
        assert page.characters >= 8 and page.measure == 2 * page.characters * page.scale.body + 24
        assert page.depth == page.lines * leading and page.side > 60 and page.head > 80


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def lines_by_class(document: Any) -> dict[str, set[tuple[float, float]]]:
    """Return size of type and height of the lines of text, in pt, by HTML class of the block or its element's name."""
    found: dict[str, set[tuple[float, float]]] = {}
    for page in document.pages:
        for box in boxes(page._page_box):
            if type(box).__name__ == "LineBox" and box.element is not None:
                name = (box.element.get("class") or box.element.tag).split(" ")[0]
                size, height = box.style["font_size"] / PX, box.height / PX
                found.setdefault(name, set()).add((round(size, 2), round(height, 2)))
    return found


@pytest.mark.parametrize("body", [BodyType("五号", 17), BodyType("四号", 24), BodyType("小四", 18)])
def test_every_size_of_a_document_follows_the_body(publication: Publication, body: BodyType) -> None:
    issue = publication.issues[0]
    publication = with_settings(publication, body=body)
    templates = read_templates(ROOT)
    characters = printed_characters(
        publication.gazette, issue, templates, lambda path: (ROOT / path).read_bytes()
    )
    faces = fonts.prepare(ROOT, characters)
    typesetter = Typesetter(style(publication.gazette, templates, faces), [face.file for face in faces])
    document = next(
        each for each in issue.full_texts if any(isinstance(block, Table) for block, _ in walk(each.blocks))
    )
    found = lines_by_class(
        typesetter.render(Items(publication.gazette, issue, templates).document(document).html, {})
    )
    scale = TYPE_SCALES[body.name]
    assert found["text"] == {(scale.body, float(body.leading))}
    assert found["number"] == {(scale.lead, round(1.2 * body.leading, 2))}
    sizes = {size for lines in found.values() for size, _ in lines}
    assert sizes <= {getattr(scale, name) for name in scale.__slots__}
    steps = (0.55, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 1.7)
    heights = {height / body.leading for lines in found.values() for _, height in lines}
    # A line with two faces may be a little higher.
    assert all(any(step - 0.001 < height < 1.02 * step + 0.001 for step in steps) for height in heights), (
        heights
    )
    assert {round(height / body.leading, 2) for _, height in found["td"]} & {0.55, 0.7, 0.8}


def test_the_style_of_the_usual_type_has_nothing_added(publication: Publication) -> None:
    templates = read_templates(ROOT)
    usual = style(publication.gazette, templates, ())
    other = style(replace(publication.gazette, body=BodyType("五号", 17)), templates, ())
    assert "--point-small-4: 10.5pt" in other and not re.search(r"\.document \{ --line", usual)
