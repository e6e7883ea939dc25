"""A mark in every field of a document: each output that should show it does, and each check of texts sees it.

The fields are those of the dataclasses. A new one fails here until it is said where it is shown, or why nowhere.
"""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args, get_type_hints
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from PIL import Image

from liulin_gazette.model import blocks
from liulin_gazette.model.blocks import Block, Span, walk
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.published_texts import NOT_ON_PAPER, published_texts
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.glyph_coverage import UnprintableError, printable_faces
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.web.search.search_index import units_of
from tests.conftest import findings
from tests.loading import load

MARKDOWN = """---
# 〔Remark.text〕
标题: 柳林县林业局关于〔FullText.title〕的通知
发文字号: 〔FullText.number〕
发文机关:
  - 柳林县〔FullText.issuers〕林业局
令号: 〔FullText.order〕
签署:
  职务: 〔Signatory.post〕
  姓名: 〔Signatory.name〕
题注:
  - 〔FullText.headnote〕
来源: 〔FullText.source〕
施行日期: 2026-03-21
有效期: 〔PolicyData.term〕
废止日期: 2030-05-17
统一登记号: 〔PolicyData.registration〕
成文日期: 2026-02-07
公开方式: 此件公开发布〔FullText.release〕
主送: 局属〔FullText.addressees〕各单位：
索引号: 〔PolicyData.index〕
主题分类: 〔PolicyData.topic〕
发布日期: 2026-02-09
有效性: 〔PolicyData.validity〕
〔Relation.kind〕:
  - 〔Relation.target〕
勘误:
  - 文件: 〔Relation.target〕
    位置: 〔Erratum.where〕
    原文: 〔Erratum.wrong〕
    更正为: 〔Erratum.right〕
日程:
  - 日期: 2026-03-11
    至: 2026-03-13
    事项: 〔Event.what〕
政策咨询:
  责任单位: 〔Contact.unit〕
  责任股室: 〔Contact.office〕
  责任人: 〔Contact.person〕
  电话: 〔Contact.phone〕
校核豁免:
  - 代码: T023
    文字: 〔Waiver.text〕
    理由: 〔Waiver.reason〕
  - 代码: S035
    理由: 试验
---

〔Paragraph.text〕[^1]

[^1]: 〔Footnote.text〕

::: 落款
:::

# 柳林县〔Instrument.title〕方案

## 一、〔Heading.text〕

〔Article.label〕 〔Article.text〕

::: 名单
〔RosterEntry.role〕 | 〔RosterEntry.name〕 | 〔RosterEntry.post〕
:::

::: 名录
〔NameGroup.heading〕：
王〔ListedName.name〕（〔ListedName.note〕）
:::

::: 附件 46 〔Annex.title〕
::: 表 〔Table.caption〕
| 甲 | 乙 |
| --- | --- |
| 丙 | 〔Cell.text〕 |
:::

::: 注
〔Note.text〕
:::

![〔Figure.alternative〕](〔Figure.file〕.png "〔Figure.caption〕")
:::
"""
PAGE, JSON, SEARCH, PDF, ALT, CSV, ICS, LISTS, ZIP, XML, FEED, BOOK, WORD = (
    "page", "json", "search", "pdf", "pdf alternative", "csv", "ics", "lists", "zip", "akoma ntoso", "feed", "epub",
    "word",
)  # fmt: skip
EDITIONS = {BOOK, WORD}
BODY = {PAGE, JSON, SEARCH, PDF, XML, *EDITIONS}
TEXT = BODY | {FEED}
SITE = {PAGE, JSON, SEARCH, *EDITIONS}
OPEN: Mapping[str, set[str]] = {
    "FullText.title": TEXT | {CSV, ICS, LISTS},
    "FullText.issuers": SITE | {CSV, LISTS, XML, FEED},
    "FullText.headnote": BODY,
    "FullText.source": BODY,
    "Signatory.post": BODY,
    "Signatory.name": BODY,
    "PolicyData.registration": SITE,
    "FullText.release": BODY,
    "FullText.addressees": BODY,
    "PolicyData.index": SITE,
    "PolicyData.topic": SITE | {CSV, LISTS},
    "Erratum.right": SITE,
    "Event.what": SITE | {ICS},
    "Contact.unit": BODY | {CSV, LISTS},
    "Contact.office": BODY | {CSV, LISTS},
    "Contact.person": BODY | {CSV},
    "Contact.phone": BODY | {CSV, LISTS},
    "Paragraph.text": TEXT,
    "Heading.text": TEXT,
    "Article.text": TEXT,
    "Note.text": TEXT,
    "Footnote.text": TEXT,
    "Cell.text": TEXT,
    "Table.caption": TEXT,
    "Figure.caption": TEXT,
    "Figure.alternative": SITE | {ALT, XML, FEED},
    "Figure.file": {PAGE},
    "RosterEntry.role": TEXT,
    "RosterEntry.name": TEXT,
    "RosterEntry.post": TEXT,
    "NameGroup.heading": TEXT,
    "ListedName.name": TEXT,
    "ListedName.note": TEXT,
    "Instrument.title": TEXT | {CSV, LISTS},
    "Annex.title": TEXT,
    "Waiver.reason": {ZIP},
    "Remark.text": {ZIP},
}
"""Fields that may hold any words, and which outputs show them. The ZIP has them all."""
CLOSED: Mapping[str, tuple[str, set[str]]] = {
    "FullText.number": ("柳标发〔2026〕97号", TEXT | {CSV, ICS, LISTS}),
    "FullText.date": ("2026年2月7日", {PAGE, PDF, SEARCH, LISTS, XML, FEED, *EDITIONS}),
    "PolicyData.released": ("2026年2月9日", {PAGE, SEARCH, *EDITIONS}),
    "PolicyData.validity": ("部分失效", SITE | {CSV}),
    "Relation.kind": ("更正", SITE),
    "Erratum.where": ("第八段", SITE),
    "Erratum.wrong": ("原样的错字", SITE),
    "Relation.target": ("柳林发〔2019〕83号", SITE),
    "FullText.order": ("第57号", BODY | {CSV}),
    "PolicyData.effective": ("2026年3月21日", {PAGE, SEARCH, *EDITIONS}),
    "PolicyData.expires": ("2029年3月20日", {PAGE, SEARCH, *EDITIONS}),
    "PolicyData.term": ("3年", SITE),
    "PolicyData.repealed": ("2030年5月17日", {PAGE, SEARCH, *EDITIONS}),
    "Event.first": ("2026年3月11日", {PAGE, SEARCH, *EDITIONS}),
    "Event.last": ("2026年3月13日", {PAGE, SEARCH, *EDITIONS}),
    "Article.label": ("第七十三条", TEXT),
    "Footnote.mark": ("①", BODY - {WORD}),  # Word numbers up to ten notes itself.
    "Annex.label": ("附件46", TEXT),
}
"""Fields that accept certain words only, so that no check has to look into them."""
NOWHERE = {
    "FullText.title_lines": "the title once more, broken into lines",
    "FullText.path": "names the source",
    "FullText.slug": "follows from the number",
    "FullText.kind": "公文 here; tests/source/test_kinds.py has the others",
    "FullText.treated_as": "one of the kinds",
    "FullText.columns": "one or two",
    "FullText.places": "places in the source",
    "FullText.paper_pages": "numbers, shown in place of the pages of the PDF: tests/web/test_data.py",
    "RunOn.documents": "yes or no",
    "RunOn.annexes": "yes or no",
    "Erratum.target": "one of the documents in 更正",
    "Erratum.place": "a place in the source",
    "GeneratedIndex.year": "a number, which the title has",
    "GeneratedIndex.orders": "some of five",
    "GeneratedIndex.digest": "tells whether the issues have changed",
    "Waiver.code": "one of the codes",
    "Waiver.text": "words of the text itself, or B030 asks for the removal of the waiver",
    "Waiver.place": "a place in the source",
    "Remark.place": "a place in the source",
    "Heading.level": "a number",
    "Paragraph.role": "one of four",
    "Article.number": "the label as a number",
    "Cell.header": "yes or no",
    "Cell.rowspan": "a number",
    "Cell.colspan": "a number",
    "Cell.align": "one of four",
    "Figure.arrangement": "one of three",
    "Table.head_rows": "a number",
    "Table.columns": "a number",
    "Table.widths": "numbers",
    "ListedName.column": "a place in the source",
    "FullText.instruments": "the titles of its 印发件 once more",
    "Instrument.title_lines": "the title once more, broken into lines",
}
REPLACED_BY_SIGNATORY = {"FullText.issuers"}
"""Fields that are printed in the signature, but not here, where a person signs: see tests/source/test_kinds.py."""
ALWAYS_NOWHERE = {"anchor", "line"}
"""Derived from the printed numbers; a place in the source."""


def mentioned(hint: Any) -> set[type[Any]]:
    """Return the classes in a type hint."""
    if isinstance(hint, type) and not get_args(hint):
        return {hint}
    return {kind for each in get_args(hint) for kind in mentioned(each)}


def fields_of(start: type[Any]) -> Iterator[str]:
    """Yield the fields of a dataclass, and of those that it is made of, as ``Class.field``."""
    waiting, seen = [start], {start, Place, Span, DocumentNumber}
    while waiting:
        kind = waiting.pop()
        hints = get_type_hints(kind)
        for field in dataclasses.fields(kind):
            parts = {each for each in mentioned(hints[field.name]) if dataclasses.is_dataclass(each)}
            if parts - {Place, Span, DocumentNumber}:
                waiting += parts - seen
                seen |= parts
            elif field.name not in ALWAYS_NOWHERE:
                yield f"{kind.__name__}.{field.name}"


def test_every_field_is_said_to_be_shown_somewhere_or_nowhere() -> None:
    found = list(fields_of(FullText))
    assert len(found) == len(set(found))
    assert set(found) == {*OPEN, *CLOSED, *NOWHERE}
    assert not OPEN.keys() & CLOSED.keys() and not NOWHERE.keys() & {*OPEN, *CLOSED}
    assert all(f"〔{field}〕" in MARKDOWN for field in OPEN)


def written(root: Path, mark: Callable[[int], str]) -> dict[str, str]:
    """Make the project's document one with ``mark(number)`` in every open field; return the marks by field."""
    marks = {field: mark(number) for number, field in enumerate(OPEN)}
    text = MARKDOWN
    for field, value in {**marks, **{field: value for field, (value, _) in CLOSED.items()}}.items():
        text = text.replace(f"〔{field}〕", value)
    folder = root / "content/2026-1"
    (folder / "01.md").write_text(text.replace("〔Waiver.text〕", "其它"), "utf-8")
    Image.new("RGB", (40, 40), "white").save(folder / f"{marks['Figure.file']}.png")
    settings = root / "content/gazette.toml"
    wanted = '"成品" = ["EPUB", "Word"]\n'
    issuer = (
        f'\n[["发文机关"]]\n"名称" = "柳林县{marks["FullText.issuers"]}林业局"\n"机关代字" = ["柳标发"]\n'
    )
    kind = '\n[["体裁"]]\n"名称" = "公文"\n"可填" = ["令号", "来源"]\n'
    settings.write_text(wanted + settings.read_text("utf-8") + issuer + kind, "utf-8")
    return marks


def document_in(root: Path) -> FullText:
    publication, found = load(root)
    assert publication is not None, found
    return publication.issues[0].full_texts[0]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def strings(value: Any) -> Iterator[str]:
    """Yield every key and every value of JSON data."""
    if isinstance(value, dict):
        for key, each in cast("dict[str, Any]", value).items():
            yield key
            yield from strings(each)
    elif isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from strings(each)
    else:
        yield str(value)


def texts_of_package(file: Path, suffix: str, attributes: Iterable[str]) -> str:
    """Return the texts of the XML files in a package, and the values of ``attributes`` in them."""
    with zipfile.ZipFile(file) as archive:
        parts = [
            ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(suffix)
        ]
    described = [each.get(name, "") for part in parts for each in part.iter() for name in attributes]
    return "\n".join(["".join("".join(part.itertext()) for part in parts), *described])


def outputs(root: Path, document: FullText) -> dict[str, str]:
    """Return what each kind of output has in words, without white space."""
    import pikepdf
    import pypdfium2

    site = root / "output/site"
    own = site / "2026/1" / document.slug
    (text,) = (site / "assets/search/text/2026/1").glob("*.js")
    with zipfile.ZipFile(next((site / "2026/1").glob("*.zip"))) as archive:
        source = next(name for name in archive.namelist() if name.endswith(".md"))
        packed = archive.read(source).decode()
    pdf = pypdfium2.PdfDocument(own / f"{document.slug}.pdf")
    printed = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    file = pikepdf.open(own / f"{document.slug}.pdf")
    with file:
        alternatives = [
            str(each.get("/Alt", "")) for each in file.objects if isinstance(each, pikepdf.Dictionary)
        ]
    page = (own / "index.html").read_text("utf-8")
    akoma = ElementTree.parse(own / f"{document.slug}.xml").getroot()
    lists = [path.read_text("utf-8") for path in site.rglob("*.html") if own not in path.parents]
    made = {
        PAGE: re.sub(r"</?(?:span|strong|b|br|a)\b[^>]*>", "", page) + unquote(page),
        JSON: "\n".join(strings(json.loads((own / f"{document.slug}.json").read_text("utf-8")))),
        SEARCH: "".join(words for _, words in units_of(text.read_bytes())),
        PDF: printed,
        ALT: "\n".join(alternatives),
        CSV: (site / "documents.csv").read_text("utf-8-sig"),
        ICS: (own / f"{document.slug}.ics").read_bytes().replace(b"\r\n ", b"").decode(),
        LISTS: "\n".join(lists),
        ZIP: packed,
        XML: "\n".join(
            [
                *akoma.itertext(),
                *(value for each in akoma.iter() for name, value in each.attrib.items() if name != "src"),
            ]
        ),
        BOOK: texts_of_package(next((site / "2026/1").glob("*.epub")), ".xhtml", ("alt",)),
        WORD: texts_of_package(own / f"{document.slug}.docx", ".xml", ("descr", "name")),
        FEED: "".join(ElementTree.parse(site / "feed.xml").getroot().itertext()),
    }
    return {name: squeezed(text) for name, text in made.items()}


def word(number: int) -> str:
    """Return a mark of ordinary characters; no two have the same ending."""
    digits = "甲乙丙丁戊己庚辛壬癸"
    return f"标{digits[number // 10]}记{digits[number % 10]}"


@pytest.mark.tools
def test_every_output_shows_what_it_should(project: Path) -> None:
    marks = written(project, word)
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.failed, [each for each in result.diagnostics if each.severity is Severity.ERROR]
    document = document_in(project)
    shown = outputs(project, document)
    absent = [
        (field, output)
        for field, outputs_of_it in OPEN.items()
        for output in (*outputs_of_it, ZIP)
        if marks[field] not in shown[output]
    ]
    absent += [
        (field, output)
        for field, (value, outputs_of_it) in CLOSED.items()
        for output in outputs_of_it
        if value not in shown[output]
    ]
    assert absent == []
    unexpected = [
        (field, output)
        for field, outputs_of_it in OPEN.items()
        for output in shown.keys() - outputs_of_it - {ZIP}
        if marks[field] in shown[output]
    ]
    assert unexpected == []


def test_every_kind_of_block_is_gone_through(project: Path) -> None:
    written(project, word)
    document = document_in(project)
    assert {type(block) for block, _ in walk(document.blocks)} == set(get_args(Block))
    assert all(blocks.as_parent(block) in (block, None) for block, _ in walk(document.blocks))

    @dataclasses.dataclass(frozen=True)
    class Other:
        line: int = 1

    unknown: Any = Other()
    with pytest.raises(AssertionError, match="unhandled"):
        list(walk((unknown,)))


def test_published_texts_hold_every_mark_once(project: Path) -> None:
    marks = written(project, word)
    texts = [(each.label, each.text) for each in published_texts(document_in(project))]
    for field, mark in marks.items():
        assert sum(mark in text for _, text in texts) == 1, field
    whole = [f"{label}{text}" for label, text in texts]
    for field, (value, _) in CLOSED.items():
        assert any(value in text for text in whole), field


def places(root: Path, code: str, mark: str) -> list[Diagnostic]:
    return [each for each in findings(root) if each.code == code and mark in each.message]


def test_a_mobile_number_is_seen_in_every_field_at_its_place(project: Path) -> None:
    marks = written(project, lambda number: f"138000001{number:02}")
    source = (project / "content/2026-1/01.md").read_text("utf-8").split("\n")
    for field, mark in marks.items():
        (found,) = places(project, "P001", mark)
        line = source[found.place.line - 1]
        assert line[found.place.column - 1 :].startswith(mark), (field, found.place)


def rare(number: int) -> str:
    return chr(0x3500 + number)


def test_a_rare_character_is_seen_in_every_field_of_the_official_text(project: Path) -> None:
    marks = written(project, rare)
    for field, mark in marks.items():
        found = places(project, "T013", mark)
        assert bool(found) == (OPEN[field] not in ({ZIP}, {PAGE})), field


def test_a_character_without_a_glyph_is_found_wherever_it_is_printed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = written(project, rare)
    publication, _ = load(project)
    assert publication is not None
    wanted: set[str] = set()

    def prepare(root: Path, characters: Iterable[str]) -> tuple[Face, ...]:
        wanted.update(characters)
        return (Face("宋体", "Gazette Song", Path("x"), frozenset(marks.values())),)

    monkeypatch.setattr(fonts, "prepare", prepare)
    with pytest.raises(UnprintableError) as raised:
        printable_faces(
            project,
            publication.gazette,
            publication.issues[0],
            read_templates(project),
            lambda path: (project / path).read_bytes(),
        )
    found = raised.value.diagnostics
    source = (project / "content/2026-1/01.md").read_text("utf-8").split("\n")
    for field, mark in marks.items():
        places = [each.place for each in found if mark in each.message]
        if field in REPLACED_BY_SIGNATORY:
            continue
        assert bool(places) == (PDF in OPEN[field]), field
        assert all(source[place.line - 1][place.column - 1] == mark for place in places), field
    assert wanted >= {mark for field, mark in marks.items() if PDF in OPEN[field]}


def test_texts_that_are_not_printed_have_such_roles(project: Path) -> None:
    marks = written(project, word)
    for text in published_texts(document_in(project)):
        for field, mark in marks.items():
            if mark in text.text and field not in REPLACED_BY_SIGNATORY:
                assert (text.role in NOT_ON_PAPER) == (PDF not in OPEN[field]), field
