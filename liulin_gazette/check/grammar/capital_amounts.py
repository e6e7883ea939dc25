"""Amounts of money in capital numerals: 壹佰陆拾万元整 (票据法实施办法的大写)."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {numeral: value for value, numeral in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "〇": 0,
    "貳": 2,
    "两": 2,
}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_CENTS = {"角": Decimal("0.1"), "分": Decimal("0.01")}
NUMERALS = "零〇壹贰貳叁肆伍陆柒捌玖拾佰仟万亿"
"""The characters of a whole number in capital numerals."""


def capital_amount(text: str) -> Decimal | None:
    """Return the yuan that ``text`` names, from its numerals to 元, 角 and 分; None if it is not well formed."""
    whole, mark, cents = text.replace("圆", "元").partition("元")
    value = _whole(whole)
    if not mark or value is None:
        return None
    amount, digit = Decimal(value), 0
    for character in cents.rstrip("整正"):
        if character in _CENTS:
            amount += digit * _CENTS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return amount


def _whole(text: str) -> int | None:
    total, section, digit = 0, 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _MYRIADS:
            # 亿 counts all that stands before it: 壹万亿.
            counted = section + digit
            if character == "亿":
                total = (total + counted) * _MYRIADS[character]
            else:
                total += counted * _MYRIADS[character]
            section = digit = 0
        else:
            return None
    return total + section + digit if text else None
