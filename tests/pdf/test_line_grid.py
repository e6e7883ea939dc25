"""The grid of lines, with what is off it above the text: tables, pictures, notes, headings, other faces and leadings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.typeset.css_units import PX
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from tests.conftest import ROOT
from tests.pdf.test_composed_lines import columns_in, lines_on_grid, page_of, typesetter_of

TOLERANCE = 0.1 * PX
LINE = "柳林县人民政府办公室关于印发柳林县国土空间生态修复规划的通知，请认真贯彻执行。"
TEXT = f'<p class="text">{LINE * 2}</p>'
ABOVE = {
    "faces": f'<p class="text"><strong>黑体</strong>和<span style="font-family: Gazette Kai">楷体“引”</span>{LINE}</p>',
    "kai heading": '<h3 class="level-3">（一）指导思想</h3>',
    "chapter": '<h2 class="level-2 division">第一章　总　则</h2>',
    "table": '<div class="table-wrap"><table><tr><td>一</td><td>二</td></tr></table></div>',
    "notes": '<p class="note">注：表中数据为初步统计数。</p>' * 2,
    "table notes": '<p class="table-footnote"><span class="footnote-label">①</span>初步统计数。</p>',
    "missing picture": '<figure><div class="figure-missing">原图待补</div><figcaption>图1</figcaption></figure>',
    "raised": f'<p class="text">面积5平方米<sup>2</sup>，二氧化碳CO<sub>2</sub>{LINE}</p>',
    "roster": '<ul class="roster"><li><span class="role">组　长：</span><span class="name">郭鹏</span> '
    '<span class="post">县人武部副部长</span></li></ul>',
    "names": '<div class="name-list cells-3"><ul class="names"><li class="wide-1"><span class="long-2">郭鹏</span>'
    '<span class="name-note">（女）</span></li></ul></div>',
    "annex note": '<p class="annex-note"><span class="annex-entry first"><span class="annex-lead">附件：</span>'
    '<span class="annex-number">1. </span><span class="annex-name">重点事项清单</span></span></p>',
    "signature": '<div class="signature"><p>柳林县人民政府</p><p>2026年1月4日</p></div>',
}
"""What stands between paragraphs, in HTML."""


@pytest.fixture(scope="module")
def typesetter(publication: Publication) -> Typesetter:
    return typesetter_of(publication, ROOT)


def document_of(columns: str) -> str:
    return page_of(
        f'<article class="document"><header><h1>标题</h1></header><div class="columns">{columns}</div></article>'
    )


def text_heights(page: Any) -> Iterator[float]:
    """Yield how far the base lines of the text are below the head of the type area, in px."""
    top = page.content_box_y()
    for columns in columns_in(page):
        for line in lines_on_grid(columns):
            if line.style["font_size"] == 16 and line.children:
                yield line.position_y + line.baseline - top


@pytest.mark.parametrize("name", ABOVE)
def test_text_returns_to_the_grid(typesetter: Typesetter, name: str) -> None:
    html = document_of(TEXT + ABOVE[name] + TEXT + ABOVE[name] + TEXT * 20)
    heights = [
        height for page in typesetter.render(html, {}).pages for height in text_heights(page._page_box)
    ]
    phases = [height % (20 * PX) for height in heights]
    assert len(heights) > 40
    assert max(phases) - min(phases) < TOLERANCE


@pytest.mark.parametrize("leading", (18, 22, 26.5))
def test_the_grid_has_the_leading_of_the_style_sheet(typesetter: Typesetter, leading: float) -> None:
    html = document_of(TEXT + ABOVE["table"] + TEXT + ABOVE["kai heading"] + TEXT * 10)
    styled = html.replace("<body>", f"<body><style>:root {{ --line: {leading}pt !important }}</style>")
    heights = [
        height for page in typesetter.render(styled, {}).pages for height in text_heights(page._page_box)
    ]
    phases = [height % (leading * PX) for height in heights]
    assert max(phases) - min(phases) < TOLERANCE
    rows = sorted({round(height, 3) for height in heights})
    assert min(after - before for before, after in pairwise(rows)) == pytest.approx(leading * PX, abs=0.01)


def test_text_beside_no_grid_stays_where_it_is(typesetter: Typesetter) -> None:
    html = page_of(f'<div style="height: 7pt"></div>{TEXT}')
    (page,) = typesetter.render(html, {}).pages
    root = page._page_box.children[0]
    paragraph = root.children[0].children[1]
    assert paragraph.position_y - root.position_y == pytest.approx(7 * PX)


def test_columns_without_lines_are_no_fault(typesetter: Typesetter) -> None:
    assert typesetter.render(document_of(""), {}).pages
