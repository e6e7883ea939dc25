"""The lines of a title and of a number in the head of a document: which form one together, and where a title ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import (
    ANNEX,
    ARTICLE,
    BLANK_NUMBER,
    CONTACT_FIELD,
    DIVISION,
    EXPLAINS,
    HEADNOTE,
    LEVELS,
    NUMBER_LINE,
    REGISTRATION,
    SERIAL_LINE,
    SIGNER,
    TITLE,
    YEARLESS_NUMBER,
    is_fixed_line,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Grid, Line, Part
from liulin_gazette.intake.portal_lines import is_publication, is_trail
from liulin_gazette.model.document_number import canonical_form
from liulin_gazette.model.document_types import OTHER, type_in

MAX_LOOSE_LINES = 4
"""Lines of a title that has no 关于 in it."""
MAX_TITLE = 200
"""Characters."""
MAX_TITLE_LINE = 44
"""Characters of a line of a title that has no 关于 in it."""
MIN_TITLE_LINE = 4
_ENDS_LOOSE = re.compile(
    r"(?:纪要|报告|公报|讲话|公示|解读|大事记|启事|名单|方案|规划|规定|办法|细则|计划|预案|制度|规则|措施|章程|规程|条例|准则|清单|通则|"
    r"倡议书|公开信|答记者问|名册|花名册|更正|勘误|致辞|发言|要点|一览表|须知|指南|导则)(?:（[^（）]+）)?$"
)
"""Ends of titles that have no 文种 of official documents, of which the title is certain all the same."""
_OFFICE_AND_DAY = re.compile(r"^(?!.*关于)[一-鿿（）()]{4,30}\d{4}年\d{1,2}月\d{1,2}日$")
"""The line of minutes that says who wrote them and when."""
_SENTENCE_END = ("。", "；", "：", "，", "！", "？", ";", ":", ",", "、")
_GUESSED = "标题里没有“关于”和文种，核对是不是标题"


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


def is_text(parts: Sequence[Part], at: int) -> bool:
    """Tell whether a document's text begins at ``at``: 主送, a sentence, a numbered line, or a 题注."""
    text = without_spaces(part_text(parts[at])) if at < len(parts) else ""
    return text.endswith(_SENTENCE_END) or bool(HEADNOTE.match(text)) or is_numbered(text)


def is_numbered(text: str) -> bool:
    """Tell whether ``text`` begins as a numbered heading, an article or a division does."""
    return bool(ARTICLE.match(text) or DIVISION.match(text) or any(each.match(text) for each, _ in LEVELS))


def title_of(parts: Sequence[Part], needs_issuer: bool) -> str:
    """Return the title with 关于 that ``parts`` form together, none of them of the 版头; empty if they form none."""
    if not parts or not all(isinstance(part, Line) for part in parts):
        return ""
    lines = [without_spaces(part_text(part)) for part in parts]
    text = "".join(lines)
    match = TITLE.match(text)
    if match is None or len(text) > MAX_TITLE or any(_cannot_be_of_title(part) for part in parts):
        return ""
    return text if match["issuer"] or not needs_issuer else ""


def _cannot_be_of_title(part: Part) -> bool:
    line = without_spaces(part_text(part))
    return bool(
        number_in(line)
        or odd_number_in(line)
        or is_fixed_line(line)
        or REGISTRATION.match(line)
        or is_trail(line)
        or is_publication(part_text(part).strip())
        or CONTACT_FIELD.match(line)
        or _OFFICE_AND_DAY.match(line)
        or is_numbered(line)
        or ((annex := ANNEX.match(line)) and not annex["title"])
    )


def _lines_of_loose_title(parts: Sequence[Part]) -> Iterator[Line]:
    """Yield the first of ``parts`` that may be lines of a title without 关于."""
    is_centred = False
    for part in parts[:MAX_LOOSE_LINES]:
        text = without_spaces(part_text(part))
        if (
            not isinstance(part, Line)
            or len(text) > MAX_TITLE_LINE
            or (len(text) < MIN_TITLE_LINE and doubt_of(text))
            or text.endswith(_SENTENCE_END)
            or "。" in text
            or _cannot_be_of_title(part)
            or is_numbered(text)
            or (is_centred and not part.centred)
        ):
            return
        is_centred = is_centred or part.centred
        yield part


def loose_end(parts: Sequence[Part], begin: int) -> int:
    """Return the index after the title without 关于 that begins at ``begin``: at its 文种, or before the text."""
    lines = list(_lines_of_loose_title(parts[begin : begin + MAX_LOOSE_LINES]))
    for count in range(1, len(lines) + 1):
        if not doubt_of(joined(lines[:count])):
            return begin + count
    end = begin + len(lines)
    return end if is_text(parts, end) or _stand_in_the_middle(lines, parts[end : end + 1]) else begin


def _stand_in_the_middle(lines: Sequence[Line], following: Sequence[Part]) -> bool:
    """Tell whether ``lines`` are centred while the line after them is not."""
    is_aside = any(isinstance(part, Line) and not part.centred for part in following)
    return bool(lines) and is_aside and all(line.centred for line in lines)


def end_before_table(parts: Sequence[Part], begin: int) -> int:
    """Return the index after the lines at ``begin`` that stand above a table as its title; ``begin`` if none does."""
    end = begin + len(list(_lines_of_loose_title(parts[begin : begin + MAX_LOOSE_LINES])))
    return end if end < len(parts) and isinstance(parts[end], Grid) else begin


def loose_start(parts: Sequence[Part], at: int, previous_end: int) -> int:
    """Return the index where the title without 关于 that ends before ``at`` begins; ``at`` if there is none."""
    lines = list(_lines_of_loose_title(parts[max(at - 2, previous_end) : at][::-1]))
    if lines and not doubt_of(joined(lines[:1])):
        return at - 1
    return at - len(lines)


def joined(parts: Sequence[Part]) -> str:
    """Return the texts of ``parts`` together, without spaces."""
    return "".join(without_spaces(part_text(part)) for part in parts)


def doubt_of(title: str) -> str:
    """Return why ``title``, which has no 关于, may be none; empty where its end shows that it is one."""
    is_certain = type_in(title) != OTHER or _ENDS_LOOSE.search(title) or EXPLAINS.match(title)
    return "" if is_certain else _GUESSED
