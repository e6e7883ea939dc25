"""Radicals and compatibility forms that files have in place of the plain characters that look the same."""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺟⺠⺝⺜⺫⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⺩⺶⺷⺻⻁⻤⻗⻭⻯⻲⻫⻱",
        "母民月日目西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟王羊羊聿虎鬼雨歯竜亀斉龜",
        strict=True,
    )
)
"""CJK Radicals Supplement; only radicals that are characters of their own (Unicode, EquivalentUnifiedIdeograph)."""
_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_LIGATURES = range(0xFB00, 0xFB07)


def plain_form(character: str) -> str:
    """Return the plain character for a radical, a compatibility ideograph or a Latin ligature; others unchanged."""
    code = ord(character)
    if code in _KANGXI or code in _LIGATURES or any(code in block for block in _COMPATIBILITY):
        return unicodedata.normalize("NFKC", character)
    return _SUPPLEMENT.get(character, character)
