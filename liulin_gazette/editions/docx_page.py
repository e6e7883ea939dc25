"""The page of a Word file in the layout of GB/T 9704-2012: type area, grid, faces, page numbers, fixed properties."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from liulin_gazette.model.document import FullText

SONG, FANG, KAI, HEI, TITLE_FACE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
"""Faces by name: whoever opens the file has them, or his program shows others."""
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = 22.0, 16.0, 14.0, 12.0
"""二号, 三号, 四号 and 小四, in pt."""
PAGE = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""Margins in mm (§5.2.1): 天头 and 订口, and what a type area of 156 × 225 leaves."""
WIDTH = PAGE[0] - LEFT - RIGHT
"""Of the type area, in mm."""
LINES, CHARACTERS = 22, 28
"""Of a page and of a line (§5.2.3)."""
LINE = 29.0
"""pt from line to line: 225 mm for 22 lines."""
LONGEST_PROPERTY = 255
"""Characters of a core property, as python-docx has it; the page has all of them."""
_TWIPS = 1440 / 25.4
"""Twentieths of a point in a mm."""
TRACKING = math.floor((WIDTH * 72 / 25.4 / CHARACTERS - SIZE_3) * 20)
"""Twentieths of a pt between characters of 三号, of which 28 are a little wider than the type area."""


_PROPERTIES = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "tabs", "snapToGrid",
    "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr",
)  # fmt: skip
"""Properties of a paragraph that this edition writes, in the order of CT_PPr (ISO/IEC 29500-1 §17.3.1.26)."""


def new_document() -> Any:
    """Return an empty Word document with the page, the faces and the page numbers of the standard."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm, Pt

    word: Any = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    # The number stands 7 mm below the type area (§7.5): the foot of its line, 14 pt high.
    section.footer_distance = Mm(BOTTOM - 7 - 5)
    _set_grid(section)
    normal = word.styles["Normal"]
    _set_face(normal.element.get_or_add_rPr(), FANG)
    normal.font.size = Pt(SIZE_3)
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{TRACKING}"/>'))
    normal.paragraph_format.line_spacing = Pt(LINE)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    _number_pages(word, section)
    return word


def set_properties(word: Any, document: FullText, others: Mapping[str, str]) -> None:
    """Write title, issuers and date of ``document`` into ``word``, ``others`` as properties by name; nothing of today."""
    day = datetime(document.date.year, document.date.month, document.date.day)
    core = word.core_properties
    core.title, core.author, core.subject = (
        text if len(text) <= LONGEST_PROPERTY else text[: LONGEST_PROPERTY - 1] + "…"
        for text in (document.title, document.issuer, document.identifier)
    )
    core.comments = core.keywords = core.category = core.last_modified_by = ""
    core.created = core.modified = day
    core.revision, core.language = 1, "zh-CN"
    _leave_out_thumbnail(word)
    if others:
        _add_properties(word, others)


def sort_paragraph_properties(word: Any) -> None:
    """Put the properties of each paragraph into the order of the schema, on which Word insists."""
    from docx.oxml.ns import qn

    ranks = {qn(f"w:{name}"): rank for rank, name in enumerate(_PROPERTIES)}
    for properties in word.element.body.iter(qn("w:pPr")):
        properties[:] = sorted(properties, key=lambda each: ranks.get(each.tag, len(ranks)))


def styled(run: Any, face: str = "", size: float = 0.0, red: bool = False) -> Any:
    """Return ``run`` in another ``face`` or ``size``, in pt, than the text has."""
    from docx.shared import Pt, RGBColor

    if face:
        _set_face(run._r.get_or_add_rPr(), face)
    if size:
        run.font.size = Pt(size)
    if red:
        run.font.color.rgb = RGBColor(0xFF, 0x00, 0x00)
    return run


def _set_face(properties: Any, face: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    for former in properties.findall(qn("w:rFonts")):
        properties.remove(former)
    fonts = parse_xml(
        f'<w:rFonts {nsdecls("w")} w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{face}"/>'
    )
    properties.insert(0, fonts)


def _set_grid(section: Any) -> None:
    """Put 22 lines on the page. Programs do not agree about the characters of a grid: see ``TRACKING``."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    height = (PAGE[1] - TOP - BOTTOM) * _TWIPS / LINES
    for former in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(former)
    section._sectPr.append(
        parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{height:.0f}"/>')
    )


def _number_pages(word: Any, section: Any) -> None:
    """Write — 1 — below the text, a character from the outer edge (§7.5)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    word.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.right_indent = paragraph.paragraph_format.left_indent = Pt(SIZE_4)
        for text, is_field in (("— ", False), ("PAGE", True), (" —", False)):
            run = styled(paragraph.add_run("" if is_field else text), SONG, SIZE_4)
            if is_field:
                _add_field(run, text)


def _add_field(run: Any, code: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    names = nsdecls("w")
    for xml in (
        f'<w:fldChar {names} w:fldCharType="begin"/>',
        f'<w:instrText {names} xml:space="preserve"> {code} </w:instrText>',
        f'<w:fldChar {names} w:fldCharType="separate"/>',
        f"<w:t {names}>1</w:t>",
        f'<w:fldChar {names} w:fldCharType="end"/>',
    ):
        run._r.append(parse_xml(xml))


def _leave_out_thumbnail(word: Any) -> None:
    """Drop the picture of the library's own empty document."""
    relations = word.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        del relations[key]


def _add_properties(word: Any, values: Mapping[str, str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), 2)  # 0 and 1 are reserved.
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">{entries}</Properties>'
    ).encode()
    package = word.part.package
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), kind, content, package)
    package.relate_to(part, f"{office}/relationships/custom-properties")
