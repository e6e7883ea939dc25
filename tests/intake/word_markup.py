"""WordprocessingML as office programs write it, in a short form, for cases that are kept as text.

In the short form ``<P>`` is a paragraph, and ``<R>`` a run with text.
"""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

_OFFICE = "http://schemas.openxmlformats.org"
_NAMESPACES = {
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "m": f"{_OFFICE}/officeDocument/2006/math",
    "a": f"{_OFFICE}/drawingml/2006/main",
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "mc": f"{_OFFICE}/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
_SHORT = {
    "<P>": "<w:p>",
    "</P>": "</w:p>",
    "<R>": '<w:r><w:t xml:space="preserve">',
    "</R>": "</w:t></w:r>",
}
_CENTRED = '<P><w:pPr><w:jc w:val="center"/></w:pPr><R>{}</R></P>'
_OLD_BOX = '<v:shape type="#_x0000_t202"><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>'
_SHAPE = (
    '<wp:anchor behindDoc="0"><wp:extent cx="5400000" cy="{height}"/><wp:wrapNone/><wp:docPr id="9" name="形状"/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>{inside}'
    "</wps:wsp></a:graphicData></a:graphic></wp:anchor>"
)
_ALTERNATIVES = (
    '<P><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{new}</w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent></w:r></P>"
)


def element(markup: str) -> Any:
    """Return the element of ``markup`` in the short form."""
    for short, whole in _SHORT.items():
        markup = markup.replace(short, whole)
    name = markup[1:].partition(">")[0].partition(" ")[0]
    return parse_xml(f"<{name} {_DECLARED}{markup[1 + len(name) :]}")


def text_box(lines: str) -> str:
    """Return a paragraph with a text box of ``lines``, between ／, as Word writes it since 2010."""
    paragraphs = _paragraphs(lines)
    inside = f"<wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>"
    return _ALTERNATIVES.format(
        new=_SHAPE.format(height=900000, inside=inside), old=_OLD_BOX.format(paragraphs)
    )


def old_text_box(lines: str) -> str:
    """Return a paragraph with a text box of ``lines``, between ／, as Word wrote it before, and WPS does still."""
    return f"<P><w:r><w:pict>{_OLD_BOX.format(_paragraphs(lines))}</w:pict></w:r></P>"


def drawn_line() -> str:
    """Return a paragraph with a red line, which has no words."""
    inside = '<wps:spPr><a:prstGeom prst="line"/></wps:spPr>'
    return _ALTERNATIVES.format(new=_SHAPE.format(height=0, inside=inside), old="<v:line/>")


def _paragraphs(lines: str) -> str:
    return "".join(_CENTRED.format(line) for line in lines.split("／"))


def add_list(document: Any, number: str, levels: str) -> None:
    """Add the list ``number`` with ``levels`` of automatic numbers to ``document``."""
    numbering = document.part.numbering_part.element
    first = numbering.find(f"{{{_NAMESPACES['w']}}}num")
    first.addprevious(element(f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'))
    numbering.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def add_footnote(document: Any, number: str, words: str) -> None:
    """Add the part with the one footnote of ``document``."""
    content = f'<w:footnotes {_DECLARED}><w:footnote w:id="{number}"><P><R>{words}</R></P></w:footnote></w:footnotes>'
    for short, whole in _SHORT.items():
        content = content.replace(short, whole)
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), media, content.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
