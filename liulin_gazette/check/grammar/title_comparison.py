"""Whether two titles are the same apart from what is written in one way here and in another there."""

from __future__ import annotations

_FORMS = str.maketrans({"(": "（", ")": "）", "〈": "《", "〉": "》", " ": None, "　": None, "\n": None})


def are_same_title(one: str, other: str) -> bool:
    """Tell whether two titles are equal apart from spaces, the forms of brackets and of book-title marks."""
    return one.translate(_FORMS) == other.translate(_FORMS)


def is_same_without_issuer(one: str, other: str) -> bool:
    """Tell whether one of two titles is the other without its issuer: 关于甲事的意见, 国务院关于甲事的意见."""
    short, long = sorted((one.translate(_FORMS), other.translate(_FORMS)), key=len)
    return short.startswith("关于") and long.endswith(short) and "关于" not in long[: -len(short)]
