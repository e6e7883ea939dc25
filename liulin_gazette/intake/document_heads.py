"""Where the documents of a manuscript begin: their titles and numbers, and the lines of the 版头 around them.

The title stands before the number in a gazette, and after it in the document itself. The line of a number is never
part of a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.drafts import Head, part_text
from liulin_gazette.intake.headnotes import with_headnote
from liulin_gazette.intake.issuers_of_heads import is_line_of_issuers
from liulin_gazette.intake.line_kinds import (
    ANNEX,
    ARTICLE,
    BLANK_NUMBER,
    COLOPHON,
    CONTACT_FIELD,
    DATE_LINE,
    DIVISION,
    FORM_HEAD,
    HEADNOTE,
    LEVELS,
    NOTE_LINE,
    NUMBER_LINE,
    RED_HEAD,
    RULE_LINE,
    SECURITY,
    SERIAL_LINE,
    SIGNER,
    TITLE,
    UNIT,
    YEARLESS_NUMBER,
    is_fixed_line,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Grid, Line, Part
from liulin_gazette.model.document_number import canonical_form
from liulin_gazette.model.document_types import OTHER, type_in

MAX_TITLE_LINES = 6
MAX_LOOSE_LINES = 4
"""Lines of a title that has no 关于 in it."""
MAX_TITLE = 200
"""Characters."""
MAX_TITLE_LINE = 44
"""Characters of a line of a title that has no 关于 in it."""
MIN_TITLE_LINE = 4
MIN_LONE_TITLE = 8
"""Characters of a first line that may be the title although nothing else shows it."""
_MIN_SUBJECT = 10
"""Characters of a title from 关于 on that are enough to tell that another title names it."""
MAX_RED_LINES = 10
_ENDS_LOOSE = re.compile(
    r"(?:纪要|报告|公报|讲话|公示|解读|大事记|启事|名单|方案|规划|规定|办法|细则|计划|预案|制度|规则|措施|章程|规程|条例|准则|清单|通则|"
    r"倡议书|公开信|更正|勘误|致辞|发言|要点|一览表|须知|指南|导则)(?:（[^（）]+）)?$"
)
"""Ends of titles that have no 文种 of official documents, of which the title is certain all the same."""
_GENERIC = re.compile("(?:任免|任命|免职|表决)?名单|公告|通告|决定|决议|公报|通报|任免事项|人事任免")
"""Titles that say nothing without the name of the body above them."""
_MINUTES = re.compile("(?:常务|全体|专题|.{0,6}办公|.{0,4}党组)?(?:会议)?纪要")
_PLACE_NAME = re.compile("(?:县|区|市|旗|镇|乡)$")
_SENTENCE_END = ("。", "；", "：", "，", "！", "？", ";", ":", ",", "、")
_GUESSED = "标题里没有“关于”和文种，核对是不是标题"


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
        head = with_headnote(parts, head)
        heads.append(head)
        end = head.end
    return heads or [with_headnote(parts, _first_title(parts))]


def number_in(text: str) -> str:
    """Return the document number that ``text`` consists of, 签发人 beside it aside; empty where it is none."""
    match = NUMBER_LINE.match(without_spaces(SIGNER.sub("", text)))
    return match["number"] if match and canonical_form(match["number"]) else ""


def odd_number_in(text: str) -> str:
    """Return the document number without a year or without a serial that ``text`` consists of; empty where it is none."""
    bare = without_spaces(SIGNER.sub("", text))
    if BLANK_NUMBER.match(bare):
        return bare
    is_one = YEARLESS_NUMBER.match(bare) and not number_in(text) and not SERIAL_LINE.match(bare)
    return bare if is_one else ""


def _head_at(parts: Sequence[Part], index: int, previous_end: int) -> Head | None:
    part = parts[index]
    if not isinstance(part, Line):
        return None
    if number := number_in(part.text):
        return _head_with_number(parts, index, previous_end, number)
    if odd := odd_number_in(part.text):
        head = _head_with_number(parts, index, previous_end, odd)
        return replace(head, number="", odd_number=odd) if head else None
    if SERIAL_LINE.match(without_spaces(part.text)):
        return _head_with_serial(parts, index, previous_end)
    return _head_without_number(parts, index, previous_end)


def _head_with_number(parts: Sequence[Part], at: int, previous_end: int, number: str) -> Head | None:
    """Return the head around the number line at index ``at``; None if no title is near it.

    A title that names its issuer is looked for first, one without 关于 last.
    """
    begin = at + 1
    while begin < len(parts) and _is_beside_number(parts[begin]):
        begin += 1
    for needs_issuer in (True, False):
        for first in range(at - 1, max(at - 1 - MAX_TITLE_LINES, previous_end - 1), -1):
            if title := _title(parts[first:at], needs_issuer):
                start = start_of_red_head(parts, first, previous_end)
                return Head(start, at + 1, title, number, title_start=first, title_end=at)
            if not isinstance(parts[first], Line):
                break
        for last in range(begin, min(begin + MAX_TITLE_LINES, len(parts))):
            if title := _title(parts[begin : last + 1], needs_issuer):
                start = start_of_red_head(parts, at, previous_end)
                return Head(start, last + 1, title, number, title_start=begin, title_end=last + 1)
    if (end := _loose_end(parts, begin)) > begin:
        title = _joined(parts[begin:end])
        start = start_of_red_head(parts, at, previous_end)
        return Head(start, end, title, number, doubt=_doubt_of(title), title_start=begin, title_end=end)
    first = _loose_start(parts, at, previous_end)
    title = _joined(parts[first:at])
    if title and not _doubt_of(title):
        return Head(first, at + 1, title, number, title_start=first, title_end=at)
    return None


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
        above = _joined(parts[first:at])
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
    end = _loose_end(parts, at + 1)
    title = _joined(parts[at + 1 : end])
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
        title = _title(parts[begin : last + 1], needs_issuer=False)
        if title.endswith(ending) and title:
            return Head(start, last + 1, title, "", serial=serial, title_start=begin, title_end=last + 1)
    return None


def _head_without_number(parts: Sequence[Part], index: int, previous_end: int) -> Head | None:
    """Return the head of a document without a number that begins at ``index``; None if none begins there.

    It begins the manuscript or follows the end of another document, names its issuer and its 文种, and text follows.
    """
    if index and not (index > previous_end and _ends_document(parts[index - 1])):
        return None
    for last in range(index, min(index + MAX_TITLE_LINES, len(parts))):
        title = _title(parts[index : last + 1], needs_issuer=True)
        if title and _is_text(parts, last + 1):
            return Head(index, last + 1, title, "", title_start=index, title_end=last + 1)
    if index and _is_form(parts[index]) and _is_text(parts, index + 1):
        title = _joined(parts[index : index + 1])
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
                if title := _title(parts[first : last + 1], needs_issuer):
                    return Head(0, last + 1, title, "", title_start=first, title_end=last + 1)
    begin = label
    while not label and begin < min(len(parts), MAX_TITLE_LINES) and _is_of_red_head(parts[begin]):
        begin += 1
    end = _loose_end(parts, begin)
    if begin > label and end == begin and _is_form(parts[begin - 1]):
        return Head(0, begin, _joined(parts[begin - 1 : begin]), "", title_start=begin - 1, title_end=begin)
    if label and end == begin:
        end = _end_before_table(parts, begin)
    title = _joined(parts[begin:end])
    if begin > label and _lacks_beginning(title, part_text(parts[begin - 1])):
        begin -= 1
        title = _joined(parts[begin:end])
    is_certain = bool(title) and not _doubt_of(title)
    is_centred = all(isinstance(part, Line) and (part.centred or part.level) for part in parts[begin:end])
    if title and (is_certain or is_centred or (begin == 0 and end == 1 and len(title) > MIN_LONE_TITLE)):
        return Head(0, end, title, "", doubt=_doubt_of(title), title_start=begin, title_end=end)
    return Head(0, 0, "", "")


def _lacks_beginning(title: str, above: str) -> bool:
    """Tell whether the line ``above`` begins the title: an issuer above 任免名单, a place above 2025年……公报."""
    above = without_spaces(above)
    is_place = bool(_PLACE_NAME.search(above)) and bool(re.match(r"\d{4}年", title))
    return is_place or (
        bool(_GENERIC.fullmatch(title)) and not RED_HEAD.match(above) and is_line_of_issuers(above)
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


def _ends_document(part: Part) -> bool:
    """Tell whether ``part`` may be the last one of a document: its date, its 附注, its contact, its 版记."""
    text = without_spaces(part_text(part))
    return bool(
        DATE_LINE.match(text)
        or NOTE_LINE.match(text)
        or CONTACT_FIELD.match(text)
        or COLOPHON.search(text)
        or RULE_LINE.match(text)
    )


def _is_text(parts: Sequence[Part], at: int) -> bool:
    """Tell whether a document's text begins at ``at``: 主送, a sentence, a numbered line, or a 题注."""
    text = without_spaces(part_text(parts[at])) if at < len(parts) else ""
    return text.endswith(_SENTENCE_END) or bool(HEADNOTE.match(text)) or _is_numbered(text)


def _is_numbered(text: str) -> bool:
    return bool(ARTICLE.match(text) or DIVISION.match(text) or any(each.match(text) for each, _ in LEVELS))


def _is_beside_number(part: Part) -> bool:
    """Tell whether ``part`` is 签发人, or a line drawn below the number."""
    text = without_spaces(part_text(part))
    return isinstance(part, Line) and bool(SIGNER.match(text) or RULE_LINE.match(text))


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


def _title(parts: Sequence[Part], needs_issuer: bool) -> str:
    """Return the title with 关于 that ``parts`` form together, none of them of the 版头; empty if they form none."""
    if not parts or not all(isinstance(part, Line) for part in parts):
        return ""
    lines = [without_spaces(part_text(part)) for part in parts]
    text = "".join(lines)
    match = TITLE.match(text)
    if match is None or len(text) > MAX_TITLE or any(_cannot_be_of_title(line) for line in lines):
        return ""
    return text if match["issuer"] or not needs_issuer else ""


def _cannot_be_of_title(line: str) -> bool:
    return bool(number_in(line) or odd_number_in(line) or is_fixed_line(line) or CONTACT_FIELD.match(line))


def _lines_of_loose_title(parts: Sequence[Part]) -> Iterator[Line]:
    """Yield the first of ``parts`` that may be lines of a title without 关于."""
    is_centred = False
    for part in parts[:MAX_LOOSE_LINES]:
        text = without_spaces(part_text(part))
        if (
            not isinstance(part, Line)
            or len(text) > MAX_TITLE_LINE
            or (len(text) < MIN_TITLE_LINE and _doubt_of(text))
            or text.endswith(_SENTENCE_END)
            or "。" in text
            or _cannot_be_of_title(text)
            or _is_numbered(text)
            or (is_centred and not part.centred)
        ):
            return
        is_centred = is_centred or part.centred
        yield part


def _loose_end(parts: Sequence[Part], begin: int) -> int:
    """Return the index after the title without 关于 that begins at ``begin``: at its 文种, or before the text."""
    lines = list(_lines_of_loose_title(parts[begin : begin + MAX_LOOSE_LINES]))
    for count in range(1, len(lines) + 1):
        if not _doubt_of(_joined(lines[:count])):
            return begin + count
    return begin + len(lines) if _is_text(parts, begin + len(lines)) else begin


def _end_before_table(parts: Sequence[Part], begin: int) -> int:
    """Return the index after the lines at ``begin`` that stand above a table as its title; ``begin`` if none does."""
    end = begin + len(list(_lines_of_loose_title(parts[begin : begin + MAX_LOOSE_LINES])))
    return end if end < len(parts) and isinstance(parts[end], Grid) else begin


def _loose_start(parts: Sequence[Part], at: int, previous_end: int) -> int:
    """Return the index where the title without 关于 that ends before ``at`` begins; ``at`` if there is none."""
    lines = list(_lines_of_loose_title(parts[max(at - 2, previous_end) : at][::-1]))
    if lines and not _doubt_of(_joined(lines[:1])):
        return at - 1
    return at - len(lines)


def _joined(parts: Sequence[Part]) -> str:
    return "".join(without_spaces(part_text(part)) for part in parts)


def _doubt_of(title: str) -> str:
    """Return why ``title``, which has no 关于, may be none; empty where its end shows that it is one."""
    return "" if type_in(title) != OTHER or _ENDS_LOOSE.search(title) else _GUESSED
