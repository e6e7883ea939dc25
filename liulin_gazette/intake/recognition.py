"""A source → drafts: where each document begins, its front matter, and the structure of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.document_text import draft
from liulin_gazette.intake.drafts import Draft, Head, Intake, words
from liulin_gazette.intake.line_kinds import (
    CONTACT_FIELD,
    DATE_LINE,
    NOTE_LINE,
    NUMBER_LINE,
    TITLE,
    begins_paragraph,
    ends_paragraph,
    is_roster_line,
    squeezed,
)
from liulin_gazette.intake.manuscript import LeftOut, Line, Part, Source
from liulin_gazette.model.document_number import canonical_form

TITLE_LINES = 6
"""A title stands on at most so many lines."""
POST_REST = 14
"""What is left of a post on the next line has no more characters."""
LONGEST_PARAGRAPH = 5_000
"""Lines are put together into no longer paragraphs."""
TORN_FROM = 16
"""A line of at least so many characters without a stop at its end goes on after a page's end."""


def recognise(source: Source) -> Intake:
    """Return the drafts that ``source`` holds, and all that is in none of them."""
    parts = tuple(_without_blanks(_mended(source)))
    heads = _heads(parts)
    drafts: list[Draft] = []
    left_out = list(source.left_out)
    if heads:
        left_out += [_left(part, "在第一份公文之前（封面、目录、版头）") for part in parts[: heads[0].start]]
    for index, head in enumerate(heads):
        end = heads[index + 1].start if index + 1 < len(heads) else len(parts)
        drafts.append(draft(head, parts[head.start : head.end], parts[head.end : end]))
    return Intake(source.name, tuple(drafts), tuple(left_out), source.remarks)


def _left(part: Part, reason: str) -> LeftOut:
    return LeftOut(words(part), part.place, reason)


def _without_blanks(parts: Sequence[Part]) -> Iterator[Part]:
    return (part for part in parts if not isinstance(part, Line) or part.text.strip())


def _mended(source: Source) -> Sequence[Part]:
    """Put together the paragraphs of a source that is broken into lines."""
    if not source.is_broken_into_lines:
        return source.parts
    made: list[Part] = []
    torn = False
    for part in source.parts:
        if not isinstance(part, Line) or not part.text.strip():
            torn = bool(made)
            continue
        before = made[-1] if made else None
        if isinstance(before, Line) and _continues(before, part, torn):
            made[-1] = replace(before, text=before.text.rstrip() + part.text.lstrip())
        else:
            made.append(part)
        torn = False
    return made


def _continues(before: Line, line: Line, is_torn: bool) -> bool:
    if before.level or line.level or before.strong or line.strong or len(before.text) > LONGEST_PARAGRAPH:
        return False
    if (
        CONTACT_FIELD.match(before.text)
        or _is_of_the_head(before)
        or ends_paragraph(before.text)
        or begins_paragraph(line.text)
        or (begins_paragraph(before.text) and is_torn and len(before.text) < TORN_FROM)
    ):
        return False
    if is_roster_line(before.text) and len(line.text) > POST_REST:
        return False
    short = len(before.text) < TORN_FROM
    return not short if is_torn else not _is_of_the_head(line)


def _is_of_the_head(line: Line) -> bool:
    bare = squeezed(line.text)
    return bool(NUMBER_LINE.match(bare) or DATE_LINE.match(bare) or NOTE_LINE.match(bare))


def _heads(parts: Sequence[Part]) -> list[Head]:
    heads: list[Head] = []
    for index, part in enumerate(parts):
        if (
            isinstance(part, Line)
            and (found := NUMBER_LINE.match(squeezed(part.text)))
            and canonical_form(found["number"])
        ):
            least = heads[-1].end if heads else 0
            head = _head_at(parts, index, least, found["number"])
            if head is not None:
                heads.append(head)
    return heads or [_head_without_number(parts)]


def _head_at(parts: Sequence[Part], at: int, least: int, number: str) -> Head | None:
    """Return the head about the number line at ``at``: the title before it, as a gazette prints, or after it."""
    for first in range(at - 1, max(at - 1 - TITLE_LINES, least - 1), -1):
        title = _title(parts[first:at])
        if title:
            return Head(first, at + 1, title, number)
        if not isinstance(parts[first], Line):
            break
    for last in range(at + 1, min(at + 1 + TITLE_LINES, len(parts))):
        title = _title(parts[at + 1 : last + 1])
        if title:
            start = at
            while start > least and at - start < 3 and _is_red_head(parts[start - 1]):
                start -= 1
            return Head(start, last + 1, title, number)
    return None


def _is_red_head(part: Part) -> bool:
    return isinstance(part, Line) and (squeezed(part.text).endswith("文件") or squeezed(part.text).isdigit())


def _head_without_number(parts: Sequence[Part]) -> Head:
    for last in range(min(TITLE_LINES, len(parts))):
        for first in range(last + 1):
            if title := _title(parts[first : last + 1]):
                return Head(0, last + 1, title, "")
    return Head(0, 0, "", "")


def _title(parts: Sequence[Part]) -> str:
    """Return the title that the lines of ``parts`` make up, or nothing."""
    if not parts or not all(isinstance(part, Line) for part in parts):
        return ""
    text = "".join(squeezed(words(part)) for part in parts)
    return text if TITLE.match(text) and len(text) <= 200 else ""
