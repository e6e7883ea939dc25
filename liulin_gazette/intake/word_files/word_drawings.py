"""Pictures, charts and objects of other programs in a paragraph of Word: what can be taken over, and what is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from liulin_gazette.intake.manuscript import Omission, Picture
from liulin_gazette.intake.unpacked_size import MAX_MARKUP_BYTES, UNREADABLE
from liulin_gazette.intake.word_files.word_runs import MC
from liulin_gazette.intake.word_files.word_styles import W

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_PICTURE_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg"}
"""File suffix of each media type that is taken over."""
_FIGURES = ("/chart", "/chartex", "/diagram")
"""How the kinds of graphic end that have their words in a part of their own."""
_WORDS_IN_FILES = ("word/document.xml", "xl/sharedStrings.xml", "ppt/slides/")
"""Where embedded Office files keep their words."""
_EMU_PER_MM = 36_000
_MAX_DIGITS = 12
_SEAL_SIDES = (35, 60)
"""Millimetres: a seal of a county's offices measures 42 to 50, and pictures of one have a margin or are reduced."""
_MAX_RATIO = 1.2
"""Longer side of a seal's picture through the shorter one."""
_NOT_TEXT = (f"{W}txbxContent", f"{W}del", f"{W}moveFrom")


@dataclass(slots=True)
class Drawings:
    """What is drawn in a paragraph."""

    pictures: list[Picture] = field(default_factory=list[Picture])
    doubts: list[str] = field(default_factory=list[str])
    omissions: list[Omission] = field(default_factory=list[Omission])


def drawings_in(document: Any, element: Any, place: str) -> Drawings:
    """Return what is drawn in the paragraph ``element`` at ``place``, text boxes aside."""
    found = Drawings()
    for node in element.iter(f"{W}object", f"{W}drawing", f"{W}pict"):
        above = set(_tags_above(node, element))
        if above & {*_NOT_TEXT, f"{W}object"} or any(True for _ in node.iterancestors(f"{MC}Fallback")):
            continue
        if node.tag == f"{W}object":
            _object(document, node, place, found)
        else:
            _graphic(document, node, place, found)
    return found


def text_boxes(element: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes in the paragraph ``element``, those in other boxes aside."""
    for box in element.iter(f"{W}txbxContent"):
        is_old_form = any(True for _ in box.iterancestors(f"{MC}Fallback"))
        if not is_old_form and not set(_tags_above(box, element)) & set(_NOT_TEXT):
            yield box


def _tags_above(node: Any, stop: Any) -> Iterator[str]:
    parent = node.getparent()
    while parent is not None and parent is not stop:
        yield parent.tag
        parent = parent.getparent()


def _object(document: Any, node: Any, place: str, found: Drawings) -> None:
    """Tell of an embedded object, with the words of one that is an Office file."""
    ole = next(node.iter(f"{_O}OLEObject"), None)
    program = ole.get("ProgID", "") if ole is not None else ""
    if program.startswith(("Equation", "MathType")):
        found.doubts.append(f"这里有公式（{program}），没有转入，请做成图片放进文件夹")
    else:
        found.doubts.append(f"这里嵌着别的程序的内容（{program or '公式、表格等'}），没有转入")
    part = document.part.related_parts.get(ole.get(f"{_R}id")) if ole is not None else None
    if part is not None and (words := _words_of_file(part.blob)):
        found.omissions.append(Omission(words, place, f"嵌着的文件（{program}）里的字"))
    for shape in node.iter(f"{_V}imagedata"):
        found.omissions.append(
            Omission(f"图（{shape.get(f'{_R}id')}）", place, "旧式图形，请另存为 PNG 放进文件夹")
        )


def _graphic(document: Any, node: Any, place: str, found: Drawings) -> None:
    """Take over the pictures of ``node``; tell of pictures of other kinds, charts and words in shapes."""
    own = [each for each in node.iter() if not set(_tags_above(each, node)) & {f"{W}txbxContent"}]
    for data in (each for each in own if each.tag == f"{_A}graphicData"):
        if (data.get("uri") or "").endswith(_FIGURES):
            found.doubts.append("这里有图表，没有转入，请另存为图片")
            found.omissions += _words_of_figure(document, data, place)
    is_over_text = any(_is_over_text(each) for each in own)
    is_of_seal_size = any(_is_of_seal_size(each) for each in own if each.tag == f"{_WP}extent")
    alternative = next((each.get("descr") or "" for each in own if each.tag == f"{_WP}docPr"), "")
    for blip in (each for each in own if each.tag == f"{_A}blip"):
        part = document.part.related_parts.get(blip.get(f"{_R}embed"))
        suffix = _PICTURE_SUFFIXES.get(part.content_type, "") if part is not None else ""
        if part is not None and suffix:
            found.pictures.append(
                Picture(part.blob, suffix, place, alternative, is_over_text, is_of_seal_size)
            )
            continue
        kind = part.content_type if part is not None else "链接的图"
        found.doubts.append("这里有一幅图，没有转入，请另存为 PNG 放进文件夹")
        found.omissions.append(Omission(f"图（{kind}）", place, "不是 PNG 或 JPEG，请另存后放进文件夹"))
    for shape in own:
        if shape.tag == f"{_V}imagedata":
            found.doubts.append("这里有一幅旧式图形，没有转入，请另存为 PNG 放进文件夹")
            found.omissions.append(
                Omission(f"图（{shape.get(f'{_R}id')}）", place, "旧式图形，请另存为 PNG 放进文件夹")
            )
        elif shape.tag == f"{_V}textpath" and (words := (shape.get("string") or "").strip()):
            found.doubts.append(f"这里有艺术字“{words}”，没有转入")
            found.omissions.append(Omission(words, place, "艺术字"))


def _is_over_text(node: Any) -> bool:
    """Tell whether ``node`` sets a picture over or under the text, which does not flow around it."""
    is_behind = node.tag == f"{_WP}anchor" and node.get("behindDoc") in ("1", "true")
    return is_behind or node.tag == f"{_WP}wrapNone"


def _is_of_seal_size(extent: Any) -> bool:
    """Tell whether ``extent`` is about square, with sides as seals of offices have."""
    sides = [extent.get(name) or "" for name in ("cx", "cy")]
    if not all(side.isdecimal() and len(side) <= _MAX_DIGITS for side in sides):
        return False
    low, high = sorted(int(side) / _EMU_PER_MM for side in sides)
    return _SEAL_SIDES[0] <= low and high <= _SEAL_SIDES[1] and high <= low * _MAX_RATIO


def _words_of_figure(document: Any, data: Any, place: str) -> Iterator[Omission]:
    """Yield the words of a chart or a diagram, which are in the parts that it leads to."""
    for node in data.iter():
        for name, key in node.attrib.items():
            part = document.part.related_parts.get(key) if name in (f"{_R}id", f"{_R}dm") else None
            if part is not None and (words := _words_of_part(part.blob)):
                yield Omission(words, place, "图表里的字")


def _words_of_part(blob: bytes) -> str:
    from docx.oxml import parse_xml

    root: Any = parse_xml(blob)
    words = (str(node.text or "").strip() for node in root.iter(f"{_A}t", f"{_C}v"))
    return "\n".join(filter(None, words))


def _words_of_file(blob: bytes) -> str:
    """Return the words of an embedded Office file; empty for a file of another kind."""
    from docx.oxml import parse_xml

    words: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            parts = [entry for entry in archive.infolist() if entry.filename.startswith(_WORDS_IN_FILES)]
            if sum(entry.file_size for entry in parts) > MAX_MARKUP_BYTES:
                return ""
            for entry in parts:
                if entry.filename.endswith(".xml"):
                    root: Any = parse_xml(archive.read(entry))
                    words += [node.text or "" for node in root.iter() if str(node.tag).endswith("}t")]
    except (*UNREADABLE, SyntaxError):
        return ""
    return "\n".join(filter(None, words))
