"""The cover in its styles, and the masthead with contents and imprint."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from liulin_gazette.model.gazette import PageSize
from liulin_gazette.model.issue_faces import (
    HIGHLIGHTS_COVER,
    MASTHEAD,
    PICTURE_COVER,
    PLAIN_COVER,
    IssueFaces,
    Picture,
)
from liulin_gazette.model.publication import Issue, Publication, Section
from liulin_gazette.pdf.composition.framed_cover import cover_frame, highlights, style_of_cover
from liulin_gazette.pdf.composition.items import Items
from liulin_gazette.pdf.composition.page_format import MM, page_format
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.source.settings_tables.frozen_settings import frozen_text, frozen_whole, thawed
from tests.changed_settings import with_settings
from tests.conftest import ROOT, Edit, findings
from tests.loading import load

A4, B5, A5 = PageSize("A4", 210, 297), PageSize("B5", 176, 250), PageSize("A5", 148, 210)
NAMES = ("单县政报", "柳林县人民政府公报", "积石山保安族东乡族撒拉族自治县人民政府公报")


def with_documents(issue: Issue, count: int, sections: int = 3) -> Issue:
    """Return ``issue`` with ``count`` documents, which have the titles of its own, in ``sections``."""
    own = issue.documents
    documents = [
        replace(own[index % len(own)], slug=f"d{index}", path=f"{index}.md") for index in range(count)
    ]
    return replace(
        issue,
        sections=tuple(
            Section(f"栏目{part}", tuple(documents[part::sections])) for part in range(min(sections, count))
        ),
    )


def pages_of(issue: Issue) -> Mapping[str, int]:
    return {document.slug: index for index, document in enumerate(issue.documents, 1)}


@pytest.mark.parametrize("size", [A4, B5, A5], ids=lambda size: size.name)
@pytest.mark.parametrize(("name", "count"), tuple(itertools.product(NAMES, (1, 3, 9, 40))))
def test_highlights_fill_the_room_and_no_more(
    publication: Publication, size: PageSize, name: str, count: int
) -> None:
    page, issue = page_format(size), with_documents(publication.issues[0], count)
    frame = cover_frame(replace(publication.gazette, name=name), page)
    room = frame.room(page)
    listed = highlights(issue, pages_of(issue), page, room)
    entries = [entry for group in listed.groups for entry in group.entries]
    assert len(entries) + listed.left_out == count
    assert entries and (count > 3 or not listed.left_out)
    depth = sum(len(entry.lines) * listed.leading + listed.space for entry in entries)
    assert depth + listed.drop < room
    titles = {document.slug: document.title for document in issue.documents}
    assert all("".join(entry.lines) == titles[entry.slug] for entry in entries)
    if count == 40:
        assert len({group.name for group in listed.groups}) == 3  # Each section is there.


def test_the_editor_chooses(publication: Publication) -> None:
    issue = publication.issues[0]
    chosen = replace(issue, faces=IssueFaces(highlights=("07.md", "02.md")))
    page = page_format(A4)
    listed = highlights(chosen, pages_of(issue), page, cover_frame(publication.gazette, page).room(page))
    (group,) = listed.groups
    by_file = {document.path.rsplit("/", 1)[-1]: document.slug for document in issue.documents}
    assert [entry.slug for entry in group.entries] == [by_file["07.md"], by_file["02.md"]]
    assert group.name == "" and listed.left_out == 7 and listed.size == 14


@pytest.mark.parametrize(
    ("style", "pictured", "words", "absent"),
    [
        (PLAIN_COVER, False, "2026 · 1", "本期要目"),
        (HIGHLIGHTS_COVER, False, "本期要目", "cover-emblem"),
        (HIGHLIGHTS_COVER, True, "cover-emblem", "cover-wide"),
        (PICTURE_COVER, True, "cover-wide", "本期要目"),
        (PICTURE_COVER, False, "本期要目", "cover-wide"),
    ],
)
def test_styles(publication: Publication, style: str, pictured: bool, words: str, absent: str) -> None:
    issue = publication.issues[0]
    styled = with_settings(
        publication, printing=replace(publication.gazette.printing, cover_style=style, permit="准印证1")
    )
    faces = IssueFaces(cover_picture=Picture("content/1.png", "山") if pictured else None)
    item = Items(styled.gazette, replace(issue, faces=faces), read_templates(ROOT)).cover(pages_of(issue))
    assert words in item.html and absent not in item.html
    assert all(each in item.html for each in ("柳林县人民政府公报", "准印证1", "柳林县人民政府办公室"))
    assert item.pictures == (("content/1.png",) if pictured else ())


def test_settings_of_former_records_keep_the_plain_cover(publication: Publication) -> None:
    values: dict[str, Any] = {**thawed(publication.gazette.settings_json), "印刷": {}}
    record: Any = type("Record", (), {"settings": frozen_text(values)})()
    frozen = frozen_whole(record)
    assert frozen is not None and frozen.printing.cover_style == PLAIN_COVER
    assert style_of_cover(frozen, publication.issues[0]) == PLAIN_COVER


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("gazette.toml", '"封面样式" = "要目"', '"封面样式" = "花"', "要目"),
        ("gazette.toml", '"封面样式" = "要目"', '"目录位置" = "封底"', "刊头"),
        ("gazette.toml", '"封面样式" = "要目"', '"封面样式" = 1', "封面样式"),
        ("2026-1/issue.toml", '"总期号" = 30', '"总期号" = 30\n"要目" = ["99.md"]', "99.md"),
        ("2026-1/issue.toml", '"总期号" = 30', '"总期号" = 30\n"要目" = ["01.md", "01.md"]', "两次"),
        ("2026-1/issue.toml", '"总期号" = 30', '"总期号" = 30\n"要目" = "01.md"', "要目"),
    ],
)
def test_wrong_values(project: Path, edit: Edit, file: str, old: str, new: str, said: str) -> None:
    edit(file, old, new)
    found = findings(project)
    assert [each.code for each in found] == ["B008"] and said in found[0].message + found[0].hint


def test_contents_and_imprint_on_the_masthead(publication: Publication) -> None:
    printing = replace(
        publication.gazette.printing,
        contents_place=MASTHEAD,
        imprint_page=MASTHEAD,
        inside_cover=(("主编：", "张样本"),),
    )
    styled, templates = with_settings(publication, printing=printing), read_templates(ROOT)
    for count, fits in ((3, True), (40, False)):
        issue = with_documents(publication.issues[0], count, 2)
        items = Items(styled.gazette, issue, templates)
        masthead = items.masthead(pages_of(issue)).html
        assert items.contents_are_on_masthead is fits and ('id="contents"' in masthead) is fits
        assert "张样本" in masthead and items.inside_cover() is None
    plain = Items(publication.gazette, with_documents(publication.issues[0], 3, 2), templates)
    assert not plain.contents_are_on_masthead


def test_a_picture_reaches_the_bleed_and_no_other_page(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '"封面样式" = "要目"', '"封面样式" = "图片"\n"目录位置" = "刊头"')
    edit(
        "2026-1/issue.toml",
        '"出版日期" = 2026-02-28',
        '"出版日期" = 2026-02-28\n"封面图" = { "文件" = "1.png", "内容说明" = "山" }',
    )
    out = io.BytesIO()
    Image.new("RGB", (900, 600), (0, 0, 255)).save(out, "PNG")
    (project / "content/2026-1/1.png").write_bytes(out.getvalue())
    result = build(project, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics

    def picture(name: str, page: int) -> Any:
        document: Any = pypdfium2.PdfDocument(project / "output" / name)
        image = document[page].render(scale=1).to_pil().convert("RGB")
        document.close()
        return image

    def is_blue(image: Any, x: float, y: float) -> bool:
        red, _, blue = image.getpixel((int(x), int(y)))
        return blue > red + 60

    press = picture("print/liulin-gazette-2026-1-print.pdf", 0)
    slug, width = 10 * MM, 210 * MM
    middle = press.height * 0.6
    inside_bleed, outside_bleed = 2 * MM, 4 * MM
    for x, sign in ((slug, -1), (slug + width, 1)):
        assert is_blue(press, x + sign * inside_bleed, middle)
        assert not is_blue(press, x + sign * outside_bleed, middle)
    booklet = picture("print/liulin-gazette-2026-1-booklet.pdf", 0)
    assert is_blue(booklet, width + 5, booklet.height * 0.6)
    assert not is_blue(booklet, width - 5, booklet.height * 0.6)
    report = json.loads((project / "output/print/liulin-gazette-2026-1-preflight.json").read_text("utf-8"))
    assert [line["name"] for line in report["lines"]][:4] == ["封面", "空白", "刊头", "空白"]
    document: Any = pypdfium2.PdfDocument(project / "output/site/2026/1/liulin-gazette-2026-1.pdf")
    words = re.sub(r"\s", "", document[1].get_textpage().get_text_bounded())
    document.close()
    assert "目录" in words and "护林" in words and "赠阅范围" in words


def test_the_example_has_the_style_that_the_docs_recommend() -> None:
    loaded, _ = load(ROOT)
    assert loaded is not None and loaded.gazette.printing.cover_style == HIGHLIGHTS_COVER
