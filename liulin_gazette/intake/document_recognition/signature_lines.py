"""The signature of a document: its issuers, who signed it, and its date, which pages print from the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from liulin_gazette.intake.document_recognition.document_state import (
    DocumentState,
    Position,
    Reading,
    as_front_matter,
    left_out,
)
from liulin_gazette.intake.document_recognition.issuers_of_heads import FROM_RED_HEAD, names_in_line
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import ANNEX, BLANK_DATE, DATE_LINE, SEAL, UNIT, without_spaces
from liulin_gazette.intake.manuscript import Line, Part, Picture
from liulin_gazette.model.document import Signatory
from liulin_gazette.text.numerals import chinese_number
from liulin_gazette.text.personal_names import is_name

MAX_ISSUER = 40
"""Characters."""
_POST = re.compile(
    r"^(?P<post>[一-鿿]{0,14}?(?:(?:县|市|区|州|旗|镇|乡|省|局|厅|盟)长|主任|主席|书记|部长|(?:河|湖|林|路|田)长|指挥长?))[：:]?(?P<name>[一-鿿·]{2,8})$"
)
"""签署 of an order: 县长　张三."""
MAX_SIGNING_BODIES = 8
"""Lines of a signature with the names of issuers."""
_MAX_NAME_LINES = 3
"""Lines of a signature over which the name of one body runs."""
_FROM_SIGNATURE = "标题里没有发文机关，取自落款"
_FULLER = "标题里的机关是简称，全称取自落款"
_SEAL_WORDS = "落款处的盖章字样，发文机关由程序印出"
_ZEROS = str.maketrans("〇○零0０OＯoｏ", "〇" * 9)


def read_signature(state: DocumentState, position: Position) -> Reading | None:
    """Read a line of the signature, or the lines over which the name of its issuer runs; None for another line."""
    text = without_spaces(position.text)
    if state.is_signed:
        return _read_seal(state, position, text)
    if (date := DATE_LINE.match(text)) and (
        _follows_issuer(state, position) or _is_last_if_signs(position.parts, position.index, date)
    ):
        return _read_date(state, position, date, "成文日期")
    if BLANK_DATE.match(text) and _follows_issuer(state, position):
        return left_out(replace(state, is_signed=True), position.part, "成文日期没有填写，文首里标了待核")
    if (signatory := _signatory(position.text)) and _is_before_date(position, 1):
        return as_front_matter(replace(state, signatory=signatory), position.part, "签署")
    names, date = _names_and_date(position.text)
    if (
        date
        and (known := _known_issuers(state, names))
        and (state.issuers or _is_last_if_signs(position.parts, position.index, date))
    ):
        return _read_date(replace(state, **known), position, date, "发文机关、成文日期")
    if (lines := _lines_of_one_name(state, position)) > 1:
        readings = [
            left_out(state, part, _SEAL_WORDS)
            if SEAL.search(without_spaces(part_text(part)))
            else as_front_matter(state, part, "发文机关")
            for part in position.parts[position.index : position.index + lines]
        ]
        return Reading(state, tuple(each.conversions[0] for each in readings))
    issuer = SEAL.sub("", text)
    if not state.issuers and (found := _names_before_date(position)):
        state = replace(state, issuers=found, guess=_FROM_SIGNATURE)
    elif full := _full_names(state, position):
        guess = _FROM_SIGNATURE if state.guess == FROM_RED_HEAD else _FULLER
        state = replace(state, issuers=full, guess=guess)
    if not state.issuers or not issuer or _without(issuer, state.issuers):
        return None
    if not _is_before_date(position, MAX_SIGNING_BODIES, state):
        return None
    if issuer != text:
        return left_out(state, position.part, _SEAL_WORDS)
    if position.following and without_spaces(part_text(position.following)) == text:
        return left_out(state, position.part, "落款里重复的机关名称（印章的字）")
    return as_front_matter(state, position.part, "发文机关")


def _read_seal(state: DocumentState, position: Position, text: str) -> Reading | None:
    """Leave out the name of an issuer right below the date: the words of the seal, in a box that lies on the signature."""
    above = without_spaces(part_text(position.previous)) if position.previous else ""
    following = part_text(position.following).strip() if position.following else ""
    is_of_title = following.startswith("关于")  # The first line of the title of the text that is issued.
    if text in map(without_spaces, state.issuers) and DATE_LINE.match(above) and not is_of_title:
        return left_out(state, position.part, "落款里重复的机关名称（印章的字）")
    return None


def _follows_issuer(state: DocumentState, position: Position) -> bool:
    """Tell whether the line before is the name of an issuer."""
    before = SEAL.sub("", without_spaces(part_text(position.previous))) if position.previous else ""
    return bool(before) and not _without(before, state.issuers)


def _read_date(state: DocumentState, position: Position, date: re.Match[str], keys: str) -> Reading:
    """Read a line that ends the signature with ``date``; it holds the values of ``keys``."""
    signed = replace(state, date=_iso_date(date["year"], date["month"], date["day"]), is_signed=True)
    if date["weekday"]:
        return left_out(signed, position.part, "成文日期后面有星期几，日期由程序印出")
    return as_front_matter(signed, position.part, keys)


def _signatory(text: str) -> Signatory | None:
    """Return who signs in a line such as 县长　张三; None for another line."""
    match = _POST.match(without_spaces(text))
    if match is None:
        return None
    if _may_be_people(text, match["name"]) and not is_name(match["name"]):
        return None
    is_apart = re.search(rf"[：:\s]{_spread(match['name'])}\s*$", text) is not None
    return Signatory(match["post"], match["name"]) if is_apart or is_name(match["name"]) else None


def _may_be_people(text: str, names: str) -> bool:
    """Tell whether ``names`` at the end of ``text`` may be those of several people: 泽仁多吉　刘　伟, but not 木　艾　提."""
    words = re.split(r"[：:\s]+", text.strip())
    while words and not names.startswith(words[0]):
        del words[0]
    return len(words) > 1 and any(len(word) > 1 for word in words)


def _spread(name: str) -> str:
    """Return a pattern of ``name`` with or without spaces between its characters."""
    return r"\s*".join(map(re.escape, name))


def _names_and_date(text: str) -> tuple[tuple[str, ...], re.Match[str] | None]:
    """Return the names and the date of a line that has both; no date for another line."""
    words = text.split()
    for count in range(1, min(4, len(words))):
        if date := DATE_LINE.match("".join(words[-count:])):
            return tuple(names_in_line(SEAL.sub("", " ".join(words[:-count])))), date
    return (), None


def _known_issuers(state: DocumentState, names: Sequence[str]) -> Mapping[str, Any]:
    """Return the fields of ``state`` that ``names`` beside the date tell; none where they are not those of issuers."""
    if state.issuers:
        is_whole = not _without("".join(names), state.issuers)
        return {"issuers": state.issuers} if names and is_whole else {}
    are_bodies = bool(names) and all(len(each) <= MAX_ISSUER and UNIT.search(each) for each in names)
    return {"issuers": tuple(names), "guess": _FROM_SIGNATURE} if are_bodies else {}


def _without(text: str, names: Iterable[str]) -> str:
    """Return ``text`` without each of ``names``, once."""
    for name in sorted(map(without_spaces, names), key=len, reverse=True):
        text = text.replace(name, "", 1)
    return text


def _lines_of_one_name(state: DocumentState, position: Position) -> int:
    """Return over how many lines from ``position`` on, before the date, the name of one issuer of ``state`` runs."""
    names = {without_spaces(each) for each in state.issuers}
    joined = ""
    for count, part in enumerate(position.parts[position.index : position.index + _MAX_NAME_LINES], 1):
        joined += without_spaces(part_text(part))
        if SEAL.sub("", joined) in names:
            at = replace(position, index=position.index + count - 1)
            return count if _is_before_date(at, MAX_SIGNING_BODIES, state) else 0
    return 0


def _names_before_date(position: Position) -> tuple[str, ...]:
    """Return the names of bodies on the lines from ``position`` on, up to the date; none where other words stand there."""
    names: list[str] = []
    for index, part in enumerate(position.parts[position.index : position.index + MAX_SIGNING_BODIES]):
        text = part_text(part)
        bare = without_spaces(text)
        if date := DATE_LINE.match(bare):
            is_signing = _is_last_if_signs(position.parts, position.index + index, date)
            return tuple(names) if is_signing else ()
        if BLANK_DATE.match(bare):
            return tuple(names)
        bodies = names_in_line(SEAL.sub("", text.strip()))
        if not bodies or not all(len(each) <= MAX_ISSUER and UNIT.search(each) for each in bodies):
            return ()
        names += bodies
    return ()


def _full_names(state: DocumentState, position: Position) -> tuple[str, ...]:
    """Return the names in the signature that begins at ``position`` where the 版头 has shorter ones of the same bodies."""
    lines = [without_spaces(part_text(part)) for part in position.parts[position.index :]]
    names = [SEAL.sub("", line) for line in lines[: len(state.issuers)]]
    date = lines[len(names)] if len(names) < len(lines) else ""
    is_same = len(names) == len(state.issuers) and all(
        name.endswith(without_spaces(short)) and len(name) <= MAX_ISSUER
        for name, short in zip(names, state.issuers, strict=True)
    )
    is_fuller = names != [*map(without_spaces, state.issuers)]
    return tuple(names) if is_fuller and is_same and DATE_LINE.match(date) else ()


def is_at_signature(state: DocumentState, position: Position) -> bool:
    """Tell whether the part at ``position`` stands within or right beside the signature of the document."""
    at = position.index
    if at and _is_date_at(position.parts, at - 1):
        return True
    following = range(at + 1, min(at + 3, len(position.parts)))
    return not state.is_signed and any(_is_date_at(position.parts, index) for index in following)


def _is_date_at(parts: Sequence[Part], index: int) -> bool:
    """Tell whether the part at ``index`` is a line with a date, and no day in a list."""
    part = parts[index]
    date = DATE_LINE.match(without_spaces(part.text)) if isinstance(part, Line) else None
    return date is not None and _is_last_if_signs(parts, index, date)


def _is_last_if_signs(parts: Sequence[Part], index: int, date: re.Match[str]) -> bool:
    """Tell whether ``date`` at ``index`` may be 成文日期: one such as 2026.3.8 may where it is the last date before the annexes.

    It is no 成文日期 right below another date, for then the days are a list.
    """
    if not date["sign"]:
        return True
    if index and _has_date(part_text(parts[index - 1])):
        return False
    for part in parts[index + 1 :]:
        text = part_text(part).strip()
        annex = ANNEX.match(text)
        if annex and not annex["title"] and not text.endswith(("：", ":")):
            return True
        if _has_date(text):
            return False
    return True


def _has_date(text: str) -> bool:
    """Tell whether a line with ``text`` is a date, filled in or not, perhaps with names before it."""
    bare = without_spaces(text)
    return bool(DATE_LINE.match(bare) or BLANK_DATE.match(bare) or _names_and_date(text)[1])


def read_minutes_line(state: DocumentState, position: Position) -> Reading | None:
    """Read the line below the serial of minutes: the office that writes them, and the date (GB/T 9704-2012 §10.3)."""
    words = position.text.split()
    if (
        state.has_text
        or state.date
        or not state.head.serial
        or "纪要" not in state.head.title
        or len(words) < 2
    ):
        return None
    issuer, date = "".join(words[:-1]), DATE_LINE.match(words[-1])
    if date is None or len(issuer) > MAX_ISSUER or not UNIT.search(issuer):
        return None
    iso_date = _iso_date(date["year"], date["month"], date["day"])
    state = replace(state, date=iso_date, issuers=(issuer,), guess="")
    if date["weekday"]:
        return left_out(state, position.part, "成文日期后面有星期几，发文机关和日期由程序印出")
    return as_front_matter(state, position.part, "发文机关、成文日期")


def _is_before_date(position: Position, most: int, state: DocumentState | None = None) -> bool:
    """Tell whether a date follows, after at most ``most`` lines; those before it name issuers of ``state`` or a post."""
    between = ""
    for index, part in enumerate(position.parts[position.index + 1 : position.index + 1 + most]):
        if isinstance(part, Picture):  # The seal.
            continue
        text = without_spaces(part_text(part))
        date = DATE_LINE.match(text)
        if date or BLANK_DATE.match(text):
            if not state:
                return not date or _is_last_if_signs(position.parts, position.index + 1 + index, date)
            return not _without(between, [*state.issuers, *state.issuers])
        if not state:
            return False
        between += "" if _signatory(part_text(part)) else SEAL.sub("", text)
    return False


def _iso_date(year: str, month: str, day: str) -> str:
    """Return a written date as ``2026-01-12``. The parts may be in Chinese numerals."""
    if not year.isdecimal():
        year = "".join(str("〇一二三四五六七八九".index(digit)) for digit in year.translate(_ZEROS))
    numbers = [int(part) if part.isdigit() else chinese_number(part) for part in (month, day)]
    return f"{int(year):04}-{numbers[0]:02}-{numbers[1]:02}"
