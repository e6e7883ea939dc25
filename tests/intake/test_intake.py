"""Intake of the real documents as Word, PDF and text, compared with the real content; and of unusable files."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from liulin_gazette.cli import main
from liulin_gazette.editing.new_files import document_text
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft, Intake, part_text
from liulin_gazette.intake.manuscript import IntakeError, Line, Manuscript
from liulin_gazette.intake.word_files.word_file import read_word
from liulin_gazette.intake.word_files.word_numbering import Numbering
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Result
from liulin_gazette.text.numerals import chinese_number, han_numeral
from tests.conftest import ROOT
from tests.intake.single_file import read_manuscript
from tests.intake.word_files import word_file

SCAN = ROOT / "tests/data/scan-2026-1.txt"
_WIDE = str.maketrans(",:;()?!", "，：；（）？！")


def comparable(text: str) -> str:
    """Return the text without Markdown marks and spaces, for comparisons."""
    return re.sub(r"[\s*#|\-\\:：]+", "", text.translate(_WIDE))


def characters(text: str) -> Counter[str]:
    return Counter(each for each in text if "一" <= each <= "鿿" or each.isalnum())


def headings(text: str) -> Counter[str]:
    return Counter(comparable(line) for line in text.split("\n") if line.startswith("#"))


def roster(text: str) -> Counter[str]:
    blocks = re.findall(r"::: 名单\n(.*?)\n:::", text, re.DOTALL)
    return Counter(comparable(line) for block in blocks for line in block.split("\n"))


def table_rows(text: str) -> Counter[str]:
    rows = [
        line for line in text.split("\n") if line.startswith("|") and "-" not in line.replace("2021-2035", "")
    ]
    return Counter(comparable(row) for row in rows)


def share(expected: Counter[str], actual: Counter[str]) -> float:
    """Return which share of ``expected`` is in ``actual``, from 0 to 1."""
    return 1 - sum((expected - actual).values()) / max(1, sum(expected.values()))


def body_of(document: Document) -> str:
    return (ROOT / document.path).read_text("utf-8").split("---", 2)[2]


def assert_fields(draft: Draft, document: Document) -> None:
    found = draft.document
    assert found.title == document.title
    assert found.number == str(document.number)
    assert found.issuer == document.issuer
    assert found.date == document.date.isoformat()
    assert found.addressees == document.addressees
    assert found.release == document.release
    assert found.contact == document.contact


def documents(publication: Publication) -> list[FullText]:
    return [document for issue in publication.issues for document in issue.full_texts]


@pytest.mark.parametrize("index", range(9))
@pytest.mark.parametrize("automatic", [True, False])
def test_word_files_come_back_whole(publication: Publication, index: int, automatic: bool) -> None:
    document = documents(publication)[index]
    (draft,) = recognise(read_word("x.docx", word_file(document, automatic))).drafts
    assert_fields(draft, document)
    made, real = draft.document.body, body_of(document)
    kept = re.sub(r":::.*|【.*?】|!\[.*?\]\(.*?\)|\^\^|<<", "", real)
    assert share(characters(kept), characters(made)) == 1
    assert share(headings(real), headings(made)) > 0.85
    assert not headings(made) - headings(real)
    assert share(roster(real), roster(made)) > 0.9
    assert share(table_rows(real.replace("**", "")), table_rows(made)) == 1
    assert "【待核" not in document_text(draft.document)


@pytest.mark.parametrize("index", range(9))
def test_printed_pages_come_back_whole(
    publication: Publication, real_build: tuple[Path, Result], index: int
) -> None:
    document = documents(publication)[index]
    file = real_build[0] / f"output/site/2026/1/{document.slug}/{document.slug}.pdf"
    intake = recognise(read_manuscript(file))
    (draft,) = intake.drafts
    assert_fields(draft, document)
    made, real = draft.document.body, body_of(document)
    kept = re.sub(r":::.*|【.*?】|!\[.*?\]\(.*?\)|\^\^|<<", "", real)
    assert share(characters(kept), characters(made)) >= 0.999
    assert share(headings(real), headings(made)) > 0.85
    assert share(roster(real), roster(made)) > 0.9
    assert bool(intake.remarks) == ("【待核：这一页像是有表格" in made)


def test_a_whole_scanned_issue_splits_into_its_documents(publication: Publication) -> None:
    manuscript = read_manuscript(SCAN)
    intake = recognise(manuscript)
    assert len(intake.drafts) == 9
    for draft, document in zip(intake.drafts, documents(publication), strict=True):
        found = draft.document
        assert comparable(found.title) == comparable(document.title)
        assert found.number == str(document.number) and found.issuer == document.issuer
        assert found.date == document.date.isoformat() and found.release == document.release
        assert comparable(found.addressees) == comparable(document.addressees)
        assert found.contact == document.contact
    made = "".join(document_text(draft.document) for draft in intake.drafts)
    everything = characters("".join(part_text(part) for part in manuscript.parts))
    said = characters(made + "".join(each.text for each in intake.omissions) + omitted_text(intake))
    assert share(everything, said) > 0.998
    real = "".join(body_of(document) for document in documents(publication))
    assert share(headings(real), headings(made)) > 0.93
    assert share(roster(real), roster(made)) > 0.9


def omitted_text(intake: Intake) -> str:
    return "".join(row.original for draft in intake.drafts for row in draft.conversions if row.reason)


@pytest.mark.parametrize("name", ["word", "text"])
def test_nothing_is_dropped_in_silence(publication: Publication, name: str) -> None:
    manuscript = (
        read_word("x.docx", word_file(documents(publication)[1])) if name == "word" else read_manuscript(SCAN)
    )
    intake = recognise(manuscript)
    told = "".join(row.original for draft in intake.drafts for row in draft.conversions)
    told += "".join(each.text for each in intake.omissions)
    everything = "".join(part_text(part) for part in manuscript.parts)
    assert not characters(everything) - characters(told)


def test_the_numeral_is_the_number_read_back() -> None:
    assert [han_numeral(each) for each in (10, 11, 20, 101, 110, 1090)] == [
        "十", "十一", "二十", "一百零一", "一百一十", "一千零九十",
    ]  # fmt: skip
    for number in range(1, 3000):
        assert chinese_number(han_numeral(number)) == number


def word_with(*parts: str) -> bytes:
    """Return a .docx with ``parts`` (XML) in its body."""
    document = docx.Document()
    for part in parts:
        document.element.body.insert(-1, parse_xml(part.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines(manuscript: Manuscript) -> list[str]:
    return [part.text for part in manuscript.parts if isinstance(part, Line)]


def test_tracked_changes_are_taken_as_they_stand_and_told() -> None:
    content = word_with(
        "<w:p><w:r><w:t>限期</w:t></w:r><w:del><w:r><w:delText>三日</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>五日</w:t></w:r></w:ins><w:r><w:t>内“𬭎”办结。</w:t></w:r></w:p>"
    )
    manuscript = read_word("x.docx", content)
    assert lines(manuscript)[-1] == "限期五日内“𬭎”办结。"
    assert [each.text for each in manuscript.omissions] == ["三日"]


def test_doubts_become_marks_that_stop_publication(project: Path) -> None:
    content = word_with(
        "<w:p><w:r><w:t>柳林县林业局关于护林的通知</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>柳林发〔2026〕11号</w:t></w:r></w:p>",
        '<w:p><w:r><w:t>高</w:t><w:sym w:font="Wingdings" w:char="F0E0"/><w:t>低。</w:t></w:r></w:p>',
    )
    file = project / "来稿.docx"
    file.write_bytes(content)
    assert main(["intake", str(file), "--issue", "2026-1", "--yes"], project) == 0
    text = (project / "content/2026-1/02.md").read_text("utf-8")
    assert "高低。【待核：特殊符号（Wingdings 字体的 F0E0），来稿第3段】" in text
    assert "成文日期: 【待核：来稿里没有找到】" in text
    text = text.replace("成文日期: 【待核：来稿里没有找到】", "成文日期: 2026-02-06")
    (project / "content/2026-1/02.md").write_text(text, "utf-8")
    found = [each for each in examine(project).diagnostics if each.code == "S051"]
    assert len(found) >= 2 and {each.severity.value for each in found} == {"错误"}


def test_what_begins_far_to_the_right_is_refused() -> None:
    row = WIDE.format(1).replace("<w:tc>", '<w:trPr><w:gridBefore w:val="200000000"/></w:trPr><w:tc>', 1)
    with pytest.raises(IntakeError, match="超出 63 栏"):
        read_word("x.docx", word_with(row))


def test_boxes_in_boxes_are_read_once() -> None:
    inner = "<w:r><w:t>请认真执行。</w:t></w:r>"
    for _ in range(30):
        inner = f"<w:r><w:txbxContent><w:p>{inner}</w:p></w:txbxContent></w:r>"
    content = word_with(f"<w:p {nsdecls('w')}>{inner}</w:p>")
    assert lines(read_word("x.docx", content)).count("请认真执行。") == 1


def test_a_list_that_begins_below_nought_is_in_doubt() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="-40"/><w:numFmt w:val="{0}"/><w:lvlText w:val="%1"/></w:lvl>'
    for form in ("decimalEnclosedCircle", "chineseCounting"):
        root = parse_xml(
            f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="1">{level.format(form)}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
        )
        assert Numbering(root).label("1", 0) == ("-40", "自动编号的样式认不出来")


def test_pictures_come_along(project: Path) -> None:
    document = docx.Document()
    for text in ("柳林县林业局关于护林的通知", "柳林发〔2026〕11号", "正文。"):
        document.add_paragraph(text)
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    document.add_picture(io.BytesIO(picture.getvalue()))
    file = project / "来稿.docx"
    document.save(str(file))
    assert main(["intake", str(file), "--issue", "2026-1", "--yes"], project) == 0
    assert (project / "content/2026-1/02-图1.png").read_bytes() == picture.getvalue()
    assert "](02-图1.png)" in (project / "content/2026-1/02.md").read_text("utf-8")


def test_intake_makes_the_issue_reports_and_can_be_undone(
    project: Path, publication: Publication, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    file = project / "通知.docx"
    file.write_bytes(word_file(documents(publication)[1]))
    assert main(["intake", str(file), "--issue", "2026-2"], project) == 1
    assert not (project / "content/2026-2").exists()
    assert main(["intake", str(file), "--issue", "2026-2", "--yes"], project) == 0
    assert '"文件" = ["01.md"]' in (project / "content/2026-2/issue.toml").read_text("utf-8")
    page = (project / "output/intake/对照.html").read_text("utf-8")
    assert "内部排版用页眉" in page and "没有转入" in page
    capsys.readouterr()
    assert main(["intake", str(file), "--issue", "2026-2", "--yes"], project) == 1
    assert "已经有了，没有写" in capsys.readouterr().out
    assert main(["undo", "--yes"], project) == 0
    assert {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()} == before


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def empty_pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
WIDE = f'<w:tbl {nsdecls("w")}><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{{0}}"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
BAD = {
    "宽.docx": (word_with(WIDE.format(200_000_000)), "超出 63 栏"),
    "长.docx": (archive(**{"word__document.xml": b"<w:p/>" * 4_000_000}), "太大"),
    "半个.txt": ("甲".encode("utf-16") + b"\0", "编码认不出来"),
    "加密.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "加了密码"),
    "残缺.docx": (word_part := word_with("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))[: len(word_part) // 2],
    "压缩炸弹.docx": (archive(**{"word__document.xml": b"\0" * 301 * 1024 * 1024}), "太大"),
    "外部实体.docx": (archive(**{"word__document.xml": ENTITY}), "外部引用"),
    "不是公文.docx": (archive(**{"a.txt": b"x"}), "已损坏"),
    "扫描.pdf": (empty_pdf(3), "扫描件"),
    "太长.pdf": (empty_pdf(2000), "2000 页"),
    "残缺.pdf": (b"%PDF-1.7\n%%EOF", "已损坏"),
    "空.txt": (b" \n", "空文件"),
    "乱.txt": (b"\xff\x00\x81\xfe\x80\x80", "编码认不出来"),
    "旧.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
    "表.xlsx.bin": (b"abc", "不认识"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_what_to_do(
    project: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    case = BAD[name]
    content, message = case if isinstance(case, tuple) else (case, "不完整或已损坏")
    (project / name).write_bytes(content)
    before = sorted((project / "content").rglob("*"))
    assert main(["intake", str(project / name), "--yes"], project) == 1
    error = capsys.readouterr().err
    assert message in error and error.rstrip().endswith("。")
    assert sorted((project / "content").rglob("*")) == before


def test_a_missing_file_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["intake", str(project / "没有.docx"), "--yes"], project) == 1
    assert "读不出来" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_text_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "柳林县林业局关于护林的通知\n柳林发〔2026〕9号\n各镇：\n请“认真”执行。\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    manuscript = read_manuscript(tmp_path / "a.txt")
    (draft,) = recognise(manuscript).drafts
    assert draft.document.title == "柳林县林业局关于护林的通知"
    assert draft.document.addressees == "各镇：" and draft.document.body == "请“认真”执行。"
    assert bool(manuscript.remarks) == (encoding != "utf-8-sig")


def test_a_file_that_is_no_document_gives_a_draft_to_resolve(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天下雨。", "utf-8")
    (draft,) = recognise(read_manuscript(tmp_path / "a.txt")).drafts
    assert draft.document.title.startswith("【待核") and draft.document.body == "今天下雨。"


def test_special_characters_stay_text(tmp_path: Path) -> None:
    text = "柳林县林业局关于护林的通知\n柳林发〔2026〕9号\n各镇：\n3*4_5`6\\7。\n#号。\n|竖线。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (draft,) = recognise(read_manuscript(tmp_path / "a.txt")).drafts
    from liulin_gazette.model.blocks import Paragraph, plain
    from liulin_gazette.source.finding_collector import FindingCollector
    from liulin_gazette.source.folder import Folder
    from liulin_gazette.source.markdown.markdown_blocks import read_blocks

    findings = FindingCollector()
    blocks = read_blocks(draft.document.body, "content/2026-1/x.md", Folder("content/2026-1"), findings)
    assert findings.items == []
    assert [plain(block.text) for block in blocks if isinstance(block, Paragraph)] == [
        "3*4_5`6\\7。",
        "#号。",
        "|竖线。",
    ]


def test_errors_are_of_our_own_kind() -> None:
    with pytest.raises(IntakeError):
        read_word("x.docx", b"PK\x03\x04rubbish")


def test_pasted_text_is_taken_in(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "柳林县林业局关于护林的通知\n柳林发〔2026〕11号\n各镇：\n请认真执行。\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    assert main(["intake", "-", "--issue", "2026-1", "--yes"], project) == 0
    assert "请认真执行。" in (project / "content/2026-1/02.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_bytes_changed_on_the_way_end_in_a_draft_or_a_refusal(
    publication: Publication, real_build: tuple[Path, Result], tmp_path: Path, kind: str
) -> None:
    slug = "liu-zheng-ban-fa-2026-1"
    pdf = real_build[0] / f"output/site/2026/1/{slug}/{slug}.pdf"
    whole = word_file(documents(publication)[1]) if kind == "docx" else pdf.read_bytes()
    chance = random.Random(5)
    for _ in range(120):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        file = tmp_path / f"来稿.{kind}"
        file.write_bytes(damaged)
        try:
            recognise(read_manuscript(file))
        except IntakeError as error:
            assert str(error).endswith("。")
