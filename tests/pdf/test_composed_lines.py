"""Lines of finished layouts: those of 2026·1, of another county, and of shapes that are hard to set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes
from weasyprint.text import ffi as text_ffi

from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.chinese_breaks import CLOSING, NEVER_FIRST, OPENING
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.composition.page_format import LINE_HEIGHT
from liulin_gazette.pdf.composition.total_fit import MAX_GAP, VISIBLE_GAP
from liulin_gazette.pdf.typeset import composed_lines, level_columns
from liulin_gazette.pdf.typeset.css_units import PX
from liulin_gazette.pdf.typeset.measured_paragraph import cluster_advances, measure
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from tests.conftest import ROOT
from tests.loading import load
from tests.pdf.drawn_lines import DrawnLine, drawn_lines
from tests.pdf.test_line_quality import text_boxes

ROUNDING = 0.001
"""em by which drawing rounds."""
MOST_VISIBLE = 0.015
"""Share of the lines of text that may be opened so that a reader notices."""
FEW = 3
"""Lines beyond that share that a short issue may have."""
SPREAD = 0.5
"""em: names whose characters stand so far apart are spread on purpose."""
BODY = "P"
GRID_TOLERANCE = 0.1 * PX
"""px by which lines of the two columns may differ."""
MOST_UNEVEN, MOST_LINES = 0.4, 4
"""Share of the pages whose columns may end on different lines, and by how many lines these differ less."""
TABLE: tuple[Any, ...] = (boxes.TableBox,)
_text: Any = text_ffi


SECOND_COUNTY = ROOT / "tests/second_county"


def typesetter_of(publication: Publication, root: Path) -> Typesetter:
    templates = read_templates(ROOT)
    used = {
        character
        for issue in publication.issues
        for character in printed_characters(
            publication.gazette, issue, templates, lambda path: (root / path).read_bytes()
        )
    }
    faces = fonts.prepare(ROOT, used)
    return Typesetter(style(publication.gazette, templates, faces), [face.file for face in faces])


@dataclass(frozen=True, slots=True)
class Typeset:
    """All documents of a publication: the lines that are drawn, and WeasyPrint's pages."""

    lines: list[DrawnLine]
    pages: list[Any]
    grid: float
    """px from line to line."""


def typeset_below(root: Path) -> Typeset:
    """Return all documents of the publication below ``root``."""
    publication, found = load(root)
    assert publication is not None, found
    typesetter = typesetter_of(publication, root)
    pages: list[Any] = []

    def kept(html: str, pictures: Mapping[str, bytes]) -> Any:
        document = Typesetter.render(typesetter, html, pictures)
        pages.extend(page._page_box for page in document.pages)
        return document

    lines: list[DrawnLine] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetter, "render", kept)
        for issue in publication.issues:
            items = Items(publication.gazette, issue, read_templates(ROOT))
            for document in issue.full_texts:
                item = items.document(document)
                pictures = {path: (root / path).read_bytes() for path in item.pictures}
                lines.extend(drawn_lines(typesetter.set(item.html, pictures)))
    return Typeset(lines, pages, LINE_HEIGHT * PX)


@pytest.fixture(scope="module", params=(ROOT, SECOND_COUNTY), ids=("2026-1", "second-county"))
def typeset(request: pytest.FixtureRequest) -> Typeset:
    return typeset_below(request.param)


@pytest.fixture(scope="module")
def lines(typeset: Typeset) -> list[DrawnLine]:
    return typeset.lines


@pytest.fixture(scope="module")
def typesetter(publication: Publication) -> Typesetter:
    return typesetter_of(publication, ROOT)


def test_few_lines_are_opened_so_that_a_reader_notices(lines: list[DrawnLine]) -> None:
    body = [line for line in lines if line.tag == BODY and line.widest_gap < SPREAD]
    wide = [line for line in body if line.widest_gap > VISIBLE_GAP + ROUNDING]
    assert len(wide) <= MOST_VISIBLE * len(body) + FEW, wide
    assert max(line.widest_gap for line in body) <= MAX_GAP + ROUNDING


def test_no_paragraph_heading_or_cell_ends_in_one_character(lines: list[DrawnLine]) -> None:
    lone = [
        (line.text, after.text)
        for line, after in pairwise(lines)
        if not line.is_last and after.is_last and len(after.text.rstrip("".join(CLOSING) + " ")) < 2
    ]
    assert lone == []


def test_no_line_begins_or_ends_with_what_it_must_not(lines: list[DrawnLine]) -> None:
    parted = [
        (line.text, after.text)
        for line, after in pairwise(lines)
        if not line.is_last and (line.text[-1] in OPENING or after.text[0] in NEVER_FIRST)
    ]
    assert parted == []


def test_lines_of_both_columns_stand_on_one_grid(typeset: Typeset) -> None:
    """At the same heights on all pages, counted from the head of the type area."""
    phases = [
        (line.position_y + line.baseline - page.content_box_y()) % typeset.grid
        for page in typeset.pages
        for columns in columns_in(page)
        for line in lines_on_grid(columns)
    ]
    assert len(phases) > len(typeset.lines) / 5
    assert max(phases) - min(phases) < GRID_TOLERANCE


def test_columns_that_go_on_overleaf_end_on_one_line(typeset: Typeset) -> None:
    """Unless a heading, a signature or the first or last line of a paragraph would stand alone; rows are on no grid."""
    going_on = [columns for columns in columns_that_go_on(typeset.pages) if not has_table(columns)]
    full = [list(level_columns.ends(columns)) for columns in going_on]
    uneven = [ends for ends in full if max(ends) - min(ends) > GRID_TOLERANCE]
    assert len(uneven) <= MOST_UNEVEN * len(full)
    assert all(max(ends) - min(ends) < MOST_LINES * typeset.grid for ends in uneven)


def columns_that_go_on(pages: list[Any]) -> Iterator[Any]:
    """Yield the boxes of columns that continue on the next page."""
    for page, after in pairwise(pages):
        following = {id(columns.element) for columns in columns_in(after)}
        yield from (columns for columns in columns_in(page) if id(columns.element) in following)


def has_table(box: Any) -> bool:
    """Tell whether ``box`` holds a table."""
    children = getattr(box, "children", ())
    return any(getattr(child, "is_table_wrapper", False) or has_table(child) for child in children)


def columns_in(box: Any) -> Iterator[Any]:
    """Yield the boxes whose children are columns."""
    children = getattr(box, "children", ())
    if any(getattr(child, "is_column", False) for child in children):
        yield box
    else:
        for child in children:
            yield from columns_in(child)


def lines_on_grid(columns: Any) -> Iterator[Any]:
    """Yield the lines of body type in columns: tables, and the headings of chapters between two lines, are not."""
    for child in getattr(columns, "children", ()):
        if type(child).__name__ == "LineBox":
            yield child
        elif not isinstance(child, TABLE) and "division" not in class_of(child):
            yield from lines_on_grid(child)


HARD = {
    "numbers": "截至2026年6月30日，全县参保123456人，其中男61234人、女62222人，缴费1,234.56万元，比2025年增长12.5%；"
    * 6,
    "quotes": "“一老一小”“双减”“放管服”“互联网+政务服务”“一网通办”“最多跑一次”“‘两个确立’‘两个维护’”等要求。"
    * 6,
    "latin": "按照 ISO 9001:2015 Quality management systems - Requirements 和 GB/T 19001-2016 的要求，办理。"
    * 6,
    "address": "网址：https://www.example.gov.cn/zwgk/zfxxgk/fdzdgknr/lzyj/gfxwj/202601/t20260115_1234567.html。"
    * 4,
    "long": "科学制定和调整政府定价范围内的殡葬服务价格，严厉打击擅自定价和出售“天价墓”等行为；" * 480,
    "word": "a" * 300,
    "digits": "1" * 300,
    "marks": "，。、；：" * 60,
    "quotation marks": "“" * 60,
    "mixed": "柳林县人民政府办公室关于印发<strong>重点工作</strong>的通知<sup>①</sup>（CO<sub>2</sub>）要求，"
    * 8,
    "forced": "第一行<br>第二行的文字长一些，长到要转一行才放得下，也就是这样。",
    "spread": 'x<span class="two">郭鹏</span>：县人武部副部长，负责全县征兵宣传教育、兵役登记和业务培训工作。'
    * 3,
    "kept": '甲<span class="kept">一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十</span>乙',
}
"""Paragraphs by what is hard in them, in HTML."""


def text_of_html(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def page_of(html: str) -> str:
    return f'<html lang="zh-CN"><body>{html}</body></html>'


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("em", (18, 7.5, 0.5))
def test_hard_paragraphs_keep_their_text(typesetter: Typesetter, name: str, em: float) -> None:
    if em == 0.5 and name == "long":
        return  # Twenty thousand pages.
    html = page_of(f'<p class="text" style="width: {em}em">{HARD[name]}</p>')
    document = typesetter.render(html, {})
    drawn = "".join(text_of(line) for page in document.pages for line in line_boxes(page._page_box))
    assert without_spaces(drawn) == without_spaces(text_of_html(HARD[name]))


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of(line: Any) -> str:
    return "".join(box.text for box in text_boxes(line))


def class_of(box: Any) -> str:
    return "" if box.element is None else box.element.get("class") or ""


def line_boxes(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox":
            yield child
        else:
            yield from line_boxes(child)


@pytest.mark.parametrize("name", HARD)
def test_what_is_drawn_is_as_wide_as_what_was_measured(typesetter: Typesetter, name: str) -> None:
    """A closing mark at the end of a line has an empty half beyond the edge of its box."""
    html = page_of(f'<p class="text" style="width: 18em">{HARD[name][:400]}</p>')
    for page in typesetter.render(html, {}).pages:
        for box in text_boxes(page._page_box):
            if box.style["letter_spacing"] == "normal":
                excess = (drawn_width(box) - box.width) / box.style["font_size"]
                hangs = 0.5 if box.text[-1] in CLOSING and excess > 0.25 else 0.0
                assert excess == pytest.approx(hangs, abs=0.01), box.text


def drawn_width(box: Any) -> float:
    layout = box.pango_layout
    layout.reactivate(box.style)
    line, _ = layout.get_first_line()
    width = sum(cluster_advances(line).values()) * _text.FROM_UNITS
    layout.deactivate()
    return float(width)


@pytest.mark.parametrize(
    ("html", "is_measured"),
    [
        ("<p>柳林县人民政府</p>", True),
        ("<p>柳林县<strong>人民</strong>政府</p>", True),
        ("<p>柳林县<br>人民政府</p>", True),
        ("<p>柳林<span style='position: relative'>县</span></p>", False),
        ("<p>柳林<span style='float: left'>县</span></p>", False),
        ("<p style='white-space: pre'>柳林  县</p>", False),
        ("<p>שלום</p>", False),
        ("<p lang='en'>Liulin</p>", False),
        ("<p style='text-decoration: underline'>柳林</p>", False),
    ],
)
def test_what_cannot_be_measured_is_set_by_weasyprint(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch, html: str, is_measured: bool
) -> None:
    outcomes: list[bool] = []

    def measured(context: Any, line_box: Any, containing_block: Any) -> Any:
        found = measure(context, line_box, containing_block)
        outcomes.append(found is not None)
        return found

    monkeypatch.setattr(composed_lines, "measure", measured)
    typesetter.render(page_of(html), {})
    assert (False not in outcomes) is is_measured
