"""Word files: the layout of GB/T 9704-2012, and documents that the project's own intake reads as they were."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt
from PIL import Image

from liulin_gazette.editions.docx_document import docx_document
from liulin_gazette.editions.held_pictures import HeldPicture
from liulin_gazette.editions.word import word_files
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft
from liulin_gazette.intake.word_files.word_file import read_word
from liulin_gazette.model.blocks import Annex, Figure, Footnotes, Paragraph, Span, Table, figures, walk
from liulin_gazette.model.blocks import Footnote as Note
from liulin_gazette.model.document import FullText
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.published_texts import NOT_ON_PAPER, body_lines
from tests.conftest import ROOT
from tests.editions.sources import SECOND_COUNTY, sources
from tests.loading import load
from tests.test_published_texts import squeezed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def files_of(publication: Publication, root: Path) -> dict[str, bytes]:
    """Return the Word files by the project path of their documents."""
    made: dict[str, bytes] = {}
    for source in sources(publication, root, has_pages=False):
        files = word_files(source)
        assert files.diagnostics == ()
        slugs = {asset.path.rpartition("/")[2]: asset.content for asset in files.assets}
        made |= {each.path: slugs[f"{each.slug}.docx"] for each in source.issue.full_texts}
    return made


def draft_of(content: bytes) -> Draft:
    (draft,) = recognise(read_word("x.docx", content)).drafts
    return draft


def words_of(document: FullText) -> str:
    """Return the words of the body that paper shows, in their order."""
    return "".join(
        squeezed(text.label + text.text)
        for line in body_lines(document.blocks)
        for text in line
        if text.role not in NOT_ON_PAPER
    )


def tables_of(document: FullText) -> list[Any]:
    return [
        [
            [(squeezed("".join(s.shown for s in c.text)), c.rowspan, c.colspan) for c in row]
            for row in each.rows
        ]
        for each, _ in walk(document.blocks)
        if isinstance(each, Table)
    ]


def annexes_of(document: FullText) -> list[tuple[str, str]]:
    return [
        (each.label, squeezed(each.title)) for each, _ in walk(document.blocks) if isinstance(each, Annex)
    ]


@pytest.mark.parametrize("root", [ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def test_the_intake_reads_every_document_as_it_was(root: Path, tmp_path: Path) -> None:
    publication, found = load(root)
    assert publication is not None, found
    files = files_of(publication, root)
    shutil.copytree(root / "content", tmp_path / "content")
    documents = [each for issue in publication.issues for each in issue.full_texts]
    for document in documents:
        draft = draft_of(files[document.path])
        head, mark, _ = (root / document.path).read_text("utf-8").partition("\n---\n")
        assert mark
        (tmp_path / document.path).write_text(f"{head}{mark}\n{draft.document.body}\n", "utf-8")
        for name, content in draft.pictures:
            (tmp_path / document.path).with_name(name).write_bytes(content)
        if document.number and document.stated_kind != "转载":
            new = draft.document
            read = (squeezed(new.title), new.number, new.date, new.addressees)
            stated = (
                squeezed(document.title),
                str(document.number),
                document.date.isoformat(),
                document.addressees,
            )
            assert read == stated
            assert (new.issuer, *new.further_issuers) == document.issuers
            assert not document.release or new.release == document.release
            assert not document.contact or new.contact == document.contact
        if document.order:
            assert draft.document.signatory == document.signatory
            assert draft.document.fields["令号"] == document.order_number
    again, found = load(tmp_path)
    assert again is not None, found
    read = {each.path: each for issue in again.issues for each in issue.full_texts}
    assert read.keys() == {each.path for each in documents}
    for document in documents:
        words = words_of(read[document.path])
        # What intake leaves in the body, since it takes no kind of text for it.
        further = [*document.headnote, *([f"来源：{document.source}"] if document.source else ())]
        further += [f"{each.alternative}（原图待补）" for each in figures(document.blocks) if not each.file]
        for each in further:
            words = words.replace(squeezed(each), "", 1)
        assert words == words_of(document), document.path
        assert tables_of(read[document.path]) == tables_of(document), document.path
        assert annexes_of(read[document.path]) == annexes_of(document), document.path


def test_the_page_is_that_of_the_standard(publication: Publication) -> None:
    document = publication.issues[0].full_texts[1]
    word: Any = docx.Document(io.BytesIO(docx_document(document, {})))
    section = word.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in edges] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(f"{W}docGrid")
    assert round(225 / (int(grid.get(f"{W}linePitch")) / 1440 * 25.4)) == 22
    normal = word.styles["Normal"]
    tracking = int(normal.element.rPr.find(f"{W}spacing").get(f"{W}val")) / 20
    assert normal.font.size == Pt(16) and 28 <= Mm(156).pt / (16 + tracking) < 29
    fonts = normal.element.rPr.find(f"{W}rFonts")
    assert fonts.get(f"{W}eastAsia") == "仿宋_GB2312"
    lines = [each for each in word.paragraphs if each.text]
    assert [each.text for each in lines[:2]] == [document.issuer, str(document.number)]
    assert lines[0].runs[0].font.color.rgb is not None
    title = "".join(each.text for each in lines[2:5])
    assert document.title.startswith(title) and lines[2].runs[0].font.size == Pt(22)
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in "".join(footer._element.itertext()) and footer.paragraphs[0].runs[0].font.size == Pt(
            14
        )
    new_pages = [each.text for each in word.paragraphs if each.paragraph_format.page_break_before]
    assert new_pages and all(document.title.find(each[:4]) or each.startswith("附件") for each in new_pages)
    orders = [[child.tag for child in each] for each in word.element.body.iter(f"{W}pPr")]
    ranks = [
        f"{W}{name}"
        for name in ("keepNext", "pageBreakBefore", "pBdr", "tabs", "spacing", "ind", "jc", "outlineLvl")
    ]
    assert all(sorted(order, key=ranks.index) == order for order in orders)


def test_the_file_has_no_trace_of_its_day_or_its_program(publication: Publication) -> None:
    document = publication.issues[0].full_texts[0]
    (source,) = sources(publication, has_pages=False)
    first, second = word_files(source).assets[0], word_files(source).assets[0]
    assert first.content == second.content
    with zipfile.ZipFile(io.BytesIO(first.content)) as archive:
        days = {info.date_time[:3] for info in archive.infolist()}
        assert days == {(document.date.year, document.date.month, document.date.day)}
        assert archive.infolist()[0].filename == "[Content_Types].xml"
        core = archive.read("docProps/core.xml").decode()
        assert "python-docx" not in core and f"{document.date.isoformat()}T00:00:00Z" in core
        assert not any("thumbnail" in name for name in archive.namelist())


@pytest.mark.parametrize("count", [2, 12])
def test_footnotes_are_real_ones(publication: Publication, count: int) -> None:
    """Word numbers up to ten of them itself; more have the marks of the document."""
    document = publication.issues[0].full_texts[1]
    marks = [chr(ord("①") + number) for number in range(count)]
    text = tuple(Span(f"甲{mark}") if odd else Span("", note=mark) for mark in marks for odd in (1, 0))
    notes = tuple(Note(mark, (Span(f"注文{mark}，说明前面的词。"),), f"fn{mark}", 9) for mark in marks)
    blocks = (Paragraph("text", text, "p1", 5), Footnotes(notes, "f1", 9))
    content = docx_document(replace(document, blocks=blocks), {})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert all(f"注文{mark}，说明前面的词。" in written for mark in marks)
    assert body.count("<w:footnoteReference") == count
    assert ("customMarkFollows" in body) == (count > 10) == ("decimalEnclosedCircleChinese" not in body)
    draft = draft_of(content).document.body
    assert all(f"[^{number}]: 注文" in draft for number in range(1, count + 1))


def test_a_picture_that_word_cannot_hold_is_told_and_described(publication: Publication) -> None:
    (source,) = sources(publication, has_pages=False)
    section = source.issue.sections[0]
    first = source.issue.full_texts[0]
    figure = Figure("content/2026-1/图.svg", "山的图", "图题", "g1", 7)
    spoilt = replace(first, blocks=(figure, *first.blocks))
    issue = replace(
        source.issue,
        sections=(replace(section, documents=(spoilt, *section.documents[1:])), *source.issue.sections[1:]),
    )

    def picture(path: str) -> bytes:
        return b"<svg/>"

    made = word_files(replace(source, issue=issue, read_bytes=picture))
    (found,) = made.diagnostics
    assert (found.code, found.place.line) == ("S090", 7) and "图.svg" in found.message
    assert len(made.assets) == len(source.issue.documents)
    words = "".join(each.text for each in docx.Document(io.BytesIO(made.assets[0].content)).paragraphs)
    assert "山的图" in words and "图题" in words


@pytest.mark.parametrize(
    "head", [b"", b"\xff\xee\x00\x0eAdobe\x00d\x00\x00\x00\x00\x00", b"JFIF of no density"]
)
def test_any_jpeg_is_held(publication: Publication, head: bytes) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(drawn, "JPEG")
    plain = drawn.getvalue()
    picture = plain[:2] + head + plain[20:]
    if head.startswith(b"JFIF"):  # Dots per inch, and none of them.
        picture = plain[:13] + b"\x01\x00\x00\x00\x00" + plain[18:]
    document = publication.issues[0].full_texts[0]
    figure = Figure("content/2026-1/图.jpg", "山的图", "图题", "g1", 7)
    content = docx_document(replace(document, blocks=(figure,)), {figure.file: HeldPicture("jpg", picture)})
    word = docx.Document(io.BytesIO(content))
    (shape,) = word.inline_shapes
    assert (shape.width, shape.height) == (shape.height * 2, shape.height)


def test_more_words_than_a_property_holds_are_on_the_page(publication: Publication) -> None:
    names = tuple(f"第{number}局水土保持监督管理站" for number in range(30))
    content = docx_document(replace(publication.issues[0].full_texts[0], issuers=names), {})
    word = docx.Document(io.BytesIO(content))
    assert len(word.core_properties.author) == 255
    assert names[-1] in "".join(each.text for each in word.paragraphs)


def test_what_no_paper_shows_is_in_the_properties(publication: Publication) -> None:
    document = publication.issues[0].full_texts[0]
    stated = replace(document, policy=replace(document.policy, index="11-2026-1", topic="农业"))
    with zipfile.ZipFile(io.BytesIO(docx_document(stated, {}))) as archive:
        properties = archive.read("docProps/custom.xml").decode()
        assert re.findall('name="([^"]*)"', properties) == ["索引号", "主题分类"]
        assert "11-2026-1" in properties and "农业" in properties
        assert "11-2026-1" not in archive.read("word/document.xml").decode()
