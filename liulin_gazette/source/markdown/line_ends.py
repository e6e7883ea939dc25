"""Single line ends inside a paragraph (S060): what was pasted from a word processor must not fuse in silence.

There the end of a line is the end of a paragraph; here it takes a blank line. A line that begins or ends as a
paragraph does was one. A line that cannot be the end of a paragraph, or whose next cannot be the beginning of one, is a
paragraph that an editor wrapped. What is between the two is for the editor to say.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator, Sequence
from enum import Enum

from liulin_gazette.model.annex_notes import begins_note, is_entry
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.paragraph_lines import paragraph_runs

_HAN = "一二三四五六七八九十百千零〇"
_INDENT = re.compile(r"[ \t]*　[ 　]*　|[ ]{4}|\t")
_ORDINAL = re.compile(
    rf"(?:\*\*)?(?:[{_HAN}]{{1,4}}、(?![{_HAN}]{{1,3}}[、年月日级类等])|[（(][{_HAN}]{{1,4}}[）)](?![项款目至到、和或])"
    rf"|\d{{1,3}}[.．、](?!\d(?!\d{{3}}年))|[（(]\d{{1,3}}[）)](?![项款目至到、和或])|[①-⑳](?![①-⑳、和至])"
    rf"|第[{_HAN}]{{1,6}}(?:[编章节](?=\s)|条(?:之[{_HAN}]{{1,3}})?(?=[\s*]))|附件(?:\d{{0,2}}[：:]|\d{{1,2}}$)"
    r"|[•●■◆▪➢\uf06c\uf06e\uf075\uf0a7\uf0b7\uf0d8](?=[ 　\t]*\S))"
)
_ALONE = re.compile(
    rf"(?:\d{{4}}|[{_HAN}○]{{4}})年[\d{_HAN}]{{1,3}}月[\d{_HAN}]{{1,3}}日|（此件[^（）]{{1,12}}）"
)
"""A line that only a signature has: a date, 附注."""
_MAX_ISSUER = 30
_LONG_ENTRY = 18
_OFFICE_END = re.compile("[府局室委会厅部院办处队站所]$|中心$|公司$|[。！？；：]$")
_SENTENCE_END = re.compile(r"[。！？；：](?:\*\*)?[”’）)」』]*(?:\*\*)?$")
_GOES_ON = re.compile(r"[，、（(《〈“‘〔\[「『—～/·]$")
_CANNOT_BEGIN = re.compile(r"[，。、；：！？）)》〉”’〕\]」』…～%％‰℃]")
_PAIRS = {"）": "（", ")": "(", "》": "《", "〉": "〈", "”": "“", "’": "‘", "〕": "〔"}
_OPENING = frozenset(_PAIRS.values())


class LineEnd(Enum):
    """What a single line end is."""

    PARAGRAPH = "certainly the end of a paragraph"
    WRAPPED = "certainly within a paragraph"
    UNCERTAIN = "one or the other"


def report_line_ends(
    lines: Sequence[str], path: str, skipped: Container[int], findings: FindingCollector
) -> None:
    """Report line ends that would fuse paragraphs (S060); the lines ``skipped``, by index, have a finding already."""
    for run in paragraph_runs(lines):
        for index, kind in line_ends(lines, run):
            if index in skipped or index - 1 in skipped or kind is LineEnd.WRAPPED:
                continue
            place = Place(path, index + 1, len(lines[index]) - len(lines[index].lstrip(" 　\t")) + 1)
            shown = lines[index].strip(" 　\t")[:12]
            if kind is LineEnd.PARAGRAPH:
                findings.error(
                    "S060",
                    place,
                    f"“{shown}”另起一行，却没有空行，会与上一行连成一段。",
                    "多是从 Word 粘贴的。在两行之间空一行，就是两段；确是一段的，接成一行。",
                )
            else:
                findings.warning(
                    "S060",
                    place,
                    f"“{shown}”会与上一行连成一段，看不出是一段还是两段。",
                    "是两段的，在两行之间空一行；是一段的，接成一行；要在段内换行的，上一行末尾加“\\”。",
                )


def line_ends(lines: Sequence[str], run: range) -> Iterator[tuple[int, LineEnd]]:
    r"""Yield the index of each line of the paragraph ``run`` but the first, with what the line end before it is.

    Line ends that are written as such (``\\``), and those between the entries of 附件说明, are left out.
    """
    kinds: list[tuple[int, LineEnd]] = []
    is_annex_note = begins_note(lines[run.start].lstrip(" 　\t"))
    open_marks = 0
    for above, index in itertools.pairwise(run):
        open_marks = _open_marks(lines[above], open_marks)
        if lines[above].rstrip().endswith("\\") or (is_annex_note and is_entry(lines[index])):
            open_marks = 0
            continue
        if is_annex_note and _continues_entry(lines[above].strip(), lines[index].strip()):
            continue
        kind = _kind(lines[above].strip(), lines[index], open_marks > 0)
        if kind is LineEnd.PARAGRAPH:
            open_marks = 0
        kinds.append((index, kind))
    is_wrapped = any(kind is LineEnd.WRAPPED for _, kind in kinds)
    for index, kind in kinds:
        if is_wrapped and kind is LineEnd.PARAGRAPH and not _begins_paragraph(lines[index]):
            kind = LineEnd.UNCERTAIN  # A sentence of a wrapped paragraph ends where its line does, by chance.
        yield index, kind


def _continues_entry(above: str, text: str) -> bool:
    """Tell whether ``text`` is the rest of the title of an annex in ``above``, which was too long for its line."""
    if _ALONE.fullmatch(text) or _ORDINAL.match(text):
        return False
    return text[:1] in tuple("及和与的并或（") or (len(above) >= _LONG_ENTRY and not _OFFICE_END.search(text))


def _kind(above: str, line: str, is_open: bool) -> LineEnd:
    text = line.strip()
    if _CANNOT_BEGIN.match(text):
        return LineEnd.WRAPPED
    if _INDENT.match(line):
        return LineEnd.PARAGRAPH
    if _GOES_ON.search(above):
        return LineEnd.UNCERTAIN if _ORDINAL.match(text) else LineEnd.WRAPPED
    if _ORDINAL.match(text):
        return LineEnd.PARAGRAPH
    if len(above) <= _MAX_ISSUER and (_ALONE.fullmatch(text) or _ALONE.fullmatch(above)):
        return LineEnd.PARAGRAPH
    if _SENTENCE_END.search(above) or _is_heading(above, text):
        return LineEnd.PARAGRAPH
    return LineEnd.WRAPPED if is_open else LineEnd.UNCERTAIN


def _begins_paragraph(line: str) -> bool:
    return bool(_INDENT.match(line) or _ORDINAL.match(line.strip()))


def _is_heading(above: str, below: str) -> bool:
    """Tell whether ``above`` is a numbered heading: no mark in it, and the line ended though there was room for more."""
    found = _ORDINAL.match(above)
    is_short = len(above) <= 20 or (len(above) <= 40 and len(above) + 2 < len(below))
    return bool(found and is_short and not re.search("[，。；：！？]", above[found.end() :]))


def _open_marks(line: str, depth: int) -> int:
    """Return how many brackets and quotations are open after ``line``, of which ``depth`` were before."""
    for character in line:
        if character in _OPENING:
            depth += 1
        elif character in _PAIRS:
            depth = max(depth - 1, 0)
    return depth
