"""Raised and lowered characters (10⁻³, CO₂): the Unicode characters for them, and what they are made from.

Unicode has raised and lowered digits, signs and a few letters (block U+2070–U+209F, and ¹ ² ³ of Latin-1). A run
of which every character has such a form is shown in these characters; any other run keeps its own characters,
which the style sheets raise or lower. One character is always one character, so that places stay comparable.
"""

from __future__ import annotations

import unicodedata

SUPER, SUB = "super", "sub"
"""The positions of a run of text, beside the empty one."""
_MINUS = "-–－"
"""What is typed for a minus sign: hyphen, en dash, full-width hyphen."""
_POINTS = ".,"
"""They stand on the line, raised or not: PM₂.₅."""
_UNICODE = "¹²³" + "".join(map(chr, range(0x2070, 0x209D)))


def _forms(tag: str) -> dict[str, str]:
    """Return the Unicode forms with the compatibility ``tag`` (``<super>``, ``<sub>``), by their bare character."""
    forms: dict[str, str] = {}
    for character in _UNICODE:
        kind, _, code = unicodedata.decomposition(character).partition(" ")
        if kind == tag:
            forms[chr(int(code, 16))] = character
    return forms | dict.fromkeys(_MINUS, forms["\u2212"]) | {form: form for form in forms.values()}


_FORMS = {SUPER: _forms("<super>"), SUB: _forms("<sub>")}
BARE = {
    form: bare for forms in _FORMS.values() for bare, form in forms.items() if bare not in (*_MINUS, form)
}
"""The bare character of each raised or lowered one."""
POSITIONS = {form: position for position, forms in _FORMS.items() for form in forms.values()}
"""The position of each raised or lowered character."""


def has_unicode_form(text: str, position: str) -> bool:
    """Return whether Unicode has ``text`` raised (``super``) or lowered (``sub``)."""
    forms = _FORMS.get(position, {})
    return any(c in forms for c in text) and all(c in forms or c in _POINTS for c in text)


def shown(text: str, position: str) -> str:
    """Return ``text`` raised or lowered in Unicode characters, or as it is where Unicode does not have all of it."""
    if position not in _FORMS or not has_unicode_form(text, position):
        return text
    return "".join(_FORMS[position].get(character, character) for character in text)


def may_be_written(character: str, source: str) -> bool:
    """Return whether the shown ``character`` may have been written as ``source``: ₂ as 2, ⁻ as a hyphen."""
    return character == source or any(forms.get(source) == character for forms in _FORMS.values())
