"""A manuscript → drafts: finds where each document begins, and has each one read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.account_marks import with_account
from liulin_gazette.intake.document_draft import document_draft
from liulin_gazette.intake.document_heads import MAX_TITLE_LINES, heads_of, number_in
from liulin_gazette.intake.drafts import Intake, part_text, verification_mark
from liulin_gazette.intake.issuers_of_heads import is_line_of_issuers
from liulin_gazette.intake.line_kinds import without_spaces
from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Manuscript, Omission, Part
from liulin_gazette.intake.reconciliation import account_of
from liulin_gazette.intake.text_paragraphs import paragraphs

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
    return tuple(_opened_heads(tuple(_without_blanks(lines))))


def _without_blanks(parts: Sequence[Part]) -> Iterator[Part]:
    return (part for part in parts if not isinstance(part, Line) or part.text.strip() or part.doubts)


def _are_issuers(cells: Sequence[GridCell]) -> bool:
    """Tell whether ``cells`` hold the names of issuers and 文件 beside them, and nothing else."""
    texts = [without_spaces(cell.text) for cell in cells]
    names = [
        line
        for cell, text in zip(cells, texts, strict=True)
        if text != "文件"
        for line in cell.text.split("\n")
    ]
    return "文件" in texts and bool(names) and all(is_line_of_issuers(name) for name in names if name.strip())


def _opened_heads(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield ``parts``; a table among the first ones that is a red head as lines.

    It holds a document number beside other words, or the names of issuers and 文件 (joint documents).
    """
    for index, part in enumerate(parts):
        is_head = isinstance(part, Grid) and index < MAX_TITLE_LINES and len(part.rows) <= MAX_TITLE_LINES
        cells = (
            [each for row in part.rows for each in row if each.text.strip()] if isinstance(part, Grid) else []
        )
        if is_head and (any(number_in(each.text) for each in cells) or _are_issuers(cells)):
            for cell in cells:
                yield Line(cell.text, part.place, doubts=cell.doubts, marks=cell.marks)
        else:
            yield part
