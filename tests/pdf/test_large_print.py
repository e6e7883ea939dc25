"""大字版: nothing too small to read, one column, pages of its own, and what is cited by the pages of the issue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from liulin_gazette.model.gazette import PageSize
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.flow import segments
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.composition.page_format import LARGE_BODY, page_format
from liulin_gazette.pdf.editions.large_print import large_print, large_settings
from liulin_gazette.pdf.editions.own_typesetting import A4
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.web import addresses
from tests.conftest import ROOT, Edit
from tests.editions import typeset
from tests.editions.sources import SECOND_COUNTY
from tests.editions.typeset import Made, made, spans_of
from tests.loading import load
from tests.pdf.test_body_type import boxes
from tests.pdf.test_conformance import verapdf, verapdf_report
from tests.pdf.test_tables import table

vera = verapdf
"""The fixture of the module on conformance, under a name of its own."""
PX = 4 / 3
"""CSS px in one pt."""
FORMAT = page_format(A4, LARGE_BODY)


@pytest.fixture(scope="module", params=[ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def prints(request: pytest.FixtureRequest) -> tuple[Publication, list[Made]]:
    publication, found = load(request.param)
    assert publication is not None, found
    return publication, list(made(publication, large_print, request.param))


def pages_of(pdf: bytes) -> tuple[list[str], list[str]]:
    """Return the label and the text of each page, without spaces."""
    document = pypdfium2.PdfDocument(pdf)
    labels = [document.get_page_label(index) for index in range(len(document))]
    texts = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return labels, texts


def test_it_is_one_column_of_16_pt_on_a4() -> None:
    assert (FORMAT.scale.body, FORMAT.columns, FORMAT.characters, FORMAT.lines) == (16, 1, 29, 23)
    assert FORMAT.column == FORMAT.measure == 29 * 16 and FORMAT.side > 60 and FORMAT.head > 80
    assert min(getattr(FORMAT.scale, name) for name in FORMAT.scale.__slots__) == 12


def test_it_is_a4_whatever_the_issue_is(publication: Publication) -> None:
    small = replace(publication.gazette, page_size=PageSize("B5", 176, 250), signatures_abreast=True)
    large = large_settings(replace(small, printing=replace(small.printing, binding="胶订")))
    assert large.page_size == A4 and not large.printing.is_perfect_bound
    assert large.signatures_abreast, "what is not of the format stays"


def test_the_contents_tell_its_own_pages_and_each_document_those_of_the_issue(
    prints: tuple[Publication, list[Made]],
) -> None:
    for each in prints[1]:
        labels, texts = pages_of(each.edition.pdf)
        assert "大字版" in texts[0] and each.edition.diagnostics == ()
        contents = "".join(text for label, text in zip(labels, texts, strict=True) if not label.isdigit())
        for document, (first, last) in zip(each.issue.documents, spans_of(each.issue).values(), strict=True):
            printed = f"原刊第{first}页" if first == last else f"原刊第{first}—{last}页"
            own = [
                label
                for label, text in zip(labels, texts, strict=True)
                if printed in text and re.sub(r"\s", "", document.title) in text
            ]
            assert len(own) == 1, (document.title, own)
            assert re.search(rf"·{own[0]}(?!\d)", contents), document.title


def test_its_codes_lead_to_the_pages_of_the_site(prints: tuple[Publication, list[Made]]) -> None:
    zxing: Any = pytest.importorskip("zxingcpp")
    publication, issues = prints
    for each in issues:
        document: Any = pypdfium2.PdfDocument(each.edition.pdf)
        pictures = [page.render(scale=150 / 72).to_pil() for page in document]
        document.close()
        found = {code.text for picture in pictures for code in zxing.read_barcodes(picture)}
        expected = {
            addresses.absolute(publication.gazette, addresses.document_page(each.issue, document))
            for document in each.issue.documents
            if document.contact
        }
        assert found == expected | {publication.gazette.site_url}


def test_nothing_is_smaller_than_12_pt(publication: Publication) -> None:
    issue = publication.issues[0]
    found: dict[str, float] = {}
    for name, page in rendered(publication, issue).items():
        for box in boxes(page._page_box):
            if type(box).__name__ == "LineBox" and box.element is not None and box.children:
                size = box.style["font_size"] / PX
                found[f"{name} {box.element.tag} {box.element.get('class')}"] = round(size, 2)
    assert found and {name: size for name, size in found.items() if size < 12} == {}
    assert {size for name, size in found.items() if name.endswith(" p text")} == {16}


def rendered(publication: Publication, issue: Issue) -> Mapping[str, Any]:
    """Return the pages of the large print of ``issue``, by the name of their item and their number."""
    gazette, templates = large_settings(publication.gazette), read_templates(ROOT)
    characters = printed_characters(gazette, issue, templates, lambda path: (ROOT / path).read_bytes())
    faces = fonts.prepare(ROOT, characters)
    typesetter = Typesetter(style(gazette, templates, faces), [face.file for face in faces])
    items = Items(gazette, issue, templates, spans_of(issue))
    pages = {document.slug: 1 for document in issue.documents}
    longest = max(issue.full_texts, key=lambda each: len(each.blocks))
    wanted = [items.masthead(pages), items.back_cover(), items.document(longest)]
    wanted.append(items.furniture(longest.slug, [(1, "题"), (2, "题")]))
    return {
        f"{item.name} {number}": page
        for item in wanted
        for number, page in enumerate(typesetter.render(item.html, {}).pages)
    }


def test_the_inside_cover_may_run_on_without_pages_of_a_printed_issue(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages are not bound to a cover, so that nothing has to fit on one of them."""

    def no_spans(issue: Issue) -> dict[str, tuple[int, int]]:
        return {}

    monkeypatch.setattr(typeset, "spans_of", no_spans)
    inside = '["封三"]\n"文字" = ["' + "封三说明文字。" * 300 + '"]\n\n[["栏目"]]'
    edit("2026-1/issue.toml", '[["栏目"]]', inside)
    publication, found = load(project)
    assert publication is not None, found
    (each,) = made(publication, large_print, project)
    assert "原刊第" not in "".join(pages_of(each.edition.pdf)[1])


@pytest.mark.parametrize(
    ("columns", "kind", "is_told"),
    [
        (3, "full", False),
        (6, "full", False),
        (8, "across", False),
        (10, "across smallest", False),
        (14, "across smallest", True),
    ],
)
def test_a_table_gets_the_room_that_it_needs_or_is_told(
    project: Path, edit: Edit, columns: int, kind: str, is_told: bool
) -> None:
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + table(columns, 2) + "\n后文。\n")
    publication, found = load(project)
    assert publication is not None, found
    (issue,) = publication.issues
    assert kind in [part.kind for part in segments(issue.full_texts[0], FORMAT)]
    (each,) = made(publication, large_print, project)
    assert [found.code for found in each.edition.diagnostics] == (["S090"] if is_told else [])
    for told in each.edition.diagnostics:
        assert "大字版" in told.message and told.place.path == "content/2026-1/01.md"
    pdf = pypdfium2.PdfDocument(each.edition.pdf)
    turned = [page.get_width() > page.get_height() for page in pdf]
    pdf.close()
    assert any(turned) == kind.startswith("across")


def test_the_box_is_on_a_page_with_the_last_lines(project: Path, edit: Edit) -> None:
    for lines in range(4, 12):
        target = project / "content/2026-1/01.md"
        before = target.read_text("utf-8")
        edit("2026-1/01.md", "请认真执行。\n", "请认真执行护林的各项工作。\n\n" * lines + "请认真执行。\n")
        publication, found = load(project)
        assert publication is not None, found
        (each,) = made(publication, large_print, project)
        (page,) = [text for text in pages_of(each.edition.pdf)[1] if "政策咨询" in text]
        assert "请认真执行。" in page and "2026年2月6日" in page, (lines, page)
        target.write_text(before, "utf-8")


def test_the_same_gives_the_same_bytes(project: Path) -> None:
    publication, found = load(project)
    assert publication is not None, found
    (first,) = made(publication, large_print, project)
    (second,) = made(publication, large_print, project, cache=project)
    assert first.edition == second.edition


@pytest.mark.tools
def test_it_is_pdf_a_and_pdf_ua(
    prints: tuple[Publication, list[Made]], vera: list[str], tmp_path: Path
) -> None:
    files = [tmp_path / f"{each.issue.stem}.pdf" for each in prints[1]]
    for file, each in zip(files, prints[1], strict=True):
        file.write_bytes(each.edition.pdf)
        pdf: Any = pikepdf.open(file)
        with pdf:
            assert "大字版" in str(pdf.docinfo["/Title"]) and pdf.Root.MarkInfo.Marked
    said = verapdf_report(vera, "3a,ua1", *files)
    assert re.findall(r"\t(passed|failed|error)\n", said) == ["passed"] * 2 * len(files), said
