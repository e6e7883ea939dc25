"""The draft of one document: reads its parts one after another and collects Markdown and front matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.drafts import Conversion, Draft, Head, doubt_marks, part_text, verification_mark
from liulin_gazette.intake.line_kinds import TITLE
from liulin_gazette.intake.manuscript import Line, Part
from liulin_gazette.intake.part_readers import CONTACT_KEYS, DocumentState, Position, read_part
from liulin_gazette.model.document_number import canonical_form
from liulin_gazette.model.publication import Contact


def document_draft(head: Head, head_parts: Sequence[Part], parts: Sequence[Part]) -> Draft:
    """Return the draft of the document that has ``head``, made of ``head_parts``, and ``parts`` after it."""
    title = TITLE.match(head.title)
    state = DocumentState(head, issuer=title["issuer"] if title else "")
    conversions = [Conversion(part.place, part_text(part), "文首") for part in head_parts]
    markdown: list[str] = []
    index = 0
    while index < len(parts):
        reading = read_part(state, Position(parts, index))
        following = index + len(reading.conversions)
        markdown += reading.markdown
        marks = "".join(doubt_marks(part) for part in parts[index:following] if isinstance(part, Line))
        if marks and marks not in "".join(reading.markdown):
            markdown.append(marks)
        conversions += reading.conversions
        state = replace(reading.state, has_text=bool(markdown))
        index = following
    if state.is_in_annex:
        markdown.append(":::")
    return Draft(_new_document(state, "\n\n".join(markdown)), tuple(conversions), state.pictures)


def _new_document(state: DocumentState, body: str) -> NewDocument:
    """Return the document as read, with a 待核 mark for each field that was not found."""
    missing = verification_mark("来稿里没有找到")
    head = state.head
    number = canonical_form(head.number) if head.number else None
    return NewDocument(
        title=head.title or missing,
        number=str(number) if number else missing,
        issuer=state.issuer or missing,
        date=state.date or missing,
        addressees=state.addressees,
        release=state.release or missing,
        contact=Contact(*(state.contact.get(key, "") or missing for key in CONTACT_KEYS)),
        body=body,
    )
