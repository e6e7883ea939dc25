"""An independent count of a spreadsheet: every text in every worksheet, comment, running head and text box.

It walks through the archive by itself and shares with the reader only the table of number formats, without which
nobody can say which characters a number has.
"""

from __future__ import annotations

import contextlib
import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from liulin_gazette.intake.account import SourceText
from liulin_gazette.intake.sheet_files.number_formats import format_code, shown_number
from liulin_gazette.intake.unpacked_size import UNREADABLE

_SHEET = re.compile(r"worksheets/[^/]+\.xml", re.I)


def count_sheets(content: bytes) -> tuple[SourceText, ...]:
    """Return the texts of a spreadsheet that has been opened before, those of the shown worksheets first."""
    trees: dict[str, ElementTree.Element] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                with contextlib.suppress(ElementTree.ParseError, LookupError, ValueError, *UNREADABLE):
                    trees[entry.filename] = ElementTree.fromstring(archive.read(entry))
    running = [*_of_worksheets(trees)]
    return (*(each for each in running if not each.story), *(each for each in running if each.story))


def _all(root: ElementTree.Element | None, name: str) -> Iterator[ElementTree.Element]:
    if root is not None:
        yield from (each for each in root.iter() if each.tag.split("}")[-1] == name)


def _words(element: ElementTree.Element) -> str:
    """Return the text of a string item: that of its ``t`` elements, except readings (``rPh``)."""
    readings = {id(t) for reading in _all(element, "rPh") for t in _all(reading, "t")}
    text = "".join(each.text or "" for each in _all(element, "t") if id(each) not in readings)
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def _of_worksheets(trees: dict[str, ElementTree.Element]) -> Iterator[SourceText]:
    workbook_path = next((path for path, root in trees.items() if root.tag.endswith("}workbook")), "")
    workbook = trees.get(workbook_path)
    strings = [
        _words(each) for path, root in trees.items() if root.tag.endswith("}sst") and path for each in root
    ]
    styles = next((root for root in trees.values() if root.tag.endswith("}styleSheet")), None)
    codes = {_int(each.get("numFmtId")): each.get("formatCode", "") for each in _all(styles, "numFmt")}
    formats = [
        format_code(_int(each.get("numFmtId")), codes) for group in _all(styles, "cellXfs") for each in group
    ]
    is_1904 = any(each.get("date1904") in ("1", "true") for each in _all(workbook, "workbookPr"))
    targets = _targets(trees, workbook_path)
    for sheet in _all(workbook, "sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        path = targets.get(key, "")
        root = trees.get(path)
        if root is None or not _SHEET.search(path):
            continue
        place = f"工作表“{sheet.get('name', '')}”"
        is_hidden = sheet.get("state", "visible") != "visible"
        yield from _of_cells(root, place, is_hidden, strings, formats, is_1904)
        for each in _all(root, "headerFooter"):
            yield from (
                SourceText(part.text, place, "页眉") for part in each if part.text and part.text.strip()
            )
        for target in _targets(trees, path).values():
            beside = trees.get(target)
            for each in (*_all(beside, "comment"), *_all(beside, "txBody")):
                text = _words(each)
                if text.strip():
                    yield SourceText(text, place, "批注")


def _targets(trees: dict[str, ElementTree.Element], path: str) -> dict[str, str]:
    folder, file = posixpath.split(path)
    relations = trees.get(f"{folder}/_rels/{file}.rels".lstrip("/"))
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip(
            "/"
        )
        for each in _all(relations, "Relationship")
        if each.get("TargetMode") != "External"
    }


def _of_cells(
    root: ElementTree.Element,
    place: str,
    is_hidden: bool,
    strings: list[str],
    formats: list[str],
    is_1904: bool,
) -> Iterator[SourceText]:
    """Yield the texts of the cells of a worksheet; those in hidden rows, columns and under joined cells as a story."""
    hidden_columns = [
        (_int(each.get("min")), _int(each.get("max")))
        for each in _all(root, "col")
        if each.get("hidden") in ("1", "true")
    ]
    joined = [_corners(each.get("ref", "")) for each in _all(root, "mergeCell")]
    row_at = 0
    for row in _all(root, "row"):
        row_at = _int(row.get("r")) or row_at + 1
        column_at = 0
        for cell in _all(row, "c"):
            at = _corner(cell.get("r", "")) or (row_at, column_at + 1)
            column_at = at[1]
            text = _shown(cell, strings, formats, is_1904)
            if not text.strip():
                continue
            is_aside = (
                is_hidden
                or row.get("hidden") in ("1", "true")
                or any(first <= at[1] <= last for first, last in hidden_columns)
                or any(a <= at[0] <= c and b <= at[1] <= d for a, b, c, d in joined)
            )
            yield SourceText(text, place, "合并或隐藏的格" if is_aside else "")


def _shown(cell: ElementTree.Element, strings: list[str], formats: list[str], is_1904: bool) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    raw = next((each.text or "" for each in _all(cell, "v")), "").strip()
    if not raw:
        return ""
    if kind == "s":
        return strings[_int(raw)] if raw.isdecimal() and _int(raw) < len(strings) else ""
    if kind == "b":
        return "TRUE" if raw == "1" else "FALSE"
    if kind in ("str", "e", "d"):
        return html.unescape(raw)
    style = _int(cell.get("s"))
    return shown_number(raw, formats[style] if style < len(formats) else "General", is_1904).text


def _int(text: str | None) -> int:
    """Return a number of an attribute; 0 for one that is damaged or missing."""
    match = re.fullmatch(r"\s*(\d{1,9})\s*", text or "", re.A)
    return int(match[1]) if match else 0


def _corner(name: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", name.upper())
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


def _corners(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    start, end = _corner(first) or (1, 0), _corner(last) or (0, 0)
    return start[0], start[1], end[0], end[1]
