"""The cells of a worksheet (.xlsx, ECMA-376 part 1, 18.3) with their texts as shown, and what of the sheet is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from liulin_gazette.intake.manuscript import GridCell, Mark
from liulin_gazette.intake.odd_characters import odd_characters
from liulin_gazette.intake.sheet_files.number_formats import format_code, shown_number
from liulin_gazette.intake.xml_archive import child, children, local_name
from liulin_gazette.text.raised_characters import SUB, SUPER

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_POSITIONS = {"superscript": SUPER, "subscript": SUB}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Formats:
    """How a workbook shows the numbers of its cells."""

    codes: tuple[str, ...] = ()
    """The number format of each cell style."""
    struck: frozenset[int] = frozenset()
    """The cell styles whose text is struck through."""
    is_1904: bool = False
    """Whether days count from 1904, not 1900."""


@dataclass(frozen=True, slots=True)
class Area:
    """A range of cells; all four ends belong to it, and count from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells of a worksheet by row and column, from 1."""

    cells: dict[tuple[int, int], GridCell]
    joined: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


def read_formats(styles: Element | None, is_1904: bool) -> Formats:
    """Return the formats that the part ``styles`` of a workbook defines."""
    own: dict[int, str] = {}
    for each in children(child(styles, "numFmts"), "numFmt"):
        own[_number(each.get("numFmtId"))] = each.get("formatCode", "")
    fonts = list(children(child(styles, "fonts"), "font"))
    struck = {
        index
        for index, font in enumerate(fonts)
        if (strike := child(font, "strike")) is not None and strike.get("val", "1") not in ("0", "false")
    }
    cell_formats = list(children(child(styles, "cellXfs"), "xf"))
    return Formats(
        tuple(format_code(_number(each.get("numFmtId")), own) for each in cell_formats),
        frozenset(i for i, each in enumerate(cell_formats) if _number(each.get("fontId")) in struck),
        is_1904,
    )


def read_cells(sheet: Element, strings: tuple[GridCell, ...], formats: Formats) -> SheetCells:
    """Return the cells of the part ``sheet`` that have text or a doubt; ``strings`` are those that cells refer to."""
    cells: dict[tuple[int, int], GridCell] = {}
    hidden_rows: set[int] = set()
    row_number = 0
    for row in children(child(sheet, "sheetData"), "row"):
        row_number = _number(row.get("r")) or row_number + 1
        if row.get("hidden") in ("1", "true"):
            hidden_rows.add(row_number)
        column = 0
        for cell in children(row, "c"):
            reference = _REFERENCE.fullmatch(cell.get("r", ""))
            column = column_number(reference[1]) if reference else column + 1
            content = _cell(cell, strings, formats)
            if content.text.strip() or content.doubts:
                cells[row_number, column] = content
    hidden = {
        column
        for each in children(child(sheet, "cols"), "col")
        if each.get("hidden") in ("1", "true")
        for column in range(_number(each.get("min")), min(_number(each.get("max")), MAX_COLUMN) + 1)
    }
    return SheetCells(cells, tuple(_joined(sheet)), frozenset(hidden_rows), frozenset(hidden))


def column_number(letters: str) -> int:
    """Return the number of a column from 1 by its letters: 28 for AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell such as B3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def rich_text(parent: Element) -> GridCell:
    """Return the text of a string item or an inline string with its raised and lowered ranges, without readings."""
    text, marks, struck = "", list[Mark](), ""
    for each in parent:
        if local_name(each) == "t":
            text += _plain(each.text or "")
        elif local_name(each) == "r":
            words = "".join(_plain(part.text or "") for part in children(each, "t"))
            properties = child(each, "rPr")
            align = child(properties, "vertAlign")
            position = _POSITIONS.get(align.get("val", ""), "") if align is not None else ""
            if position and words.strip():
                marks.append(Mark(len(text), len(text) + len(words), position))
            if child(properties, "strike") is not None:
                struck += words
            text += words
    doubts = [*odd_characters(text)]
    if struck.strip():
        doubts.append(f"“{struck}”在来稿里加了删除线，核对要不要")
    return GridCell(text, doubts=tuple(doubts), marks=tuple(marks))


def _plain(text: str) -> str:
    """Return ``text`` with ``_x000D_`` and the like as the characters that they stand for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _cell(cell: Element, strings: tuple[GridCell, ...], formats: Formats) -> GridCell:
    kind, style = cell.get("t", "n"), _number(cell.get("s"))
    value = child(cell, "v")
    raw = (value.text or "") if value is not None else ""
    inline = child(cell, "is")
    if kind == "inlineStr" and inline is not None:
        content = rich_text(inline)
    elif not raw:
        is_formula = child(cell, "f") is not None and (value is None or kind != "str")
        doubt = "这一格是公式，文件里没有存结果：用 Excel 或 WPS 打开，保存后再转，或者照原件补上"
        content = GridCell("", doubts=(doubt,) if is_formula else ())
    elif kind == "s":
        number = _number(raw)
        known = raw.strip().isdecimal() and number < len(strings)
        content = (
            strings[number] if known else GridCell("", doubts=("这一格的文字在文件里找不到，照原件补上",))
        )
    elif kind == "b":
        content = GridCell("TRUE" if raw.strip() == "1" else "FALSE")
    elif kind == "e":
        content = GridCell(raw, doubts=(f"这一格的公式出错，显示“{raw}”，照原件核对",))
    elif kind in ("str", "d"):
        text = _plain(raw)
        content = GridCell(text, doubts=tuple(odd_characters(text)))
    else:
        code = formats.codes[style] if style < len(formats.codes) else "General"
        shown = shown_number(raw.strip(), code, formats.is_1904)
        content = GridCell(shown.text, doubts=(shown.doubt,) if shown.doubt else ())
    if style in formats.struck and content.text.strip():
        content = replace(content, doubts=(*content.doubts, "这一格加了删除线，核对要不要"))
    return content


def _joined(sheet: Element) -> Iterator[Area]:
    for each in children(child(sheet, "mergeCells"), "mergeCell"):
        first, _, last = each.get("ref", "").partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            area = Area(int(start[2]), column_number(start[1]), int(end[2]), column_number(end[1]))
            if area.top <= area.bottom and area.left <= area.right:
                yield area


def _number(text: str | None) -> int:
    """Return the number that an attribute has; 0 for one that has none."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 0
