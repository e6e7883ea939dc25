"""A small publication with every kind of block."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Cell,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Instrument,
    ListedName,
    NameGroup,
    NameList,
    Note,
    Paragraph,
    Roster,
    RosterEntry,
    Signature,
    Span,
    Table,
)
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document import Contact, Document, Event, FullText, PolicyData
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.gazette import (
    BackCover,
    Gazette,
    Issuer,
    PageSize,
    PhoneChange,
    Printing,
    Proofreading,
)
from liulin_gazette.model.publication import Issue, Publication, Section
from liulin_gazette.model.series import Series
from liulin_gazette.rendering.product import Asset
from tests.rendering import rendered

TEMPLATES = Path(__file__).parents[2] / "templates"
PICTURE = b"picture"
HOSTILE = '<script>alert("1")</script>&amp;'


def text(words: str) -> tuple[Span, ...]:
    """One plain span."""
    return (Span(words),)


def cell(words: str, header: bool = False, rowspan: int = 1, align: str = "") -> Cell:
    """A cell one column wide."""
    return Cell(text(words) if words else (), header, rowspan, 1, align, 0)


TABLE = Table(
    caption="",
    head_rows=1,
    columns=3,
    rows=(
        (cell("", header=True), cell("事项", header=True), cell("单位", header=True)),
        (cell("甲", header=True, rowspan=2), cell("第一\n第二"), cell("县民政局", align="center")),
        (cell("违法经营  行为"), cell("", align="right")),
    ),
    anchor="table-1",
    line=0,
    widths=(10.0, 56.5, 33.5),
)
ROSTER = Roster(
    (
        RosterEntry("组长", "王成君", "县委副书记、政府县长", 0),
        RosterEntry("副组长", "郭鹏（兼）", "", 0),
        RosterEntry("", "李震", "县人武部军事科参谋", 0),
    ),
    "roster-1",
    0,
)
NAMES = NameList(
    (
        NameGroup("", (ListedName("王芳", "", 0, 1), ListedName("欧阳文杰", "（女）", 0, 5)), 0),
        NameGroup("特邀（1人）", (ListedName("阿依努尔·买买提", "（维吾尔族）", 0, 1),), 0),
    ),
    "names-1",
    0,
)
INSTRUMENT = Instrument(
    "柳林县试行方案",
    ("柳林县", "试行方案"),
    (
        Heading(2, text("一、总则"), "s1", 0),
        Heading(4, text("1. 目的"), "s1-1", 0),
        Heading(3, text("（一）范围"), "s1-1.2", 0),
        Article("第一条", 1, text("本方案自2026年1月1日起施行。"), "article-1", 0),
        Paragraph("run-in", (Span("（一）加强宣传。", True), Span("充分调动 A B。")), "p2", 0),
        Paragraph("label", (Span("总指挥", True),), "p3", 0),
        ROSTER,
        NAMES,
        Table("消费券", 0, 1, ((cell("一格"),),), "table-2", 0),
    ),
    "instrument-1",
    0,
)
NOTED: tuple[Block, ...] = (
    Paragraph(
        "text",
        (
            Span("排放CO"),
            Span("2", position="sub"),
            Span("", note="①"),
            Span("，见注"),
            Span("", note="①", is_repeated=True),
        ),
        "p5",
        0,
    ),
    Footnotes((Footnote("①", text("二氧化碳。"), "footnote-1", 0),), "footnotes-1", 0),
)
BLOCKS: tuple[Block, ...] = (
    Paragraph("text", (Span("《规划》已经"), Span("县政府", True), Span("同意。")), "p1", 0),
    Signature(0),
    INSTRUMENT,
    Annex("附件1", "事项清单", (TABLE, Note(text("说明：略。"), "p4", 0), *NOTED), "annex-1", 0),
    Annex("附图", "", (Figure("", "流程图", "流程", "figure-1", 0),), "annex-figure", 0),
    Annex("附件2", "图", (Figure("content/2026-1/示意 图.png", "示意图", "", "figure-2", 0),), "annex-2", 0),
)
PLAIN = FullText(
    path="content/2026-1/01.md",
    title="柳林县人民政府办公室关于试行的通知",
    title_lines=("柳林县人民政府办公室", "关于试行的通知"),
    number=DocumentNumber("柳政办发", 2026, 1),
    issuers=("柳林县人民政府办公室",),
    date=date(2026, 1, 4),
    release="此件公开发布",
    addressees="各乡（镇）人民政府：",
    contact=Contact("柳林县民政局", "办公室", "李沛", "0358-4022653"),
    blocks=BLOCKS,
    slug="liu-zheng-ban-fa-2026-1",
)
HOSTILE_DOCUMENT = replace(
    PLAIN,
    title=HOSTILE,
    title_lines=(HOSTILE,),
    number=DocumentNumber("柳政办发", 2026, 2),
    addressees="",
    contact=Contact(HOSTILE, f"../{HOSTILE}", HOSTILE, HOSTILE),
    policy=PolicyData(HOSTILE, HOSTILE, date(2026, 2, 1), "现行有效"),
    events=(Event(date(2026, 3, 1), date(2026, 3, 2), f"{HOSTILE};\r\nEND:VEVENT"),),
    blocks=(Paragraph("text", text(HOSTILE), "p1", 0), Figure("", f'"{HOSTILE}', HOSTILE, "figure-1", 0)),
    slug="liu-zheng-ban-fa-2026-2",
)


def issue(year: int, number: int, *documents: Document) -> Issue:
    """An issue with one section."""
    total = 30 + 6 * (year - 2026) + number - 1
    section = Section("县政府办公室文件", documents)
    return Issue(
        f"content/{year}-{number}",
        year,
        number,
        total,
        date(year, 2 * number, 28),
        (section,),
        "liulin-gazette",
    )


@pytest.fixture
def publication() -> Publication:
    """Three issues over two years, the middle one with every kind of block."""
    gazette = Gazette(
        name="柳林县人民政府公报",
        romanised_name="LIULINXIAN RENMIN ZHENGFU GONGBAO",
        publisher="柳林县人民政府办公室",
        frequency="双月刊",
        site_url="https://gazette.liulin.example/sub/",
        site_label="掌上公报",
        distribution="县委、县人大。",
        series=Series(2026, 1, 30, 6),
        issuers=(Issuer("柳林县人民政府办公室", ("柳政办发",), Place("")),),
        back_cover=BackCover((), "传达政令", "清河西路150号", "033300", "0358-4022370"),
        page_size=PageSize("A4", 210, 297),
        printing=Printing(),
        proofreading=Proofreading(),
        phone_changes=(PhoneChange(HOSTILE, f"../{HOSTILE}", HOSTILE, HOSTILE, date(2026, 5, 1), HOSTILE),),
    )
    issues = (
        issue(2026, 1, PLAIN, HOSTILE_DOCUMENT),
        issue(2026, 2, replace(PLAIN, blocks=(), slug="liu-zheng-ban-fa-2026-3")),
        issue(2027, 1, replace(PLAIN, blocks=(), slug="liu-zheng-ban-fa-2027-1")),
    )
    return Publication(gazette, issues)


@pytest.fixture
def assets(publication: Publication) -> dict[str, bytes]:
    """Every file of the site by path."""
    return {asset.path: asset.content for asset in build(publication)}


def build(publication: Publication) -> list[Asset]:
    """Render the site with a picture for every figure."""
    return rendered(publication, TEMPLATES, lambda path: PICTURE)
