"""Rosters on paper: however long roles and names are, nothing is set beyond its column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from liulin_gazette.model.blocks import Roster, RosterEntry
from liulin_gazette.model.gazette import USUAL_BODY, BodyType
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


@pytest.mark.parametrize("body", [USUAL_BODY, BodyType("四号", 24)])
def test_nothing_is_set_beyond_its_column(publication: Publication, body: BodyType) -> None:
    roster = Roster(tuple(RosterEntry(*each, 1) for each in ENTRIES), "roster-1", 1)
    issue = publication.issues[0]
    document = replace(issue.full_texts[0], blocks=(roster,))
    section = replace(issue.sections[0], documents=(document,))
    publication = with_settings(
        replace(publication, issues=(replace(issue, sections=(section,)),)), body=body
    )
    issue, templates = publication.issues[0], read_templates(ROOT)
    characters = printed_characters(
        publication.gazette, issue, templates, lambda path: (ROOT / path).read_bytes()
    )
    faces = fonts.prepare(ROOT, characters)
    typesetter = Typesetter(style(publication.gazette, templates, faces), [face.file for face in faces])
    html = Items(publication.gazette, issue, templates).document(issue.full_texts[0]).html
    names = list[str]()
    for page in typesetter.render(html, {}).pages:
        for entry in boxes(page._page_box):
            if entry.element_tag != "li":
                continue
            edge = entry.content_box_x() + entry.width + 0.1
            for box in boxes(entry):
                if text := getattr(box, "text", ""):
                    names.append(text)
                    assert box.position_x + box.width <= edge, text
    assert all(name.replace("刀玉", "") in "".join(names) for _, name, _ in ENTRIES)
