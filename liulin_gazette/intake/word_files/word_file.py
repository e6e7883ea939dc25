"""Word documents (.docx, .docm, .dotx): paragraphs with their numbers, tables with joined cells, pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from liulin_gazette.intake.account import NOT_COUNTED
from liulin_gazette.intake.line_kinds import LEVELS
from liulin_gazette.intake.manuscript import IntakeError, Line, Manuscript, Omission, Part
from liulin_gazette.intake.marked_text import moved
from liulin_gazette.intake.unpacked_size import UNREADABLE
from liulin_gazette.intake.word_files.word_account import UNCOUNTABLE, count_word
from liulin_gazette.intake.word_files.word_drawings import drawings_in, text_boxes
from liulin_gazette.intake.word_files.word_embedded import embedded_lines
from liulin_gazette.intake.word_files.word_numbering import Numbering
from liulin_gazette.intake.word_files.word_package import checked_package
from liulin_gazette.intake.word_files.word_runs import RunReader
from liulin_gazette.intake.word_files.word_styles import Styles, W
from liulin_gazette.intake.word_files.word_tables import inside, is_deleted, read_table, single_cells

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORD_TYPE = "wordprocessingml"
"""What media types of Word files have in their names."""
_RUNNING_HEADS = {"header": "页眉", "footer": "页脚"}
_PAGES = {"first": "首页", "even": "偶数页"}


def read_word(name: str, content: bytes) -> Manuscript:
    """Return the content of a Word file. Raises IntakeError if it is damaged, locked, too large or another format."""
    package = checked_package(name, content)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    damaged = IntakeError(f"{name} 已损坏，读不出来。请用 Word 或 WPS 打开，另存一份再试。")
    try:
        document: Any = docx.Document(io.BytesIO(package))
    except (
        PackageNotFoundError,
        SyntaxError,
        LookupError,
        TypeError,
        AttributeError,
        *UNREADABLE,
    ) as error:
        raise damaged from error
    try:
        manuscript = _Reader(name, document).manuscript()
    except IntakeError as error:
        raise IntakeError(f"{name} {error}") from error
    except SyntaxError as error:  # A part that is no XML. All else that fails here is a fault of the reader.
        raise damaged from error
    return _counted(manuscript, package)


def _counted(manuscript: Manuscript, package: bytes) -> Manuscript:
    """Return ``manuscript`` with its count; with a remark where there is none, for what was read stays right."""
    try:
        count = count_word(package)
    except UNCOUNTABLE:
        return replace(manuscript, remarks=(*manuscript.remarks, NOT_COUNTED))
    return replace(manuscript, count=count.passages, remarks=(*manuscript.remarks, *count.remarks))


def _is_of_libreoffice(document: Any) -> bool:
    """Tell whether LibreOffice wrote ``document``, perhaps from a file of another kind."""
    parts = document.part.package.iter_parts()
    return any(
        str(part.partname) == "/docProps/app.xml" and b"<Application>LibreOffice" in part.blob
        for part in parts
    )


class _Reader:
    """Reads one document. Counts its paragraphs and numbers, and collects what it leaves out."""

    def __init__(self, name: str, document: Any) -> None:
        self._name = name
        self._document = document
        self._omissions: list[Omission] = []
        self._remarks: list[str] = []
        self._paragraph_count = 0
        self._styles = Styles(self._part("styles"))
        self._runs = RunReader(document, self._styles, self._omissions)
        self._numbering = Numbering(
            self._part("numbering"), self._styles, may_lose_restarts=_is_of_libreoffice(document)
        )

    def manuscript(self) -> Manuscript:
        """Return the whole document."""
        parts = tuple(self._blocks(self._document.element.body))
        self._runs.leave_out_unreferenced()
        self._leave_out_running_heads()
        return Manuscript(self._name, parts, tuple(self._omissions), remarks=tuple(self._remarks))

    def _part(self, kind: str) -> Any | None:
        """Return the root of the part of ``kind`` (styles, numbering); None for a document without it."""
        return next((root for _, root in self._parts(kind)), None)

    def _parts(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield the relation and the root of each part of ``kind``."""
        from docx.oxml import parse_xml

        for key, relation in self._document.part.rels.items():
            if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
                yield key, parse_xml(relation.target_part.blob)

    def _blocks(self, parent: Any) -> Iterator[Part]:
        """Yield the parts in ``parent``: body, cell, text box."""
        paragraph: list[Any] = []
        for child in inside(parent):
            if child.tag == f"{W}p":
                paragraph.append(child)
                if not self._goes_on(child):
                    yield from self._paragraph(paragraph)
                    paragraph = []
                continue
            if paragraph and child.tag in (f"{W}tbl", f"{W}altChunk"):
                yield from self._paragraph(paragraph)
                paragraph = []
            if child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}altChunk":
                yield from self._embedded(child)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self._leave_out_deleted(child, f"第{self._paragraph_count}段之后")
        if paragraph:
            yield from self._paragraph(paragraph)

    def _leave_out_deleted(self, element: Any, place: str) -> None:
        """Tell of the words of a deleted row, cell or block, and count its paragraphs."""
        self._runs.leave_out(element, place, "修订中已删除的文字")
        self._paragraph_count += sum(1 for _ in element.iter(f"{W}p", f"{W}tbl"))

    def _goes_on(self, paragraph: Any) -> bool:
        """Tell whether the mark at the end of ``paragraph`` is deleted or hidden, so that the next one joins it."""
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        is_deleted = mark is not None and any(
            mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
        )
        return is_deleted or self._styles.has_hidden_mark(paragraph)

    def _paragraph(self, elements: list[Any]) -> Iterator[Part]:
        """Yield what is in the text boxes of a paragraph, its pictures, and the paragraph itself.

        It is in several ``elements`` where the marks between them are deleted; the last one has its properties.
        """
        last = elements[-1]
        self._paragraph_count += 1
        place = f"第{self._paragraph_count}段"
        for index, element in enumerate(elements):
            self._paragraph_count += 1 if index else 0
            for box in text_boxes(element):
                yield from self._blocks(box)
        read = self._runs.read(elements, place)
        if not read.text.strip() and self._goes_on(last):
            label, doubt = "", ""
        else:
            label, doubt = self._numbering.label_of(last)
        words = label or read.text.lstrip()
        line = read.line(place, any(pattern.match(words) for pattern, _ in LEVELS))
        doubts = [*filter(None, (doubt,)), *line.doubts]
        for element in elements:
            drawn = drawings_in(self._document, element, place)
            yield from drawn.pictures
            doubts += drawn.doubts
            self._omissions += drawn.omissions
        yield replace(
            _labelled(line, label),
            centred=self._styles.paragraph_value(last, "jc") == "center",
            level=self._styles.outline_level(last),
            doubts=tuple(doubts),
        )

    def _embedded(self, element: Any) -> Iterator[Part]:
        """Yield the lines of a file that the document shows in the place of ``element``, or the doubt that there is one."""
        place = f"第{self._paragraph_count}段之后"
        part = self._document.part.related_parts.get(element.get(f"{_R}id"))
        lines: list[str] = []
        if part is not None and _WORD_TYPE in part.content_type:
            inner = read_word(self._name, part.blob)
            self._omissions += inner.omissions
            yield Line("", place, doubts=("这里嵌着另一个 Word 文件，已经转入，要核对",))
            yield from inner.parts
            return
        if part is not None:
            lines = list(embedded_lines(part.content_type, part.blob))
        if not lines:
            yield Line("", place, doubts=("这里嵌着另一个文件，没有转入",))
        for index, text in enumerate(lines):
            doubts = () if index else ("这里嵌着另一个文件，已经转成文字，要核对",)
            yield Line(text, place, doubts=doubts)

    def _table(self, element: Any) -> Iterator[Part]:
        """Yield a table, and after it the pictures in its cells; the paragraphs of one that has one column."""
        self._paragraph_count += 1
        place = f"第{self._paragraph_count}段（表格）"
        for row in inside(element):
            if row.tag == f"{W}tr" and is_deleted(row):
                self._leave_out_deleted(row, place)
        if cells := single_cells(element):
            self._remarks.append(f"{place}只有一栏，按段落转入。")
            for cell in cells:
                yield from self._blocks(cell)
            return
        table = read_table(element, place, lambda cell: tuple(self._blocks(cell)), self._leave_out_deleted)
        self._omissions += table.omissions
        if table.grid.rows:
            yield table.grid
        yield from table.pictures

    def _leave_out_running_heads(self) -> None:
        """Tell of the words of all headers and footers: those of the first page and of even pages too."""
        kinds: dict[str, str] = {}
        for reference in self._document.element.iter(f"{W}headerReference", f"{W}footerReference"):
            kinds[str(reference.get(f"{_R}id"))] = _PAGES.get(str(reference.get(f"{W}type")), "")
        for kind, name in _RUNNING_HEADS.items():
            for key, root in self._parts(kind):
                self._runs.leave_out(root, f"{kinds.get(key, '')}{name}", "页眉、页脚不属于正文")


def _labelled(line: Line, label: str) -> Line:
    """Return ``line`` after its automatic number, which is strong where the first words are."""
    if not label:
        return line
    by = len(label)
    strong = tuple((start + by, end + by) for start, end in line.strong)
    if strong and strong[0][0] == by:
        strong = ((0, strong[0][1]), *strong[1:])
    return replace(line, text=label + line.text, strong=strong, marks=moved(line.marks, by))
