"""Text as search compares it: without differences of width, height, case and kind of bracket."""

from __future__ import annotations

from liulin_gazette.text import raised_characters

_FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("〔【［〖", "["),
    **dict.fromkeys("〕】］〗", "]"),
    **dict.fromkeys("“”„‟「」『』", '"'),
    **dict.fromkeys("‘’‛", "'"),
    **dict.fromkeys("—–―‐‑−﹣", "-"),
    **dict.fromkeys("〜∼", "~"),
    "。": ".",
    "、": ",",
    "〈": "<",
    "〉": ">",
    "　": " ",
    "\u00a0": " ",
    **raised_characters.BARE,
    **dict.fromkeys("⁻₋", "-"),
}
_FOLDING = str.maketrans(_FOLDED)


def folded(text: str) -> str:
    """Return ``text`` as search compares it. Every character stays one character, so that places do not move."""
    text = text.translate(_FOLDING)
    lower = text.lower()
    if len(lower) == len(text) and "Σ" not in text:  # The lower case of Σ depends on its neighbours.
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def folding_table() -> tuple[str, str]:
    """Return the characters that folding replaces, and what each becomes; case is not among them."""
    return "".join(_FOLDED), "".join(_FOLDED.values())
