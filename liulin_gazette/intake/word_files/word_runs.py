"""The runs of a paragraph of Word: characters, symbols of other fonts, raised type, footnotes, fields, equations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from liulin_gazette.intake.manuscript import Line, Mark, Omission
from liulin_gazette.intake.marked_text import part_of
from liulin_gazette.intake.odd_characters import odd_characters
from liulin_gazette.intake.symbol_fonts import is_symbol, is_symbol_font, symbol
from liulin_gazette.intake.word_files.word_equations import M, equation
from liulin_gazette.intake.word_files.word_fields import BOXES, Field, checkbox, shown_by
from liulin_gazette.intake.word_files.word_styles import Styles, W, is_on, value
from liulin_gazette.source.markdown.inline_marks import raised_or_lowered
from liulin_gazette.text.raised_characters import SUB, SUPER, has_unicode_form, shown

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRONG_FACES = ("黑体", "小标宋", "标宋", "simhei")
"""Names of faces, or parts of names, that stand for strong type."""
_RUN_IN_FACES = ("楷体", "kaiti", "楷_gb")
"""Faces of a heading of the second level, where only the beginning of a paragraph has them (GB/T 9704-2012 §7.3.3)."""
_POSITIONS = {"superscript": SUPER, "subscript": SUB}
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u2060-\u2064\u202a-\u202e\ufeff]")
"""Characters that show nothing and that editing leaves behind: soft hyphens, zero-width spaces, directions."""


@dataclass(slots=True)
class RunText:
    """The text of a paragraph, and what its characters cannot say."""

    text: str = ""
    strong: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Ranges in heavier type, as (start, end)."""
    run_in: int = 0
    """The end of the characters at the beginning that are in the face of a run-in heading."""
    marks: list[Mark] = field(default_factory=list[Mark])
    doubts: list[str] = field(default_factory=list[str])

    def line(self, place: str, has_run_in: bool = False) -> Line:
        """Return the text without the spaces around it; with ``has_run_in``, its run-in heading is strong."""
        text = self.text.rstrip()
        indent = len(text) - len(text.lstrip("　 \t"))
        ranges = (
            [(0, self.run_in)] if has_run_in and not self.strong and self.run_in < len(text) else self.strong
        )
        strong = ((max(start - indent, 0), min(end, len(text)) - indent) for start, end in ranges)
        return Line(
            text[indent:],
            place,
            strong=tuple((start, end) for start, end in strong if end > start),
            doubts=(*self.doubts, *odd_characters(text)),
            marks=part_of((_within(mark, indent, len(text)) for mark in self.marks), indent, len(text)),
        )


class RunReader:
    """Reads the runs of one document's paragraphs; numbers footnotes, and adds what it leaves out to ``omissions``."""

    def __init__(self, document: Any, styles: Styles, omissions: list[Omission]) -> None:
        self._document = document
        self._styles = styles
        self._omissions = omissions
        self._notes: dict[str, dict[str | None, Any]] = {}
        """The elements of notes and comments by their kind and id."""
        self._labels: dict[tuple[str, str | None], str] = {}

    def read(self, elements: Sequence[Any], place: str, is_note: bool = False) -> RunText:
        """Return the text of a paragraph, which is in several ``elements`` where marks between them are deleted.

        It ``is_note`` if it stands in a footnote.
        """
        read = RunText()
        fields: list[Field] = []
        for element in elements:
            for node in element.iter(f"{W}r", f"{M}oMath"):
                above = _tags_above(node, element)
                if above & {f"{W}txbxContent", f"{MC}Fallback", f"{M}oMath"}:
                    continue
                if reason := self._reason_to_leave_out(node, above):
                    self.leave_out(node, place, reason)
                elif node.tag == f"{M}oMath":
                    words = "".join(equation(node))
                    read.text += words
                    read.doubts.append(f"公式“{words}”要核对，复杂的做成图片")
                    for deleted in node.iter(f"{W}del", f"{W}moveFrom"):
                        self.leave_out(deleted, place, "修订中已删除的文字")
                else:
                    self._run(node, read, fields, place, is_note)
        return read

    def leave_out_unreferenced(self) -> None:
        """Add the comments and notes that no place of the text leads to."""
        for comment in self._of_kind("comment").values():
            self.leave_out(comment, "批注", _author_of(comment))
        for kind in ("footnote", "endnote"):
            for key, note in self._of_kind(kind).items():
                if (kind, key) not in self._labels:
                    self.leave_out(note, "脚注", "正文里没有它的注码")

    def leave_out(self, element: Any, place: str, reason: str) -> None:
        """Add the words below ``element`` to the omissions."""
        if words := _words(element):
            self._omissions.append(Omission(words, place, reason))

    def _reason_to_leave_out(self, run: Any, above: set[str]) -> str:
        """Return why a run is no part of the text; empty for one that is."""
        if f"{W}del" in above:
            return "修订中已删除的文字"
        if f"{W}moveFrom" in above:
            return "修订中移走的文字，在新的位置转入"
        if run.tag != f"{W}r":
            return ""
        if f"{W}rt" in above:
            return "注音"
        if any(is_on(each.find(f"{W}sdtPr/{W}showingPlcHdr")) for each in run.iterancestors(f"{W}sdt")):
            return "内容控件里提示填写的字，没有填写"
        if self._styles.is_toggled(run, "strike") or self._is_on(run, "dstrike"):
            return "加了删除线的文字"
        return "隐藏的文字" if self._styles.is_toggled(run, "vanish") else ""

    def _run(self, run: Any, read: RunText, fields: list[Field], place: str, is_note: bool) -> None:
        """Add the characters of ``run``."""
        start = len(read.text)
        values = (value(properties, "vertAlign") for properties in self._styles.run_properties(run))
        position = _POSITIONS.get(next(filter(None, values), ""), "")
        has_own = any(node.get(f"{W}customMarkFollows") in ("1", "true", "on") for node in run)
        own_mark = "".join(node.text or "" for node in run.iter(f"{W}t")).strip() if has_own else ""
        for node in run:
            if node.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._reference(node, read, place, own_mark, is_note)
                self._omit(own_mark, place, "脚注自己的注码，由程序统一编号")
            elif has_own and node.tag == f"{W}t":
                continue
            elif node.tag in (f"{W}t", f"{W}instrText") and fields and not fields[-1].has_result:
                fields[-1].code += node.text or ""
                if node.tag == f"{W}t":
                    self._omit(node.text or "", place, "域的代码")
            elif node.tag == f"{W}fldChar":
                read.text += self._field(node, read, fields, place)
            else:
                read.text += self._characters(node, run, read, place)
        checked = checkbox(run)
        if checked is not None and not (read.text[start:] and set(read.text[start:]) <= set(BOXES)):
            self._omit(read.text[start:], place, f"内容控件里的字，写作{checked}")
            read.text = read.text[:start] + checked
            position = ""
        if len(read.text) == start:
            return
        if position:
            _raise(read, start, position)
        faces = self._faces(run)
        if read.run_in == start and (
            not read.text[start:].strip() or any(each in faces for each in _RUN_IN_FACES)
        ):
            read.run_in = len(read.text)
        if self._is_bold(run) or any(each in faces for each in _STRONG_FACES):
            if read.strong and read.strong[-1][1] == start:
                start = read.strong.pop()[0]
            read.strong.append((start, len(read.text)))

    def _characters(self, node: Any, run: Any, read: RunText, place: str) -> str:
        """Return the characters of a child of ``run``; add what cannot be carried over to the doubts of ``read``."""
        if node.tag == f"{W}t":
            return self._visible(self._letters(str(node.text or ""), run, read), place)
        if node.tag in (f"{W}tab", f"{W}ptab"):
            return "\t"
        if node.tag in (f"{W}br", f"{W}cr"):
            return "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        if node.tag == f"{W}noBreakHyphen":
            return "-"
        if node.tag == f"{W}sym":
            return _symbol(node.get(f"{W}font") or "", node.get(f"{W}char") or "", read)
        if node.tag == f"{W}commentReference":
            comment = self._of_kind("comment").pop(node.get(f"{W}id"), None)
            if comment is not None:
                self._omit(_words(comment), place, _author_of(comment))
        return ""

    def _omit(self, words: str, place: str, reason: str) -> None:
        if words.strip():
            self._omissions.append(Omission(words, place, reason))

    def _letters(self, text: str, run: Any, read: RunText) -> str:
        """Return ``text`` with the characters of a symbol font as what they show."""
        fonts = run.find(f"{W}rPr/{W}rFonts")
        font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
        if not is_symbol_font(font):
            return text
        return "".join(_symbol(font, f"{ord(each):X}", read) if is_symbol(each) else each for each in text)

    def _visible(self, text: str, place: str) -> str:
        """Return ``text`` without characters that show nothing, which are told."""
        for each in sorted(set(_INVISIBLE.findall(text))):
            self._omissions.append(Omission(f"U+{ord(each):04X}", place, "看不见的字符"))
        return _INVISIBLE.sub("", text)

    def _field(self, node: Any, read: RunText, fields: list[Field], place: str) -> str:
        """Follow the fields that begin and end at ``node``; return what one shows that has no result of its own."""
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            fields.append(Field(node.find(f"{W}ffData")))
        elif kind == "separate" and fields:
            fields[-1].has_result = True
        elif kind == "end" and fields:
            ended = fields.pop()
            shows = shown_by(ended)
            if shows is None:
                read.doubts.append(f"公式域“{ended.code.strip()}”，没有转入")
            if shows != "" and ended.code.strip():
                self._omit(ended.code, place, f"域的代码，写作{shows}" if shows else "认不出来的域")
            return shows or ""
        return ""

    def _reference(self, node: Any, read: RunText, place: str, own_mark: str, is_note: bool) -> None:
        """Add the mark of a footnote or an endnote, with its paragraphs where it is the first one."""
        kind = "footnote" if node.tag.endswith("footnoteReference") else "endnote"
        key = kind, node.get(f"{W}id")
        note = self._of_kind(kind).get(key[1])
        known = self._labels.get(key)
        if is_note or (note is None and known is None):
            read.doubts.append("这里有脚注，没有转入")
            return
        label = self._labels.setdefault(key, str(len(self._labels) + 1))
        lines = () if known else tuple(self._note_lines(note, own_mark, place))
        if not known and not lines:
            read.doubts.append("这里的脚注没有注文")
            return
        read.doubts += [doubt for line in lines for doubt in line.doubts]
        at = len(read.text)
        read.marks.append(Mark(at, at, label=label, note=lines))

    def _note_lines(self, note: Any, own_mark: str, place: str) -> Iterator[Line]:
        """Yield the paragraphs of a note without ``own_mark``, with which one that has its own mark begins."""
        for index, paragraph in enumerate(note.iter(f"{W}p")):
            read = self.read([paragraph], f"{place}的脚注", is_note=True)
            if own_mark and not index and read.text.lstrip().startswith(own_mark):
                end = read.text.index(own_mark) + len(own_mark)
                marks = part_of(read.marks, end, len(read.text))
                read = RunText(read.text[end:], marks=[*marks], doubts=read.doubts)
                self._omissions.append(Omission(own_mark, place, "脚注自己的注码，由程序统一编号"))
            if (line := read.line(f"{place}的脚注")).text:
                yield line

    def _of_kind(self, kind: str) -> dict[str | None, Any]:
        """Return the elements of all footnotes, endnotes or comments by their id."""
        if kind not in self._notes:
            self._notes[kind] = dict(self._read_notes(kind))
        return self._notes[kind]

    def _read_notes(self, kind: str) -> Iterator[tuple[str | None, Any]]:
        """Yield the id and the element of each note of ``kind`` (footnote, endnote)."""
        from docx.oxml import parse_xml

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}s"):
                root: Any = parse_xml(relation.target_part.blob)
                for note in root.iter(f"{W}{kind}"):
                    yield note.get(f"{W}id"), note

    def _is_on(self, run: Any, name: str) -> bool:
        settings = (properties.find(f"{W}{name}") for properties in self._styles.run_properties(run))
        return is_on(next((each for each in settings if each is not None), None))

    def _is_bold(self, run: Any) -> bool:
        return self._is_on(run, "b")

    def _faces(self, run: Any) -> str:
        """Return the name of the face of the Han characters of ``run``."""
        fonts = (properties.find(f"{W}rFonts") for properties in self._styles.run_properties(run))
        names = (str(each.get(f"{W}eastAsia") or "") for each in fonts if each is not None)
        return next(filter(None, names), "").lower()


def _within(mark: Mark, start: int, end: int) -> Mark:
    """Return ``mark``; that of a footnote moved to the nearest place between ``start`` and ``end``."""
    place = min(max(mark.start, start), end)
    return replace(mark, start=place, end=place) if mark.label else mark


def _raise(read: RunText, start: int, position: str) -> None:
    """Raise or lower the end of the text of ``read`` from ``start`` on: in Unicode characters, or by a mark."""
    words = read.text[start:]
    if not words.strip():
        return
    if has_unicode_form(words, position):
        read.text = read.text[:start] + shown(words, position)
    elif raised_or_lowered(words, position):
        read.marks.append(Mark(start, len(read.text), position))
    else:
        read.doubts.append(f"“{words}”是{'上标' if position == SUPER else '下标'}，没有转入")


def _symbol(font: str, code: str, read: RunText) -> str:
    """Return the character that ``font`` shows for the hexadecimal ``code``, or add a doubt and return nothing."""
    known = symbol(font, int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""
    if not known:
        read.doubts.append(f"特殊符号（{font} 字体的 {code}）")
    return known


def _tags_above(node: Any, stop: Any) -> set[str]:
    """Return the tags of the elements that ``node`` is in, up to ``stop``."""
    tags: set[str] = set()
    parent = node.getparent()
    while parent is not None and parent is not stop:
        tags.add(parent.tag)
        parent = parent.getparent()
    return tags


def _words(element: Any) -> str:
    """Return the words below ``element``, whatever becomes of them: text, deleted text, equations; a line a paragraph."""
    words = ""
    for node in element.iter(f"{W}t", f"{W}delText", f"{M}t", f"{W}p"):
        is_paragraph = node.tag == f"{W}p"
        if not any(each.tag == f"{MC}Fallback" for each in node.iterancestors()):
            words += ("\n" if words else "") if is_paragraph else node.text or ""
    return words.strip()


def _author_of(comment: Any) -> str:
    author = comment.get(f"{W}author") or ""
    return f"批注（{author}）" if author else "批注"
