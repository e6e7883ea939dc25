"""Word files as departments write them, generated from documents: automatic numbers, tabs, joined cells."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Heading,
    Instrument,
    Note,
    Paragraph,
    Roster,
    Signature,
    Table,
    grid,
    plain,
)
from liulin_gazette.model.document import FullText
from liulin_gazette.text.chinese_dates import chinese_date

LEVELS = {
    0: ("chineseCountingThousand", "第%1条", "space"),
    1: ("chineseCounting", "%1、", "nothing"),
    2: ("chineseCounting", "（%1）", "nothing"),
    3: ("decimal", "%1.", "space"),
    4: ("decimal", "（%1）", "nothing"),
}
"""numFmt, lvlText and suff of Word's numbering for 条, 一、, （一）, 1. and （1）."""
_LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十百]+条\s*|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.\s?|（\d+）)"
)


def word_file(document: FullText, automatic: bool = True) -> bytes:
    """Return ``document`` as a .docx laid out as in GB/T 9704-2012; with ``automatic`` Word numbers its headings."""
    return _Writer(document, automatic).content()


class _Writer:
    """Writes one document into a .docx."""

    def __init__(self, document: FullText, automatic: bool) -> None:
        self.source = document
        self.automatic = automatic
        self.word: Any = docx.Document()
        self.lists = 20
        self.numbering: Any = self.word.part.numbering_part.element
        self.list_of: dict[int, tuple[int, int]] = {}
        self.is_signed = False

    def content(self) -> bytes:
        source = self.source
        self.line(f"{source.issuer}文件", centred=True, bold=True)
        self.line(str(source.number), centred=True)
        for words in source.title_lines:
            self.line(words, centred=True, bold=True)
        if source.addressees:
            self.line(source.addressees)
        self.blocks(source.blocks)
        if not self.is_signed:
            self.signature()
        contact = source.contact
        if contact:
            self.line("政策咨询", centred=True, bold=True)
            table = self.word.add_table(2, 2)
            cells = (
                (f"责任单位：{contact.unit}", f"责任人：{contact.person}"),
                (f"责任股室：{contact.office}", f"电话：{contact.phone}"),
            )
            for row, words in zip(table.rows, cells, strict=True):
                for cell, text in zip(row.cells, words, strict=True):
                    cell.text = text
        section = self.word.sections[0]
        section.header.paragraphs[0].text = "内部排版用页眉"
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def line(self, text: str, centred: bool = False, bold: bool = False, indent: bool = False) -> Any:
        paragraph = self.word.add_paragraph()
        run = paragraph.add_run(("　　" if indent else "") + text)
        run.bold = bold or None
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def numbered(self, text: str, level: int) -> None:
        """Write a heading or article, its label as an automatic number."""
        label = _LABEL.match(text)
        if not (self.automatic and label):
            self.line(text, indent=True)
            return
        for deeper in [open_level for open_level in self.list_of if open_level > level]:
            del self.list_of[deeper]
        number, count = self.list_of.get(level, (0, 0))
        if not number or not self.is_next(label[0], level, count + 1):
            number, count = self.new_list(level, label[0]), self.value(label[0]) - 1
        self.list_of[level] = (number, count + 1)
        paragraph = self.line(text[label.end() :])
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        )

    def is_next(self, label: str, level: int, count: int) -> bool:
        return self.value(label) == count

    def value(self, label: str) -> int:
        from liulin_gazette.text.numerals import chinese_number

        digits = re.search(r"[一二三四五六七八九十百]+|\d+", label)
        assert digits is not None
        return int(digits[0]) if digits[0].isdigit() else chinese_number(digits[0])

    def new_list(self, level: int, label: str) -> int:
        self.lists += 1
        form, text, suffix = LEVELS[level]
        start = self.value(label)
        level_xml = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.lists}">{level_xml}</w:abstractNum>'
        )
        first = self.numbering.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}num")
        first.addprevious(abstract)
        self.numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self.lists}"><w:abstractNumId w:val="{self.lists}"/></w:num>'
            )
        )
        return self.lists

    def signature(self) -> None:
        self.is_signed = True
        self.line(self.source.issuer)
        self.line(chinese_date(self.source.date))
        self.line(f"（{self.source.release}）")

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                self.numbered(plain(block.text).replace("\n", ""), block.level - 1)
            elif isinstance(block, Paragraph):
                self.paragraph(block)
            elif isinstance(block, Article):
                self.numbered(f"{block.label} {plain(block.text)}", 0)
            elif isinstance(block, Note):
                self.line(plain(block.text), indent=True)
            elif isinstance(block, Signature):
                self.signature()
            elif isinstance(block, Instrument):
                if not self.is_signed:
                    self.signature()
                self.line(block.title, centred=True, bold=True)
                self.blocks(block.blocks)
            elif isinstance(block, Annex):
                if not self.is_signed:
                    self.signature()
                self.line(block.label)
                self.line(block.title, centred=True, bold=True)
                self.blocks(block.blocks)
            elif isinstance(block, Roster):
                for entry in block.entries:
                    role = f"{entry.role}：" if entry.role else ""
                    name = "　".join(entry.name) if len(entry.name) == 2 else entry.name
                    self.line(f"{role}\t{name}\t{entry.post}".rstrip())
            elif isinstance(block, Table):
                self.table(block)

    def paragraph(self, block: Paragraph) -> None:
        paragraph = self.word.add_paragraph("　　")
        for span in block.text:
            paragraph.add_run(span.text).bold = span.strong or None

    def table(self, block: Table) -> None:
        table = self.word.add_table(len(block.rows), block.columns)
        for y, row in enumerate(grid(block)):
            for x, cell in row:
                target = table.cell(y, x)
                if cell.rowspan > 1 or cell.colspan > 1:
                    target = target.merge(table.cell(y + cell.rowspan - 1, x + cell.colspan - 1))
                target.text = plain(cell.text)
