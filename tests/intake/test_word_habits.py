"""Habits of other offices in Word files: lists, tracked changes, tables, headers, embedded files, older formats."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.manuscript import Grid, Line, Manuscript
from liulin_gazette.intake.word_files.word_file import read_word
from liulin_gazette.intake.word_files.word_numbering import Numbering
from liulin_gazette.intake.word_files.word_numerals import numeral
from tests.intake.test_word_marks import SPACES, run

DELETED = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
NUMERALS = {
    "chineseCounting": (12, "十二"), "chineseLegalSimplified": (11, "壹拾壹"), "ideographTraditional": (3, "丙"),
    "ideographZodiac": (12, "亥"), "ideographZodiacTraditional": (3, "丙寅"), "ideographDigital": (10, "一〇"),
    "taiwaneseDigital": (20, "二○"), "decimalEnclosedParen": (2, "⑵"), "ideographEnclosedCircle": (4, "㊃"),
    "decimalZero": (7, "07"), "lowerRoman": (14, "xiv"), "upperLetter": (28, "BB"), "decimalFullWidth": (15, "１５"),
    "numberInDash": (3, "- 3 -"), "none": (3, ""),
}  # fmt: skip
UNKNOWN = (
    ("ideographTraditional", 11),
    ("cardinalText", 3),
    ("decimalEnclosedCircle", 21),
    ("lowerRoman", 0),
)


def of_body(*blocks: str, styles: str = "", **parts: tuple[str, str, bytes]) -> Manuscript:
    """Read a file with ``blocks`` (XML) in its body, further ``styles``, and ``parts``: kind, media type, content."""
    document: Any = docx.Document()
    for block in blocks:
        document.element.body.insert(-1, parse_xml(block.replace(">", f" {SPACES}>", 1)))
    for style in filter(None, styles.split("\n")):
        document.styles.element.append(parse_xml(style.replace(">", f" {nsdecls('w')}>", 1)))
    for key, (kind, media_type, content) in parts.items():
        part = Part(PackURI(f"/word/{key}.bin"), media_type, content, document.part.package)
        document.part.rels.add_relationship(
            f"{RELATIONSHIP_TYPE.FOOTNOTES.rpartition('/')[0]}/{kind}", part, key
        )
    out = io.BytesIO()
    document.save(out)
    return read_word("x.docx", out.getvalue())


def paragraph(xml: str, properties: str = "") -> str:
    return f"<w:p>{properties}{xml}</w:p>"


def texts(manuscript: Manuscript) -> list[str]:
    return [part.text for part in manuscript.parts if isinstance(part, Line) and part.text]


def left_out(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(each.text, each.reason) for each in manuscript.omissions]


def assert_accounted(manuscript: Manuscript) -> None:
    account = recognise(manuscript).account
    assert account is not None and account.differences == ()


@pytest.mark.parametrize("form", NUMERALS)
def test_numerals_of_lists(form: str) -> None:
    number, shown = NUMERALS[form]
    assert numeral(number, form) == (shown, True)


@pytest.mark.parametrize(("form", "number"), UNKNOWN)
def test_numerals_that_are_not_known_are_in_doubt(form: str, number: int) -> None:
    assert numeral(number, form) == (str(number), False)


def numbering(levels: str, *overrides: str) -> Numbering:
    """Return the lists 1, 2, … of one abstract list: one without overrides, then one with each of ``overrides``."""
    lists = (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{each}</w:num>'
        for number, each in enumerate(("", *overrides), 1)
    )
    xml = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f"{''.join(lists)}</w:numbering>"
    )
    return Numbering(parse_xml(xml))


def level(index: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def test_deeper_levels_begin_anew_unless_the_list_says_otherwise() -> None:
    anew = numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2."))
    on = numbering(
        level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    )
    order = (0, 1, 1, 0, 1)
    assert [anew.label("1", each)[0] for each in order] == ["一、", "1.", "2.", "二、", "1."]
    assert [on.label("1", each)[0] for each in order] == ["一、", "1.", "2.", "二、", "3."]


def test_a_list_that_begins_anew_does_so_once_and_others_go_on_from_it() -> None:
    """Lists of one abstract list share its count, and a startOverride sets it once, as word processors show them."""
    lists = numbering(
        level(0, "chineseCounting", "（%1）"),
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
    )
    shown = [lists.label(each, 0)[0] for each in ("1", "1", "1", "2", "1", "2")]
    assert shown == ["（一）", "（二）", "（三）", "（一）", "（二）", "（三）"]


def test_legal_numbers_and_bullets() -> None:
    legal = numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert [legal.label("1", each)[0] for each in (0, 0, 1)] == ["一、", "二、", "2.1"]
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/>{}</w:lvl>'
    assert numbering(bullet.format("\uf06c", font)).label("1", 0) == ("●", "")
    assert numbering(bullet.format("\uf024", font)).label("1", 0) == ("", "项目符号认不出来")


def test_hidden_and_struck_text_by_styles() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Base"><w:name w:val="b"/><w:rPr><w:vanish/></w:rPr></w:style>\n'
        '<w:style w:type="character" w:styleId="Sub"><w:name w:val="s"/><w:basedOn w:val="Base"/></w:style>'
    )
    read = of_body(
        paragraph(run("甲") + run("内部", '<w:rStyle w:val="Sub"/>') + run("乙", '<w:rStyle w:val="Sub"/><w:vanish w:val="0"/>')),
        paragraph(run("丙") + run("旧", "<w:dstrike/>") + run("丁")),
        styles=styles,
    )  # fmt: skip
    assert texts(read) == ["甲乙", "丙丁"]
    assert left_out(read) == [("内部", "隐藏的文字"), ("旧", "加了删除线的文字")]
    assert_accounted(read)


def test_styles_in_a_circle_end() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="A1"><w:name w:val="a"/><w:basedOn w:val="B1"/></w:style>\n'
        '<w:style w:type="character" w:styleId="B1"><w:name w:val="b"/><w:basedOn w:val="A1"/></w:style>'
    )
    assert texts(of_body(paragraph(run("甲", '<w:rStyle w:val="A1"/>')), styles=styles)) == ["甲"]


def test_deleted_rows_marks_and_controls() -> None:
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    row = "<w:tr>{}" + cell + cell + "</w:tr>"
    table = (
        "<w:tbl>" + row.format("<w:trPr><w:tblHeader/></w:trPr>", run("项目"), run("金额"))
        + row.format("<w:trPr><w:tblHeader/></w:trPr>", run("（类）"), run("（元）"))
        + row.format('<w:trPr><w:del w:id="3" w:author="a"/></w:trPr>', run("旧项"), run("1"))
        + f"<w:sdt><w:sdtContent>{row.format('', run('新项'), run('2'))}</w:sdtContent></w:sdt></w:tbl>"
    )  # fmt: skip
    read = of_body(paragraph(run("前半，"), DELETED), paragraph(run("后半。")), table, paragraph(run("完。")))
    assert texts(read) == ["前半，后半。", "完。"]
    (grid,) = [part for part in read.parts if isinstance(part, Grid)]
    assert [[each.text for each in row] for row in grid.rows] == [
        ["项目", "金额"],
        ["（类）", "（元）"],
        ["新项", "2"],
    ]
    assert grid.head_rows == 2
    assert left_out(read) == [("旧项\n1", "修订中已删除的文字")]
    assert_accounted(read)


def test_cells_joined_sideways_and_down() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"

    read = of_body(
        "<w:tbl><w:tr>" + cell("甲", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("乙") + "</w:tr>"
        "<w:tr>" + cell("丙", "<w:vMerge/>") + cell("丁") + cell("戊") + "</w:tr></w:tbl>"
    )  # fmt: skip
    (grid,) = [part for part in read.parts if isinstance(part, Grid)]
    shapes = [[(each.text, each.colspan, each.rowspan) for each in row] for row in grid.rows]
    assert shapes == [[("甲", 2, 1), ("乙", 1, 1)], [("丙", 1, 1), ("丁", 1, 1), ("戊", 1, 1)]]
    assert_accounted(read)


PAGE = b"<html><head><style>p{}</style></head><body><p>\xe7\xbd\x91\xe9\xa1\xb5&amp;\xe4\xb8\x80</p><p>\xe4\xba\x8c</p></body></html>"
HEADER = f"<w:hdr {nsdecls('w')}><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr>".encode()
COMMENTS = f'<w:comments {nsdecls("w")}><w:comment w:id="0" w:author="张"><w:p><w:r><w:t>这里再议</w:t></w:r></w:p></w:comment></w:comments>'.encode()
XML = "application/xml"


def test_words_beside_the_text_are_told() -> None:
    section = (
        '<w:p><w:pPr><w:sectPr><w:headerReference w:type="first" r:id="first"/></w:sectPr></w:pPr></w:p>'
    )
    read = of_body(
        paragraph(run("正文。") + '<w:r><w:commentReference w:id="0"/></w:r>'),
        section,
        first=("header", XML, HEADER),
        note=("comments", XML, COMMENTS),
    )
    assert left_out(read) == [("这里再议", "批注（张）"), ("内部资料", "页眉、页脚不属于正文")]
    assert [each.place for each in read.omissions] == ["第1段", "首页页眉"]
    assert_accounted(read)


@pytest.mark.parametrize(
    ("media_type", "content", "lines"),
    [
        ("text/html", PAGE, ["网页&一", "二"]),
        ("text/plain", "一\n二".encode("gb18030"), ["一", "二"]),
        ("application/rtf", b"{\\rtf1 x}", []),
    ],
    ids=["page", "text", "rtf"],
)
def test_embedded_files_are_text_in_doubt(media_type: str, content: bytes, lines: list[str]) -> None:
    read = of_body(
        paragraph(run("前。")),
        '<w:altChunk r:id="chunk"></w:altChunk>',
        chunk=("aFChunk", media_type, content),
    )
    assert texts(read) == ["前。", *lines]
    assert any(
        "嵌着另一个文件" in doubt for part in read.parts if isinstance(part, Line) for doubt in part.doubts
    )
    assert_accounted(read)


def test_strict_files_are_read() -> None:
    document: Any = docx.Document()
    document.add_paragraph("严格格式。")
    out = io.BytesIO()
    document.save(out)
    strict = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(strict, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            for part in (b"officeDocument", b"wordprocessingml", b"drawingml"):
                content = content.replace(
                    b"http://schemas.openxmlformats.org/" + part + b"/2006/",
                    b"http://purl.oclc.org/ooxml/" + part + b"/",
                )
            target.writestr(entry.filename, content)
    read = read_word("x.docx", strict.getvalue())
    assert texts(read) == ["严格格式。"]
    assert_accounted(read)


def test_a_frame_of_one_column_is_text() -> None:
    cell = "<w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    read = of_body(f"<w:tbl>{cell.format(run('甲。'))}{cell.format(run('乙。'))}</w:tbl>")
    assert texts(read) == ["甲。", "乙。"] and read.remarks == ("第1段（表格）只有一栏，按段落转入。",)
    assert_accounted(read)


def test_articles_that_begin_anew_after_a_conversion_are_in_doubt() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "chineseCounting", "第%2条")
    for is_converted in (True, False):
        root = parse_xml(
            f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        )
        lists = Numbering(root, may_lose_restarts=is_converted)
        labels = [lists.label("1", index) for index in (0, 1, 1, 0, 1, 1)]
        assert [text for text, _ in labels] == ["第一章", "第一条", "第二条", "第二章", "第一条", "第二条"]
        assert [bool(doubt) for _, doubt in labels] == [False, False, False, False, is_converted, False]
