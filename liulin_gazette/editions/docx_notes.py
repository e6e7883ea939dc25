"""Footnotes of a Word file, which python-docx does not write: a part of their own, with the marks of the text."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from liulin_gazette.editions.docx_page import SIZE_SMALL_4
from liulin_gazette.model.blocks import Footnote, Inline

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
MOST_NUMBERED = 10
"""Footnotes that every version of Word numbers in circles."""
_FIRST = 1
"""Ids below it are the lines above the notes, which each file has."""
_POSITIONS = {"super": "superscript", "sub": "subscript"}


class Notes:
    """The footnotes of one document, added to its Word file at their first marks.

    Up to ``MOST_NUMBERED`` of them Word numbers itself, ① and so on, as the document does; more have fixed marks.
    """

    def __init__(self, notes: dict[str, Footnote]) -> None:
        """``notes`` are those of the document by mark."""
        self._notes = notes
        self._has_numbers = len(notes) <= MOST_NUMBERED
        self._written: list[str] = []

    def add_mark(self, paragraph: Any, mark: str) -> None:
        """Write ``mark`` at the end of ``paragraph``; the first time with its note."""
        from docx.oxml import parse_xml

        run = paragraph.add_run()
        run.font.superscript = True
        is_first = mark in self._notes and mark not in self._written
        if is_first:
            self._written.append(mark)
            number = len(self._written) + _FIRST - 1
            own = "" if self._has_numbers else 'w:customMarkFollows="1" '
            run._r.append(parse_xml(f'<w:footnoteReference {_W} {own}w:id="{number}"/>'))
        if not (is_first and self._has_numbers):
            run.add_text(mark)

    def write(self, word: Any) -> None:
        """Add the part with the notes to ``word``, if there are any."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml

        if not self._written:
            return
        lines = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        )
        notes = "".join(
            _note(number, self._notes[mark], self._has_numbers)
            for number, mark in enumerate(self._written, _FIRST)
        )
        content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {_W}>{lines}{notes}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), _KIND, content.encode(), word.part.package)
        word.part.relate_to(part, _RELATION)
        if self._has_numbers:
            form = f'<w:footnotePr {_W}><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>'
            references = [each for each in word.sections[0]._sectPr if each.tag.endswith("Reference")]
            references[-1].addnext(parse_xml(form))


def _note(number: int, note: Footnote, has_number: bool) -> str:
    size = f'<w:sz w:val="{SIZE_SMALL_4 * 2:.0f}"/>'
    own = "<w:footnoteRef/>" if has_number else f"<w:t>{escape(note.mark)}</w:t>"
    mark = f'<w:r><w:rPr>{size}</w:rPr>{own}<w:t xml:space="preserve"> </w:t></w:r>'
    return f'<w:footnote w:id="{number}"><w:p>{_SPACING}{mark}{_runs(note.text)}</w:p></w:footnote>'


_SPACING = '<w:pPr><w:spacing w:line="320" w:lineRule="exact"/></w:pPr>'


def _runs(text: Inline) -> str:
    runs = ""
    for span in text:
        is_drawn = span.is_drawn_by_itself
        position = "" if is_drawn else _POSITIONS.get(span.position, "")
        properties = (
            ("<w:b/>" if span.strong else "")
            + f'<w:sz w:val="{SIZE_SMALL_4 * 2:.0f}"/>'
            + (f'<w:vertAlign w:val="{position}"/>' if position else "")
        )
        words = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in span.shown.split("\n")
        )
        runs += f"<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>"
    return runs
