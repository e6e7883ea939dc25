"""Characters of a manuscript that are not what they look like: radicals, compatibility forms, private use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from liulin_gazette.intake.radical_forms import plain_form

_RADICALS = ((0x2E80, 0x2EF3), (0x2F00, 0x2FD5))
_COMPATIBILITY = ((0xF900, 0xFAD9), (0x2F800, 0x2FA1D))
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))


def odd_characters(text: str) -> Iterator[str]:
    """Yield a doubt, in Chinese, for the characters of each kind in ``text`` that a human has to look at.

    They are left as they are: what was meant is a guess where Unicode has no plain form, and the font showed it.
    """
    radicals = _found(text, _RADICALS)
    if radicals:
        yield f"“{radicals}”是部首符号，不是汉字{_meant(radicals)}"
    compatible = "".join(
        each for each in _found(text, _COMPATIBILITY) if unicodedata.normalize("NFC", each) != each
    )
    if compatible:
        yield f"“{compatible}”是兼容汉字{_meant(compatible)}"
    private = _found(text, _PRIVATE)
    if private:
        codes = "、".join(f"U+{ord(each):04X}" for each in private)
        yield f"“{private}”（{codes}）是自造字，只有来稿的字体里有，对照原件改成规范字"
    if "\ufffd" in text:
        yield "“\ufffd”处的字已经丢失，对照原件补上"


def _found(text: str, ranges: tuple[tuple[int, int], ...]) -> str:
    """Return the characters of ``text`` in ``ranges``, each once."""
    return "".join(
        dict.fromkeys(each for each in text if any(first <= ord(each) <= last for first, last in ranges))
    )


def _meant(characters: str) -> str:
    """Return the plain forms of ``characters``, where Unicode has one for each."""
    plain = "".join(map(plain_form, characters))
    return f"，疑为“{plain}”" if plain != characters and len(plain) == len(characters) else ""
