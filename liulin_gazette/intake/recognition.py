"""A manuscript → drafts: finds where each document begins, and has each one read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.document_draft import document_draft
from liulin_gazette.intake.drafts import Head, Intake, part_text
from liulin_gazette.intake.line_kinds import (
    CONTACT_FIELD,
    DATE_LINE,
    NOTE_LINE,
    NUMBER_LINE,
    TITLE,
    begins_paragraph,
    ends_paragraph,
    is_roster_line,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Line, Manuscript, Omission, Part
from liulin_gazette.model.document_number import canonical_form

MAX_TITLE_LINES = 6
MAX_POST_REMAINDER = 14
"""Characters of a roster entry's post that may run over onto the next line."""
MAX_PARAGRAPH = 5_000
"""Characters. No more lines are joined to a longer paragraph."""
MIN_SPLIT_LINE = 16
"""Characters. A line this long without a stop at its end may go on after the end of a page."""


def recognise(manuscript: Manuscript) -> Intake:
    """Return the drafts of the documents in ``manuscript``, and everything that is in none of them."""
    parts = tuple(_without_blanks(_joined_lines(manuscript)))
    heads = _heads(parts)
    ends = [*(head.start for head in heads[1:]), len(parts)]
    drafts = tuple(
        document_draft(head, parts[head.start : head.end], parts[head.end : end])
        for head, end in zip(heads, ends, strict=True)
    )
    before = tuple(
        Omission(part_text(part), part.place, "在第一份公文之前（封面、目录、版头）")
        for part in parts[: heads[0].start]
    )
    return Intake(manuscript.name, drafts, (*manuscript.omissions, *before), manuscript.remarks)


def _without_blanks(parts: Sequence[Part]) -> Iterator[Part]:
    return (part for part in parts if not isinstance(part, Line) or part.text.strip())


def _joined_lines(manuscript: Manuscript) -> Sequence[Part]:
    """Return the parts of ``manuscript``, lines joined into paragraphs if it is broken into lines."""
    if not manuscript.is_broken_into_lines:
        return manuscript.parts
    parts: list[Part] = []
    is_after_gap = False
    for part in manuscript.parts:
        if not isinstance(part, Line) or not part.text.strip():
            is_after_gap = bool(parts)
            continue
        before = parts[-1] if parts else None
        if isinstance(before, Line) and _continues(before, part, is_after_gap):
            parts[-1] = replace(before, text=before.text.rstrip() + part.text.lstrip())
        else:
            parts.append(part)
        is_after_gap = False
    return parts


def _continues(before: Line, line: Line, is_after_gap: bool) -> bool:
    """Tell whether ``line`` goes on with the paragraph ``before``; a gap between them may be the end of a page."""
    if before.level or line.level or before.strong or line.strong or len(before.text) > MAX_PARAGRAPH:
        return False
    if (
        CONTACT_FIELD.match(before.text)
        or _is_head_line(before)
        or ends_paragraph(before.text)
        or begins_paragraph(line.text)
        or (begins_paragraph(before.text) and is_after_gap and len(before.text) < MIN_SPLIT_LINE)
    ):
        return False
    if is_roster_line(before.text) and len(line.text) > MAX_POST_REMAINDER:
        return False
    return len(before.text) >= MIN_SPLIT_LINE if is_after_gap else not _is_head_line(line)


def _is_head_line(line: Line) -> bool:
    """Tell whether ``line`` is a document number, a date or a note such as （此件公开发布）."""
    text = without_spaces(line.text)
    return bool(NUMBER_LINE.match(text) or DATE_LINE.match(text) or NOTE_LINE.match(text))


def _heads(parts: Sequence[Part]) -> list[Head]:
    """Return the heads of all documents, one for each document number; at least one, perhaps without words."""
    heads: list[Head] = []
    for index, part in enumerate(parts):
        if (
            isinstance(part, Line)
            and (match := NUMBER_LINE.match(without_spaces(part.text)))
            and canonical_form(match["number"])
        ):
            previous_end = heads[-1].end if heads else 0
            head = _head_at(parts, index, previous_end, match["number"])
            if head is not None:
                heads.append(head)
    return heads or [_head_without_number(parts)]


def _head_at(parts: Sequence[Part], at: int, previous_end: int, number: str) -> Head | None:
    """Return the head around the number line at index ``at``; None if no title is near it.

    The title stands before the number in a gazette, and after it in the document itself.
    """
    for first in range(at - 1, max(at - 1 - MAX_TITLE_LINES, previous_end - 1), -1):
        title = _title(parts[first:at])
        if title:
            return Head(first, at + 1, title, number)
        if not isinstance(parts[first], Line):
            break
    for last in range(at + 1, min(at + 1 + MAX_TITLE_LINES, len(parts))):
        title = _title(parts[at + 1 : last + 1])
        if title:
            start = at
            while start > previous_end and at - start < 3 and _is_red_head(parts[start - 1]):
                start -= 1
            return Head(start, last + 1, title, number)
    return None


def _is_red_head(part: Part) -> bool:
    """Tell whether ``part`` is of the 版头 above a number: 某某文件, or a serial of its own."""
    return isinstance(part, Line) and (
        without_spaces(part.text).endswith("文件") or without_spaces(part.text).isdigit()
    )


def _head_without_number(parts: Sequence[Part]) -> Head:
    """Return the head with the first title among the first lines; an empty one if there is none."""
    for last in range(min(MAX_TITLE_LINES, len(parts))):
        for first in range(last + 1):
            if title := _title(parts[first : last + 1]):
                return Head(0, last + 1, title, "")
    return Head(0, 0, "", "")


def _title(parts: Sequence[Part]) -> str:
    """Return the title that ``parts`` form together; empty if they form none."""
    if not parts or not all(isinstance(part, Line) for part in parts):
        return ""
    text = "".join(without_spaces(part_text(part)) for part in parts)
    return text if TITLE.match(text) and len(text) <= 200 else ""
