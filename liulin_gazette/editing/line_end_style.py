"""Line ends of a file that was changed: each line that stays ends as before, also where a file mixes CRLF and LF."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

_LINE_END = re.compile("\r\n|\r|\n")


def unix_text(text: str) -> str:
    r"""Return ``text`` with every line end (CRLF, CR, LF) as ``\n``, as the loader reads it."""
    return _LINE_END.sub("\n", text)


def with_line_ends_of(before: str, text: str) -> str:
    r"""Return ``text``, whose line ends are ``\n``, with those of ``before``, of which it is a changed version.

    An added line ends as the line above it.
    """
    ends = _LINE_END.findall(before)
    if len(set(ends)) < 2:
        return text.replace("\n", ends[0]) if ends else text
    usual = Counter(ends).most_common(1)[0][0]
    ends.append(usual)  # That of the last line, which has none; lines may have been added below it.
    old, new = _LINE_END.split(before), text.split("\n")
    new_ends: list[str] = []
    for _, start, stop, new_start, new_stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for offset in range(new_stop - new_start):
            index = min(start + offset, stop - 1) if stop > start else start - 1
            end = ends[index] if index >= 0 else usual
            is_after_cr = new_ends[-1:] == ["\r"] and not new[new_start + offset]
            new_ends.append("\r" if is_after_cr and end == "\n" else end)  # CR and LF would be one line end.
    new_ends[-1] = ""
    return "".join(line + end for line, end in zip(new, new_ends, strict=True))
