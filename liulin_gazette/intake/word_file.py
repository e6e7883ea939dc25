"""Word documents (.docx): paragraphs with their numbers, tables with joined cells, pictures."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liulin_gazette.intake.manuscript import (
    Grid,
    GridCell,
    IntakeError,
    Line,
    Manuscript,
    Omission,
    Part,
    Picture,
)
from liulin_gazette.intake.word_numbering import Numbering, W

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
"""Of all files in the archive together."""
MAX_XML_BYTES = 20 * 1024 * 1024
"""Of all XML files in the archive, unpacked; the largest real document has a million."""
MAX_ENTRIES = 10_000
"""Files in the archive."""
MAX_COLUMNS = 63
"""Columns that Word allows in a table. A damaged file may claim millions, which would all be built."""
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
# What zipfile raises for a damaged archive; RuntimeError also for an unknown compression method.
_ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of a .doc, and of an encrypted .docx."""
_STRONG_FACES = ("黑体", "小标宋", "标宋", "simhei")
"""Names of faces, or parts of names, that stand for strong type."""
_XML_SUFFIXES = (".xml", ".rels")
_PICTURE_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg"}
"""File suffix of each media type that is taken over."""


def read_word(name: str, content: bytes) -> Manuscript:
    """Return the content of a .docx. Raises IntakeError if it is damaged, locked, too large or another format."""
    _check_archive(name, content)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document: Any = docx.Document(io.BytesIO(content))
        return _Reader(name, document).manuscript()
    except (
        PackageNotFoundError,
        LookupError,
        TypeError,
        OverflowError,
        SyntaxError,
        AttributeError,
        *_ARCHIVE_ERRORS,
    ) as error:
        raise IntakeError(f"{name} 已损坏，读不出来。请用 Word 或 WPS 打开，另存一份再试。") from error


def _check_archive(name: str, content: bytes) -> None:
    """Raise IntakeError for an archive that is damaged, locked, too large, or has external entities."""
    if content.startswith(_OLE_SIGNATURE):
        raise IntakeError(f"{name} 加了密码，或是旧版 .doc。请去掉密码，另存为 .docx 再试。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            sizes = [entry.file_size for entry in entries]
            xml_bytes = sum(entry.file_size for entry in entries if entry.filename.endswith(_XML_SUFFIXES))
            if len(entries) > MAX_ENTRIES or sum(sizes) > MAX_UNPACKED_BYTES or xml_bytes > MAX_XML_BYTES:
                raise IntakeError(f"{name} 解开后太大，不像一份公文，没有打开。请确认来源。")
            if any(entry.flag_bits & 1 for entry in entries):
                raise IntakeError(f"{name} 加了密码。请去掉密码再试。")
            for entry in entries:
                if entry.filename.endswith(_XML_SUFFIXES):
                    with archive.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise IntakeError(
                                f"{name} 里有不该有的外部引用，可能有害，没有打开。请确认来源。"
                            )
    except _ARCHIVE_ERRORS as error:
        raise IntakeError(f"{name} 不完整或已损坏，读不出来。请重新取一份。") from error


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as Word stores it: vertically joined cells are separate ones that name their state."""

    column: int
    text: str
    colspan: int
    merge: str
    """``restart`` in the first of the joined cells, ``continue`` in those below it; empty in others."""


class _Reader:
    """Reads one document. Counts its paragraphs and numbers, and collects what it leaves out."""

    def __init__(self, name: str, document: Any) -> None:
        self._name = name
        self._document = document
        self._omissions: list[Omission] = []
        self._paragraph_count = 0
        self._notes: dict[str, dict[str | None, str]] = {}
        """Texts of notes by their kind and id."""
        self._styles = {style.style_id: style for style in document.styles}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            # How python-docx answers for a document without automatic numbers.
            root = None
        self._numbering = Numbering(root)

    def manuscript(self) -> Manuscript:
        """Return the whole document."""
        parts = tuple(self._blocks(self._document.element.body))
        self._leave_out_running_heads()
        return Manuscript(self._name, parts, tuple(self._omissions))

    def _blocks(self, parent: Any) -> Iterator[Part]:
        """Yield the parts in ``parent``: body, cell, text box, content control or tracked insertion."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    yield from self._blocks(content)
            elif child.tag in (f"{W}ins", f"{W}moveTo"):
                yield from self._blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Part]:
        """Yield what is in the text boxes of a paragraph, its pictures, and the paragraph itself."""
        self._paragraph_count += 1
        place = f"第{self._paragraph_count}段"
        for box in element.iter(f"{W}txbxContent"):
            is_nested = _has_ancestor(box, f"{W}txbxContent", element)
            if not is_nested and not _has_ancestor(box, f"{_MC}Fallback"):
                yield from self._blocks(box)
        label, doubt = self._label(element)
        text, strong, doubts = self._text(element, place)
        if label:
            strong = tuple((start + len(label), end + len(label)) for start, end in strong)
            if strong and strong[0][0] == len(label):
                strong = ((0, strong[0][1]), *strong[1:])
        yield from self._pictures(element, place)
        style = self._styles.get(_value(element, "pPr", "pStyle"))
        name = (style.name or "").lower() if style is not None else ""
        level = int(name[-1]) if name.startswith("heading ") and name[-1].isdigit() else 0
        yield Line(
            label + text,
            place,
            centred=self._is_centred(element, style),
            strong=strong,
            level=level,
            doubts=tuple(filter(None, (doubt, *doubts))),
        )

    def _is_centred(self, element: Any, style: Any) -> bool:
        alignment = _value(element, "pPr", "jc")
        if alignment:
            return alignment == "center"
        return style is not None and _value(style.element, "pPr", "jc") == "center"

    def _label(self, element: Any) -> tuple[str, str]:
        """Return the automatic number of a paragraph, and a doubt about it; both may be empty."""
        style = self._styles.get(_value(element, "pPr", "pStyle"))
        for owner in (element, style.element if style is not None else None):
            properties = owner.find(f"{W}pPr") if owner is not None else None
            numbering = properties.find(f"{W}numPr") if properties is not None else None
            if numbering is not None:
                number, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
                if number is not None:
                    return self._numbering.label(
                        str(number.get(f"{W}val")), int(level.get(f"{W}val", 0)) if level is not None else 0
                    )
        return "", ""

    def _text(self, element: Any, place: str) -> tuple[str, tuple[tuple[int, int], ...], list[str]]:
        """Return the text of a paragraph, its strong ranges (start, end), and doubts."""
        text = ""
        strong: list[tuple[int, int]] = []
        doubts: list[str] = []
        for run in element.iter(f"{W}r"):
            is_deleted = _has_ancestor(run, f"{W}del", element)
            if is_deleted or _has_ancestor(run, f"{W}txbxContent", element):
                if is_deleted:
                    deleted = "".join(node.text or "" for node in run.iter(f"{W}delText"))
                    self._omissions.append(Omission(deleted, place, "修订中已删除的文字"))
                continue
            start = len(text)
            for node in run:
                text += self._characters(node, place, doubts)
            if len(text) > start and _is_strong(run):
                if strong and strong[-1][1] == start:
                    strong[-1] = (strong[-1][0], len(text))
                else:
                    strong.append((start, len(text)))
        text = text.rstrip()
        indent = len(text) - len(text.lstrip("　 "))
        shifted = [(max(start - indent, 0), min(end, len(text)) - indent) for start, end in strong]
        return text[indent:], tuple((start, end) for start, end in shifted if end > start), doubts

    def _characters(self, node: Any, place: str, doubts: list[str]) -> str:
        """Return the characters of a child of a run; add to ``doubts`` what cannot be carried over."""
        if node.tag == f"{W}t":
            return str(node.text or "")
        if node.tag in (f"{W}tab", f"{W}ptab"):
            return "\t"
        if node.tag in (f"{W}br", f"{W}cr"):
            return "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        if node.tag == f"{W}noBreakHyphen":
            return "-"
        if node.tag == f"{W}sym":
            doubts.append(f"特殊符号（{node.get(f'{W}font')} 字体的 {node.get(f'{W}char')}）")
        if node.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            doubts.append("这里有脚注，没有转入")
            self._omissions.append(Omission(self._note_text(node), place, "脚注、尾注"))
        if node.tag == f"{W}commentReference":
            self._omissions.append(Omission("批注", place, "批注"))
        return ""

    def _note_text(self, node: Any) -> str:
        kind = "footnote" if node.tag.endswith("footnoteReference") else "endnote"
        if kind not in self._notes:
            self._notes[kind] = dict(self._read_notes(kind))
        return self._notes[kind].get(node.get(f"{W}id"), "")

    def _read_notes(self, kind: str) -> Iterator[tuple[str | None, str]]:
        """Yield the id and the text of each note of ``kind`` (footnote, endnote)."""
        from docx.oxml import parse_xml

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}s"):
                root: Any = parse_xml(relation.target_part.blob)
                for note in root.iter(f"{W}{kind}"):
                    yield note.get(f"{W}id"), "".join(text.text or "" for text in note.iter(f"{W}t"))

    def _pictures(self, element: Any, place: str) -> Iterator[Part]:
        for blip in element.iter(f"{_A}blip"):
            if _has_ancestor(blip, f"{_MC}Fallback") or _has_ancestor(blip, f"{W}txbxContent", element):
                continue
            part = self._document.part.related_parts.get(blip.get(f"{_R}embed"))
            suffix = _PICTURE_SUFFIXES.get(part.content_type) if part is not None else None
            if part is None or suffix is None:
                kind = part.content_type if part is not None else "链接的图"
                self._omissions.append(
                    Omission(f"图（{kind}）", place, "不是 PNG 或 JPEG，请另存后放进文件夹")
                )
                continue
            alternative = next((shape.get("descr") or "" for shape in element.iter(f"{_WP}docPr")), "")
            yield Picture(part.blob, suffix, place, alternative)
        for shape in element.iter(f"{_V}imagedata"):
            if not any(True for _ in element.iter(f"{_A}blip")):
                self._omissions.append(
                    Omission(f"图（{shape.get(f'{_R}id')}）", place, "旧式图形，请另存为 PNG 放进文件夹")
                )

    def _table(self, element: Any) -> Grid:
        self._paragraph_count += 1
        place = f"第{self._paragraph_count}段（表格）"
        rows: list[list[_Cell]] = []
        for row in element.findall(f"{W}tr"):
            cells: list[_Cell] = []
            column = int(_value(row, "trPr", "gridBefore") or "0")
            for cell in row.iter(f"{W}tc"):
                if _has_ancestor(cell, f"{W}tc", row):
                    continue
                colspan = max(int(_value(cell, "tcPr", "gridSpan") or "1"), 1)
                properties = cell.find(f"{W}tcPr")
                joint = properties.find(f"{W}vMerge") if properties is not None else None
                merge = "" if joint is None else joint.get(f"{W}val", "continue")
                lines = [part.text for part in self._blocks(cell) if isinstance(part, Line)]
                cells.append(_Cell(column, "\n".join(filter(None, lines)), colspan, merge))
                column += colspan
                if not 0 < column <= MAX_COLUMNS:
                    raise IntakeError(
                        f"{self._name} {place}有一行超出 {MAX_COLUMNS} 栏，不像公文的表格，没有转换。"
                        "请用 Word 或 WPS 打开，重新画这张表再试。"
                    )
            rows.append(cells)
        return Grid(tuple(_grid_row(rows, index) for index in range(len(rows))), _width(rows), place)

    def _leave_out_running_heads(self) -> None:
        for section in self._document.sections:
            for part, what in ((section.header, "页眉"), (section.footer, "页脚")):
                text = "".join(paragraph.text for paragraph in part.paragraphs).strip()
                if text:
                    self._omissions.append(Omission(text, what, "页眉、页脚不属于正文"))


def _is_strong(run: Any) -> bool:
    """Tell whether ``run`` is bold, or in a face that stands for strong type."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    bold = properties.find(f"{W}b")
    if bold is not None and bold.get(f"{W}val", "1") not in ("0", "false", "off"):
        return True
    fonts = properties.find(f"{W}rFonts")
    face = (fonts.get(f"{W}eastAsia") or "") if fonts is not None else ""
    return any(name in face.lower() for name in _STRONG_FACES)


def _grid_row(rows: list[list[_Cell]], index: int) -> tuple[GridCell, ...]:
    """Return the cells that begin in the row ``index`` of ``rows``."""
    cells: list[GridCell] = []
    for cell in rows[index]:
        if cell.merge == "continue" and index:
            continue
        rowspan = 1
        for later in rows[index + 1 :]:
            if cell.merge == "restart" and any(
                below.column == cell.column and below.merge == "continue" for below in later
            ):
                rowspan += 1
            else:
                break
        cells.append(GridCell(cell.text, rowspan, cell.colspan))
    return tuple(cells)


def _width(rows: list[list[_Cell]]) -> int:
    return max((cell.column + cell.colspan for row in rows for cell in row), default=0)


def _value(element: Any, group: str, name: str) -> str:
    """Return the value of the property ``name`` in ``group`` of ``element``; empty if it is not set."""
    properties = element.find(f"{W}{group}")
    setting = properties.find(f"{W}{name}") if properties is not None else None
    return str(setting.get(f"{W}val", "")) if setting is not None else ""


def _has_ancestor(element: Any, tag: str, stop: Any = None) -> bool:
    """Tell whether ``element`` is inside a ``tag`` that is itself inside ``stop`` (or anywhere)."""
    parent = element.getparent()
    while parent is not None and parent is not stop:
        if parent.tag == tag:
            return True
        parent = parent.getparent()
    return False
