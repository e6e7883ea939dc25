"""分栏: where it may be stated, from when it holds, and that a page of one column is set as one of two is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.gazette import USUAL_BODY, BodyType, PageSize
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.document_columns import page_of_document
from liulin_gazette.pdf.composition.document_runs import document_runs
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.composition.page_format import LARGE_BODY, page_format
from liulin_gazette.pdf.typeset.css_units import PX
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.source.settings_tables.print_settings import LEADINGS, SIZES
from tests.conftest import ROOT, Edit, findings, publish
from tests.loading import load
from tests.pdf.test_run_on import notice, section, write_issue

ONE = '"开本" = "A4"\n"分栏" = "通栏"'
LONG_TEXT = "\n\n".join(["各局要认真落实，按时报送情况，不得延误，发现问题及时报告，并做好群众工作。"] * 30)


def columns(root: Path) -> list[int]:
    """Return the columns of each document of the issue below ``root``."""
    publication, found = load(root)
    assert publication is not None, found
    issue = publication.issues[0]
    settings = settings_at(publication, issue)
    return [page_of_document(settings, issue, document).columns for document in issue.full_texts]


@pytest.mark.parametrize(
    ("of_gazette", "of_issue", "of_section", "of_third", "expected"),
    [
        ("", "", "", "", [2, 2, 2, 2]),
        ("通栏", "", "", "", [1, 1, 1, 1]),
        ("通栏", "两栏", "", "", [2, 2, 2, 2]),
        ("", "通栏", "两栏", "", [1, 1, 2, 2]),
        ("", "", "通栏", "两栏", [2, 2, 2, 1]),
        ("", "", "", "通栏", [2, 2, 1, 2]),
    ],
)
def test_what_is_stated_nearest_holds(
    project: Path,
    edit: Edit,
    of_gazette: str,
    of_issue: str,
    of_section: str,
    of_third: str,
    expected: list[int],
) -> None:
    def stated(value: str) -> str:
        return f'"分栏" = "{value}"\n' if value else ""

    texts = {f"{number:02}.md": notice(number, "请执行。") for number in (1, 2, 3, 4)}
    texts["03.md"] = notice(3, "请执行。", f"分栏: {of_third}\n" if of_third else "")
    sections = section("01.md", "02.md") + section("03.md", "04.md", stated=stated(of_section), name="公告")
    write_issue(project, texts, sections, stated(of_issue))
    edit("gazette.toml", '"开本" = "A4"', '"开本" = "A4"\n' + stated(of_gazette))
    assert columns(project) == expected


@pytest.mark.parametrize("place", ["gazette", "issue", "section", "document"])
def test_an_unknown_value_is_an_error_at_its_place(project: Path, edit: Edit, place: str) -> None:
    line = '"分栏" = "一栏"\n'
    text = notice(1, "请执行。", "分栏: 一栏\n" if place == "document" else "")
    sections = section("01.md", stated=line if place == "section" else "")
    write_issue(project, {"01.md": text}, sections, line if place == "issue" else "")
    if place == "gazette":
        edit("gazette.toml", '"开本" = "A4"', '"开本" = "A4"\n' + line)
    (found,) = [each for each in findings(project) if "一栏" in each.message]
    assert found.code == "B008" and "两栏、通栏" in found.hint
    written = (project / found.place.path).read_text("utf-8").split("\n")
    assert "分栏" in written[found.place.line - 1]


def test_a_published_issue_keeps_its_own(project: Path, edit: Edit) -> None:
    publish(project, "2026-1")
    edit("gazette.toml", '"开本" = "A4"', ONE)
    assert columns(project) == [2]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", LEADINGS)
def test_the_type_area_is_that_of_two_columns(size: str, name: str) -> None:
    page = PageSize(size, *SIZES[size])
    two, one = (page_format(page, BodyType(name, LEADINGS[name][0], count)) for count in (2, 1))
    assert (one.measure, one.depth, one.side, one.head) == (two.measure, two.depth, two.side, two.head)
    assert one.column == one.measure and 0 <= one.measure - one.characters * one.scale.body < one.scale.body
    assert one.has_usual_type == two.has_usual_type


def test_the_large_print_has_one_column_whatever_is_stated(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "成文日期", "分栏: 两栏\n成文日期")
    publication, found = load(project)
    assert publication is not None, found
    gazette, issue = publication.gazette, publication.issues[0]
    large = page_of_document(replace(gazette, body=LARGE_BODY), issue, issue.full_texts[0])
    assert large == page_format(gazette.page_size, LARGE_BODY)
    assert USUAL_BODY.columns == 2


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def typeset(root: Path) -> Any:
    """Return the first run of documents of the issue below ``root`` as WeasyPrint lays it out."""
    publication, found = load(root)
    assert publication is not None, found
    issue, templates, gazette = publication.issues[0], read_templates(ROOT), publication.gazette
    characters = printed_characters(gazette, issue, templates, lambda path: (root / path).read_bytes())
    faces = fonts.prepare(ROOT, characters)
    typesetter = Typesetter(style(gazette, templates, faces), [face.file for face in faces])
    item = Items(gazette, issue, templates).run(document_runs(issue)[0])
    return typesetter.render(item.html, {path: (root / path).read_bytes() for path in item.pictures})


def found_in(document: Any, name: str) -> list[tuple[int, Any]]:
    """Return the outermost boxes with the HTML class, or the element, ``name`` with the indexes of their pages."""
    return [
        (index, box)
        for index, page in enumerate(document.pages)
        for box in boxes(page._page_box)
        if box.element is not None
        and name in ((box.element.get("class") or "").split() or [box.element.tag])
        and type(box).__name__ == "BlockBox"
    ]


def test_text_signature_and_box_stand_in_one_column(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '"开本" = "A4"', ONE)
    edit("2026-1/01.md", "请认真执行。", LONG_TEXT)
    document = typeset(project)
    measure = page_format(PageSize("A4", 210, 297)).measure * PX
    texts, ((signed, signature),) = found_in(document, "text"), found_in(document, "signature")
    assert len(document.pages) > 1 and all(abs(text.margin_width() - measure) < 0.1 for _, text in texts)
    ((page, contact),) = found_in(document, "contact")
    assert signed in {index for index, _ in texts} and page in {index for index, _ in texts}
    left = contact.position_x
    right = signature.position_x + signature.margin_left + signature.width
    assert left + measure - 60 * PX < right <= left + measure


@pytest.mark.parametrize("lines", range(56, 64))
def test_neither_signature_nor_box_stands_alone(project: Path, edit: Edit, lines: int) -> None:
    edit("gazette.toml", '"开本" = "A4"', ONE)
    edit("2026-1/01.md", "请认真执行。", "\n\n".join(["各局要认真落实。"] * lines))
    document = typeset(project)
    pages = {index for index, _ in found_in(document, "text")}
    ((signed, _),), ((page, _),) = found_in(document, "signature"), found_in(document, "contact")
    assert signed in pages and page in pages


def test_documents_of_one_and_of_two_columns_share_a_page(project: Path) -> None:
    one = notice(1, "请认真执行。" * 20, "分栏: 通栏\n")
    write_issue(
        project,
        {"01.md": one, "02.md": notice(2, "请认真执行。" * 40)},
        section("01.md", "02.md"),
        '"接排" = "公文"\n',
    )
    document = typeset(project)
    widths = [round(box.width / PX) for _, box in found_in(document, "text")]
    assert len(document.pages) == 1 and widths[0] == 456 and set(widths[1:]) == {216}


@pytest.mark.parametrize(("mark", "width"), [("", 396), ("[通栏]", 456)])
def test_a_figure_without_a_mark_leaves_room_for_text(
    project: Path, edit: Edit, mark: str, width: int
) -> None:
    Image.new("L", (900, 900), 128).save(project / "content/2026-1/tu.png")
    edit("gazette.toml", '"开本" = "A4"', ONE)
    edit("2026-1/01.md", "请认真执行。", f'请认真执行。\n\n![某图](tu.png "图题"){mark}\n\n再说一句。')
    document = typeset(project)
    pictures = [
        box
        for page in document.pages
        for box in boxes(page._page_box)
        if type(box).__name__.endswith("ReplacedBox") and "tu.png" in (box.element.get("src") or "")
    ]
    assert [round(box.width / PX) for box in pictures] == [width]
