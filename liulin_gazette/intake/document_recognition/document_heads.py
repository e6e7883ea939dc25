"""Where the documents of a manuscript begin: their titles and numbers, and the lines of the 版头 around them.

The title stands before the number in a gazette, and after it in the document itself. The line of a number is never
part of a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from liulin_gazette.intake.document_recognition.headnotes import with_headnote
from liulin_gazette.intake.document_recognition.issuers_of_heads import is_line_of_issuers
from liulin_gazette.intake.document_recognition.titles_of_heads import (
    MIN_TITLE_LINE,
    doubt_of,
    end_before_table,
    is_numbered,
    is_text,
    joined,
    loose_end,
    loose_start,
    number_in,
    odd_number_in,
    title_of,
)
from liulin_gazette.intake.drafts import Head, part_text
from liulin_gazette.intake.line_kinds import (
    ANNEX,
    COLOPHON,
    CONTACT_FIELD,
    DATE_LINE,
    EDITION,
    FORM_HEAD,
    NOTE_LINE,
    RED_HEAD,
    REGISTRATION,
    RULE_LINE,
    SEAL,
    SECURITY,
    SERIAL_LINE,
    SIGNER,
    UNIT,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Line, Part
from liulin_gazette.intake.portal_lines import is_publication
from liulin_gazette.model.document_types import OTHER, type_in
from liulin_gazette.text.personal_names import is_name

MAX_TITLE_LINES = 6
_MIN_SUBJECT = 10
"""Characters of a title from 关于 on that are enough to tell that another title names it."""
MAX_RED_LINES = 10
_LINES_ABOVE = 2
"""Lines above a head in which 统一登记号 is looked for, which may stand at the top left of the page."""
_GENERIC = re.compile("(?:任免|任命|免职|表决)?名单|公告|通告|决定|决议|公报|通报|任免事项|人事任免")
"""Titles that say nothing without the name of the body above them."""
_YEARLY = re.compile(r"\d{4}年(?:度|[上下]半年|第.季度)?.{2,30}(?:要点|计划|总结|报告|指南)$")
"""Titles such as 2026年工作要点, which say nothing without the name of the body above them."""
_MINUTES = re.compile("(?:常务|全体|专题|.{0,6}办公|.{0,4}党组)?(?:会议)?纪要")
_PLACE_NAME = re.compile("(?:县|区|市|旗|镇|乡)$")


def heads_of(parts: Sequence[Part]) -> list[Head]:
    """Return the heads of all documents in their order; at least one, perhaps without words."""
    heads: list[Head] = []
    end = 0
    for index in range(len(parts)):
        if index < end:
            continue
        head = _head_at(parts, index, heads[-1].end if heads else 0)
        if head is None or (
            heads and (_is_enclosed(parts, head, heads[-1]) or _is_ordered(parts, head, heads[-1]))
        ):
            continue
        head = _with_registration(parts, with_headnote(parts, _with_edition(parts, head)), end)
        heads.append(head)
        end = head.end
    return heads or [_with_registration(parts, with_headnote(parts, _first_title(parts)), 0)]


def _with_edition(parts: Sequence[Part], head: Head) -> Head:
    """Return ``head`` with （试行） in its title, which stands on a line of its own below it."""
    at = head.title_end
    text = without_spaces(part_text(parts[at])) if 0 < at == head.end < len(parts) else ""
    if not EDITION.match(text):
        return head
    return replace(head, end=at + 1, title=head.title + text, title_end=at + 1)


def _with_registration(parts: Sequence[Part], head: Head, previous_end: int) -> Head:
    """Return ``head`` with the 统一登记号 that stands in it, right below it, or in the two lines above it."""
    for index in range(max(head.start - _LINES_ABOVE, previous_end), min(head.end + 1, len(parts))):
        text = without_spaces(part_text(parts[index]))
        if isinstance(parts[index], Line) and REGISTRATION.match(text):
            number = re.sub("^.*[：:]", "", text)
            start = start_of_red_head(parts, index, previous_end) if index < head.start else head.start
            return replace(head, start=start, end=max(head.end, index + 1), registration=number)
    return head


def _head_at(parts: Sequence[Part], index: int, previous_end: int) -> Head | None:
    part = parts[index]
    if not isinstance(part, Line):
        return None
    if number := number_in(part.text):
        return _head_with_number(parts, index, previous_end, number)
    if odd := odd_number_in(part.text):
        head = _head_with_number(parts, index, previous_end, odd)
        is_head = head is not None and _is_in_place_of_head(parts, head.start, previous_end)
        return replace(head, number="", odd_number=odd) if head and is_head else None
    if SERIAL_LINE.match(without_spaces(part.text)):
        return _head_with_serial(parts, index, previous_end)
    return _head_without_number(parts, index, previous_end)


def _head_with_number(parts: Sequence[Part], at: int, previous_end: int, number: str) -> Head | None:
    """Return the head around the number line at index ``at``; None if no title is near it.

    A title that names its issuer is looked for first, one without 关于 last.
    """
    begin = at + 1
    has_signer = bool(SIGNER.search(part_text(parts[at])))
    while begin < len(parts) and (
        _is_beside_number(parts[begin]) or (has_signer and _is_further_signer(parts[begin]))
    ):
        has_signer = has_signer or bool(SIGNER.match(without_spaces(part_text(parts[begin]))))
        begin += 1
    above = at
    while above - 1 > previous_end and _is_beside_title(parts[above - 1]):
        above -= 1
    for needs_issuer in (True, False):
        for first in range(above - 1, max(above - 1 - MAX_TITLE_LINES, previous_end - 1), -1):
            if title := title_of(parts[first:above], needs_issuer):
                first = _start_of_issuers(parts, first, previous_end, title)
                title = joined(parts[first:above])
                start = start_of_red_head(parts, first, previous_end)
                return Head(start, at + 1, title, number, title_start=first, title_end=above)
            if not isinstance(parts[first], Line):
                break
        for last in range(begin, min(begin + MAX_TITLE_LINES, len(parts))):
            if title := title_of(parts[begin : last + 1], needs_issuer):
                start = start_of_red_head(parts, at, previous_end)
                return Head(start, last + 1, title, number, title_start=begin, title_end=last + 1)
    if (end := loose_end(parts, begin)) > begin:
        title = joined(parts[begin:end])
        start = start_of_red_head(parts, at, previous_end)
        return Head(start, end, title, number, doubt=doubt_of(title), title_start=begin, title_end=end)
    first = loose_start(parts, at, previous_end)
    title = joined(parts[first:at])
    if title and not doubt_of(title):
        has_no_issuer = type_in(title) != OTHER or title.startswith("关于")
        if first > previous_end and has_no_issuer and _names_issuers(parts[first - 1]):
            first -= 1
            title = joined(parts[first:at])
        return Head(first, at + 1, title, number, title_start=first, title_end=at)
    return None


def _is_in_place_of_head(parts: Sequence[Part], start: int, previous_end: int) -> bool:
    """Tell whether a head may begin at ``start``: at the top of the manuscript, above all text, or after a document's end."""
    if previous_end:
        return start > previous_end and ends_document(parts, start - 1)
    return start <= MAX_RED_LINES and not any(is_text(parts, index) for index in range(start))


def _start_of_issuers(parts: Sequence[Part], first: int, previous_end: int, title: str) -> int:
    """Return the index of the first line of ``title``, which begins at ``first``, with the other issuers above it."""
    lines = [without_spaces(part_text(part)) for part in parts]
    while first > previous_end and _names_issuers(parts[first - 1]) and lines[first - 1] not in title:
        first -= 1
        title = lines[first] + title
    return first


def _head_with_serial(parts: Sequence[Part], at: int, previous_end: int) -> Head | None:
    """Return the head around the serial at index ``at``: of an order, an announcement, or minutes; None if it is none."""
    serial = without_spaces(part_text(parts[at])).strip("（）()")
    first = at - 1
    above = without_spaces(part_text(parts[first])) if first >= previous_end else ""
    is_rest = _is_rest_of_form(above) or (
        bool(_MINUTES.fullmatch(above)) and first > previous_end and _names_issuers(parts[first - 1])
    )
    if is_rest and first > previous_end:
        first -= 1
        above = joined(parts[first:at])
    if form := FORM_HEAD.match(above):
        start = start_of_red_head(parts, first, previous_end)
        if form["form"] == "令":
            return Head(start, at + 1, above, "", serial=serial, title_start=first, title_end=at)
        if head := _with_title_below(parts, at, start, serial):
            return head
        return Head(start, at + 1, above, "", serial=serial, title_start=first, title_end=at)
    if above.endswith("纪要"):
        if head := _with_title_below(parts, at, first, serial, "纪要"):
            return head
        return Head(first, at + 1, above, "", serial=serial, title_start=first, title_end=at)
    end = loose_end(parts, at + 1)
    title = joined(parts[at + 1 : end])
    if title.endswith("纪要"):
        return Head(at, end, title, "", serial=serial, title_start=at + 1, title_end=end)
    return None


def _is_rest_of_form(text: str) -> bool:
    """Tell whether ``text`` is the second line of a head such as ××县人民／政府令."""
    form = FORM_HEAD.match(text)
    return (
        text in ("令", "公告", "通告")
        or bool(re.match(r"第.{1,4}次会议", text))
        or (form is not None and len(form["issuer"]) < MIN_TITLE_LINE)
    )


def _names_issuers(part: Part) -> bool:
    """Tell whether ``part`` is a line with the names of bodies alone, which no 文件 follows."""
    text = part_text(part)
    return isinstance(part, Line) and is_line_of_issuers(text) and not RED_HEAD.match(without_spaces(text))


def _with_title_below(
    parts: Sequence[Part], at: int, start: int, serial: str, ending: str = ""
) -> Head | None:
    """Return the head of which the title with 关于, that ends in ``ending``, stands below the serial at ``at``.

    The office that wrote minutes, and their date, may stand between.
    """
    begin = at + 1
    if (
        ending
        and begin < len(parts)
        and DATE_LINE.match(without_spaces(part_text(parts[begin]).strip()[-11:]))
    ):
        begin += 1
    for last in range(begin, min(begin + MAX_TITLE_LINES, len(parts))):
        title = title_of(parts[begin : last + 1], needs_issuer=False)
        if title.endswith(ending) and title:
            return Head(start, last + 1, title, "", serial=serial, title_start=begin, title_end=last + 1)
    end = loose_end(parts, begin) if ending else begin
    title = joined(parts[begin:end])
    if title.endswith(ending) and title and not _MINUTES.fullmatch(title):
        return Head(start, end, title, "", serial=serial, title_start=begin, title_end=end)
    return None


def _head_without_number(parts: Sequence[Part], index: int, previous_end: int) -> Head | None:
    """Return the head of a document without a number that begins at ``index``; None if none begins there.

    It begins the manuscript or follows the end of another document, names its issuer and its 文种, and text follows.
    """
    if index and not (index > previous_end and ends_document(parts, index - 1)):
        return None
    for last in range(index, min(index + MAX_TITLE_LINES, len(parts))):
        title = title_of(parts[index : last + 1], needs_issuer=True)
        if title and is_text(parts, last + 1):
            return Head(index, last + 1, title, "", title_start=index, title_end=last + 1)
    if index and _is_form(parts[index]) and is_text(parts, index + 1):
        title = joined(parts[index : index + 1])
        return Head(index, index + 1, title, "", title_start=index, title_end=index + 1)
    return None


def _is_form(part: Part) -> bool:
    """Tell whether ``part`` is a line such as ××县人民政府通告."""
    form = FORM_HEAD.match(without_spaces(part_text(part)))
    return isinstance(part, Line) and form is not None and UNIT.search(form["issuer"]) is not None


def _first_title(parts: Sequence[Part]) -> Head:
    """Return the head with the first title among the first lines; an empty one if there is none."""
    label = 1 if parts and _is_annex_label(parts[0]) else 0
    for needs_issuer in (True, False):
        for last in range(label, min(MAX_TITLE_LINES, len(parts))):
            for first in range(label, last + 1):
                if title := title_of(parts[first : last + 1], needs_issuer):
                    return Head(0, last + 1, title, "", title_start=first, title_end=last + 1)
    begin = label
    while not label and begin < min(len(parts), MAX_TITLE_LINES) and _is_of_red_head(parts[begin]):
        begin += 1
    end = loose_end(parts, begin)
    if begin > label and end == begin and _is_form(parts[begin - 1]):
        return Head(0, begin, joined(parts[begin - 1 : begin]), "", title_start=begin - 1, title_end=begin)
    if label and end == begin:
        end = end_before_table(parts, begin)
    if end == begin and _is_styled_title(parts[begin : begin + 1]):
        end = begin + 1
    title = joined(parts[begin:end])
    if begin > label and title and _lacks_beginning(title, part_text(parts[begin - 1])):
        begin -= 1
        title = joined(parts[begin:end])
    is_certain = bool(title) and not doubt_of(title)
    is_centred = all(isinstance(part, Line) and (part.centred or part.level) for part in parts[begin:end])
    if title and (is_certain or is_centred):
        return Head(0, end, title, "", doubt=doubt_of(title), title_start=begin, title_end=end)
    return Head(0, 0, "", "")


def _is_styled_title(parts: Sequence[Part]) -> bool:
    """Tell whether ``parts`` are a line of the highest outline level, such as the line above a spreadsheet's table."""
    return any(isinstance(part, Line) and part.level == 1 and not is_numbered(part.text) for part in parts)


def _lacks_beginning(title: str, above: str) -> bool:
    """Tell whether the line ``above`` begins the title: an issuer above 任免名单 or 关于……的公示, a place above 2025年……公报."""
    above = without_spaces(above)
    is_place = bool(_PLACE_NAME.search(above)) and bool(re.match(r"\d{4}年", title))
    is_official = bool(_GENERIC.fullmatch(title) or _YEARLY.match(title)) or (
        type_in(title) != OTHER and not title.endswith("统计公报")
    )
    return is_place or (
        (is_official or title.startswith("关于")) and not RED_HEAD.match(above) and is_line_of_issuers(above)
    )


def _is_annex_label(part: Part) -> bool:
    """Tell whether ``part`` only says which annex the manuscript is (附件2), for an annex may be sent by itself."""
    match = ANNEX.match(without_spaces(part_text(part)))
    return isinstance(part, Line) and match is not None and not match["title"]


def _is_enclosed(parts: Sequence[Part], head: Head, before: Head) -> bool:
    """Tell whether ``head`` is that of the text which the document ``before`` forwards (转发, 批转)."""
    if not re.search("转发|批转|印发", before.title):
        return False
    title, named = _unmarked(head.title), _unmarked(before.title)
    subject = title[title.find("关于") :] if "关于" in title else title
    text = _unmarked("".join(part_text(part) for part in parts[before.end : head.start]))
    return title in named or (len(subject) >= _MIN_SUBJECT and subject in named) or title in text


def _unmarked(text: str) -> str:
    return re.sub(r"[《》“”〈〉\s]", "", text)


def _is_ordered(parts: Sequence[Part], head: Head, before: Head) -> bool:
    """Tell whether ``head`` is that of the text which the order ``before`` names and puts into force."""
    if not before.is_order or head.number or head.serial:
        return False
    text = "".join(part_text(part) for part in parts[before.end : head.start])
    return _unmarked(head.title) in _unmarked(text)


def ends_document(parts: Sequence[Part], index: int) -> bool:
    """Tell whether the part at ``index`` may be the last one of a document: its date, its 附注, its contact, its 版记."""
    text = without_spaces(part_text(parts[index]))
    above = SEAL.sub("", without_spaces(part_text(parts[index - 1]))) if index else ""
    date = DATE_LINE.match(text)
    return bool(
        (date and (not date["sign"] or UNIT.search(above)))
        or NOTE_LINE.match(text)
        or CONTACT_FIELD.match(text)
        or COLOPHON.search(text)
        or RULE_LINE.match(text)
    )


def _is_beside_number(part: Part) -> bool:
    """Tell whether ``part`` is 签发人, or a line drawn below the number."""
    text = without_spaces(part_text(part))
    return isinstance(part, Line) and bool(
        SIGNER.match(text) or RULE_LINE.match(text) or REGISTRATION.match(text)
    )


def _is_beside_title(part: Part) -> bool:
    """Tell whether ``part`` may stand between a title and its number: 统一登记号, or when a page was published."""
    text = part_text(part)
    return isinstance(part, Line) and bool(
        REGISTRATION.match(without_spaces(text)) or is_publication(text.strip())
    )


def _is_further_signer(part: Part) -> bool:
    """Tell whether ``part`` is a name far from the left margin, as those of further 签发人 stand below the first."""
    text = part_text(part)
    return isinstance(part, Line) and not part.centred and is_name(without_spaces(text))


def start_of_red_head(parts: Sequence[Part], at: int, previous_end: int) -> int:
    """Return the index where the 版头 above ``at`` begins."""
    start = at
    while start > previous_end and at - start < MAX_RED_LINES and _is_of_red_head(parts[start - 1]):
        start -= 1
    return start


def _is_of_red_head(part: Part) -> bool:
    """Tell whether ``part`` is of the 版头: 某某文件, the names of issuers, 份号, 密级, 紧急程度, or a line."""
    text = without_spaces(part_text(part))
    return isinstance(part, Line) and bool(
        RED_HEAD.match(text)
        or _is_form(part)
        or text == "文件"
        or SECURITY.match(text)
        or RULE_LINE.match(text)
        or is_line_of_issuers(part.text)
    )
