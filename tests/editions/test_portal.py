"""门户: a table that a back office imports, in which nothing is a formula, and clean texts with their attachments."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from PIL import Image

from liulin_gazette.editions.edition import EditionSource
from liulin_gazette.editions.portal import portal_files
from liulin_gazette.editions.spreadsheet import column_letters, comma_separated, fits_in_cell, workbook
from liulin_gazette.intake.sheet_files.sheet_cells import column_number
from liulin_gazette.intake.sheet_files.sheet_file import read_sheets
from liulin_gazette.model.blocks import Figure, Paragraph, Span
from liulin_gazette.model.portal_columns import COLUMNS, USUAL
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from tests.conftest import ROOT
from tests.editions.pasted import markup, with_first
from tests.editions.sources import SECOND_COUNTY, sources
from tests.loading import load

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STARTS = ("=1+1", "+86", "-1", "@甲", "＝1", "\t=1", '=HYPERLINK("http://a","点")')
ATTRIBUTES = frozenset(("src", "alt", "rowspan", "colspan", "scope"))


def every_source() -> Iterator[EditionSource]:
    for root in (ROOT, SECOND_COUNTY):
        publication, found = load(root)
        assert publication is not None, found
        yield from sources(publication, root)


def made_of(source: EditionSource) -> dict[str, bytes]:
    return {asset.path: asset.content for asset in portal_files(source).assets}


def csv_rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_rows(content: bytes) -> list[list[str]]:
    """Return the cells of the first sheet, each of which has to be a text and no formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{MAIN}f"))
    cells = list(sheet.iter(f"{MAIN}c"))
    assert cells and all(cell.get("t") == "inlineStr" for cell in cells)
    return [["".join(cell.itertext()) for cell in row.iter(f"{MAIN}c")] for row in sheet.iter(f"{MAIN}row")]


def test_both_tables_have_the_columns_of_the_catalogue_and_a_row_for_each_document() -> None:
    for source in every_source():
        made = made_of(source)
        rows = sheet_rows(made[f"{source.issue.name}/documents.xlsx"])
        assert rows[0] == list(USUAL) and rows == csv_rows(made[f"{source.issue.name}/documents.csv"])
        for row, document in zip(rows[1:], source.issue.full_texts, strict=True):
            values = dict(zip(USUAL, row, strict=True))
            assert values["信息名称"] == document.listed_title and values["文号"] == document.identifier
            assert values["发布机构"] == document.issuer
            assert values["生成日期"] == document.date.isoformat()
            assert values["发布日期"] == (document.policy.released or "") or document.policy.released
            assert 0 < len(values["内容概述"]) <= 200


def test_the_workbook_is_read_by_another_reader(publication: Publication) -> None:
    """Intake reads spreadsheets of offices; what it reads of this one is what was written."""
    source = next(sources(publication))
    content = made_of(source)["2026-1/documents.xlsx"]
    manuscript = read_sheets("documents.xlsx", content)
    words = repr(manuscript)
    assert not [each for each in USUAL if each not in words]
    assert all(document.title in words for document in source.issue.full_texts)


def test_every_column_can_be_asked_for_in_any_order(publication: Publication) -> None:
    columns = tuple(reversed(COLUMNS))
    source = next(sources(publication))
    source = replace(source, gazette=replace(source.gazette, portal_columns=columns))
    made = made_of(source)
    rows = csv_rows(made["2026-1/documents.csv"])
    assert rows[0] == list(columns)
    for row, document in zip(rows[1:], source.issue.full_texts, strict=True):
        values = dict(zip(columns, row, strict=True))
        assert values["标题"] == values["信息名称"] == document.title
        assert values["正文"].encode() == made[f"2026-1/{values['正文文件']}"]
        assert values["体裁"] == document.kind and values["期"] == "2026年第1期"
        assert values["公开方式"] == document.release
        assert "<" not in values["正文文字"] and values["内容概述"].split("，")[0] in values["正文文字"]
        assert not document.contact or values["电话"] == document.contact.phone


def test_no_cell_is_a_formula(publication: Publication) -> None:
    environ = environment(read_templates(ROOT))
    rows = [["甲", "乙"], *([start, "x"] for start in STARTS)]
    content = workbook(environ, "表", rows, date(2026, 2, 28))
    assert sheet_rows(content) == rows
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert 'quotePrefix="1"' in styles and 'numFmtId="49"' in styles
    separated = csv_rows(comma_separated(rows))
    assert [row[0] for row in separated[1:]] == [f"'{start}" for start in STARTS]


def test_any_characters_are_carried_and_the_bytes_are_the_same(publication: Publication) -> None:
    environ = environment(read_templates(ROOT))
    rows = [["甲<乙>&\"'", "_x0041_ 乡"], ["𠮷\n两行", "  前后空格  "]]
    first, second = (workbook(environ, "表", rows, date(2026, 2, 28)) for _ in range(2))
    assert first == second
    read = sheet_rows(first)
    assert read[0] == ["甲<乙>&\"'", "_x005F_x0041_ 乡"] and read[1] == rows[1]
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time[:3] for info in archive.infolist()} == {(2026, 2, 28)}
    assert [column_letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    assert all(column_number(column_letters(number)) == number + 1 for number in range(800))


def test_a_text_that_no_cell_holds_is_told_and_is_in_its_file(publication: Publication) -> None:
    assert fits_in_cell("甲" * 32_767) and not fits_in_cell("甲" * 32_768) and not fits_in_cell("𠮷" * 16_384)
    source = next(sources(publication))
    first = source.issue.full_texts[0]
    long = replace(first, blocks=(Paragraph("text", (Span("甲" * 40_000),), "p1", 9),))
    changed = with_first(source, long)
    changed = replace(changed, gazette=replace(changed.gazette, portal_columns=("标题", "正文")))
    made = portal_files(changed)
    (found,) = made.diagnostics
    assert found.code == "S090" and found.place.path == first.path and "正文" in found.message
    contents = {asset.path: asset.content for asset in made.assets}
    rows = csv_rows(contents["2026-1/documents.csv"])
    assert rows[1] == [first.title, f"{first.slug}/{first.slug}.html"] and rows[2][1].startswith("<section>")
    assert "甲" * 40_000 in contents[f"2026-1/{first.slug}/{first.slug}.html"].decode()


def test_a_character_that_cannot_be_carried_costs_its_document_alone(publication: Publication) -> None:
    source = next(sources(publication))
    first = source.issue.full_texts[0]
    spoilt = replace(first, blocks=(Paragraph("text", (Span("请\x0b执行。"),), "p1", 9),))
    made = portal_files(with_first(source, spoilt))
    assert [each.code for each in made.diagnostics] == ["S090"]
    contents = {asset.path: asset.content for asset in made.assets}
    assert len(csv_rows(contents["2026-1/documents.csv"])) == len(source.issue.documents)


def test_texts_are_clean_and_whole() -> None:
    for source in every_source():
        for path, content in made_of(source).items():
            if path.endswith(".html"):
                parts = markup(content.decode())
                assert all(attributes.keys() <= ATTRIBUTES for _, attributes in parts.elements), path
                assert not {tag for tag, _ in parts.elements} & {"script", "style", "link", "body", "html"}
                headings = [int(tag[1]) for tag, _ in parts.elements if tag[0] == "h" and tag[1:].isdigit()]
                assert headings[0] == 1
                assert all(below <= above + 1 for above, below in itertools.pairwise(headings))


@pytest.mark.parametrize("has_pdf", [True, False])
def test_attachments_are_in_the_folder_of_their_document(publication: Publication, has_pdf: bool) -> None:
    source = next(sources(publication))
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(drawn, "PNG")
    first = source.issue.full_texts[0]
    figure = Figure("content/2026-1/图.png", "山的图", "图题", "g1", 7)
    changed = replace(
        with_first(source, replace(first, blocks=(figure, *first.blocks))),
        read_bytes={figure.file: drawn.getvalue()}.__getitem__,
        document_pdfs={first.slug: b"%PDF"} if has_pdf else {},
    )
    changed = replace(changed, gazette=replace(changed.gazette, portal_columns=("附件",)))
    made = made_of(changed)
    folder = f"2026-1/{first.slug}"
    names = [f"{first.slug}/{first.slug}.pdf"] * has_pdf + [f"{first.slug}/picture-1.png"]
    assert csv_rows(made["2026-1/documents.csv"])[1] == ["；".join(names)]
    assert all(f"2026-1/{name}" in made for name in names)
    text = made[f"{folder}/{first.slug}.html"].decode()
    assert '<img src="picture-1.png" alt="山的图">' in text and "<figcaption>图题</figcaption>" in text
