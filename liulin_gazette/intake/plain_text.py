"""Plain text: from a file or pasted, possibly with Markdown headings, bullets and strong type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Manuscript, Omission, Part
from liulin_gazette.intake.text_account import count_text
from liulin_gazette.intake.text_encoding import decoded

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"(?<![*\\])\*(?=[^\s*])([^*\n]*[^\s*])\*(?!\*)")
"""Words in slanted type of Markdown, which a gazette does not have."""
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_BULLET = re.compile(r"^[-•]\s+")


def read_text(name: str, content: bytes) -> Manuscript:
    """Return the lines of ``content``. Raises IntakeError if the encoding is unknown or the text damaged."""
    text, remarks = decoded(name, content)
    parts: list[Part] = []
    omissions: list[Omission] = []
    is_markdown = name.lower().endswith((".md", ".markdown"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").split("\n")
    number = 0
    while number < len(lines):
        line, place = lines[number], f"第{number + 1}行"
        if rows := _table_rows(lines[number:]):
            parts.append(_table(rows, place))
            number += len(rows) + 1
            continue
        number += 1
        if not line.strip():
            parts.append(Line("", place))
            continue
        printable = "".join(_without_controls(line))
        if printable != line:
            omissions.append(Omission(repr(line), place, "看不见的控制字符"))
        parts.append(_line(_EMPHASIS.sub(r"\1", printable) if is_markdown else printable, place))
    return Manuscript(
        name,
        tuple(parts),
        tuple(omissions),
        is_broken_into_lines=True,
        remarks=remarks,
        count=count_text(text),
    )


def _table_rows(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of the Markdown table with which ``lines`` begin, without its rule; nothing where they do not."""
    if len(lines) < 2 or not _ROW.fullmatch(lines[0]) or not _RULE.fullmatch(lines[1]):
        return []
    rows = [lines[0], *takewhile(_ROW.fullmatch, lines[2:])]
    return [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]


def _table(rows: Sequence[Sequence[str]], place: str) -> Grid:
    columns = max(map(len, rows))
    cells = (tuple(GridCell(text) for text in (*row, *[""] * (columns - len(row)))) for row in rows)
    return Grid(tuple(cells), columns, place, head_rows=1)


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
