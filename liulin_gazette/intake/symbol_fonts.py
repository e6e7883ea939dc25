"""Characters of the symbol fonts that office programs use for tick boxes, and the Unicode characters that they show.

A symbol font has its pictures at the places of ordinary letters: þ in Wingdings is a ticked box. Only the characters
that occur in forms and lists are known here; any other is for the editor to look at.
"""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⬧", 0x75: "◆", 0x76: "❖", 0x9E: "·",
    0x9F: "•", 0xA1: "○", 0xA8: "☐", 0xA7: "▪", 0xAB: "★", 0xD8: "➢",
    0xFB: "✗", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "☐",
}  # fmt: skip
_WINGDINGS_3 = {0x7D: "▶"}
_SYMBOL = {0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xD6: "√"}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "symbol": _SYMBOL,
}
_PRIVATE_USE = range(0xF000, 0xF100)
"""Where files keep the characters of symbol fonts (U+F000 and their code)."""
_OWN_PLACES = range(0x21, 0x100)


def is_symbol_font(font: str) -> bool:
    """Tell whether ``font`` is the name of a font whose characters are other ones than they seem."""
    return font.strip().lower() in _FONTS


def is_symbol(character: str) -> bool:
    """Tell whether a symbol font draws ``character``: Han characters in the same run have a font of their own."""
    return ord(character) in _PRIVATE_USE or ord(character) in _OWN_PLACES


def symbol(font: str, code: int) -> str:
    """Return the Unicode character that ``font`` shows for ``code``; empty where it is not known."""
    return _FONTS.get(font.strip().lower(), {}).get(code & 0xFF if code in _PRIVATE_USE else code, "")
