"""附件说明 with several annexes: its entries (GB/T 9704-2012 §7.3.4: 附件：1. 甲, and 2. 乙 below it)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from liulin_gazette.model.blocks import Block, Inline, Paragraph, Span, after, joined, plain

ROLE = "annex-note"
"""The role of the paragraph."""
_SPACES = " 　"
_LEAD = r"附[ 　]*件[ 　]*[：:]"
_LEAD_ALONE = re.compile(rf"[ 　]*{_LEAD}[ 　]*")
_ENTRY = re.compile(r"[ 　]*(?P<number>(?P<value>\d{1,2})[.．、](?!\d(?!\d{3}年))[ 　]*)")
_FIRST = re.compile(rf"(?P<lead>{_LEAD}[ 　]*){_ENTRY.pattern}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An annex that a note announces."""

    lead: str
    """附件： in the first entry, empty in the others."""
    number: str
    """With its dot and the spaces after it: ``2.``."""
    title: Inline


def begins_note(text: str) -> bool:
    """Tell whether ``text`` begins as a note does: 附件：, also with a half-width colon or with spaces in it."""
    return re.match(_LEAD, text) is not None


def is_lead(text: str) -> bool:
    """Tell whether ``text`` is 附件： alone."""
    return _LEAD_ALONE.fullmatch(text) is not None


def is_entry(line: str) -> bool:
    """Tell whether ``line`` begins as an entry does, but for the first one: ``2.乙``."""
    return _ENTRY.match(line) is not None


def entries(text: Inline) -> tuple[Entry, ...]:
    """Return the entries of a note with a line for each; empty if it has one line, or a line without number."""
    first, *rest = _lines(text)
    match = _FIRST.match(plain(first))
    if match is None or not rest:
        return ()
    found = [Entry(match["lead"], match["number"], after(first, match.end()))]
    for line in rest:
        match = _ENTRY.match(plain(line))
        if match is None:
            return ()
        found.append(Entry("", match["number"], after(line, match.end())))
    return tuple(found)


def joined_notes(blocks: Sequence[Block]) -> list[Block]:
    """Return ``blocks`` with paragraphs that are the next entries of a note joined to it, each on a line of its own."""
    result: list[Block] = []
    for block in blocks:
        note = result[-1] if result else None
        if isinstance(note, Paragraph) and isinstance(block, Paragraph) and _is_next_entry(note, block):
            mark = () if is_lead(plain(note.text)) else (Span("\n"),)
            result[-1] = replace(note, text=joined((*note.text, *mark, *block.text)))
        else:
            result.append(block)
    return result


def _is_next_entry(note: Paragraph, following: Paragraph) -> bool:
    match = _ENTRY.match(plain(following.text))
    if note.role != ROLE or following.role == ROLE or match is None:
        return False
    if is_lead(plain(note.text)):
        return int(match["value"]) == 1
    lines = [plain(line) for line in _lines(note.text)]
    last = _FIRST.match(lines[0]) if len(lines) == 1 else _ENTRY.match(lines[-1])
    return last is not None and int(match["value"]) == int(last["value"]) + 1


def with_entry_lines(text: Inline) -> Inline:
    """Return ``text`` without the spaces around its line breaks."""
    spans: list[Span] = []
    for number, line in enumerate(_lines(text)):
        words = plain(line)
        stripped = after(line, len(words) - len(words.lstrip(_SPACES)) if number else 0)
        spans += (*([Span("\n")] if number else []), *_without_spaces_at_end(stripped))
    return joined(spans)


def _lines(text: Inline) -> list[Inline]:
    lines: list[list[Span]] = [[]]
    for span in text:
        first, *rest = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=part)] for part in rest]
    return [tuple(span for span in line if span.text or span.note) for line in lines]


def _without_spaces_at_end(line: Inline) -> Inline:
    """Return ``line`` without the spaces at its end; marks of footnotes among them stay."""
    spaces = len(plain(line)) - len(plain(line).rstrip(_SPACES))
    spans: list[Span] = []
    for span in reversed(line):
        text = span.text[: max(len(span.text) - spaces, 0)]
        spaces -= len(span.text) - len(text)
        if text or span.note:
            spans.append(replace(span, text=text))
    return tuple(reversed(spans))
