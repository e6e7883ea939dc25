"""Word files from lines of text, for cases that are kept as text.

A line is a paragraph; ``^`` before it centres it, ``>`` sets it at the right, ``↵`` is a line break in it. Rows in ``|``
are a table, which ``@合并 row,column row,column`` joins cells of and ``@表完`` ends. ``@印章`` lays a picture over the
paragraph, ``@页眉 甲／乙`` makes the paragraphs of the header. ``<`` begins WordprocessingML in the short form of
``word_markup``; ``@框 甲／乙`` and ``@旧框 甲／乙`` are text boxes, ``@线`` is a drawn line, ``@样式`` adds a style, ``@编号 7``
the levels of the list 7, ``@脚注 1`` the footnote 1.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from tests.intake.word_markup import add_footnote, add_list, drawn_line, element, old_text_box, text_box

_BOXES = {"@框": text_box, "@旧框": old_text_box}
_MARKUP = ("@框 ", "@旧框 ", "@线")
_ALIGNMENTS = {"^": WD_ALIGN_PARAGRAPH.CENTER, ">": WD_ALIGN_PARAGRAPH.RIGHT}
_ANCHOR = {
    "simplePos": "0",
    "relativeHeight": "1",
    "locked": "0",
    "layoutInCell": "1",
    "allowOverlap": "1",
}


def office_file(lines: Iterable[str]) -> bytes:
    """Return the Word file of ``lines``."""
    document: Any = docx.Document()
    rows: list[list[str]] = []
    joins: list[list[int]] = []
    for line in lines:
        if line.startswith("| "):
            rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
        elif line.startswith("@合并 "):
            joins.append([int(number) for pair in line.split()[1:] for number in pair.split(",")])
        elif line == "@表完":
            _add_table(document, rows, joins)
            rows, joins = [], []
        elif line.startswith("@印章 "):
            _lay_picture(_add_paragraph(document, line.removeprefix("@印章 ")))
        elif line.startswith("<"):
            _add_markup(document, line)
        elif line.startswith(_MARKUP):
            command, _, words = line.partition(" ")
            _add_markup(document, _BOXES[command](words) if words else drawn_line())
        elif line.startswith("@样式 "):
            document.styles.element.append(element(line.removeprefix("@样式 ")))
        elif line.startswith("@编号 "):
            add_list(document, *line.split(" ", 2)[1:])
        elif line.startswith("@脚注 "):
            add_footnote(document, *line.split(" ", 2)[1:])
        elif line.startswith("@页眉 "):
            header = document.sections[0].header
            first, *others = line.removeprefix("@页眉 ").split("／")
            header.paragraphs[0].text = first
            for words in others:
                header.add_paragraph(words)
        else:
            _add_paragraph(document, line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_markup(document: Any, markup: str) -> None:
    """Add the element of ``markup`` at the end of ``document``, before the properties of its section."""
    document.element.body.add_p().addprevious(element(markup))
    document.element.body.remove(document.element.body.p_lst[-1])


def _add_paragraph(document: Any, line: str) -> Any:
    alignment = _ALIGNMENTS.get(line[:1])
    paragraph = document.add_paragraph((line[1:] if alignment is not None else line).replace("↵", "\n"))
    if alignment is not None:
        paragraph.alignment = alignment
    return paragraph


def _add_table(document: Any, rows: list[list[str]], joins: list[list[int]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            if words:
                table.cell(y, x).text = words.replace("↵", "\n")
    for top, left, bottom, right in joins:
        table.cell(top, left).merge(table.cell(bottom, right))


def _lay_picture(paragraph: Any) -> None:
    """Lay a picture of the size of a seal over the text of ``paragraph``."""
    lay_picture(paragraph, Mm(42), Mm(42))


def lay_picture(
    paragraph: Any, width: int, height: int, wrap: str = "wrapNone", is_behind: bool = True
) -> None:
    """Anchor a picture of ``width`` and ``height`` in EMU to ``paragraph``; the text around it flows as ``wrap`` says."""
    run = paragraph.add_run()
    run.add_picture(io.BytesIO(_picture()), width, height)
    drawing = run._r.find(f".//{qn('wp:inline')}")
    drawing.tag = qn("wp:anchor")
    for name, value in _ANCHOR.items():
        drawing.set(name, value)
    drawing.set("behindDoc", str(int(is_behind)))
    drawing.insert(0, parse_xml(f'<wp:simplePos {nsdecls("wp")} x="0" y="0"/>'))
    drawing.find(qn("wp:extent")).addnext(parse_xml(f"<wp:{wrap} {nsdecls('wp')}/>"))


def _picture() -> bytes:
    """Return a red PNG of 8 × 8 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress((b"\0" + b"\xff\0\0" * 8) * 8)
    size = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
