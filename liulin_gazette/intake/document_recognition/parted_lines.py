"""Lines of a manuscript that hold several paragraphs: a line break in place of a new paragraph, a number after a title."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.document_recognition.document_heads import MAX_RED_LINES, ends_document
from liulin_gazette.intake.document_recognition.titles_of_heads import is_text, number_in
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import (
    FIELD,
    LEVELS,
    TITLE,
    UNIT,
    begins_paragraph,
    is_annex_label,
    is_roster_line,
    names_units,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Line, Part
from liulin_gazette.intake.marked_text import part_of

_FORM_WITH_SERIAL = re.compile(
    r"^(?P<form>(?P<issuer>[^，。《》：；]{4,60})(?:令|公告|通告))\s*(?P<serial>[（(]?(?:\d{4}年)?第\s*[\d一二三四五六七八九十百]{1,5}\s*号[）)]?)$"
)
_TITLE_WITH_NUMBER = re.compile(r"^(?P<title>\S.{5,120}?)\s*(?P<number>[（(][^（()）]{4,30}号[）)])$")
_BASIS = re.compile("依据|根据|按照")
_ENDS = ("。", "！", "？", "；", "：", ":", ";")
_LABEL = re.compile("(?!.*(?:如下|通知|公告|通告|决定))[一-鿿]{1,5}[：:]")
_LABELLED = re.compile(r"\s*[一-鿿][一-鿿 　]{0,8}[：:]")
_DUTY = re.compile(r"\s*责任")
_INDENT = re.compile("　{2}| {4}|\t")


def with_parted_paragraphs(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield ``parts``; a line with line breaks where paragraphs end as one line for each paragraph.

    A paragraph ends before an indent, a number, or a date, and after a whole sentence. Other breaks stay, those of a
    block of labels and values (地址：…, 电话：…) among them.
    """
    for part in parts:
        if isinstance(part, Line) and "\n" in part.text:
            yield from _paragraphs(part)
        else:
            yield part


def _paragraphs(line: Line) -> Iterator[Line]:
    pieces = line.text.split("\n")
    labels = [piece for index, piece in enumerate(pieces) if _is_label(piece, index == 0)]
    labelled = [piece for piece in pieces if _LABELLED.match(piece)]
    is_of_duties = any(_DUTY.match(piece) for piece in labelled)
    is_block = bool(labels) or (not is_of_duties and not all(FIELD.match(each.strip()) for each in labelled))
    start, at = 0, 0
    for before, after in itertools.pairwise(pieces):
        at += len(before) + 1
        text = after.strip()
        begins = (is_of_duties and after in labelled) or (
            begins_paragraph(text)
            and not (is_block and FIELD.match(text))
            and not (labels and is_roster_line(text))
        )
        ends = (before.rstrip().endswith(_ENDS) and before not in labels) or is_annex_label(before.strip())
        if (ends or begins or _INDENT.match(after)) and text:
            yield _range(line, start, at - 1)
            start = at
    yield _range(line, start, len(line.text))


def _is_label(piece: str, is_first: bool) -> bool:
    """Tell whether ``piece`` is a short label alone, the value of which stands on the next line; 主送 is none."""
    bare = without_spaces(piece)
    return bool(_LABEL.fullmatch(bare)) and not (is_first and names_units(bare, is_letter=True))


def _range(line: Line, start: int, end: int) -> Line:
    """Return ``line`` from ``start`` to ``end``; its doubts are those of its beginning."""
    strong = (
        (max(first, start) - start, min(last, end) - start)
        for first, last in line.strong
        if first < end and last > start
    )
    return replace(
        line,
        text=line.text[start:end],
        strong=tuple(strong),
        marks=part_of(line.marks, start, end),
        doubts=() if start else line.doubts,
    )


def with_parted_heads(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield ``parts``; in the head of a document, a title with its number or serial on one line as two lines.

    Such lines are ××县人民政府令第15号, and ××关于……的通告（×政告〔2026〕4号）.
    """
    start, is_in_head = 0, True
    for index, part in enumerate(parts):
        if index and ends_document(parts, index - 1):
            start, is_in_head = index, True
        is_in_head = is_in_head and index - start < MAX_RED_LINES
        text = part.text.strip() if isinstance(part, Line) and not part.marks else ""
        numbered = _TITLE_WITH_NUMBER.match(text) if is_in_head else None
        is_in_head = is_in_head and _may_be_in_head(parts, index)
        match = _FORM_WITH_SERIAL.match(text) if is_in_head else None
        if isinstance(part, Line) and numbered and _is_numbered_title(numbered):
            yield from _both(part, numbered["title"], numbered["number"])
        elif isinstance(part, Line) and match and _is_body(match["issuer"]):
            yield from _both(part, match["form"], match["serial"])
            is_in_head = False
        else:
            yield part


def _both(line: Line, first: str, second: str) -> tuple[Line, Line]:
    return replace(line, text=first, strong=()), replace(line, text=second, strong=(), doubts=())


def _is_numbered_title(match: re.Match[str]) -> bool:
    """Tell whether ``match`` is a title and its number, and no item of a numbered list of documents."""
    is_item = any(pattern.match(match["title"]) for pattern, _ in LEVELS)
    return bool(not is_item and number_in(match["number"]) and TITLE.match(without_spaces(match["title"])))


def _may_be_in_head(parts: Sequence[Part], index: int) -> bool:
    """Tell whether the part at ``index`` may stand above the name of an order: no title, no text, no basis of a text."""
    text = without_spaces(part_text(parts[index]))
    return isinstance(parts[index], Line) and not (
        TITLE.match(text) or _BASIS.search(text) or is_text(parts, index)
    )


def _is_body(name: str) -> bool:
    """Tell whether ``name`` is that of a body, without a number before it."""
    bare = without_spaces(name)
    return bool(UNIT.search(bare)) and not any(pattern.match(bare) for pattern, _ in LEVELS)
