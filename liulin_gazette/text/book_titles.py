"""Titles in 书名号, as they are cited (GB/T 15834-2011 §4.15.3)."""

from __future__ import annotations

_PAIRS = ("《》", "〈〉")


def book_title(title: str) -> str:
    """Return ``title`` in 《》; the marks of titles inside it alternate with those around them: 《…〈…〉…》.

    A title whose own marks do not pair is not changed inside.
    """
    inside: list[str] = []
    expected: list[str] = []
    for character in title:
        if pair := next((pair for pair in _PAIRS if character == pair[0]), ""):
            expected.append(pair[1])
            inside.append(_PAIRS[len(expected) % 2][0])
        elif any(character == pair[1] for pair in _PAIRS):
            if not expected or expected[-1] != character:
                return f"《{title}》"
            inside.append(_PAIRS[len(expected) % 2][1])
            expected.pop()
        else:
            inside.append(character)
    return f"《{title if expected else ''.join(inside)}》"
