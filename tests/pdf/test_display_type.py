"""Cover, masthead and back cover hold every name, publisher, slogan, address and distribution list."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from liulin_gazette.model.gazette import BackCover, Gazette, PageSize
from liulin_gazette.model.issue_faces import HIGHLIGHTS_COVER
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.display_type import Display, back_cover_type, cover_type, masthead_type
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.composition.page_format import MM, page_format
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.editions.typeset_issue import issue_metadata
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.page_content import collect_drawings
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.text.display_lines import em_width
from liulin_gazette.workers.pool import WorkerPool
from tests.conftest import ROOT
from tests.loading import load
from tests.text.test_display_lines import NAMES

A4, B5, A5 = PageSize("A4", 210, 297), PageSize("B5", 176, 250), PageSize("A5", 148, 210)
NAME = "积石山保安族东乡族撒拉族自治县人民政府公报"
PINYIN = "JISHISHAN BAOANZU DONGXIANGZU SALAZU ZIZHIXIAN RENMIN ZHENGFU GONGBAO"
PUBLISHER = "积石山保安族东乡族撒拉族自治县人民政府办公室（县政务公开办公室、县大数据中心）"
ADDRESS = (
    "甘肃省临夏回族自治州积石山保安族东乡族撒拉族自治县吹麻滩镇临积路一百二十三号县政府统办楼西楼四层四〇六室"
)
SLOGANS = (
    (),
    ("晋西明珠",),
    (
        "人说山西好风光",
        "地肥水美五谷香",
        "左手一指太行山",
        "右手一指是吕梁",
        "站在那高处望上一望",
        "你看那汾河的水呀",
    ),
    ("以习近平新时代中国特色社会主义思想为指导全面建设社会主义现代化",),
)


def width(display: Display, line: str) -> float:
    return em_width(line) * display.size + (len(line) - 1) * display.tracking


def test_the_design(publication: Publication) -> None:
    cover = cover_type(publication.gazette, page_format(A4))
    assert cover.title == Display(("柳林县人民政府公报",), 48, 64, 3)
    assert (cover.title_rise, cover.romanised_drop, cover.issue_drop, cover.site_rise) == (0, 0, 0, 0)
    assert masthead_type(publication.gazette, page_format(A4)).title == Display(
        ("柳林县人民政府公报",), 36, 60, 0
    )
    back = back_cover_type(publication.gazette, page_format(A4))
    assert [(each.lines, each.size) for each in back.slogan] == [(("晋西明珠",), 34), (("古韵柳林",), 34)]
    assert back.slogan_top == 120


@pytest.mark.parametrize("size", [A4, B5, A5], ids=lambda size: size.name)
@pytest.mark.parametrize("name", NAMES)
def test_every_name_fits(publication: Publication, name: str, size: PageSize) -> None:
    page = page_format(size)
    named = replace(
        publication.gazette, name=name, publisher=name.removesuffix("公报") + "办公室", page_size=size
    )
    cover, masthead = cover_type(named, page), masthead_type(named, page)
    for display in (cover.title, cover.publisher, masthead.title):
        assert all(width(display, line) <= page.measure + 1e-6 for line in display.lines)
    assert "".join(cover.title.lines) == "".join(masthead.title.lines) == name
    assert cover.title.size >= 26 * page.measure / 456
    assert 0.14 * page.height - cover.title_rise >= 22 * MM - 1 or not cover.title_rise
    assert cover.title.depth - cover.title_rise <= 64 + cover.romanised_drop + 1e-6


@given(
    st.text("县市区旗族州自治人民政府公报柳林积石山", min_size=1, max_size=60), st.sampled_from([A4, B5, A5])
)
def test_any_name_fits(name: str, size: PageSize) -> None:
    page = page_format(size)
    named = replace(_publication().gazette, name=name, publisher=name, page_size=size)
    cover = cover_type(named, page)
    for display in (cover.title, cover.publisher, masthead_type(named, page).title):
        assert "".join(display.lines) == name and display.size > 0
        assert all(width(display, line) <= page.measure + 1e-6 for line in display.lines)


@cache
def _publication() -> Publication:
    loaded, _ = load(ROOT)
    assert loaded is not None
    return loaded


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Callable[[Sequence[tuple[Gazette, str]]], list[Any]]]:
    """Typeset faces of gazettes: their settings, and cover, masthead or back_cover; return pages of pdfium."""
    opened: list[Any] = []

    def typeset(wanted: Sequence[tuple[Gazette, str]]) -> list[Any]:
        templates = read_templates(ROOT)
        first = wanted[0][0]
        issue = _publication().issues[0]
        pages = {document.slug: index * 50 for index, document in enumerate(issue.documents, 1)}
        made = [
            getattr(Items(each, issue, templates), face)(*(() if face == "back_cover" else (pages,)))
            for each, face in wanted
        ]
        items = [replace(item, name=str(index)) for index, item in enumerate(made)]
        faces = fonts.prepare(ROOT, frozenset("".join(item.html for item in items)))
        with WorkerPool(1) as pool:
            typesetter = CachedTypesetter(tmp_path, style(first, templates, faces), faces, pool, _no_picture)
            layouts = typesetter.layouts(items)
        parts = [Part(name, layout) for name, layout in layouts.items()]
        parts.sort(key=lambda part: int(part.name))
        metadata = issue_metadata(first, issue)
        content = reading_pdf(parts, collect_drawings(parts, faces), metadata, environment(templates), {})
        opened.append(pypdfium2.PdfDocument(content))
        return list(opened[-1])

    yield typeset
    for document in opened:
        document.close()


def _no_picture(path: str) -> bytes:
    raise FileNotFoundError(path)


def lines_of(page: Any) -> list[tuple[float, float, float, float]]:
    """Return left, bottom, right and top of the runs of text on ``page``, from the top down."""
    text = page.get_textpage()
    found = [text.get_rect(index) for index in range(text.count_rects())]
    return sorted(found, key=lambda rect: (-rect[1], rect[0]))


def rules_of(page: Any, size: PageSize) -> list[float]:
    """Return the heights in pt, from the foot, at which rules are drawn across ``page``."""
    area = page_format(size)
    inked = page.render(scale=2).to_pil().convert("L").point([255] * 250 + [0] * 6).convert("F")
    rows = inked.resize((1, inked.height), Image.Resampling.BOX).tobytes()  # The mean of each row.
    shares = [value / 255 for (value,) in struct.iter_unpack("f", rows)]
    least = 1.8 * area.measure / inked.width
    return [area.height - (y + 0.5) / 2 for y, share in enumerate(shares) if share > least]


def check(page: Any, size: PageSize) -> None:
    """No line of text leaves the type area, runs into another one, or is crossed by a rule."""
    area = page_format(size)
    lines, rules = lines_of(page), rules_of(page, size)
    assert lines
    for left, bottom, right, top in lines:
        assert area.side - 2 <= left and right <= area.width - area.side + 2
        assert bottom >= 40 and top <= area.height - 40
        assert not [rule for rule in rules if bottom + 1 < rule < top - 1]
    for above, below in itertools.pairwise(lines):
        if abs(above[1] - below[1]) > 3 and above[0] < below[2] and below[0] < above[2]:
            assert below[3] <= above[1] + 0.35 * (above[3] - above[1]), (above, below)


@pytest.mark.parametrize("size", [A4, B5, A5], ids=lambda size: size.name)
def test_drawn_faces(pages: Callable[[Sequence[tuple[Gazette, str]]], list[Any]], size: PageSize) -> None:
    base = replace(_publication().gazette, page_size=size)
    of_names = [
        replace(base, name=name, romanised_name=PINYIN if len(name) > 15 else base.romanised_name)
        for name in (
            "单县政报",
            "六安市裕安区人民政府公报",
            "莫力达瓦达斡尔族自治旗人民政府公报",
            NAME,
            "临夏回族自治州" + NAME,
        )
    ]
    long = replace(of_names[3], publisher=PUBLISHER)
    backs = [
        replace(
            long,
            back_cover=BackCover(
                slogan, "传达政令 公开信息 指导工作 服务社会", ADDRESS, "033300", "0358-4022370"
            ),
        )
        for slogan in SLOGANS
    ]
    distributions = [replace(long, distribution=base.distribution * count) for count in (1, 4, 12)]
    wanted = [(each, "cover") for each in (*of_names, long)]
    listed = replace(base.printing, cover_style=HIGHLIGHTS_COVER)
    wanted += [(replace(each, printing=listed), "cover") for each in (*of_names, long)]
    wanted += [(each, "masthead") for each in (*of_names, *distributions)]
    wanted += [(each, "back_cover") for each in (*of_names, *backs)]
    drawn = pages(wanted)
    assert sum(bool(rules_of(page, size)) for page in drawn) >= len(wanted)
    for page in drawn:
        check(page, size)


def test_a_long_distribution_list_goes_on_overleaf(
    pages: Callable[[Sequence[tuple[Gazette, str]]], list[Any]],
) -> None:
    settings = replace(_publication().gazette, distribution=_publication().gazette.distribution * 40)
    assert masthead_type(settings, page_format(A4)).distribution == "long"
    drawn = pages([(settings, "masthead")])
    assert len(drawn) > 1
    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in drawn)
    assert text.count("县政务服务中心等") == 40


SUFFIXES = ("人民政府公报", "政报")


def division(length: int, kind: str) -> str:
    """Return a made-up name of ``length`` characters: a plain one, one of several peoples, or one within another."""
    filling = "青临松和阳平河山安泽宁水云原石川清溪金沙"
    if kind == "peoples" and length >= 8:
        peoples = [filling[index : index + 2] + "族" for index in range(0, (length - 5) // 3 * 2, 2)]
        return (filling[-2:] * 3)[: length - 3 - 3 * len(peoples)] + "".join(peoples) + "自治县"
    if kind == "within" and length >= 6:
        return filling[: length - 4] + "市" + filling[-2:] + "区"
    return filling[: length - 1] + "县"


def faults_of_faces(gazette: Gazette) -> list[str]:
    """Return what is wrong with the display type of ``gazette``, as its measures have it (pt)."""
    page = page_format(gazette.page_size)
    cover, masthead = cover_type(gazette, page), masthead_type(gazette, page)
    faults: list[str] = []
    for name, display in (("cover", cover.title), ("masthead", masthead.title), ("by", cover.publisher)):
        widths = [width(display, line) for line in display.lines]
        if max(widths) > page.measure + 1e-6:
            faults.append(f"{name}: wider than the type area")
        if len(display.lines) > 4:
            faults.append(f"{name}: {len(display.lines)} lines")
    title_top = 0.14 * page.height - cover.title_rise
    romanised_top = 0.226 * page.height + cover.romanised_drop
    rule = romanised_top + cover.romanised.depth + 22
    issue_top = 0.356 * page.height + cover.issue_drop
    by_top = page.height * (1 - 0.086) - cover.publisher.depth - 16
    site_foot = page.height * (1 - 0.178) - cover.site_rise
    site_top = site_foot - 26 * MM - 14
    for above, below, what in (
        (12 * MM + 14, title_top, "title over the permit"),
        (title_top + cover.title.depth, romanised_top + 6, "title over its pinyin"),
        (rule, issue_top, "rule over the number"),
        (issue_top + 86, site_top, "number over the code"),
        (site_foot, by_top, "code over the rule"),
        (masthead.title.depth + 104, page.depth - 14, "masthead off the page"),
    ):
        if above > below:
            faults.append(f"{what}: {above - below:.1f} pt")
    back = back_cover_type(gazette, page)
    lines = len(back.publisher) + len(back.address) + 2
    slogan = back.slogan_top + sum(display.depth for display in back.slogan)
    if slogan + 36 + back.motto.depth + 24 * lines > page.depth + 1e-6:
        faults.append("slogan over the imprint")
    for label, found in (("主办单位：", back.publisher), ("地址：", back.address)):
        if any(12 * em_width(line) > page.measure for line in (label + found[0], *found[1:])):
            faults.append(f"{label} wider than the type area")
    return faults


@pytest.mark.parametrize("size", [A4, B5, A5], ids=lambda size: size.name)
def test_no_length_of_name_meets_a_rule_or_leaves_the_page(publication: Publication, size: PageSize) -> None:
    for length, kind, suffix in itertools.product(range(2, 21), ("plain", "peoples", "within"), SUFFIXES):
        name = division(length, kind)
        assert len(name) == length
        named = replace(
            publication.gazette,
            name=name + suffix,
            romanised_name="ZHUANG " * length + "GONGBAO",
            publisher=f"{name}人民政府办公室",
            page_size=size,
        )
        assert faults_of_faces(named) == [], name
