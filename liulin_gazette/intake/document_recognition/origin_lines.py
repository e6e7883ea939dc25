"""来源: the line below a text that says from where it was taken over, which pages print from the front matter."""

from __future__ import annotations

import re
from dataclasses import replace

from liulin_gazette.intake.document_recognition.contact_fields import contact_fields
from liulin_gazette.intake.document_recognition.document_kinds import kind_of
from liulin_gazette.intake.document_recognition.document_state import (
    DocumentState,
    Position,
    Reading,
    as_front_matter,
)
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.manuscript import Part
from liulin_gazette.model.kinds import Need

_ORIGIN = re.compile("[（(]?来源[：:]\\s*(?P<origin>[^。；：]{2,60}?)[）)]?")


def read_origin(state: DocumentState, position: Position) -> Reading | None:
    """Read 来源 below the text, where only 政策咨询 may follow; None for another line, and in kinds that have no 来源."""
    origin = _ORIGIN.fullmatch(position.text)
    is_allowed = kind_of(state.head).need("来源", state.head.title) is not Need.FORBIDDEN
    following = position.parts[position.index + 1 :]
    if origin is None or state.origin or not state.has_text or not is_allowed:
        return None
    if not all(_is_of_contact(part) for part in following):
        return None
    return as_front_matter(replace(state, origin=origin["origin"]), position.part, "来源")


def _is_of_contact(part: Part) -> bool:
    text = part_text(part)
    return text.strip() == "政策咨询" or bool(contact_fields(text))
