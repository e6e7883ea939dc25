"""Word documents (.docx): paragraphs with their numbers, tables with joined cells, pictures."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from liulin_gazette.intake.manuscript import (
    Grid,
    GridCell,
    IntakeError,
    LeftOut,
    Line,
    Part,
    Picture,
    Source,
)
from liulin_gazette.intake.word_numbering import Numbering, W

LARGEST_UNPACKED = 300 * 1024 * 1024
"""Bytes of a file with everything in it unpacked."""
LARGEST_XML = 20 * 1024 * 1024
"""Bytes of text and marks unpacked, without the pictures; the largest real file has a million bytes of them."""
MOST_ENTRIES = 10_000
MOST_COLUMNS = 63
"""Columns of a table that Word allows; what a file says beyond is damage, and would be made in full."""
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
# What zipfile raises for a damaged archive; RuntimeError also for a way of packing that it does not know.
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAVY = ("黑体", "小标宋", "标宋", "simhei")
"""Faces that stand for strong type."""
_XML = (".xml", ".rels")
_PICTURES = {"image/png": ".png", "image/jpeg": ".jpg"}


def read_word(name: str, content: bytes) -> Source:
    """Return the parts of the document. Raises IntakeError for what is no sound .docx."""
    _refuse_danger(name, content)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document: Any = docx.Document(io.BytesIO(content))
        return _Reader(name, document).source()
    except (
        PackageNotFoundError,
        LookupError,
        TypeError,
        OverflowError,
        SyntaxError,
        AttributeError,
        *_DAMAGE,
    ) as error:
        raise IntakeError(f"{name} 已损坏，读不出来。请用 Word 或 WPS 打开，另存一份再试。") from error


def _refuse_danger(name: str, content: bytes) -> None:
    if content.startswith(_OLE):
        raise IntakeError(f"{name} 加了密码，或是旧版 .doc。请去掉密码，另存为 .docx 再试。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            sizes = [entry.file_size for entry in entries]
            marks = sum(entry.file_size for entry in entries if entry.filename.endswith(_XML))
            if len(entries) > MOST_ENTRIES or sum(sizes) > LARGEST_UNPACKED or marks > LARGEST_XML:
                raise IntakeError(f"{name} 解开后太大，不像一份公文，没有打开。请确认来源。")
            if any(entry.flag_bits & 1 for entry in entries):
                raise IntakeError(f"{name} 加了密码。请去掉密码再试。")
            for entry in entries:
                if entry.filename.endswith(_XML):
                    with archive.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise IntakeError(
                                f"{name} 里有不该有的外部引用，可能有害，没有打开。请确认来源。"
                            )
    except _DAMAGE as error:
        raise IntakeError(f"{name} 不完整或已损坏，读不出来。请重新取一份。") from error


class _Reader:
    """Reads one document; keeps count of paragraphs and numbers."""

    def __init__(self, name: str, document: Any) -> None:
        self._name = name
        self._document = document
        self._left_out: list[LeftOut] = []
        self._paragraphs = 0
        self._notes: dict[str, dict[str | None, str]] = {}
        self._styles = {style.style_id: style for style in document.styles}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            # python-docx has no part to give for a document without automatic numbers.
            root = None
        self._numbering = Numbering(root)

    def source(self) -> Source:
        parts = tuple(self._blocks(self._document.element.body))
        self._note_furniture()
        return Source(self._name, parts, tuple(self._left_out))

    def _blocks(self, parent: Any) -> Iterator[Part]:
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
        self._paragraphs += 1
        place = f"第{self._paragraphs}段"
        for box in element.iter(f"{W}txbxContent"):
            is_inner = _has_ancestor(box, f"{W}txbxContent", element)
            if not is_inner and not _has_ancestor(box, f"{_MC}Fallback"):
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
        own = _value(element, "pPr", "jc")
        if own:
            return own == "center"
        return style is not None and _value(style.element, "pPr", "jc") == "center"

    def _label(self, element: Any) -> tuple[str, str]:
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
        text = ""
        strong: list[tuple[int, int]] = []
        doubts: list[str] = []
        for run in element.iter(f"{W}r"):
            if _has_ancestor(run, f"{W}txbxContent", element) or _has_ancestor(run, f"{W}del", element):
                if _has_ancestor(run, f"{W}del", element):
                    deleted = "".join(node.text or "" for node in run.iter(f"{W}delText"))
                    self._left_out.append(LeftOut(deleted, place, "修订中已删除的文字"))
                continue
            start = len(text)
            for node in run:
                text += self._characters(node, place, doubts)
            if len(text) > start and self._is_heavy(run):
                if strong and strong[-1][1] == start:
                    strong[-1] = (strong[-1][0], len(text))
                else:
                    strong.append((start, len(text)))
        bare = text.rstrip()
        lead = len(bare) - len(bare.lstrip("　 "))
        shifted = [(max(start - lead, 0), min(end, len(bare)) - lead) for start, end in strong]
        return bare[lead:], tuple((start, end) for start, end in shifted if end > start), doubts

    def _characters(self, node: Any, place: str, doubts: list[str]) -> str:
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
            self._left_out.append(LeftOut(self._note_text(node), place, "脚注、尾注"))
        if node.tag == f"{W}commentReference":
            self._left_out.append(LeftOut("批注", place, "批注"))
        return ""

    def _note_text(self, node: Any) -> str:
        kind = "footnote" if node.tag.endswith("footnoteReference") else "endnote"
        if kind not in self._notes:
            self._notes[kind] = dict(self._notes_of(kind))
        return self._notes[kind].get(node.get(f"{W}id"), "")

    def _notes_of(self, kind: str) -> Iterator[tuple[str | None, str]]:
        from docx.oxml import parse_xml

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}s"):
                root: Any = parse_xml(relation.target_part.blob)
                for note in root.iter(f"{W}{kind}"):
                    yield note.get(f"{W}id"), "".join(each.text or "" for each in note.iter(f"{W}t"))

    def _is_heavy(self, run: Any) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        bold = properties.find(f"{W}b")
        if bold is not None and bold.get(f"{W}val", "1") not in ("0", "false", "off"):
            return True
        fonts = properties.find(f"{W}rFonts")
        face = (fonts.get(f"{W}eastAsia") or "") if fonts is not None else ""
        return any(name in face.lower() for name in _HEAVY)

    def _pictures(self, element: Any, place: str) -> Iterator[Part]:
        for blip in element.iter(f"{_A}blip"):
            if _has_ancestor(blip, f"{_MC}Fallback") or _has_ancestor(blip, f"{W}txbxContent", element):
                continue
            part = self._document.part.related_parts.get(blip.get(f"{_R}embed"))
            ending = _PICTURES.get(part.content_type) if part is not None else None
            if part is None or ending is None:
                kind = part.content_type if part is not None else "链接的图"
                self._left_out.append(LeftOut(f"图（{kind}）", place, "不是 PNG 或 JPEG，请另存后放进文件夹"))
                continue
            described = next((each.get("descr") or "" for each in element.iter(f"{_WP}docPr")), "")
            yield Picture(part.blob, ending, place, described)
        for shape in element.iter(f"{_V}imagedata"):
            if not any(True for _ in element.iter(f"{_A}blip")):
                self._left_out.append(
                    LeftOut(f"图（{shape.get(f'{_R}id')}）", place, "旧式图形，请另存为 PNG 放进文件夹")
                )

    def _table(self, element: Any) -> Grid:
        self._paragraphs += 1
        place = f"第{self._paragraphs}段（表格）"
        cells: list[list[tuple[int, str, int, str]]] = []
        for row in element.findall(f"{W}tr"):
            line: list[tuple[int, str, int, str]] = []
            column = int(_value(row, "trPr", "gridBefore") or "0")
            for cell in row.iter(f"{W}tc"):
                if _has_ancestor(cell, f"{W}tc", row):
                    continue
                span = max(int(_value(cell, "tcPr", "gridSpan") or "1"), 1)
                properties = cell.find(f"{W}tcPr")
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                state = "" if merge is None else merge.get(f"{W}val", "continue")
                lines = [part.text for part in self._blocks(cell) if isinstance(part, Line)]
                line.append((column, "\n".join(filter(None, lines)), span, state))
                column += span
                if not 0 < column <= MOST_COLUMNS:
                    raise IntakeError(
                        f"{self._name} {place}有一行超出 {MOST_COLUMNS} 栏，不像公文的表格，没有转换。"
                        "请用 Word 或 WPS 打开，重新画这张表再试。"
                    )
            cells.append(line)
        return Grid(tuple(_row(cells, index) for index in range(len(cells))), _width(cells), place)

    def _note_furniture(self) -> None:
        for section in self._document.sections:
            for part, what in ((section.header, "页眉"), (section.footer, "页脚")):
                text = "".join(paragraph.text for paragraph in part.paragraphs).strip()
                if text:
                    self._left_out.append(LeftOut(text, what, "页眉、页脚不属于正文"))


def _row(cells: list[list[tuple[int, str, int, str]]], index: int) -> tuple[GridCell, ...]:
    made: list[GridCell] = []
    for column, text, span, state in cells[index]:
        if state == "continue" and index:
            continue
        below = 1
        for later in cells[index + 1 :]:
            if state == "restart" and any(at == column and kind == "continue" for at, _, _, kind in later):
                below += 1
            else:
                break
        made.append(GridCell(text, below, span))
    return tuple(made)


def _width(cells: list[list[tuple[int, str, int, str]]]) -> int:
    return max((column + span for row in cells for column, _, span, _ in row), default=0)


def _value(element: Any, group: str, name: str) -> str:
    properties = element.find(f"{W}{group}")
    found = properties.find(f"{W}{name}") if properties is not None else None
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _has_ancestor(element: Any, tag: str, stop: Any = None) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not stop:
        if parent.tag == tag:
            return True
        parent = parent.getparent()
    return False
