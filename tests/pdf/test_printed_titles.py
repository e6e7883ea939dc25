"""Titles and 题注 on pages of any size: each line that was chosen is one line on paper, broken by its sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from liulin_gazette.model.blocks import Annex, Instrument, Paragraph, Span
from liulin_gazette.model.gazette import USUAL_BODY, BodyType, PageSize
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.pdf.composition.printed_titles import broken_notes, with_titles_on_page
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.text.title_lines import title_lines
from tests.changed_settings import with_settings
from tests.conftest import ROOT

A4, B5 = PageSize("A4", 210, 297), PageSize("B5", 176, 250)
LARGE = BodyType("四号", 24)
TITLE = (
    "柳林县人民政府办公室关于转发县农业农村局等部门关于加强全县高标准农田建设工程质量管理工作实施意见的通知"
)
INSTRUMENT = "柳林县关于加强全县高标准农田建设工程质量管理工作的实施意见"
NOTE = "（2026年3月29日柳林县第十八届人民代表大会常务委员会第三十二次会议通过　2026年5月28日吕梁市第四届人民代表大会常务委员会第三十五次会议批准）"
BREAKS = (
    "（2026年3月29日柳林县第十八届人民代表大会",
    "常务委员会第三十二次会议通过",
    "2026年5月28日吕梁市第四届人民代表大会",
    "常务委员会第三十五次会议批准）",
)


def with_long_titles(publication: Publication) -> Publication:
    """Return ``publication`` with one document whose title, instrument, annex and 题注 are long."""
    issue = publication.issues[0]
    document = issue.full_texts[0]
    headnote = Paragraph("headnote", (Span(NOTE),), "p-1", 1)
    text = Paragraph("text", (Span("请认真执行。"),), "p-2", 1)
    instrument = Instrument(
        INSTRUMENT, title_lines(INSTRUMENT, measure=24), (headnote, text), "instrument-1", 1
    )
    annex = Annex("附件", INSTRUMENT, (replace(text, anchor="p-3"),), "annex-1", 1)
    long = replace(
        document,
        title=TITLE,
        title_lines=title_lines(TITLE, document.issuers),
        headnote=(NOTE,),
        blocks=(text, instrument, annex),
    )
    section = replace(issue.sections[0], documents=(long,))
    return replace(publication, issues=(replace(issue, sections=(section,)),))


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def lines_below(box: Any) -> list[Any]:
    return [each for each in boxes(box) if type(each).__name__ == "LineBox"]


def text_of(box: Any) -> str:
    return "".join(getattr(each, "text", "") for each in boxes(box)).replace("\N{ZERO WIDTH SPACE}", "")


@pytest.mark.parametrize(("size", "body"), [(A4, USUAL_BODY), (A4, LARGE), (B5, USUAL_BODY), (B5, LARGE)])
def test_no_line_of_a_title_wraps_once_more(publication: Publication, size: PageSize, body: BodyType) -> None:
    publication = with_settings(with_long_titles(publication), page_size=size, body=body)
    issue, templates = publication.issues[0], read_templates(ROOT)
    characters = printed_characters(
        publication.gazette, issue, templates, lambda path: (ROOT / path).read_bytes()
    )
    faces = fonts.prepare(ROOT, characters)
    typesetter = Typesetter(style(publication.gazette, templates, faces), [face.file for face in faces])
    html = Items(publication.gazette, issue, templates).document(issue.full_texts[0]).html
    texts: list[str] = []
    for page in typesetter.render(html, {}).pages:
        for box in boxes(page._page_box):
            if type(box).__name__ == "BlockBox" and box.element.get("class") == "line":
                (line,) = lines_below(box)
                texts.append(text_of(line))
    assert "".join(texts).count("高标准农田建设工程质量管理工作") == 3
    for text in BREAKS:
        assert texts.count(text) == 2


def test_titles_that_fit_stay_as_they_are(publication: Publication) -> None:
    page = page_format(A4, USUAL_BODY)
    for document in publication.issues[0].full_texts:
        assert with_titles_on_page(document, page) == document
    assert not broken_notes(publication.issues[0].full_texts, page)


def test_an_editors_lines_stay_and_only_what_is_too_wide_is_broken(publication: Publication) -> None:
    document = publication.issues[0].full_texts[0]
    lines = ("柳林县人民政府办公室关于", "转发县农业农村局等部门关于加强全县高标准农田建设工程质量的通知")
    document = replace(document, title="".join(lines), title_lines=lines)
    found = with_titles_on_page(document, page_format(A4, LARGE)).title_lines
    assert found[0] == lines[0] and "".join(found) == document.title and len(found) == 3
    assert found[1] == "转发县农业农村局等部门关于加强"
