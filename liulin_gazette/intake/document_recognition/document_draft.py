"""The draft of one document: reads its parts one after another and collects Markdown and front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.document_recognition.contact_fields import CONTACT_KEYS
from liulin_gazette.intake.document_recognition.decimal_headings import decimal_levels, division_levels
from liulin_gazette.intake.document_recognition.document_kinds import kind_of
from liulin_gazette.intake.document_recognition.headnotes import date_of
from liulin_gazette.intake.document_recognition.issuers_of_heads import issuers_of
from liulin_gazette.intake.document_recognition.part_readers import DocumentState, Position, read_part
from liulin_gazette.intake.document_recognition.signature_lines import read_minutes_line
from liulin_gazette.intake.drafts import (
    MARK_START,
    Conversion,
    Draft,
    Head,
    marks_of_doubts,
    part_text,
    verification_mark,
)
from liulin_gazette.intake.line_kinds import ANNEX, SERIAL_LINE, SIGNER, without_spaces
from liulin_gazette.intake.manuscript import Grid, Line, Part
from liulin_gazette.intake.marked_text import lost_marks
from liulin_gazette.model.document import Contact
from liulin_gazette.model.document_number import canonical_form
from liulin_gazette.model.kinds import NEEDED_BY_ALL, OFFICIAL, Kind, Need
from liulin_gazette.text.numerals import chinese_number

_SIGNATURE = "::: 落款\n:::"


def document_draft(head: Head, head_parts: Sequence[Part], parts: Sequence[Part]) -> Draft:
    """Return the draft of the document that has ``head``, made of ``head_parts``, and ``parts`` after it."""
    first, last = head.title_start - head.start, head.title_end - head.start
    issuers = issuers_of(
        head.title,
        [part_text(part) for part in head_parts[first:last]],
        [part_text(part) for part in (*head_parts[:first], *head_parts[last:])],
    )
    state = DocumentState(
        head,
        issuers=issuers.names,
        guess=issuers.doubt,
        numbered_levels={**decimal_levels(parts), **division_levels(parts)},
    )
    conversions: list[Conversion] = []
    for index, part in enumerate(head_parts):
        is_of_title = first <= index < last
        reading = None if is_of_title else read_minutes_line(state, Position(head_parts, index))
        state = reading.state if reading else state
        conversions += reading.conversions if reading else _of_head(head, part, is_of_title=is_of_title)
    markdown = list(filter(None, (_untold_doubts(part, "") for part in head_parts)))
    index = 0
    signed_at = -1
    while index < len(parts):
        reading = read_part(state, Position(parts, index))
        if reading.state.is_signed and signed_at < 0:
            signed_at = len(markdown)
        following = index + len(reading.conversions)
        markdown += reading.markdown
        read = "\n".join(reading.markdown)
        markdown += filter(None, (_untold_doubts(part, read) for part in parts[index:following]))
        conversions += reading.conversions
        state = replace(reading.state, has_text=bool(markdown))
        index = following
    if state.is_in_annex:
        markdown.append(":::")
    if signed_at > 0 and _needs_place_of_signature(markdown[signed_at:], kind_of(head)):
        markdown.insert(signed_at, _SIGNATURE)
    return Draft(
        _new_document(state, "\n\n".join((*_doubts_of_order(head), *markdown))),
        tuple(conversions),
        state.pictures,
    )


def _needs_place_of_signature(following: Sequence[str], kind: Kind) -> bool:
    """Tell whether the source must say where the signature is printed, which has ``following`` below it.

    Pages print it before 印发件 and annexes, else at the end of the text; for kinds that are mostly unsigned, nowhere.
    """
    first = next((each for each in following if not each.startswith(MARK_START)), "")
    return not kind.signed or bool(first and not first.startswith(("# ", "::: 附")))


def _of_head(head: Head, part: Part, *, is_of_title: bool) -> Iterator[Conversion]:
    """Yield what became of ``part``, which lies in the title or not: title and number are values of the front matter, other lines are left out."""
    original = part_text(part)
    text = without_spaces(original)
    values = (head.number, head.serial, head.registration, *head.headnote)
    is_title = is_of_title and text in head.title
    if text and (is_title or any(value and without_spaces(value) in text for value in values)):
        beside = SIGNER.search(original) if head.number else None
        yield Conversion(part.place, original[: beside.start()].rstrip() if beside else original, "文首")
        if beside:
            yield Conversion(part.place, beside[0], "", "签发人，公报不印")
        return
    reason = "单独送来的附件的序号" if ANNEX.match(text) else "版头，由程序按文首印出"
    if head.odd_number and head.odd_number in text:
        reason = "文号不完整，文首里标了待核"
    yield Conversion(part.place, original, "", reason)


def _doubts_of_order(head: Head) -> tuple[str, ...]:
    """Return a 待核 mark where the number of an order has a year in the manuscript, for 令号 has none."""
    if not head.is_order or not re.search(r"\d{4}", head.serial):
        return ()
    return (verification_mark(f"令号来稿写作“{head.serial}”，文首的令号不写年份，核对"),)


def _untold_doubts(part: Part, markdown: str) -> str:
    """Return 待核 marks for the doubts and the marks of ``part`` that ``markdown``, which it became, does not have."""
    cells = [cell for row in part.rows for cell in row] if isinstance(part, Grid) else []
    marks = ""
    for each in (part,) if isinstance(part, Line) else cells:
        marks += marks_of_doubts(lost_marks(each, markdown), part.place)
        told = marks_of_doubts(each.doubts, part.place)
        marks += told if told.replace("|", "\\|" if cells else "|") not in markdown else ""
    return marks


def _new_document(state: DocumentState, body: str) -> NewDocument:
    """Return the document as read, with a 待核 mark for each field that its kind needs and that was not found."""
    missing = verification_mark("来稿里没有找到")
    head, kind = state.head, kind_of(state.head)

    def unless_needed(field: str) -> str:
        return missing if kind.need(field, head.title) is Need.REQUIRED else ""

    number = canonical_form(head.number) if head.number else None
    odd_number = (
        verification_mark(f"来稿的文号“{head.odd_number}”不完整，补全或者核对") if head.odd_number else ""
    )
    first, *further = state.issuers or (unless_needed("发文机关"),)
    order, headnote = _serial(head)
    registration = {"统一登记号": head.registration} if head.registration else {}
    origin = {"来源": state.origin} if state.origin else {}
    title = head.title if state.guess else _with_issuers_apart(head.title, state.issuers)
    return NewDocument(
        title=title + (verification_mark(head.doubt) if head.doubt else "") or missing,
        number=str(number) if number else odd_number or unless_needed("发文字号"),
        issuer=first + (verification_mark(state.guess) if state.guess else ""),
        date=state.date or date_of(head.headnote) or missing,
        addressees=state.addressees,
        release=state.release or unless_needed("公开方式"),
        contact=Contact(*(state.contact.get(key, "") or missing for key in CONTACT_KEYS))
        if state.contact or unless_needed("政策咨询")
        else None,
        body=body,
        kind=kind.name,
        further_issuers=tuple(further),
        signatory=state.signatory,
        fields={"令号": order, "题注": headnote, **registration, **origin},
        needed=frozenset((*kind.required, *NEEDED_BY_ALL))
        if kind.name != OFFICIAL
        else frozenset(NEEDED_BY_ALL),
    )


def _with_issuers_apart(title: str, issuers: Sequence[str]) -> str:
    """Return ``title`` with a space between the ``issuers`` with which it begins, as titles of joint documents have them."""
    joined = "".join(issuers)
    return " ".join(issuers) + title.removeprefix(joined) if title.startswith(joined) else title


def _serial(head: Head) -> tuple[str, tuple[str, ...]]:
    """Return 令号 in its form, and 题注, in which every other serial stands."""
    if not head.serial:
        return "", head.headnote
    if not head.is_order:
        return "", (head.serial, *head.headnote)
    found = SERIAL_LINE.match(head.serial)
    digits = found["serial"] if found else ""
    return f"第{digits if digits.isdigit() else chinese_number(digits)}号", head.headnote
