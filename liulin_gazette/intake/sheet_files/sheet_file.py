"""Spreadsheets (.xlsx, .xlsm): each shown worksheet as a table, with what it does not show told.

The values are those that the file stores, formulas by their last results. Read from the XML itself: what a cell shows
needs its number format, and what is hidden must be told, which no reader of values does.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from liulin_gazette.intake.manuscript import GridCell, IntakeError, Line, Manuscript, Omission, Part
from liulin_gazette.intake.sheet_files.sheet_account import count_sheets
from liulin_gazette.intake.sheet_files.sheet_cells import child, children, read_cells, read_formats, rich_text
from liulin_gazette.intake.sheet_files.sheet_tables import table_of, with_title
from liulin_gazette.intake.xml_archive import local_name, open_archive, part_path, xml_part

_WORKBOOK = "xl/workbook.xml"
_RUNNING_HEADS = {"Header": "页眉", "Footer": "页脚"}


def read_sheets(name: str, content: bytes) -> Manuscript:
    """Return the tables of a spreadsheet. Raises IntakeError if it is damaged, locked or too large."""
    with open_archive(name, content) as archive:
        main = next(
            (target for kind, target in _relations(name, archive, "") if kind == "officeDocument"), _WORKBOOK
        )
        workbook = xml_part(name, archive, main)
        if workbook is None:
            raise IntakeError(f"{name} 里没有工作簿，读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 再试。")
        parts, omissions, shown = list[Part](), list[Omission](), 0
        related = dict(_targets(name, archive, main))
        kinds = dict(_relations(name, archive, main))
        properties = child(workbook, "workbookPr")
        is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        formats = read_formats(xml_part(name, archive, kinds.get("styles", "")), is_1904)
        strings = _strings(xml_part(name, archive, kinds.get("sharedStrings", "")))
        for sheet in children(child(workbook, "sheets"), "sheet"):
            title, path = sheet.get("name", ""), related.get(_relation_id(sheet), "")
            root = xml_part(name, archive, path)
            place = f"工作表“{title}”"
            if root is None or local_name(root) != "worksheet":
                omissions.append(Omission("（图表）", place, "只有图表的工作表，没有转入"))
                continue
            cells = read_cells(root, strings, formats)
            if sheet.get("state", "visible") != "visible":
                omissions += [
                    Omission(cell.text, place, "隐藏的工作表")
                    for cell in cells.cells.values()
                    if cell.text.strip()
                ]
            else:
                try:
                    table = table_of(cells, place)
                except IntakeError as error:
                    raise IntakeError(f"{name} 的{error}") from error
                shown += bool(table.parts)
                parts += table.parts
                omissions += table.omissions
            omissions += _running_heads(root, place)
            for kind, target in _relations(name, archive, path):
                found = _beside_cells(xml_part(name, archive, target), kind, place)
                parts += [each for each in found if isinstance(each, Line)]
                omissions += [each for each in found if isinstance(each, Omission)]
        if not parts and not omissions:
            raise IntakeError(f"{name} 的工作表都是空的。")
        count = count_sheets(content)
        parts = list(with_title(parts)) if shown == 1 else parts
    remarks = (f"有内容的工作表 {shown} 张，按次序各转成一张表。",) if shown > 1 else ()
    return Manuscript(name, tuple(parts), tuple(omissions), remarks=remarks, count=count)


def _relations(name: str, archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the path of each part in the archive that the part at ``path`` names."""
    for each in _relation_elements(name, archive, path):
        yield (
            each.get("Type", "").rpartition("/")[2],
            part_path(posixpath.dirname(path), each.get("Target", "")),
        )


def _targets(name: str, archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str]]:
    """Yield the identifier and the path of each part in the archive that the part at ``path`` names."""
    for each in _relation_elements(name, archive, path):
        yield each.get("Id", ""), part_path(posixpath.dirname(path), each.get("Target", ""))


def _relation_elements(name: str, archive: zipfile.ZipFile, path: str) -> Iterator[Element]:
    folder, file = posixpath.split(path)
    root = xml_part(name, archive, posixpath.join(folder, "_rels", f"{file}.rels"))
    return (each for each in children(root, "Relationship") if each.get("TargetMode") != "External")


def _relation_id(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _strings(root: Element | None) -> tuple[GridCell, ...]:
    return tuple(rich_text(each) for each in children(root, "si"))


def _running_heads(sheet: Element, place: str) -> Iterator[Omission]:
    for each in child(sheet, "headerFooter") or ():
        kind = next((words for end, words in _RUNNING_HEADS.items() if local_name(each).endswith(end)), "")
        if kind and (each.text or "").strip():
            yield Omission(each.text or "", place, kind)


def _beside_cells(root: Element | None, kind: str, place: str) -> list[Omission | Line]:
    """Return what a part of ``kind`` beside the cells has: comments, text boxes and charts left out, pictures doubted."""
    if root is None:
        return []
    if kind == "comments":
        texts = (
            "".join(rich_text(text).text for text in children(each, "text"))
            for group in children(root, "commentList")
            for each in children(group, "comment")
        )
        return [Omission(text, place, "批注") for text in texts if text.strip()]
    if kind != "drawing":
        return []
    told: list[Omission | Line] = [
        Omission(text, place, "文本框")
        for body in root.iter()
        if local_name(body) == "txBody"
        and (text := "".join(each.text or "" for each in body.iter() if local_name(each) == "t")).strip()
    ]
    names = [local_name(each) for each in root.iter()]
    for element, words in (("pic", "图"), ("graphicFrame", "图表")):
        if number := names.count(element):
            doubt = f"这张工作表里有 {number} 幅{words}，没有转入，请从原件截取"
            told.append(Line("", f"{place}的{words}", doubts=(doubt,)))
    return told
