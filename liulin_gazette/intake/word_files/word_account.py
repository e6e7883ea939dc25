"""An independent count of a Word file: every character in every part of the package, whatever becomes of it.

It shares no code with the reader (word_file and what that imports): it opens the archive by itself and knows elements
by their local names alone, so that a mistake of the reader cannot hide here too.
"""

from __future__ import annotations

import contextlib
import html
import io
import posixpath
import re
import struct
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from liulin_gazette.intake.account import SourceText
from liulin_gazette.intake.xml_archive import local_name

_SHOWING_FIELD = re.compile(r"\s*(?:eq|symbol|macrobutton|gotobutton|autonum\w*|listnum)\b", re.I)
"""Codes of fields that show characters of their own."""
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol")
_STORIES = {
    "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "脚注", "comments": "批注",
    "chart": "图表", "diagramData": "图表", "oleObject": "嵌着的文件", "package": "嵌着的文件", "aFChunk": "嵌着的文件",
}  # fmt: skip
"""What the characters of each kind of part are called, by the end of its relation."""
_OFFICE_WORDS = re.compile(r"word/document\.xml|xl/sharedStrings\.xml|ppt/slides/[^/]+\.xml")
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|tr|td|th|li|h\d|table|blockquote)\b[^>]*>", re.I)
_SHOWING_NOTHING = re.compile(r"<(script|style|title)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.S | re.I)


UNCOUNTABLE = (
    ElementTree.ParseError,
    LookupError,
    OSError,
    OverflowError,
    EOFError,
    RuntimeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What a part raises that is damaged, locked, or not what its name says."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """The passages of a Word file, and remarks on the parts that could not be counted."""

    passages: tuple[SourceText, ...]
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Passage:
    """The characters of a paragraph while it is walked through."""

    place: str
    story: str
    text: str = ""
    is_added_to: bool = False
    codes: list[str] = field(default_factory=list[str])
    """The codes of the fields that are open."""


@dataclass(slots=True)
class _Walk:
    """How far the walk through a document has come."""

    numbered_styles: frozenset[str]
    paragraphs: int = 0


def count_word(content: bytes) -> WordCount:
    """Return the passages of a Word file that has been opened before, those of the running text first, in their order.

    Raises one of ``UNCOUNTABLE`` if the running text cannot be counted.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        main = next(
            (target for kind, target in _relations(archive, names, "") if kind == "officeDocument"), ""
        )
        if main not in names:
            return WordCount(())
        walk = _Walk(frozenset(_numbered_styles(archive, names, main)))
        passages = list(_passages(_root(archive, main), walk, ""))
        remarks: list[str] = []
        for kind, target in _relations(archive, names, main):
            if kind in _STORIES and target in names:
                try:
                    story = _story(archive, kind, target)
                except UNCOUNTABLE:
                    remarks.append(
                        f"{_STORIES[kind]}（{target}）打不开，里面的字没有算进字数账，请在原件里打开核对。"
                    )
                    continue
                passages += story.passages
                remarks += story.remarks
        return WordCount(tuple(each for each in passages if each.text or each.is_added_to), tuple(remarks))


def _relations(archive: zipfile.ZipFile, names: set[str], part: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the target of each relation of ``part``; of the package for an empty name."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations in names:
        for relation in _root(archive, relations):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                yield relation.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _root(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))


def _attribute(node: ElementTree.Element, name: str) -> str:
    return next((str(text) for key, text in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(node: ElementTree.Element, *path: str) -> ElementTree.Element | None:
    """Return the first element at ``path`` below ``node``, by local names."""
    found: ElementTree.Element | None = node
    for name in path:
        found = (
            next((each for each in found if local_name(each) == name), None) if found is not None else None
        )
    return found


def _numbered_styles(archive: zipfile.ZipFile, names: set[str], main: str) -> Iterator[str]:
    """Yield the paragraph styles that number their paragraphs, by themselves or by what they are based on."""
    target = next((each for kind, each in _relations(archive, names, main) if kind == "styles"), "")
    styles = {_attribute(each, "styleId"): each for each in _root(archive, target)} if target in names else {}
    for name in styles:
        following, seen = name, set[str]()
        while following in styles and following not in seen:
            seen.add(following)
            if _child(styles[following], "pPr", "numPr") is not None:
                yield name
                break
            based = _child(styles[following], "basedOn")
            following = _attribute(based, "val") if based is not None else ""


def _passages(node: ElementTree.Element, walk: _Walk, story: str) -> Iterator[SourceText]:
    """Yield the passages below ``node``: a paragraph each, the text boxes in it after it."""
    for child in node:
        name = local_name(child)
        if name == "p":
            walk.paragraphs += 1
            passage = _Passage(f"第{walk.paragraphs}段", story, is_added_to=_is_numbered(child, walk))
            inner: list[SourceText] = []
            _characters(child, passage, walk, inner)
            yield SourceText(passage.text, passage.place, story, passage.is_added_to)
            yield from inner
        elif name != "Fallback":
            walk.paragraphs += name == "tbl"
            yield from _passages(child, walk, story)


def _is_numbered(paragraph: ElementTree.Element, walk: _Walk) -> bool:
    style = _child(paragraph, "pPr", "pStyle")
    is_own = _child(paragraph, "pPr", "numPr") is not None
    return is_own or (style is not None and _attribute(style, "val") in walk.numbered_styles)


def _characters(node: ElementTree.Element, passage: _Passage, walk: _Walk, inner: list[SourceText]) -> None:
    """Add the characters below ``node`` to ``passage``, and the passages of text boxes to ``inner``."""
    for child in node:
        name = local_name(child)
        if name == "Fallback":
            continue
        if name == "txbxContent":
            inner += _passages(child, walk, "文本框")
        elif name in ("t", "delText"):
            passage.text += _letters(child, node, passage)
        elif name == "instrText" and passage.codes:
            passage.codes[-1] += child.text or ""
        elif name == "fldChar":
            passage.is_added_to |= _child(child, "ffData") is not None
            _follow_field(_attribute(child, "fldCharType"), passage)
        elif name == "textpath":
            inner.append(SourceText(_attribute(child, "string"), passage.place, "艺术字"))
        else:
            passage.is_added_to |= name in ("sym", "noBreakHyphen", "oMath", "checkbox", "checkBox")
            _characters(child, passage, walk, inner)


def _follow_field(kind: str, passage: _Passage) -> None:
    """Add the code of a field that ends without a result, and shows characters of its own."""
    if kind == "begin":
        passage.codes.append("")
    elif kind == "separate" and passage.codes:
        passage.codes[-1] = "\0"
    elif kind == "end" and passage.codes:
        code = passage.codes.pop()
        if _SHOWING_FIELD.match(code):
            passage.text += code
            passage.is_added_to = True


def _letters(text: ElementTree.Element, run: ElementTree.Element, passage: _Passage) -> str:
    """Return the characters of the element ``text`` in ``run``; those of a symbol font are no letters."""
    fonts = _child(run, "rPr", "rFonts")
    font = (
        (_attribute(fonts, "ascii") or _attribute(fonts, "hAnsi")).strip().lower()
        if fonts is not None
        else ""
    )
    letters = str(text.text or "")
    if font.startswith(_SYMBOL_FONTS):
        passage.is_added_to = True
        return "".join(each for each in letters if ord(each) > 0xFF and not 0xF000 <= ord(each) <= 0xF0FF)
    return letters


def _story(archive: zipfile.ZipFile, kind: str, target: str) -> WordCount:
    """Return the passages of a part beside the running text. Raises one of ``UNCOUNTABLE``."""
    story = _STORIES[kind]
    if kind in ("oleObject", "package"):
        texts = _embedded_words(archive.read(target))
        return WordCount(tuple(SourceText(text, story, story) for text in texts))
    if kind == "aFChunk":
        return _chunk(archive.read(target), story)
    if kind in ("chart", "diagramData"):
        nodes = (node for node in _root(archive, target).iter() if local_name(node) in ("t", "v"))
        words = (str(node.text or "") for node in nodes)
        return WordCount(tuple(SourceText(text, story, story) for text in words if text.strip()))
    passages = _passages(_root(archive, target), _Walk(frozenset()), story)
    return WordCount(tuple(SourceText(each.text, story, story, each.is_added_to) for each in passages))


def _embedded_words(blob: bytes) -> Iterator[str]:
    if not zipfile.is_zipfile(io.BytesIO(blob)):
        return
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        for name in archive.namelist():
            if _OFFICE_WORDS.fullmatch(name):
                yield from (
                    str(node.text or "") for node in _root(archive, name).iter() if local_name(node) == "t"
                )


def _chunk(blob: bytes, story: str) -> WordCount:
    """Return the text of a file that is shown in its place: a web page, a Word file, plain text."""
    if zipfile.is_zipfile(io.BytesIO(blob)):
        inner = count_word(blob)
        passages = (SourceText(each.text, story, story, each.is_added_to) for each in inner.passages)
        return WordCount(tuple(passages), inner.remarks)
    text = _decoded(blob)
    if text.lstrip().startswith(("{\\rtf", "MIME-Version")):
        return WordCount(())
    if "<" in text:
        text = _BLOCK_TAG.sub("\n", text.replace("\n", "").replace("\r", ""))
        text = html.unescape(_SHOWING_NOTHING.sub("", text))
    return WordCount(tuple(SourceText(line, story, story) for line in text.splitlines()))


def _decoded(blob: bytes) -> str:
    """Return the text of ``blob``; empty if it is in no encoding that is known here."""
    encodings = ("utf-16",) if blob[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            return blob.decode(encoding)
    return ""
