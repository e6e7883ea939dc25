"""Where a line of Chinese may end: UAX #14, with quotes, numbers and names treated as Chinese typesetting has them.

UAX #14 does not know whether “ and ” are Chinese, so it allows no break beside them; here they are brackets where
Chinese stands beside them. What must not begin or end a line is in GB/T 15834-2011 §5.1 and clreq (行首行尾禁则).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from liulin_gazette.text.written_addresses import ADDRESS

BRACKETS_CLOSING = frozenset("）》】〕〉」』”’")
PAUSES = frozenset("，、；：")
STOPS = frozenset("。！？．")
CLOSING = BRACKETS_CLOSING | PAUSES | STOPS
"""Marks that belong to what stands before them; the right half of their em is empty."""
OPENING = frozenset("（《【〔〈「『“‘")
"""Marks that belong to what stands after them; the left half of their em is empty."""
NEVER_FIRST = CLOSING | frozenset("·…％℃‰々～〜－–/／")
"""Marks that begin no line; so does a single dash, a connector, but not —— (GB/T 15834-2011 §5.1.3, §5.1.5 to §5.1.7)."""
OBJECT = "\u2e80"
"""Stands for an inline object in a paragraph's text: lines break beside it as beside an ideograph."""
FREE = 0.0
"""Cost of a break without drawback."""
UNIT = 5e5
"""Cost of a break between a number and its unit: worse than a line that stays short, better than a word parted."""
RANGE = 1.5e5
"""Cost of a break after the connector of two numbers: as bad as a line that stays 6 em short."""
SLASH, HYPHEN = 2e3, 2e4
"""Cost of a break after a slash in a long code or before a mark in an address, and before a hyphen in a code: better than a line
that stays short."""
IN_TERM = 3e4
"""Cost of a break at the space in GB/T 9704 or Co., Ltd.: as bad as a line that stays 2 em short."""
_INSEPARABLE = frozenset({"——", "……", "—…", "…—"})
_CONNECTORS = frozenset("～~－–-／/")
_SLASHES = frozenset("/／")
_RANGE_MARKS = frozenset("～~—–至")
_UNIT_SIGNS = frozenset("％℃‰")
_NUMBER_END = re.compile(r"[\d〔][\d.,\-—~～至]*$")
_CODE = re.compile(r"[A-Za-z0-9._:+\-]+", re.ASCII)
_DIGITS = re.compile(r"[\d.,\-]*\d|〕")
_UNITS = re.compile(
    r"[年月日号时分秒元户人亩吨米件次个项名%％℃‰万亿]|公[里斤顷]|平方|立方|[厘毫]米|千[克米瓦]|小时|周岁"
)
_LONG_CODE = re.compile(r"(?=[A-Za-z.\-]*\d)(?=[0-9.\-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._:+\-]{11,}", re.ASCII)
"""A code of letters and digits; a telephone number is none."""
_HYPHEN = re.compile(r"(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])", re.ASCII)
_TERM_SPACE = re.compile(r"\b[A-Z]{2,}(?:/[A-Z]{1,4})? (?=\d)|\bCo\., (?=Ltd\b)", re.ASCII)
_SPREAD_NAME = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]\u3000[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_ADDRESS_MARKS = frozenset(".?&=_#%@")
"""Marks before which a long address may be parted: at the head of a line they tell that it goes on."""
_CODE_PART = 5
"""Letters and digits before and after a slash at which a code may be parted: km/h, GB/T and ISO/IEC stay whole. An address
is parted no closer to its ends either."""
_NUMBER_TAIL = 12
"""Characters before a break that are looked at for a number."""


def is_wide(character: str) -> bool:
    """Return whether ``character`` takes a full em in Chinese: an ideograph, a full-width mark, an inline object."""
    return (
        character in CLOSING
        or character in OPENING
        or character in "—…·"
        or (character >= "\u2e80" and unicodedata.east_asian_width(character) in "WF")
    )


def break_costs(text: str, uax: Sequence[bool]) -> list[float | None]:
    """Return for each index of ``text`` the cost of a break before that character, or None where there is none.

    ``uax[i]`` says whether UAX #14 allows a break before the character ``i``.
    """
    costs: list[float | None] = [None] * len(text)
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        if after in NEVER_FIRST or before in OPENING or before + after in _INSEPARABLE:
            continue
        if after == "—" and text[index + 1 : index + 2] != "—":
            continue
        if before in _SLASHES:
            costs[index] = _cost_after_slash(text, index) if uax[index] else None
        elif uax[index] or _is_beside_quote(text, index):
            costs[index] = _cost(text, index)
    for hyphen in _HYPHEN.finditer(text):
        costs[hyphen.end()] = None
    for code in _LONG_CODE.finditer(text):
        for index in range(code.start() + 2, code.end() - 2):
            if text[index] == "-" and text[index - 1] != "-":
                costs[index] = HYPHEN
    for term in _TERM_SPACE.finditer(text):
        if costs[term.end()] is not None:
            costs[term.end()] = IN_TERM
    for name in _SPREAD_NAME.finditer(text):
        for index in range(name.start() + 1, name.end()):
            costs[index] = None
    # Readers of PDF drop a hyphen at the end of a line of an address, or take it for one of theirs.
    for address in ADDRESS.finditer(text):
        for index in range(address.start() + 1, address.end()):
            if text[index - 1] == "-":
                costs[index] = None
            if text[index - 1] == "/" and uax[index]:
                costs[index] = FREE
            if text[index] in _ADDRESS_MARKS and _is_within(address, index, _CODE_PART):
                costs[index] = SLASH
            if text[index] == "-" and text[index - 1] != "-":
                costs[index] = FREE
    return costs


def _is_within(found: re.Match[str], index: int, margin: int) -> bool:
    """Return whether letters or digits stand before ``index``, and ``margin`` characters of ``found`` on either side."""
    is_inside = found.start() + margin <= index <= found.end() - margin
    return is_inside and found.string[index - 1].isalnum()


def _cost_after_slash(text: str, index: int) -> float | None:
    """Return the cost of a break after the slash before ``index``; None but in a long code."""
    before, after = text[max(0, index - 1 - _CODE_PART) : index - 1], text[index : index + _CODE_PART]
    is_long = all(len(part) == _CODE_PART and _CODE.fullmatch(part) for part in (before, after))
    return SLASH if is_long else None


def _is_beside_quote(text: str, index: int) -> bool:
    """Return whether a break before ``index`` stands outside Chinese quotes: before “ or after ”."""
    before, after = text[index - 1], text[index]
    if after in "“‘":
        inside = text[index + 1 : index + 2]
        return before not in " \xa0" and (is_wide(before) or bool(inside and is_wide(inside)))
    if before in "”’":
        inside = text[index - 2 : index - 1]
        return after not in " \xa0" and (is_wide(after) or bool(inside and is_wide(inside)))
    return False


def _cost(text: str, index: int) -> float | None:
    before = text[index - 1]
    if before.isdigit() or before in "〔〕.,-—~～至":
        tail = text[max(0, index - _NUMBER_TAIL) : index]
        if before == "〕":
            return None if text[index].isdigit() else FREE
        if _NUMBER_END.search(tail):
            if _DIGITS.match(text, index):
                return RANGE if before in _RANGE_MARKS else None
            if _UNITS.match(text, index):
                return UNIT
    return FREE


def can_stretch(before: str, after: str) -> bool:
    """Return whether a gap may open between two neighbouring characters (clreq §3.5.4).

    None opens within a dash or an ellipsis, beside a connector or a slash, or between a number and its sign (§3.1.5.2).
    """
    if before + after in _INSEPARABLE or unicodedata.combining(after):
        return False
    if before in _CONNECTORS or after in _CONNECTORS or (after in _UNIT_SIGNS and before.isdigit()):
        return False
    return before in " \xa0" or is_wide(before) or (is_wide(after) and after not in " \xa0")
