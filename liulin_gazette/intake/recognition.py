"""A manuscript → drafts: finds where each document begins, and has each one read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.account_marks import with_account
from liulin_gazette.intake.document_draft import document_draft
from liulin_gazette.intake.document_heads import MAX_RED_LINES, ends_document, heads_of
from liulin_gazette.intake.drafts import Intake, part_text, verification_mark
from liulin_gazette.intake.line_kinds import LEVELS, TITLE, UNIT, without_spaces
from liulin_gazette.intake.manuscript import Line, Manuscript, Omission, Part
from liulin_gazette.intake.opened_tables import with_opened_tables
from liulin_gazette.intake.reconciliation import account_of
from liulin_gazette.intake.text_paragraphs import paragraphs
from liulin_gazette.intake.titles_of_heads import is_text

_FORM_WITH_SERIAL = re.compile(
    r"^(?P<form>(?P<issuer>[^，。《》：；]{4,60})(?:令|公告|通告))\s*(?P<serial>[（(]?(?:\d{4}年)?第\s*[\d一二三四五六七八九十百]{1,5}\s*号[）)]?)$"
)
_BASIS = re.compile("依据|根据|按照")
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
    return tuple(with_opened_tables(tuple(_with_parted_serials(tuple(_without_blanks(lines))))))


def _with_parted_serials(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield ``parts``; in the head of a document, a line such as ××县人民政府令第15号 as two: the title and its serial."""
    start, is_in_head = 0, True
    for index, part in enumerate(parts):
        if index and ends_document(parts, index - 1):
            start, is_in_head = index, True
        is_in_head = is_in_head and index - start < MAX_RED_LINES and _may_be_in_head(parts, index)
        match = _FORM_WITH_SERIAL.match(part.text.strip()) if is_in_head and isinstance(part, Line) else None
        if isinstance(part, Line) and match and not part.marks and _is_body(match["issuer"]):
            yield replace(part, text=match["form"], strong=())
            yield replace(part, text=match["serial"], strong=(), doubts=())
            is_in_head = False
        else:
            yield part


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


def _without_blanks(parts: Sequence[Part]) -> Iterator[Part]:
    return (part for part in parts if not isinstance(part, Line) or part.text.strip() or part.doubts)
