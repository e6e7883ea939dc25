"""Quality of Chinese lines, measured over the whole issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.typeset import lines
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from tests.conftest import ROOT

SHORT = 0.5
"""em by which a line that is not the last may fall short of the measure."""
NEVER_FIRST = "。，、；：！？）》】〕〉」』”’．％℃·…"
NEVER_LAST = "（《【〔〈「『“‘"
TORN = (
    r"\d[\d.,]*\|[\d.,]*\d",  # 12|345
    r"\d\|[年月日号时分秒元%％℃‰]",
    r"\d\|(?:万|亿|公里|公斤|平方|立方|米|厘米|毫米|千克|吨|公顷|亩|人|户|个|小时|分钟)",
    r"〔\|\d|\d\|〕|〕\|\d",
    r"\d-\|\d|\d\|-\d",  # 0358-|4022653
)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    after: str
    """The text of the next line; empty after the last one."""
    short: float
    """em that the line falls short of its measure."""
    widest_gap: float
    """em of the widest gap opened in it."""


def read_bytes(path: str) -> bytes:
    return (ROOT / path).read_bytes()


@pytest.fixture(scope="module")
def typesetter(publication: Publication) -> Typesetter:
    faces = fonts.prepare(
        ROOT, printed_characters(publication.gazette, publication.issues[0], read_templates(ROOT), read_bytes)
    )
    return Typesetter(style(publication.gazette, read_templates(ROOT), faces), [face.file for face in faces])


@pytest.fixture(scope="module")
def typeset_lines(publication: Publication, typesetter: Typesetter) -> list[Line]:
    items = Items(publication.gazette, publication.issues[0], read_templates(ROOT))
    found: list[Line] = []
    for document in publication.issues[0].full_texts:
        found.extend(justified_lines(typesetter.render(items.document(document).html, {})))
    return found


def justified_lines(document: Any) -> Iterator[Line]:
    """Yield the lines of justified paragraphs; a line divided by a page or column counts once."""
    paragraphs: dict[int, list[tuple[Any, Any]]] = {}
    for page in document.pages:
        for block in blocks(page._page_box):
            if block.style["text_align_all"] == "justify":
                own = paragraphs.setdefault(id(block.element), [])
                own.extend((block, child) for child in block.children)
    for own in paragraphs.values():
        texts = [text_of(line) for _, line in own]
        for index, (block, line) in enumerate(own):
            size = line.style["font_size"]
            right = max((child.position_x + child.width for child in text_boxes(line)), default=0)
            short = (block.content_box_x() + block.width - right) / size
            gaps: list[float] = [float(gap / size) for box in text_boxes(line) for gap in gaps_in(box)]
            after = texts[index + 1] if index + 1 < len(own) else ""
            yield Line(texts[index], after, short, max(gaps, default=0))


def gaps_in(box: Any) -> list[Any]:
    gaps: dict[int, Any] = getattr(box.pango_layout, "gaps", None) or {}
    return list(gaps.values())


def blocks(box: Any) -> Iterator[Any]:
    children = list(getattr(box, "children", ()))
    if children and all(type(child).__name__ == "LineBox" for child in children):
        yield box
        return
    for child in children:
        yield from blocks(child)


def text_boxes(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TextBox":
            yield child
        else:
            yield from text_boxes(child)


def text_of(line: Any) -> str:
    return "".join(box.text for box in text_boxes(line)).strip()


def test_the_issue_has_lines(typeset_lines: list[Line]) -> None:
    assert len(typeset_lines) > 1200


def test_lines_are_flush(typeset_lines: list[Line]) -> None:
    inner = [line for line in typeset_lines if line.after]
    short = [line for line in inner if line.short > SHORT]
    assert len(short) / len(inner) < 0.02, [(line.text, round(line.short, 2)) for line in short][:10]


def test_no_line_runs_over(typeset_lines: list[Line]) -> None:
    """A closing mark may hang half an em, of which the ink is in the other half."""
    assert [line.text for line in typeset_lines if line.short < -0.51] == []


def test_no_line_begins_or_ends_with_a_forbidden_mark(typeset_lines: list[Line]) -> None:
    assert [line.text for line in typeset_lines if line.text[:1] in NEVER_FIRST and line.text] == []
    assert [line.text for line in typeset_lines if line.after and line.text[-1:] in NEVER_LAST] == []


@pytest.mark.parametrize("tenths", range(160, 200))
def test_a_label_is_not_broken_where_only_a_closing_mark_hangs_over(
    typesetter: Typesetter, tenths: int
) -> None:
    """The number of an article is in a box of its own, before the text that fills the line to the last half em."""
    html = (
        f'<html lang="zh-CN"><body><p class="article" style="width: {tenths / 10}em">'
        '<strong class="article-label">第三条</strong> 乡镇人民政府应当组织巡护。</p></body></html>'
    )
    first, *_ = justified_lines(typesetter.render(html, {}))
    assert first.text.startswith("第三条 乡镇人民政府")


def test_no_gap_is_wider_than_the_cap(typeset_lines: list[Line]) -> None:
    assert max(line.widest_gap for line in typeset_lines) <= lines.MAX_STRETCH + 0.001


def test_numbers_stay_with_what_they_count(typeset_lines: list[Line]) -> None:
    torn = [
        f"{line.text}|{line.after}"
        for line in typeset_lines
        if line.after
        for pattern in TORN
        if re.search(pattern, f"{line.text[-12:]}|{line.after[:12]}")
    ]
    assert torn == []


def test_no_paragraph_leaves_one_line_on_a_page(publication: Publication, typesetter: Typesetter) -> None:
    """Widows and orphans: a paragraph of four lines or more is parted only into stretches of two or more."""
    items = Items(publication.gazette, publication.issues[0], read_templates(ROOT))
    lonely: list[str] = []
    for document in publication.issues[0].full_texts:
        stretches: dict[int, list[Any]] = {}
        for page in typesetter.render(items.document(document).html, {}).pages:
            for block in blocks(page._page_box):
                if block.element_tag == "p" and block.style["text_align_all"] == "justify":
                    stretches.setdefault(id(block.element), []).append(block)
        for parts in stretches.values():
            if len(parts) > 1 and sum(len(part.children) for part in parts) > 3:
                lonely += [text_of(part.children[0]) for part in parts if len(part.children) == 1]
    assert lonely == []
