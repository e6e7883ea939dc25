"""Chinese numerals: from text to number and back."""

from __future__ import annotations

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
BELOW_HUNDRED = "(?:[1-9][0-9]?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
"""A regular expression of numbers below a hundred as they are written: 12, 十二 or 两."""


def chinese_number(text: str) -> int:
    """Return the value of a Chinese number below ten thousand: 二十三 is 23, 一千零九十 is 1090.

    Raises KeyError for a character that is no numeral.
    """
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def written_number(text: str) -> int:
    """Return the value of a number in digits or in Chinese numerals: 12, 十二 or 两."""
    return int(text) if text.isdecimal() else chinese_number(text)


def han_numeral(number: int) -> str:
    """Return ``number`` (0 … 9999) in Chinese numerals: 23 is 二十三, 10 is 十, 101 is 一百零一."""
    if number == 0:
        return "零"
    text = ""
    gap = False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + unit
            gap = False
        elif text:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text
