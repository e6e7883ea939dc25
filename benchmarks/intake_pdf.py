"""Measure the intake of PDFs: characters in the right order, number, addressees and title, by program and layout.

Run ``python3 benchmarks/intake_pdf.py [folder]``. The documents of this gazette are written as Word files in many
layouts, which LibreOffice (if installed) turns into PDFs; Chromium prints them as pages; the PDFs that a build left in
``output`` are read too. Each is compared with the text that the Word file has. With a folder, the PDFs stay there, and
PDFs in its subfolder ``more`` are compared with the Word files of the same names beside them.
"""

from __future__ import annotations

import difflib
import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.manuscript import Grid, Line, Manuscript
from liulin_gazette.intake.pdf_files.pdf_file import read_pdf
from liulin_gazette.intake.word_files.word_file import read_word
from liulin_gazette.model.document import FullText
from tests.intake.word_files import word_file
from tests.loading import load
from tests.web.browser import chromium

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Measure:
    """How a PDF was read, compared with the Word file."""

    characters: float
    """Share of the characters that are there in the right order."""
    added: int
    """Characters that the Word file does not have."""
    fields: tuple[bool, bool, bool]
    """Whether number, addressees and title are those that the Word file gives."""


def text_of(manuscript: Manuscript) -> str:
    """Return all characters of the parts of ``manuscript``, without white space."""
    texts: list[str] = []
    for part in manuscript.parts:
        if isinstance(part, Line):
            texts.append(part.text)
        elif isinstance(part, Grid):
            texts += [cell.text for row in part.rows for cell in row]
    return re.sub(r"\s", "", "".join(texts))


def compare(source: Manuscript, read: Manuscript) -> Measure:
    """Return how ``read`` compares with ``source``."""
    right, found = text_of(source), text_of(read)
    blocks = difflib.SequenceMatcher(None, right, found, autojunk=False).get_matching_blocks()
    equal = sum(block.size for block in blocks)
    ours, theirs = (recognise(each).drafts[0].document for each in (source, read))
    return Measure(
        equal / max(len(right), 1),
        len(found) - equal,
        (ours.number == theirs.number, ours.addressees == theirs.addressees, ours.title == theirs.title),
    )


def _margins(side: float, top: float) -> Callable[[Any], None]:
    def change(word: Any) -> None:
        for section in word.sections:
            section.left_margin = section.right_margin = Mm(side)
            section.top_margin = section.bottom_margin = Mm(top)

    return change


def _type(size: float, spacing: float) -> Callable[[Any], None]:
    def change(word: Any) -> None:
        word.styles["Normal"].font.size = Pt(size)
        word.styles["Normal"].paragraph_format.line_spacing = spacing

    return change


def _columns(number: int) -> Callable[[Any], None]:
    def change(word: Any) -> None:
        for section in word.sections:
            for old in section._sectPr.findall(section._sectPr.tag.replace("sectPr", "cols")):
                section._sectPr.remove(old)
            section._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="{number}" w:space="425"/>'))

    return change


def _landscape(word: Any) -> None:
    for section in word.sections:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "", "end"):
        inner = f'<w:fldChar w:fldCharType="{kind}"/>' if kind else f"<w:instrText>{code}</w:instrText>"
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>"))


def _footer(*pieces: str) -> Callable[[Any], None]:
    """Return a change that puts ``pieces`` into the foot of the page; PAGE and NUMPAGES are fields."""

    def change(word: Any) -> None:
        for section in word.sections:
            paragraph = section.footer.paragraphs[0]
            paragraph.alignment = 1
            for piece in pieces:
                if piece.isupper():
                    _field(paragraph, piece)
                else:
                    paragraph.add_run(piece)

    return change


def _ruled(word: Any) -> None:
    for table in word.tables:
        kinds = "".join(
            f'<w:{side} w:val="single" w:sz="4"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{kinds}</w:tblBorders>"))


def _odd_and_even(word: Any) -> None:
    word.settings.odd_and_even_pages_header_footer = True
    for section in word.sections:
        section.header.paragraphs[0].text = "某某县人民政府文件"
        section.even_page_header.paragraphs[0].text = "内部资料　注意保存"
        _field(section.footer.paragraphs[0], "PAGE")
        _field(section.even_page_footer.paragraphs[0], "PAGE")


UNRULED = "表格没有框线"
LAYOUTS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "公文格式，— 1 —": (_margins(27, 36), _type(16, 1.5), _footer("— ", "PAGE", " —")),
    "Word 默认边距，无页码": (_margins(31.8, 25.4), _type(12, 1.0)),
    "窄边距，第 1 页 共 3 页": (
        _margins(12.7, 12.7),
        _type(10.5, 1.0),
        _footer("第 ", "PAGE", " 页 共 ", "NUMPAGES", " 页"),
    ),
    "双倍行距": (_margins(28, 30), _type(14, 2.0), _footer("PAGE")),
    "大字": (_margins(25, 25), _type(22, 1.3), _footer("- ", "PAGE", " -")),
    "两栏": (_margins(20, 25), _type(10.5, 1.2), _columns(2), _footer("PAGE")),
    "横版": (_margins(25, 25), _type(12, 1.3), _landscape, _footer("— ", "PAGE", " —")),
    "奇偶页眉": (_margins(28, 25), _type(15, 1.4), _odd_and_even),
    UNRULED: (_margins(28, 25), _type(15, 1.4)),
}


def word_in_layout(document: FullText, changes: tuple[Callable[[Any], None], ...], has_rules: bool) -> bytes:
    """Return ``document`` as a Word file in a layout; with ``has_rules`` its tables are ruled."""
    word: Any = docx.Document(io.BytesIO(word_file(document, automatic=False)))
    for change in changes:
        change(word)
    if has_rules:
        _ruled(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def by_libreoffice(folder: Path, files: list[Path]) -> None:
    """Turn Word files into PDFs beside them. Raises CalledProcessError."""
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True)


def as_page(manuscript: Manuscript) -> str:
    """Return ``manuscript`` as an HTML page."""
    body: list[str] = []
    for part in manuscript.parts:
        if isinstance(part, Line):
            align = "center" if part.centred else "justify"
            indent = "0" if part.centred or part.text.endswith("：") else "2em"
            body.append(f'<p style="text-align:{align};text-indent:{indent}">{html.escape(part.text)}</p>')
        elif isinstance(part, Grid):
            rows = "".join(
                "<tr>"
                + "".join(
                    f'<td rowspan="{cell.rowspan}" colspan="{cell.colspan}">{html.escape(cell.text)}</td>'
                    for cell in row
                )
                + "</tr>"
                for row in part.rows
            )
            body.append(f"<table border=1 style='border-collapse:collapse'>{rows}</table>")
    style = "body{font:16px/1.8 'Noto Serif CJK SC'} p{margin:0}"
    return f"<!DOCTYPE html><html lang=zh><style>{style}</style><body>{''.join(body)}</body></html>"


def by_chromium(pages: dict[Path, str]) -> None:
    """Print HTML pages as PDFs, with the browser's own header and footer."""
    with chromium() as browser:
        for file, text in pages.items():
            page = browser.new_page()
            page.set_content(text)
            page.pdf(
                path=str(file),
                format="A4",
                display_header_footer=True,
                margin={"top": "20mm", "bottom": "20mm", "left": "20mm", "right": "20mm"},
            )
            page.close()


def measured(folder: Path, documents: list[FullText]) -> Iterator[tuple[str, Measure]]:
    """Yield the program and layout, and the measure, of each PDF."""
    pages: dict[Path, str] = {}
    words: dict[Path, tuple[str, Manuscript]] = {}
    for number, document in enumerate(documents):
        for layout, changes in LAYOUTS.items():
            content = word_in_layout(document, changes, layout != UNRULED)
            file = folder / f"{number}-{re.sub(r'[^一-鿿]', '', layout)}.docx"
            file.write_bytes(content)
            words[file] = (f"LibreOffice，{layout}", read_word(file.name, content))
        source = read_word("x.docx", word_file(document, automatic=False))
        page = folder / f"{number}-网页.pdf"
        pages[page] = as_page(source)
        own = ROOT / f"output/site/2026/1/{document.slug}/{document.slug}.pdf"
        if own.is_file():
            yield "本程序", compare(source, read_pdf(own.name, own.read_bytes()))
        words[page] = ("Chromium", source)
    by_chromium(pages)
    if shutil.which("soffice"):
        by_libreoffice(folder, [file for file in words if file.suffix == ".docx"])
    for file, (kind, source) in words.items():
        pdf = file.with_suffix(".pdf")
        if pdf.is_file():
            yield kind, compare(source, read_pdf(pdf.name, pdf.read_bytes()))
    for pdf in sorted((folder / "more").glob("*.pdf")):
        word = pdf.with_suffix(".docx")
        if word.is_file():
            source = read_word(word.name, word.read_bytes())
            yield f"另附，{pdf.stem}", compare(source, read_pdf(pdf.name, pdf.read_bytes()))


def main() -> None:
    """Print a table of the measures by program and layout."""
    publication, found = load(ROOT)
    assert publication is not None, found
    documents = [document for issue in publication.issues for document in issue.full_texts]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows: dict[str, list[Measure]] = {}
        for kind, measure in measured(folder, documents):
            rows.setdefault(kind, []).append(measure)
    print(
        "| 来源 | 份 | 按次序的字 | 最差一份 | 多出的字 | 文号 | 主送 | 标题 |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    )
    for kind, measures in rows.items():
        count = len(measures)
        shares = [measure.characters for measure in measures]
        fields = " | ".join(f"{sum(measure.fields[at] for measure in measures)}/{count}" for at in range(3))
        added = sum(measure.added for measure in measures)
        print(f"| {kind} | {count} | {sum(shares) / count:.2%} | {min(shares):.2%} | {added} | {fields} |")


if __name__ == "__main__":
    main()
