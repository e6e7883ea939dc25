"""A manuscript → drafts: finds where each document begins, and has each one read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.accounting.account_marks import with_account
from liulin_gazette.intake.accounting.reconciliation import account_of
from liulin_gazette.intake.document_recognition.document_draft import document_draft
from liulin_gazette.intake.document_recognition.document_heads import heads_of
from liulin_gazette.intake.document_recognition.opened_tables import with_opened_tables
from liulin_gazette.intake.document_recognition.parted_lines import with_parted_heads, with_parted_paragraphs
from liulin_gazette.intake.document_recognition.text_paragraphs import paragraphs
from liulin_gazette.intake.drafts import Intake, part_text, verification_mark
from liulin_gazette.intake.manuscript import Line, Manuscript, Omission, Part

RECOGNISED = "这份文字是 OCR 从扫描件上认出来的，请对照原件逐字核对"
"""What the drafts of a scanned document say."""


def recognise(manuscript: Manuscript) -> Intake:
    """Return the drafts of the documents in ``manuscript``, and everything that is in none of them."""
    parts = prepared_parts(manuscript)
    heads = heads_of(parts)
    ends = [*(head.start for head in heads[1:]), len(parts)]
    drafts = tuple(
        document_draft(head, parts[head.start : head.end], parts[head.end : end])
        for head, end in zip(heads, ends, strict=True)
    )
    before = tuple(
        Omission(part_text(part), part.place, "在第一份公文之前（封面、目录、版头）")
        for part in parts[: heads[0].start]
    )
    intake = Intake(manuscript.name, drafts, (*manuscript.omissions, *before), manuscript.remarks)
    if manuscript.count is not None:
        intake = with_account(intake, account_of(manuscript.count, drafts, manuscript.omissions, before))
    return with_recognition_mark(intake) if manuscript.is_recognised else intake


def with_recognition_mark(intake: Intake) -> Intake:
    """Return ``intake`` with a 待核 mark at the head of each draft which says that its text is from OCR."""
    mark = verification_mark(RECOGNISED)
    drafts = (
        replace(draft, document=replace(draft.document, body=f"{mark}\n\n{draft.document.body}".strip()))
        for draft in intake.drafts
    )
    return replace(intake, drafts=tuple(drafts))


def prepared_parts(manuscript: Manuscript) -> tuple[Part, ...]:
    """Return the parts of ``manuscript`` without empty ones, broken lines joined into paragraphs."""
    lines = paragraphs(manuscript.parts) if manuscript.is_broken_into_lines else manuscript.parts
    whole = tuple(_without_blanks(tuple(with_parted_paragraphs(lines))))
    return tuple(with_opened_tables(tuple(with_parted_heads(whole))))


def _without_blanks(parts: Sequence[Part]) -> Iterator[Part]:
    return (part for part in parts if not isinstance(part, Line) or part.text.strip() or part.doubts)
