"""One document as a Word file: 版头, title, body, signature, annexes (GB/T 9704-2012 §7)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from liulin_gazette.editions.docx_notes import Notes
from liulin_gazette.editions.docx_page import (
    HEI,
    KAI,
    LINE,
    SIZE_2,
    SIZE_3,
    SIZE_SMALL_4,
    TITLE_FACE,
    WIDTH,
    new_document,
    set_properties,
    sort_paragraph_properties,
    styled,
)
from liulin_gazette.editions.docx_pictures import with_density
from liulin_gazette.editions.docx_properties import unprinted
from liulin_gazette.editions.docx_tables import add_table
from liulin_gazette.editions.held_pictures import HeldPicture
from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Footnotes,
    Heading,
    Inline,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Roster,
    Signature,
    Span,
    Table,
    assert_never,
    footnotes,
    plain,
)
from liulin_gazette.model.document import Contact, FullText
from liulin_gazette.rendering.templating import is_division
from liulin_gazette.text.chinese_dates import chinese_date
from liulin_gazette.text.display_lines import em_width
from liulin_gazette.text.title_lines import title_lines

HEADING_FACES = {2: HEI, 3: KAI}
"""一、 is set in 黑体, （一） in 楷体, what is below them in the face of the text (§7.3.3)."""
_LABELS = (
    (re.compile("[一二三四五六七八九十百]+、"), HEI),
    (re.compile("（[一二三四五六七八九十百]+）"), KAI),
)
"""The numbers of headings at the beginning of a paragraph, and their faces."""
TITLE_MEASURE = 20
"""Characters of 二号 across the type area."""
SIGNATURE_INDENT = 2
"""Characters right of the longer one of issuer and date (§7.3.5.2)."""
SIGNATORY_INDENT = 4
"""Characters right of the person who signs (§7.3.5.3)."""
NAMES_IN_LINE, NAME_CELL = 3, 9
"""Names of a list of names in a line, and characters that each has."""


def docx_document(document: FullText, pictures: Mapping[str, HeldPicture]) -> bytes:
    """Return ``document`` as .docx; ``pictures`` are those that Word can hold, by project path."""
    return _Writer(document, pictures).content()


class _Writer:
    """Writes one document, part by part, at the end of a Word file."""

    def __init__(self, document: FullText, pictures: Mapping[str, HeldPicture]) -> None:
        self.document = document
        self.pictures = pictures
        self.word = new_document()
        self.notes = Notes({note.mark: note for note in footnotes(document.blocks)})

    def content(self) -> bytes:
        """Return the whole file."""
        from docx.oxml.ns import qn

        document = self.document
        self.head()
        for line in document.headnote:
            self.line(line, centred=True, face=KAI)
        if document.addressees:
            self.space()
            self.line(document.addressees)
        elif not document.headnote:
            self.space()
        self.blocks(document.blocks)
        if document.source:
            self.line(f"来源：{document.source}")
        if document.contact:
            self.contact(document.contact)
        self.notes.write(self.word)
        printed = "".join(each.text or "" for each in self.word.element.body.iter(qn("w:t")))
        set_properties(self.word, document, unprinted(document, printed))
        sort_paragraph_properties(self.word)
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def head(self) -> None:
        """Write 版头 and title: the issuers in red above the number and a red line, where the document has a number."""
        document = self.document
        if document.number and document.issuers:
            for issuer in document.issuers:
                self.line(issuer, centred=True, face=TITLE_FACE, size=SIZE_2, red=True)
            self.space()
        if document.number:
            number = self.line(str(document.number), centred=True)
            self.rule_below(number)
            self.space()
        for words in self.title(document.title, document.title_lines):
            self.line(words, centred=True, face=TITLE_FACE, size=SIZE_2)
        if document.order:
            self.line(document.order_number, centred=True)

    def line(
        self, text: str, centred: bool = False, face: str = "", size: float = 0.0, red: bool = False
    ) -> Any:
        """Add a paragraph with ``text`` without indent and return it."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.word.add_paragraph()
        if text:
            styled(paragraph.add_run(text), face, size, red)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def space(self) -> None:
        """Leave a line blank."""
        self.word.add_paragraph()

    def rule_below(self, paragraph: Any) -> None:
        """Draw the red line below the number (§7.2.7), as wide as the type area."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="4" w:color="FF0000"/></w:pBdr>'
            )
        )

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Write ``blocks`` in their order."""
        for block in blocks:
            match block:
                case Heading():
                    self.heading(block)
                case Paragraph():
                    self.paragraph(block)
                case Article():
                    self.article(block)
                case Note():
                    self.write(self.indented(), block.text)
                case Table():
                    self.table(block)
                case Figure():
                    self.figure(block)
                case Roster():
                    self.roster(block)
                case NameList():
                    self.name_list(block)
                case Signature():
                    self.signature()
                case Instrument():
                    self.part_title(self.title(block.title, block.title_lines), new_page=True)
                    self.blocks(block.blocks)
                case Annex():
                    self.annex(block)
                case Footnotes():
                    pass  # Each stands at its mark.
                case _:
                    assert_never(block)

    def write(self, paragraph: Any, text: Inline, face: str = "", size: float = 0.0) -> None:
        """Write ``text`` at the end of ``paragraph``; footnotes at their marks."""
        for span in text:
            if span.note:
                self.notes.add_mark(paragraph, span.note)
                continue
            run = styled(paragraph.add_run(span.shown), face, size)
            run.bold = True if span.strong else None
            if span.position and not span.is_drawn_by_itself:
                run.font.superscript = span.position == "super" or None
                run.font.subscript = span.position == "sub" or None

    def indented(self) -> Any:
        """Return a new paragraph whose first line is indented by two characters."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        paragraph = self.word.add_paragraph()
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="{SIZE_3 * 2 * 20:.0f}"/>')
        )
        return paragraph

    def heading(self, block: Heading) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        centred = is_division(block)
        paragraph = self.word.add_paragraph() if centred else self.indented()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{block.level - 2}"/>')
        )
        self.write(paragraph, block.text, HEADING_FACES.get(block.level, ""))

    def paragraph(self, block: Paragraph) -> None:
        paragraph = self.word.add_paragraph() if block.role == "placed" else self.indented()
        head = block.run_in_head if block.role in ("run-in", "label") else ()
        if head:
            words = plain(head)
            face = next((face for label, face in _LABELS if label.match(words)), "")
            self.write(paragraph, head, face or (HEI if block.role == "label" else ""))
        self.write(paragraph, block.text[len(head) :])

    def article(self, block: Article) -> None:
        paragraph = self.indented()
        styled(paragraph.add_run(block.label), HEI)
        self.write(paragraph, block.label_marks)
        self.write(paragraph, (Span("　"), *block.text[len(block.label_marks) :]))

    def table(self, block: Table) -> None:
        if block.caption:
            caption = self.line(block.caption, centred=True, face=HEI)
            caption.paragraph_format.keep_with_next = True
        add_table(
            self.word,
            block,
            lambda paragraph, text, is_head: self.write(
                paragraph, text, HEI if is_head else "", SIZE_SMALL_4
            ),
        )
        self.after_table()

    def after_table(self) -> None:
        """Add an empty paragraph as low as can be: two tables without one between them would be one table."""
        from docx.shared import Pt

        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(LINE / 4)

    def figure(self, block: Figure) -> None:
        """Write a picture as wide as it is, at most as the type area; its description where Word has no picture."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Mm

        held = self.pictures.get(block.file)
        paragraph = self.line("", centred=True)
        if held is None:
            words = block.alternative if block.file else f"{block.alternative}（原图待补）"
            styled(paragraph.add_run(words), KAI)
        else:
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            paragraph.paragraph_format.keep_with_next = bool(block.caption) or None
            shape = paragraph.add_run().add_picture(io.BytesIO(with_density(held)))
            scale = min(1.0, Mm(WIDTH) / shape.width, Mm(190) / shape.height)
            shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
            shape._inline.docPr.set("descr", block.alternative)
        if block.caption:
            self.line(block.caption, face=HEI).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def roster(self, block: Roster) -> None:
        """Write roles, names and posts at stops as wide as the longest role and name."""
        from docx.shared import Pt

        roles = max(4, *(len(entry.role) + 1 for entry in block.entries))
        names = max(4, *(len(entry.name) + 1 for entry in block.entries))
        for entry in block.entries:
            role = f"{entry.role}：" if entry.role else ""
            name = "　".join(entry.name) if len(entry.name) == 2 else entry.name
            paragraph = self.line(f"{role}\t{name}\t{entry.post}".rstrip("\t"))
            layout = paragraph.paragraph_format
            self.stops(paragraph, (roles + 2, roles + names + 2))
            layout.left_indent = Pt((roles + names + 2) * SIZE_3)
            layout.first_line_indent = Pt(-(roles + names) * SIZE_3)

    def stops(self, paragraph: Any, places: Iterable[int]) -> None:
        """Give ``paragraph`` stops of the tabulator after so many characters."""
        from docx.shared import Pt

        for place in places:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(place * SIZE_3))

    def name_list(self, block: NameList) -> None:
        for group in block.groups:
            if group.heading:
                self.line(group.heading, face=HEI)
            names = [name.text for name in group.names]
            for first in range(0, len(names), NAMES_IN_LINE):
                line = self.line("\t".join(names[first : first + NAMES_IN_LINE]))
                self.stops(line, range(NAME_CELL, NAME_CELL * NAMES_IN_LINE, NAME_CELL))

    def signature(self) -> None:
        """Write issuers or signatory, date and 附注: the date two characters right of the beginning of the issuer."""
        document = self.document
        self.space()
        day = chinese_date(document.date)
        if person := document.signatory:
            self.right(f"{person.post}　{person.name}", SIGNATORY_INDENT)
            self.right(day, SIGNATORY_INDENT)
        elif document.issuers:
            width = max(map(em_width, document.issuers))
            right = max(float(SIGNATURE_INDENT), width - em_width(day))
            for issuer in document.issuers:
                self.right(issuer, max(float(SIGNATURE_INDENT), right + em_width(day) + 2 - width))
            self.right(day, right)
        else:
            self.right(day, SIGNATORY_INDENT)
        if document.release:
            self.write(self.indented(), (Span(f"（{document.release}）"),))

    def right(self, text: str, characters: float) -> None:
        """Write ``text`` at the right, so many ``characters`` from the edge."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self.line(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(characters * SIZE_3)
        paragraph.paragraph_format.keep_with_next = None

    def title(self, title: str, lines: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return ``title`` in ``lines`` if these fit on the page, else in lines broken by sense."""
        fits = lines and all(em_width(line) <= TITLE_MEASURE for line in lines)
        return lines if fits else title_lines(title, measure=TITLE_MEASURE)

    def part_title(self, lines: Iterable[str], new_page: bool) -> None:
        for number, words in enumerate(lines):
            paragraph = self.line(words, centred=True, face=TITLE_FACE, size=SIZE_2)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.page_break_before = (new_page and not number) or None
        self.space()

    def annex(self, block: Annex) -> None:
        """Begin a page (§7.3.7) with the label at its top left, the title on the third line."""
        label = self.line(block.label, face=HEI)
        label.paragraph_format.page_break_before = True
        self.space()
        if block.title:
            self.part_title(self.title(block.title), new_page=False)
        self.blocks(block.blocks)

    def contact(self, contact: Contact) -> None:
        """Write 政策咨询 in a box."""
        self.space()
        self.line("政策咨询", centred=True, face=HEI)
        table = self.word.add_table(2, 2, "Table Grid")
        rows = (
            (f"责任单位：{contact.unit}", f"责任人：{contact.person}"),
            (f"责任股室：{contact.office}", f"电话：{contact.phone}"),
        )
        for row, words in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                styled(cell.paragraphs[0].add_run(text), "", SIZE_SMALL_4)
        self.after_table()
