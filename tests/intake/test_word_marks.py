"""Marks of the runs of Word files that offices make, and lists of names, as Markdown that `check` accepts."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.symbol_fonts import symbol
from liulin_gazette.intake.word_files.word_file import read_word
from liulin_gazette.model.blocks import Footnotes, NameList, Table, plain, walk
from liulin_gazette.model.diagnostics import Diagnostic
from tests.conftest import findings
from tests.loading import load

SPACES = nsdecls("w", "a", "m", "wp", "r") + (
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
HEAD = ("柳林县林业局关于加强护林工作的通知", "柳林发〔2026〕9号", "局属各单位：")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def up(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def down(text: str) -> str:
    return run(text, '<w:vertAlign w:val="subscript"/>')


def field(code: str, data: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def note(kind: str, number: int, properties: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}" {properties}/></w:r>'


def sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


NOTES = {
    2: "<w:p><w:r><w:footnoteRef/></w:r>"
    + run(" 见《护林办法》第三条，10")
    + up("-3")
    + run("以内。")
    + "</w:p>",
    3: "<w:p><w:r><w:footnoteRef/></w:r>" + run("第一段。") + "</w:p><w:p>" + run("第二段。") + "</w:p>",
    4: "<w:p>" + run("* 自己的注码。") + "</w:p>",
}


def word(*paragraphs: str) -> bytes:
    """Return a .docx of a document with ``paragraphs``, each the XML of its runs or a table, and with ``NOTES``."""
    document: Any = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    for paragraph in paragraphs:
        text = paragraph if paragraph.startswith("<w:tbl") else f"<w:p>{paragraph}</w:p>"
        document.element.body.insert(-1, parse_xml(text.replace(">", f" {SPACES}>", 1)))
    for line in ("柳林县林业局", "2026年2月6日", "（此件公开发布）"):
        document.add_paragraph(line)
    for kind in ("footnote", "endnote"):
        inside = "".join(f'<w:{kind} w:id="{number}">{text}</w:{kind}>' for number, text in NOTES.items())
        part = Part(
            PackURI(f"/word/{kind}s.xml"),
            f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
            f"<w:{kind}s {SPACES}>{inside}</w:{kind}s>".encode(),
            document.part.package,
        )
        document.part.relate_to(part, f"{RELATIONSHIP_TYPE.FOOTNOTES.rpartition('/')[0]}/{kind}s")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def taken_in(*paragraphs: str) -> tuple[str, Intake]:
    intake = recognise(read_word("x.docx", word(*paragraphs)))
    return intake.drafts[0].document.body, intake


BOX = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
FORM_BOX = '<w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData>'
CASES = {
    "units": (run("面积120m") + up("2") + run("，CO") + down("2") + run("浓度10") + up("-3") + run("。"), "面积120m²，CO₂浓度10⁻³。"),
    "raised words": (run("甲") + up("注") + run("乙") + down("总量") + run("。"), "甲[上:注]乙[下:总量]。"),
    "raised in strong": (run("总面积10km", "<w:b/>") + run("2", '<w:b/><w:vertAlign w:val="superscript"/>') + run("以上。"), "**总面积10km²**以上。"),
    "raised in part strong": (run("甲", "<w:b/>") + run("注", '<w:b/><w:vertAlign w:val="superscript"/>') + run("同上。"), "**甲[上:注]**同上。"),
    "raised spaces": (run("重10") + up(" ") + run("kg。"), "重10 kg。"),
    "footnote": (run("按规定") + note("footnote", 2) + run("执行。"), "按规定[^1]执行。\n\n[^1]: 见《护林办法》第三条，10⁻³以内。"),
    "two notes": (run("甲") + note("footnote", 2) + run("乙") + note("endnote", 3) + run("。"), "甲[^1]乙[^2]。\n\n[^1]: 见《护林办法》第三条，10⁻³以内。\n\n[^2]: 第一段。\\\n第二段。"),
    "mark of its own": (run("甲") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>' + run("乙。"), "甲[^1]乙。\n\n[^1]: 自己的注码。"),
    "note after strong": (run("甲。", "<w:b/>") + note("footnote", 2), "**甲。**[^1]\n\n[^1]: 见《护林办法》第三条，10⁻³以内。"),
    "wingdings": (sym("Wingdings", "F0FE") + run("新建") + sym("Wingdings", "F0A8") + run("改建") + sym("Wingdings 2", "F053") + run("扩建。"), "☑新建☐改建☒扩建。"),
    "letters in wingdings": (run("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>') + run("是") + run("£", '<w:rFonts w:ascii="Wingdings 2"/>') + run("否。"), "☑是☐否。"),
    "control": (BOX.format(1, run("")) + run("是") + BOX.format(0, run("☐")) + run("否。"), "☑是☐否。"),
    "control with a cross": (BOX.format(1, run("☒")) + run("是。"), "☒是。"),
    "form field": (field("FORMCHECKBOX", FORM_BOX.format(1)) + run("是") + field("FORMCHECKBOX", FORM_BOX.format(0)) + run("否。"), "☑是☐否。"),
    "eq": (field(r"eq \o\ac(○,12)") + run("甲") + field(r"EQ \o\ac(□,√)") + run("乙m") + field(r"eq \s\up5(2)") + run("。"), "⑫甲☑乙m²。"),
    "struck": (run("每亩") + run("300", "<w:strike/>") + run("500元。") + run("内部", "<w:vanish/>"), "每亩500元。"),
    "not struck": (run("每亩") + run("300", '<w:strike w:val="0"/>') + run("元。"), "每亩300元。"),
    "ruby": ("<w:r><w:ruby><w:rt>" + run("lín") + "</w:rt><w:rubyBase>" + run("林") + "</w:rubyBase></w:ruby></w:r>" + run("县。"), "林县。"),
    "invisible": (run("零\u200b宽\u00ad空\ufeff格。"), "零宽空格。"),
    "marks of markdown": (run("3*4_5`6[上：x") + up("2") + run("[^1]#。"), "3\\*4\\_5\\`6\\[上：x²\\[^1]#。"),
    "line break": (run("甲，") + "<w:r><w:br/></w:r>" + run("乙。"), "甲，\\\n乙。"),
    "link": ('<w:hyperlink r:id="x">' + run("www.example.com") + "</w:hyperlink>" + run("。"), "www.example.com。"),
    "names": (
        run("先进个人（5人）") + "</w:p><w:p>" + run("张　三　李小四　王　五") + "</w:p><w:p>" + run("赵六") + "<w:r><w:tab/></w:r>" + run("孙七（女）"),
        "::: 名录\n先进个人（5人）\n张　三　李小四　王　五\n赵六　孙七（女）\n:::",
    ),
    "names in a roster": (
        run("组　长：张　三　县长") + "</w:p><w:p>" + run("成　员：李四　王五　赵六"),
        "::: 名单\n组长 | 张三 | 县长\n成员 | 李四 |\n | 王五 |\n | 赵六 |\n:::",
    ),
    "a cell": (
        "<w:tbl><w:tr><w:tc><w:p>" + run("面积（m") + up("2") + run("）") + "</w:p></w:tc><w:tc><w:p>" + run("甲") + up("注") + note("footnote", 2)
        + "</w:p><w:p>" + sym("Wingdings", "F0FE") + run("是|否") + "</w:p></w:tc></w:tr><w:tr><w:tc><w:p>" + run("1")
        + "</w:p></w:tc><w:tc><w:p>" + run("2") + "</w:p></w:tc></w:tr></w:tbl>",
        "| 面积（m²） | 甲[上:注][^1] \\ ☑是\\|否 |\n| --- | --- |\n| 1 | 2 |\n\n[^1]: 见《护林办法》第三条，10⁻³以内。",
    ),
    "heading and article": (
        run("一、目标10m") + up("2") + note("footnote", 2) + "</w:p><w:p>" + run("第一条　总量P") + down("总") + run("。"),
        "## 一、目标10m²[^1]\n\n[^1]: 见《护林办法》第三条，10⁻³以内。\n\n第一条 总量P[下:总]。",
    ),
}  # fmt: skip
OWN_MAKING = ("S", "T0", "B0")
"""Codes of findings about the form of a text; others are about what it says."""


def paragraphs_of(xml: str) -> tuple[str, ...]:
    return (xml,) if xml.startswith("<w:tbl") else tuple(xml.split("</w:p><w:p>"))


@pytest.mark.parametrize("name", CASES)
def test_marks_of_runs_become_marks_of_the_dialect(name: str) -> None:
    xml, expected = CASES[name]
    assert taken_in(*paragraphs_of(xml))[0] == expected


def test_drafts_pass_the_check_and_no_character_is_lost(project: Path) -> None:
    file = project / "content/2026-1/01.md"
    head = file.read_text("utf-8").rpartition("---\n")[0]
    for name, (xml, _) in CASES.items():
        body, intake = taken_in(*paragraphs_of(xml))
        file.write_text(f"{head}---\n\n{body}\n", "utf-8")
        assert form_findings(project) == [], name
        publication, _ = load(project)
        assert publication is not None
        (text,) = publication.issues[0].full_texts
        shown = "".join(texts_of(text.blocks)) + ("：" if "::: 名单" in body else "")
        told = "".join(each.text for each in intake.omissions)
        for word_of_run in re.findall(r"<w:t[^>]*>([^<]*)<", xml):
            for character in set(word_of_run) - set(" \t　-*£R\u200b\u00ad\ufeff"):
                known = {character, *("²³⁻"["23-".index(character)] if character in "23-" else ""), "₂"}
                assert known & set(shown + told), (name, character)


def form_findings(project: Path) -> list[Diagnostic]:
    return [each for each in findings(project) if each.code.startswith(OWN_MAKING)]


def texts_of(blocks: Any) -> list[str]:
    from liulin_gazette.model.published_texts import body_lines

    return [text.label + text.text for line in body_lines(blocks) for text in line]


def test_blocks_are_what_they_should_be(project: Path) -> None:
    file = project / "content/2026-1/01.md"
    head = file.read_text("utf-8").rpartition("---\n")[0]
    body, _ = taken_in(
        *(each for name in ("two notes", "names", "a cell") for each in paragraphs_of(CASES[name][0]))
    )
    file.write_text(f"{head}---\n\n{body}\n", "utf-8")
    assert form_findings(project) == []
    publication, _ = load(project)
    assert publication is not None
    blocks = [block for block, _ in walk(publication.issues[0].full_texts[0].blocks)]
    (names,) = [block for block in blocks if isinstance(block, NameList)]
    assert [name.text for group in names.groups for name in group.names] == [
        "张三",
        "李小四",
        "王五",
        "赵六",
        "孙七（女）",
    ]
    (table,) = [block for block in blocks if isinstance(block, Table)]
    (notes,) = [block for block in blocks if isinstance(block, Footnotes)]
    assert [each.mark for each in (*notes.notes, *table.notes)] == ["①", "②"]
    assert plain(notes.notes[1].text) == "第一段。\n第二段。"


DOUBTFUL = {
    "unknown symbol": (sym("Wingdings", "F024"), "特殊符号（Wingdings 字体的 F024）"),
    "equation": ("<m:oMath><m:r><m:t>E=mc</m:t></m:r><m:sSup><m:e/><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>", "公式“E=mc²”要核对"),
    "object": ("<w:r><w:object/></w:r>", "嵌着别的程序的内容"),
    "eq that is not known": (field(r"eq \f(1,2)"), "公式域"),
    "raised brackets": (run("甲") + up("[1]"), "“[1]”是上标"),
    "note without text": (run("甲") + note("footnote", 9), "这里有脚注，没有转入"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_not_certain_is_marked_at_its_place(name: str) -> None:
    xml, words = DOUBTFUL[name]
    body, intake = taken_in(run("前文。"), xml, run("后文。"))
    before, doubt, after = body.split("\n\n")
    assert (before, after) == ("前文。", "后文。") and words in doubt and "来稿第5段】" in doubt
    assert intake.drafts[0].document.body.count("【待核") == 1


def test_marks_that_cannot_be_where_they_are_are_told() -> None:
    document: Any = docx.Document()
    title = document.add_paragraph("柳林县林业局关于CO")
    title.add_run("x").font.subscript = True
    title.add_run("减排的通知")
    document.add_paragraph("柳林发〔2026〕9号")
    document.add_paragraph("请执行。")
    out = io.BytesIO()
    document.save(out)
    (draft,) = recognise(read_word("x.docx", out.getvalue())).drafts
    assert draft.document.title == "柳林县林业局关于COₓ减排的通知"
    names = taken_in(run("张三　李四"), run("王五　茂腔"))[0]
    assert names.endswith("茂腔【待核：以上几行像是名单，是的写进“::: 名录”，来稿第5段】")


@pytest.mark.parametrize(
    ("line", "listed"), [("张三　李四", False), ("县一中　县二中", False), ("王五、赵六", False)]
)
def test_a_line_that_may_be_anything_is_no_list(line: str, listed: bool) -> None:
    assert (":::" in taken_in(run(line))[0]) == listed


def test_symbols() -> None:
    assert symbol("Wingdings", 0xF0FE) == symbol(" wingdings", 0xFE) == "☑"
    assert symbol("Arial", 0xFE) == "" and symbol("Wingdings", 0x1F0FE) == ""
