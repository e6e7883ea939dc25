"""Plain text: from a file or pasted, possibly with Markdown headings, bullets and strong type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.intake.manuscript import Line, Manuscript, Omission
from liulin_gazette.intake.text_account import count_text
from liulin_gazette.intake.text_encoding import decoded

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^[-•]\s+")


def read_text(name: str, content: bytes) -> Manuscript:
    """Return the lines of ``content``. Raises IntakeError if the encoding is unknown or the text damaged."""
    text, remarks = decoded(name, content)
    parts: list[Line] = []
    omissions: list[Omission] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        place = f"第{number}行"
        if not line.strip():
            parts.append(Line("", place))
            continue
        printable = "".join(_without_controls(line))
        if printable != line:
            omissions.append(Omission(repr(line), place, "看不见的控制字符"))
        parts.append(_line(printable, place))
    return Manuscript(
        name,
        tuple(parts),
        tuple(omissions),
        is_broken_into_lines=True,
        remarks=remarks,
        count=count_text(text),
    )


def _without_controls(line: str) -> Iterator[str]:
    return (character for character in line if character >= " " or character == "\t")


def _line(text: str, place: str) -> Line:
    """Return the line without its Markdown marks."""
    level = 0
    if heading := _HEADING.match(text.strip()):
        level, text = (
            max(len(heading[1]) - 1, 1),
            heading[2],
        )  # ``#`` is the title, ``##`` the highest heading.
    text = _BULLET.sub("", text.rstrip())
    strong: list[tuple[int, int]] = []
    plain = ""
    end = 0
    for match in _STRONG.finditer(text):
        plain += text[end : match.start()]
        strong.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        end = match.end()
    plain += text[end:]
    return Line(plain.rstrip(), place, level=level, strong=tuple(strong))
