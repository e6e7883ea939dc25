"""Rosters on paper: however long roles and names are, nothing is set beyond its column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from liulin_gazette.model.blocks import Roster, RosterEntry
from liulin_gazette.model.gazette import USUAL_BODY, BodyType, PageSize
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from tests.changed_settings import with_settings
from tests.conftest import ROOT

ENTRIES = (
    ("县政府办公室副主任", "扎妥·娜海·阿依波罗", "（挂职，时间一年）"),
    ("", "阿卜杜热合曼·艾尔肯江", "（试用期一年）"),
    ("中共双江拉祜族佤族布朗族傣族自治县委员会统一战线工作部副部长", "岩罕叫·玉应香", ""),
    ("县外国专家局顾问", "约翰·雅各布·金格尔海默·施密特·冯·霍亨洛厄", ""),
    ("主任", "刀玉", ""),
)


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


LONG_NAMES = (
    "阿不都热依木·阿不都克里木",
    "古丽巴哈尔·买买提依明",
    "约翰·雅各布·金格尔海默·施密特·冯·霍亨洛厄",
)


@pytest.mark.parametrize("body", [USUAL_BODY, BodyType("四号", 24), BodyType("小四", 20, columns=1)])
def test_a_name_of_several_parts_is_parted_after_its_marks_only(
    publication: Publication, body: BodyType
) -> None:
    entries = [
        RosterEntry("组长" if not index else "", name, "县农牧和科技局党组书记、局长", 1)
        for index, name in enumerate(LONG_NAMES)
    ]
    roster = Roster((*entries, RosterEntry("成员", "巴特尔", "县水利局局长", 1)), "roster-1", 1)
    lines = [
        "".join(getattr(box, "text", "") for box in boxes(line))
        for line in lines_of(publication, body, roster)
    ]
    for name in LONG_NAMES:
        parts = name.split("·")
        assert all(any(part in line for line in lines) for part in parts), lines
    assert any(LONG_NAMES[0] in line for line in lines) or body.name == "四号", lines
    assert any("县水利局局长" in line and "巴特尔" in line for line in lines), lines


def test_posts_have_room_in_the_narrowest_column(publication: Publication) -> None:
    """B5 in 四号 has twelve characters in a line of a column."""
    entries = (
        RosterEntry("办公室主任", "王平", "县委常委、政府常务副县长", 1),
        RosterEntry("办公室副主任", "李二", "县人大常委会副主任、县总工会主席", 1),
        RosterEntry("", "赵六", "县人大常委会副主任、县总工会主席", 1),
    )
    small = with_settings(publication, page_size=PageSize("B5", 176, 250))
    roster = Roster(entries, "roster-1", 1)
    lines = [
        "".join(getattr(box, "text", "") for box in boxes(line))
        for line in lines_of(small, BodyType("四号", 24), roster)
    ]
    assert len(lines) <= 15 and min(map(len, lines)) > 1, lines


def lines_of(publication: Publication, body: BodyType, roster: Roster) -> Iterator[Any]:
    """Yield the lines of the entries of ``roster`` as they are laid out in ``body``."""
    for page in laid_out(publication, body, roster).pages:
        for entry in boxes(page._page_box):
            if entry.element_tag == "li" and type(entry).__name__ == "BlockBox":
                yield from (
                    box for box in boxes(entry) if type(box).__name__ == "LineBox" and box.element.tag == "li"
                )


@pytest.mark.parametrize("body", [USUAL_BODY, BodyType("四号", 24)])
def test_nothing_is_set_beyond_its_column(publication: Publication, body: BodyType) -> None:
    roster = Roster(tuple(RosterEntry(*each, 1) for each in ENTRIES), "roster-1", 1)
    names = list[str]()
    for page in laid_out(publication, body, roster).pages:
        for entry in boxes(page._page_box):
            if entry.element_tag != "li":
                continue
            edge = entry.content_box_x() + entry.width + 0.1
            for box in boxes(entry):
                if text := getattr(box, "text", ""):
                    names.append(text)
                    assert box.position_x + box.width <= edge, text
    assert all(name.replace("刀玉", "") in "".join(names) for _, name, _ in ENTRIES)


def laid_out(publication: Publication, body: BodyType, roster: Roster) -> Any:
    """Return a document of ``roster`` alone as WeasyPrint lays it out."""
    issue = publication.issues[0]
    document = replace(issue.full_texts[0], blocks=(roster,))
    section = replace(issue.sections[0], documents=(document,))
    publication = with_settings(
        replace(publication, issues=(replace(issue, sections=(section,)),)), body=body
    )
    issue, templates, gazette = publication.issues[0], read_templates(ROOT), publication.gazette
    characters = printed_characters(gazette, issue, templates, lambda path: (ROOT / path).read_bytes())
    faces = fonts.prepare(ROOT, characters)
    typesetter = Typesetter(style(gazette, templates, faces), [face.file for face in faces])
    html = Items(gazette, issue, templates).document(issue.full_texts[0]).html
    return typesetter.render(html, {})
