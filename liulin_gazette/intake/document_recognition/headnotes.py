"""题注: the lines below a title that say when, where and by whom a text was passed, read or spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from liulin_gazette.intake.drafts import Head, part_text
from liulin_gazette.intake.line_kinds import HEADNOTE, without_spaces
from liulin_gazette.intake.manuscript import Line, Part
from liulin_gazette.text.personal_names import is_name

_SPOKEN = re.compile("(?:讲话|报告|致辞|发言|说明|贺词|献词|讲话提纲|情况汇报)(?:（[^（）]+）)?$")
"""Ends of the titles of texts that somebody speaks; the lines below say who, when and where."""
_DAY = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_OCCASION = re.compile(
    rf"[（(]?[—─\-–－]{{0,4}}(?:{_DAY.pattern.replace('?P<year>', '').replace('?P<month>', '').replace('?P<day>', '')}"
    r"(?:在.{4,60}[上中]|.{0,2})?|在.{4,60}上)[）)]?"
)
"""（2026年1月8日）, ——2026年1月15日在某某会议上."""
_TAKEN_DOWN = re.compile(
    "[（(](?:根据|据)?(?:会议)?(?:录音|讲话|记录)(?:记录)?整理.{0,16}[）)]|[（(](?:摘要|节选|摘登|全文|未经本人审[阅定])[）)]"
)
"""（根据录音整理）, （摘要）."""
_POST_BEFORE_NAME = re.compile(r"(?:长|主任|主席|书记|局长|部长|常委|检察长|院长|代表|秘书长)$")
_MAX_NOTES = 4
"""Lines below the title of a speech."""
_MAX_PERSON = 40
"""Characters of the line that says who speaks."""
_STOPS = re.compile("[，。；：！？,;:!?《》]")


def with_headnote(parts: Sequence[Part], head: Head) -> Head:
    """Return ``head`` with the 题注 below it: when the text was passed; of a speech, who spoke, when and where."""
    end = head.end
    while end < len(parts) and HEADNOTE.match(without_spaces(part_text(parts[end]))):
        end += 1
    if not head.number and not head.serial and _SPOKEN.search(head.title):
        end = max(end, _end_of_occasion(parts, head.end))
    notes = tuple(part_text(part).strip() for part in parts[head.end : end])
    return replace(head, end=end, headnote=(*head.headnote, *notes)) if notes else head


def _end_of_occasion(parts: Sequence[Part], begin: int) -> int:
    """Return the index after the lines at ``begin`` that name the occasion and the speaker; ``begin`` if there are none."""
    end, is_certain = begin, False
    for part in parts[begin : begin + _MAX_NOTES]:
        text = part_text(part).strip()
        bare = without_spaces(text)
        is_occasion = bool(_OCCASION.fullmatch(bare) or _TAKEN_DOWN.fullmatch(bare))
        if not isinstance(part, Line) or not (is_occasion or _is_speaker(text)):
            break
        is_certain = is_certain or is_occasion or part.centred
        end += 1
    return end if is_certain else begin


def _is_speaker(text: str) -> bool:
    """Tell whether ``text`` is a name, or a post and a name."""
    if len(text) > _MAX_PERSON or _STOPS.search(text):
        return False
    *before, last = text.split() or [""]
    if before and _POST_BEFORE_NAME.search("".join(before)) and re.fullmatch("[一-鿿·]{1,8}", last):
        return True
    bare = without_spaces(text)
    names = [bare[-size:] for size in (2, 3, 4) if size <= len(bare)]
    return any(
        is_name(name) and (name == bare or _POST_BEFORE_NAME.search(bare[: -len(name)])) for name in names
    )


def date_of(headnote: Sequence[str]) -> str:
    """Return the one date that ``headnote`` has, as ``2026-01-15``; empty where it has none or several.

    A text that a meeting passes has the date of the meeting (《党政机关公文处理工作条例》第九条).
    """
    days = {match.group("year", "month", "day") for note in headnote for match in _DAY.finditer(note)}
    if len(days) != 1:
        return ""
    ((year, month, day),) = days
    return f"{int(year):04}-{int(month):02}-{int(day):02}"
