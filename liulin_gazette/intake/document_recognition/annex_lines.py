"""附件说明, and the labels and titles with which annexes begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from liulin_gazette.intake.document_recognition.document_state import (
    DocumentState,
    Position,
    Reading,
    left_out,
)
from liulin_gazette.intake.drafts import Conversion, paragraph_markdown, part_text
from liulin_gazette.intake.line_kinds import ANNEX, ANNEX_NOTE, DATE_LINE, without_spaces
from liulin_gazette.intake.manuscript import Line, Part
from liulin_gazette.intake.marked_text import moved, stripped

MAX_ANNEX_NAME = 80
"""Characters."""
_MAX_TITLE_LINES = 4
"""Lines of the title of an annex."""
_ANNEX = "附件"
_ENTRY = re.compile(r"\d{1,2}[.．、](?!\d(?!\d{3}年))")
_MARKS = re.compile(r"[《》“”\s]")


def read_annex(state: DocumentState, position: Position) -> Reading | None:
    """Read the label of an annex, with the title on the next line or lines if it is there."""
    text, part = position.text, position.part
    annex = ANNEX.match(text)
    if annex is None or ANNEX_NOTE.match(text) or not (state.is_signed or state.instrument):
        return None
    if len(text) > 60 or text.endswith(("。", "；")):
        return None
    title = annex["title"].strip()
    if not title and not position.following:
        return left_out(state, part, "附件的标签，来稿里后面没有附件的内容")
    count = 0 if title else _title_lines(position)
    titles = position.parts[position.index + 1 : position.index + 1 + count]
    title = title or "".join(part_text(each).strip() for each in titles)
    label = without_spaces(annex["label"])
    label = _ANNEX if label == "附" else label
    opening = " ".join(filter(None, (f"::: {label}", annex["number"], without_spaces(title))))
    conversions = [Conversion(part.place, part_text(part), opening)]
    conversions += [Conversion(each.place, part_text(each), "附件标题") for each in titles]
    return Reading(
        replace(state, is_in_annex=True),
        tuple(conversions),
        (":::", opening) if state.is_in_annex else (opening,),
    )


def _title_lines(position: Position) -> int:
    """Return how many lines below the label of an annex are its title: as many as 附件说明 says, else one that is like it."""
    below = position.parts[position.index + 1 : position.index + 1 + _MAX_TITLE_LINES]
    if len(below) > 1 and all(_ENTRY.match(part_text(part).strip()) for part in below[:2]):
        return 0  # The annex has a numbered list and no title.
    names = _names_listed(position.parts[: position.index])
    joined = ""
    for count, part in enumerate(below, 1):
        if not is_like_title(part):
            break
        joined += _bare(part_text(part))
        if joined in names:
            return count
    return 1 if below and is_like_title(below[0]) else 0


def _names_listed(parts: Sequence[Part]) -> frozenset[str]:
    """Return the names in the last 附件说明 of ``parts``, without marks and spaces."""
    at = next(
        (at for at in range(len(parts) - 1, -1, -1) if ANNEX_NOTE.match(part_text(parts[at]).strip())), -1
    )
    entries = _entries(parts, at) if at >= 0 else []
    return frozenset(_name("".join(part_text(line).strip() for line in entry)) for entry in entries)


def read_annex_note(state: DocumentState, position: Position) -> Reading | None:
    """Read 附件说明: 附件：1.甲 and the lines below it with 2.乙 and so on, or with the rest of a name."""
    if not ANNEX_NOTE.match(position.text) or state.is_in_annex or position.text.endswith("。"):
        return None
    entries = _entries(position.parts, position.index)
    if sum(map(len, entries)) < 2:
        return None
    conversions: list[Conversion] = []
    paragraphs: list[str] = []
    for entry in entries:
        paragraphs.append(paragraph_markdown(_joined(entry)))
        conversions += [Conversion(line.place, line.text, paragraphs[-1]) for line in entry]
    return Reading(state, tuple(conversions), tuple(paragraphs))


def _entries(parts: Sequence[Part], at: int) -> list[list[Line]]:
    """Return the lines of each entry of 附件说明, which begins at index ``at``."""
    entries: list[list[Line]] = []
    for index in range(at, len(parts)):
        line, text = parts[index], part_text(parts[index]).strip()
        is_sentence = text.endswith("。") or len(text) > MAX_ANNEX_NAME
        if not isinstance(line, Line) or is_sentence:
            break
        if not entries or _ENTRY.match(text):
            entries.append([line])
        elif _goes_on(parts, index, "".join(part_text(each).strip() for each in entries[-1])):
            entries[-1].append(line)
        else:
            break
    return entries


def _goes_on(parts: Sequence[Part], index: int, begun: str) -> bool:
    """Tell whether the line at ``index`` has the rest of the name ``begun`` on the line above.

    The next entry follows it, or an annex further on has both as its title.
    """
    text = part_text(parts[index]).strip()
    if DATE_LINE.match(without_spaces(text)):
        return False
    following = part_text(parts[index + 1]).strip() if index + 1 < len(parts) else ""
    if _ENTRY.match(begun.partition("：")[2].strip() or begun) and _ENTRY.match(following):
        return True
    name = _name(begun + text)
    return any(
        _is_titled(parts, label, name)
        for label in range(index + 1, len(parts))
        if (annex := ANNEX.match(part_text(parts[label]).strip())) and not annex["title"]
    )


def _is_titled(parts: Sequence[Part], label: int, name: str) -> bool:
    """Tell whether the lines below the label at index ``label`` form the title ``name``."""
    joined = ""
    for part in parts[label + 1 : label + 1 + _MAX_TITLE_LINES]:
        joined += _bare(part_text(part))
        if joined == name:
            return True
    return False


def _joined(entry: Sequence[Line]) -> Line:
    """Return the lines of ``entry`` as one."""
    line = stripped(entry[0])
    for each in map(stripped, entry[1:]):
        line = replace(
            line,
            text=line.text + each.text,
            doubts=(*line.doubts, *each.doubts),
            marks=(*line.marks, *moved(each.marks, len(line.text))),
        )
    return line


def _name(entry: str) -> str:
    """Return the name in ``entry`` of 附件说明, without its number, marks and spaces."""
    words = re.sub(r"^附\s*件\s*[：:]", "", entry.strip()).strip()
    return _bare(_ENTRY.sub("", words, count=1)).rstrip("；;")


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


def is_like_title(part: Part | None) -> bool:
    """Tell whether ``part`` stands like a title: alone, short, centred or strong, and is no sentence."""
    return (
        isinstance(part, Line)
        and (part.centred or part.level > 0 or bool(part.strong) or len(part.text) <= 40)
        and not part.text.strip().endswith(("。", "；", "：", "，"))
    )
