"""Where words begin and end in Chinese text, by a list of words: 民政 is a word in 县民政局, but not in 人民政府."""

from __future__ import annotations

import re
from collections.abc import Container

LONGEST = 4
"""Characters of the longest word that is looked up."""
_RUN = re.compile("([\u3400-\u9fff]+)|[0-9a-z]+")


def inner_places(text: str, words: Container[str]) -> bytearray:
    """Return, for each place between characters of ``text``, whether it is inside a word: 1 or 0.

    Place 0 is before the first character, and there is one more place than characters. Of Chinese characters the
    longest word of ``words`` is taken, from the left; a run of lower-case letters and digits is one word.
    """
    inner = bytearray(len(text) + 1)
    for run in _RUN.finditer(text):
        start, end = run.span()
        if run[1] is None:
            inner[start + 1 : end] = b"\1" * (end - start - 1)
            continue
        while start < end - 1:
            for size in range(min(LONGEST, end - start), 1, -1):
                if text[start : start + size] in words:
                    inner[start + 1 : start + size] = b"\1" * (size - 1)
                    start += size
                    break
            else:
                start += 1
    return inner
