"""The Markdown of a manuscript's text: strong type, raised and lowered characters, footnotes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Mark, Part, Picture
from liulin_gazette.source.markdown.foreign_marks import escaped
from liulin_gazette.source.markdown.inline_marks import raised_or_lowered
from liulin_gazette.text.raised_characters import SUPER

_NOTE_BREAK = "\\\n"
"""Between the paragraphs of a footnote, which the dialect has as one."""


def marked(text: str, strong: Iterable[tuple[int, int]] = (), marks: Sequence[Mark] = ()) -> str:
    """Return ``text`` as Markdown with its ``strong`` ranges and its ``marks``."""
    ranges = tuple(strong)
    points = sorted(
        {
            0,
            len(text),
            *itertools.chain.from_iterable(ranges),
            *(end for mark in marks for end in (mark.start, mark.end)),
        }
    )
    pieces: list[tuple[str, bool]] = []
    for start, end in itertools.pairwise((*points, len(text))):
        is_strong = any(first <= start and end <= last and start < last for first, last in ranges)
        pieces += [(f"[^{mark.label}]", False) for mark in marks if mark.label and mark.start == start]
        if end > start:
            raised = next((m for m in marks if m.position and m.start <= start and end <= m.end), None)
            words = raised_or_lowered(text[start:end], raised.position) if raised else ""
            pieces.append((words or escaped(text[start:end]), is_strong))
    return "".join(
        _strong("".join(words for words, _ in group)) if is_strong else "".join(words for words, _ in group)
        for is_strong, group in itertools.groupby(pieces, key=lambda piece: piece[1])
    )


def _strong(words: str) -> str:
    """Return ``words`` in strong type; spaces around them are left outside."""
    bare = words.strip()
    if not bare:
        return words
    before, _, after = words.partition(bare)
    return f"{before}**{bare}**{after}"


def part_of(marks: Iterable[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """Return those of ``marks`` that are in the range of a text, with their places in that range."""
    return tuple(
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if (mark.start < end and mark.end > start) or (mark.label and start <= mark.start <= end)
    )


def moved(marks: Iterable[Mark], by: int) -> tuple[Mark, ...]:
    """Return ``marks``, ``by`` characters further on."""
    return tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in marks)


def cell_of(parts: Iterable[Part]) -> GridCell:
    """Return the cell of a table that has ``parts`` in it: a line each, also of a table inside it."""
    text, marks, doubts = "", list[Mark](), list[str]()
    for part in parts:
        if isinstance(part, Picture):
            doubts.append("这一格里有图，移到了表的后面")
            continue
        inner = part.rows if isinstance(part, Grid) else ()
        if inner:
            doubts.append("这一格里套着表格，改成了几行文字")
        for each in (part,) if isinstance(part, Line) else itertools.chain.from_iterable(inner):
            text += "\n" if text and each.text else ""
            marks += moved(each.marks, len(text))
            doubts += each.doubts
            text += each.text
    return GridCell(text, doubts=tuple(doubts), marks=tuple(marks))


def footnotes(marks: Iterable[Mark]) -> str:
    """Return the footnotes that ``marks`` lead to, each as a paragraph of its own, to stand after their text."""
    return "".join(f"\n\n[^{mark.label}]: {_note(mark)}" for mark in marks if mark.note)


def _note(mark: Mark) -> str:
    return _NOTE_BREAK.join(marked(line.text, line.strong, line.marks) for line in mark.note)


def lost_marks(line: Line | GridCell, markdown: str) -> Iterator[str]:
    """Yield a doubt for each mark of ``line`` that ``markdown``, which was made of it, does not have."""
    for mark in line.marks:
        words = line.text[mark.start : mark.end]
        if mark.label:
            note = "".join(each.text for each in mark.note)
            if f"[^{mark.label}]" not in markdown:
                yield f"这里有脚注“{note}”，没有转入" if note else "这里有脚注，没有转入"
        elif raised_or_lowered(words, mark.position) not in markdown:
            yield f"“{words}”是{'上标' if mark.position == SUPER else '下标'}，没有转入"


def stripped(line: Line) -> Line:
    """Return ``line`` without spaces around its text."""
    start = len(line.text) - len(line.text.lstrip())
    text = line.text.strip()
    strong = tuple((max(first - start, 0), min(last - start, len(text))) for first, last in line.strong)
    return replace(line, text=text, strong=strong, marks=part_of(line.marks, start, start + len(text)))
