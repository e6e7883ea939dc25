"""Numbers of a spreadsheet as its cells show them, by the number formats of ECMA-376 part 1, 18.8.30 and 18.8.31."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""By number, as the Chinese versions of Excel and WPS show them."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<ampm>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General|G/通用格式)|(?P<date>[yYmMdDhHsS]+|a{3,4})|(?P<fraction>\.0+(?=[^0#]|$))|(?P<number>[#0?,.]+(?:[eE][+-][#0?]+)?)"
    r"|(?P<other>.)",
    re.I,
)
_WEEKDAYS = "一二三四五六日"
_MAX_SERIAL = 2_958_465
"""The last day that Excel has, 9999-12-31."""
_FIRST_SAFE = 61
"""The first day that Excel numbers right: it counts a 29 February 1900 that never was, and a 0 January."""
_MAX_EXACT = 10**15
"""Numbers of more digits have lost their last ones in a spreadsheet."""
_LARGEST = Decimal("1e308")
"""No spreadsheet has a larger number."""
_GENERAL_DIGITS = 11
"""Digits that the format General shows of a fraction."""


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number as a cell shows it."""

    text: str
    doubt: str = ""
    """Why it may be shown in another way, in Chinese."""


def format_code(number: int, own: dict[int, str]) -> str:
    """Return the format of this ``number``: one of the workbook's ``own``, or a built-in one."""
    return own.get(number) or _BUILT_IN.get(number, "General")


def shown_number(raw: str, code: str, is_1904: bool = False) -> ShownNumber:
    """Return the number that a cell stores as ``raw``, as the format ``code`` shows it.

    ``is_1904`` tells that days count from 1904, not 1900.
    """
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return ShownNumber(raw, "这一格的数读不出来，照原件核对")
    if not value.is_finite() or abs(value) > _LARGEST:
        return ShownNumber(raw, "这一格的数读不出来，照原件核对")
    unsure = ShownNumber(_general(value), f"这一格的数字格式“{code}”认不出来，照原件核对显示的样子")
    sections = list(_sections(code))
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    tokens = list(_TOKEN.finditer(section))
    if any(re.match(r"DBNum|[<>=]", token["bracket"] or "", re.I) for token in tokens):
        return unsure
    if any(token["date"] or token["ampm"] for token in tokens):
        text = _shown_date(value, tokens, is_1904)
        return ShownNumber(text) if text is not None else unsure
    text = _shown_value(value, tokens)
    if text is None:
        return unsure
    doubt = "数字超过 15 位，表格软件存不下，后几位已经变成 0，照原件核对" if abs(value) >= _MAX_EXACT else ""
    return ShownNumber(text, doubt)


def _sections(code: str) -> Iterator[str]:
    """Yield the sections of a format: for positive numbers, negative ones, zero, text."""
    section = ""
    for token in re.finditer(r'"[^"]*"|\\.|\[[^\]]*\]|.', code, re.S):
        if token[0] == ";":
            yield section
            section = ""
        else:
            section += token[0]
    yield section


def _general(value: Decimal) -> str:
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 20:
        return str(value.quantize(Decimal(1)))
    shown = f"{float(value):.{_GENERAL_DIGITS}g}"
    if "e" in shown:
        mantissa, _, exponent = shown.partition("e")
        return f"{mantissa}E{exponent}"
    return shown


def _literal(token: re.Match[str]) -> str:
    """Return what a token shows that is no part of a number or a date."""
    if token["quoted"] is not None:
        return token["quoted"]
    if token["bracket"] is not None:
        currency = re.match(r"\$([^-\]]*)", token["bracket"])
        return currency[1] if currency else ""
    return token["escaped"] or token["other"] or ""


def _shown_value(value: Decimal, tokens: list[re.Match[str]]) -> str | None:
    """Return ``value`` as the ``tokens`` of a format show it; None for a format of another kind, such as a fraction."""
    patterns = [
        token["number"] or token["fraction"] for token in tokens if token["number"] or token["fraction"]
    ]
    is_general = any(token["general"] for token in tokens)
    has_slash = any(token["other"] == "/" for token in tokens)
    if len(patterns) > 1 or has_slash or (is_general and patterns):
        return None
    percent = sum(1 for token in tokens if token["other"] == "%")
    text, has_number = "", False
    negative = value < 0
    for token in tokens:
        if token["number"] or token["fraction"]:
            digits = _digits(abs(value) * 100**percent, token["number"] or token["fraction"])
            if digits is None:
                return None
            text, has_number = text + digits, True
        elif token["general"] or token["other"] == "@":
            text, has_number = text + _general(abs(value)), True
        else:
            text += _literal(token)
    return f"-{text}" if negative and has_number and re.search("[1-9]", text) else text


def _digits(value: Decimal, pattern: str) -> str | None:
    """Return the digits of ``value``, which is not negative, by a pattern such as ``#,##0.00`` or ``0.0E+00``."""
    mantissa, _, exponent = pattern.upper().partition("E")
    whole, _, fraction = mantissa.partition(".")
    if exponent:
        shown = f"{float(value):.{len(fraction)}E}"
        return shown if len(whole) == 1 else None
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole, fraction))
    value = value / 1000**thousands
    whole, fraction = whole.rstrip(","), fraction.rstrip(",")
    places = len(fraction)
    try:
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return None
    before, _, after = f"{rounded:f}".partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        before = f"{int(before or 0):,}" if before.strip("0") else before
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and after.endswith("0"):
        after, optional = after[:-1], optional - 1
    return f"{before}.{after}" if fraction else before


def _shown_date(value: Decimal, tokens: list[re.Match[str]], is_1904: bool) -> str | None:
    """Return the day and time ``value`` as the ``tokens`` of a format show it; None where they cannot."""
    if not 0 <= value <= _MAX_SERIAL or any(
        re.fullmatch("[hms]+", token["bracket"] or "", re.I) for token in tokens
    ):
        return None
    if value < _FIRST_SAFE and any((token["date"] or "h")[0] in "yYdDaA" for token in tokens):
        return None
    moment = _moment(value, is_1904)
    is_half_day = any(token["ampm"] for token in tokens)
    text, before = "", ""
    dates = [token for token in tokens if token["date"]]
    for token in tokens:
        if token["date"]:
            place = dates.index(token)
            after = dates[place + 1]["date"][0].lower() if place + 1 < len(dates) else ""
            piece = _piece(moment, token["date"].lower(), before == "h" or after == "s", is_half_day)
            if piece is None:
                return None
            text, before = text + piece, token["date"][0].lower()
        elif token["ampm"]:
            late = moment.hour >= 12
            text += ("PM" if late else "AM") if token["ampm"].isascii() else "下午" if late else "上午"
        elif token["fraction"] or token["number"]:
            piece = token["fraction"] or token["number"]
            if piece not in (".", ","):
                return None
            text += piece
        elif token["other"] != "@":
            text += _literal(token)
    return text


def _moment(value: Decimal, is_1904: bool) -> datetime:
    """Return the moment of a serial number."""
    days, part = divmod(value, 1)
    first = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    return first + timedelta(days=int(days), seconds=int((part * 86_400).to_integral_value(ROUND_HALF_UP)))


def _piece(moment: datetime, letters: str, is_minute: bool, is_half_day: bool) -> str | None:
    """Return what equal ``letters`` of a format show of ``moment``; None for letters that mean nothing."""
    hour = (moment.hour + 11) % 12 + 1 if is_half_day else moment.hour
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    number = {"y": moment.year, "d": moment.day, "h": hour, "s": moment.second}.get(
        letters[0], moment.minute if is_minute else moment.month
    )
    if len(set(letters)) > 1:
        return None
    match letters:
        case "yyyy" | "yyy":
            return f"{moment.year:04}"
        case "y" | "yy":
            return f"{moment.year % 100:02}"
        case "mmm":
            return months[moment.month - 1]
        case "aaaa" | "aaa":
            return f"{'星期' if letters == 'aaaa' else ''}{_WEEKDAYS[moment.weekday()]}"
        case _ if len(letters) <= 2:
            return str(number).rjust(len(letters), "0")
        case _:
            return None
