"""The signature of a document: its issuers, who signed it, and its date, which pages print from the front matter."""

from __future__ import annotations

import re
from dataclasses import replace

from liulin_gazette.intake.document_state import DocumentState, Position, Reading, as_front_matter, left_out
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.issuers_of_heads import FROM_RED_HEAD
from liulin_gazette.intake.line_kinds import DATE_LINE, SEAL, UNIT, without_spaces
from liulin_gazette.model.document import Signatory
from liulin_gazette.text.numerals import chinese_number

MAX_ISSUER = 40
"""Characters."""
_POST = re.compile(
    r"^(?P<post>(?:代)?(?:县|市|区|州|旗|镇|乡|省|局|厅|盟)长|主任|主席|书记|部长)[：:]?(?P<name>[一-鿿·]{2,8})$"
)
"""签署 of an order: 县长　张三."""
MAX_SIGNING_BODIES = 8
"""Lines of a signature with the names of issuers."""
_ZEROS = str.maketrans("〇○零", "〇〇〇")


def read_signature(state: DocumentState, position: Position) -> Reading | None:
    """Read a line of the signature; None for another line."""
    if state.is_signed:
        return None
    text = without_spaces(position.text)
    if date := DATE_LINE.match(text):
        iso_date = _iso_date(date["year"], date["month"], date["day"])
        signed = replace(state, date=iso_date, is_signed=True)
        if date["weekday"]:
            return left_out(signed, position.part, "成文日期后面有星期几，日期由程序印出")
        return as_front_matter(signed, position.part, "成文日期")
    if (signatory := _POST.match(text)) and _is_before_date(position, 1):
        person = Signatory(signatory["post"], signatory["name"])
        return as_front_matter(replace(state, signatory=person), position.part, "签署")
    issuer = SEAL.sub("", text)
    if _is_before_date(position, 1) and not state.issuers:
        if len(issuer) > MAX_ISSUER or not UNIT.search(issuer):
            return None
        state = replace(state, issuers=(issuer,), guess="标题里没有发文机关，取自落款")
    elif full := _full_names(state, position):
        state = replace(state, issuers=full, guess="标题里没有发文机关，取自落款")
    rest = issuer
    for name in sorted(map(without_spaces, state.issuers), key=len, reverse=True):
        rest = rest.replace(name, "", 1)
    if not state.issuers or rest or not issuer or not _is_before_date(position, MAX_SIGNING_BODIES, state):
        return None
    if issuer != text:
        return left_out(state, position.part, "落款处的盖章字样，发文机关由程序印出")
    return as_front_matter(state, position.part, "发文机关")


def _full_names(state: DocumentState, position: Position) -> tuple[str, ...]:
    """Return the names in the signature that begins at ``position`` where the 版头 has shorter ones of the same bodies."""
    lines = [without_spaces(part_text(part)) for part in position.parts[position.index :]]
    names = [SEAL.sub("", line) for line in lines[: len(state.issuers)]]
    date = lines[len(names)] if len(names) < len(lines) else ""
    is_same = len(names) == len(state.issuers) and all(
        name.endswith(without_spaces(short)) and len(name) <= MAX_ISSUER
        for name, short in zip(names, state.issuers, strict=True)
    )
    is_guessed = state.guess == FROM_RED_HEAD and names != [*map(without_spaces, state.issuers)]
    return tuple(names) if is_guessed and is_same and DATE_LINE.match(date) else ()


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
    names = {without_spaces(each) for each in state.issuers} if state else set[str]()
    for part in position.parts[position.index + 1 : position.index + 1 + most]:
        text = without_spaces(part_text(part))
        if DATE_LINE.match(text):
            return True
        if SEAL.sub("", text) not in names and not (state and _POST.match(text)):
            return False
    return False


def _iso_date(year: str, month: str, day: str) -> str:
    """Return a written date as ``2026-01-12``. The parts may be in Chinese numerals."""
    if not year.isdigit():
        year = "".join(str("〇一二三四五六七八九".index(digit)) for digit in year.translate(_ZEROS))
    numbers = [int(part) if part.isdigit() else chinese_number(part) for part in (month, day)]
    return f"{year}-{numbers[0]:02}-{numbers[1]:02}"
