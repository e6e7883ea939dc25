"""目录 inside a document, such as an emergency plan has: the program makes its own from the headings."""

from __future__ import annotations

import re

from liulin_gazette.intake.document_recognition.document_state import DocumentState, Position, Reading
from liulin_gazette.intake.drafts import Conversion, part_text
from liulin_gazette.intake.line_kinds import without_spaces
from liulin_gazette.intake.manuscript import Line, Part

CONTENTS_TITLES = ("目录", "目次")
MIN_CONTENTS = 2
"""Entries of a 目录."""
_PAGE_OF_ENTRY = re.compile(r"[.·…．\-—_]*[（(]?\d{1,3}[）)]?$")


def leave_out_contents(state: DocumentState, position: Position) -> Reading | None:
    """Leave out 目录 with its entries, which are headings further on; None where they are not."""
    if without_spaces(position.text) not in CONTENTS_TITLES:
        return None
    later = {without_spaces(part_text(part)) for part in position.parts[position.index + 1 :]}
    entries: list[Part] = []
    listed: set[str] = set()
    for part in position.parts[position.index + 1 :]:
        entry = without_spaces(part_text(part))
        words = _PAGE_OF_ENTRY.sub("", entry)
        is_again = words in later if words != entry else _occurs_again(position, entry)
        if not isinstance(part, Line) or not is_again or words in listed:
            break  # A heading that is listed already begins the text.
        listed.add(words)
        entries.append(part)
    if len(entries) < MIN_CONTENTS:
        return None
    reason = "目录，里面的标题正文里都有"
    parts = (position.part, *entries)
    return Reading(state, tuple(Conversion(part.place, part_text(part), "", reason) for part in parts))


def _occurs_again(position: Position, words: str) -> bool:
    """Tell whether ``words`` stand on two lines from here on: in 目录 and as a heading."""
    texts = (without_spaces(part_text(part)) for part in position.parts[position.index + 1 :])
    return sum(text == words for text in texts) > 1
