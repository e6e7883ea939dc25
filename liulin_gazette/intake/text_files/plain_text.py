"""Plain text: from a file or pasted, possibly with Markdown headings, bullets and strong type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from liulin_gazette.intake.line_kinds import ROSTER, is_roster_line
from liulin_gazette.intake.manuscript import Grid, GridCell, Line, Manuscript, Omission, Part
from liulin_gazette.intake.text_encoding import decoded
from liulin_gazette.intake.text_files.portal_particulars import without_particulars
from liulin_gazette.intake.text_files.text_account import count_text
from liulin_gazette.text.personal_names import is_name

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_STRONG = re.compile(r"(?<![*\\0-9A-Za-z])\*\*(?=[^\s*])([^*\n]*?[^\s*])\*\*(?!\*)")
"""Words in strong type of Markdown; the signs that hide figures of a number (1401****25) are none."""
_EMPHASIS = re.compile(r"(?<![*\\])\*(?=[^\s*])([^*\n]*[^\s*])\*(?!\*)")
"""Words between signs that may be slanted type of Markdown, which a gazette does not have."""
_BESIDE_SIGN = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ一-鿿]")
"""What beside the signs shows that they may be text: 3*4*5, 代码*不得*外传."""
_ROW = re.compile(r"\s*\|.*\|\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_BULLET = re.compile(r"^[-•]\s+")

_LEAST_COLUMNS, _LEAST_ROWS, _MOST_ROWS = 3, 2, 5000
"""Of lines with tabs that are a table; two columns are more often a label and what it says."""


def read_text(name: str, content: bytes) -> Manuscript:
    """Return the lines of ``content``. Raises IntakeError if the encoding is unknown or the text damaged."""
    text, remarks = decoded(name, content)
    parts: list[Part] = []
    omissions: list[Omission] = []
    is_markdown = name.lower().endswith((".md", ".markdown"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").split("\n")
    number = listed = 0
    while number < len(lines):
        line, place = lines[number], f"第{number + 1}行"
        if rows := _table_rows(lines, number):
            parts.append(_table(rows, place))
            number += len(rows) + 1
            continue
        if number >= listed and (rows := _tabbed_rows(lines, number)):
            if not _is_list(rows, lines[number]):
                parts.append(_table(rows, place))
                number += len(rows)
                continue
            listed = number + len(rows)
        number += 1
        if not line.strip():
            parts.append(Line("", place))
            continue
        printable = "".join(_without_controls(line))
        if printable != line:
            omissions.append(Omission(repr(line), place, "看不见的控制字符"))
        parts.append(_markdown_line(printable, place) if is_markdown else _line(printable, place))
    parts, particulars = without_particulars(parts)
    return Manuscript(
        name,
        tuple(parts),
        (*omissions, *particulars),
        is_broken_into_lines=True,
        remarks=remarks,
        count=count_text(text, is_markdown),
    )


def _table_rows(lines: Sequence[str], begin: int) -> list[list[str]]:
    """Return the cells of the Markdown table at line ``begin``, without its rule; nothing where none begins there."""
    head, *rule = lines[begin : begin + 2]
    if not rule or not _ROW.fullmatch(head) or not _RULE.fullmatch(rule[0]):
        return []
    rows = [head, *takewhile(_ROW.fullmatch, islice(lines, begin + 2, None))]
    return [_cells(row) for row in rows]


def _tabbed_rows(lines: Sequence[str], begin: int) -> list[list[str]]:
    """Return the cells of the rows with as many tabs each that begin at line ``begin``; nothing for an indent or one row."""
    tabs = lines[begin].count("\t")
    if tabs + 1 < _LEAST_COLUMNS or lines[begin].startswith("\t"):
        return []
    rows = lines[begin : begin + _MOST_ROWS]
    alike = takewhile(lambda line: line.count("\t") == tabs and line.strip(), rows)
    cells = [[cell.strip() for cell in line.split("\t")] for line in alike]
    return cells if len(cells) >= _LEAST_ROWS else []


def _is_list(rows: Sequence[Sequence[str]], head: str) -> bool:
    """Tell whether ``rows``, the first of which is the line ``head``, are names apart from each other, or posts with names.

    The first cell of a row of a table is empty where one cell stood for several rows.
    """
    posts = sum(is_roster_line("\t".join(row)) for row in rows)
    is_roster = 2 * posts > len(rows) and _names_person(head)
    return is_roster or all(is_name(cell) for row in rows for cell in row if cell)


def _names_person(line: str) -> bool:
    """Tell whether ``line`` has a person's role first or a name in a cell, which the head of a table has not."""
    entry = ROSTER.match(line)
    return bool(entry and entry["role"]) or any(is_name(cell.strip()) for cell in line.split("\t"))


def _cells(row: str) -> list[str]:
    """Return the cells of ``row``: between the pipes, without the outer one at each end."""
    cells = [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(row.strip())]
    return cells[1:] if cells[-1] else cells[1:-1]


def _table(rows: Sequence[Sequence[str]], place: str) -> Grid:
    columns = max(map(len, rows))
    cells = (tuple(GridCell(text) for text in (*row, *[""] * (columns - len(row)))) for row in rows)
    return Grid(tuple(cells), columns, place, head_rows=1)


def _without_controls(line: str) -> Iterator[str]:
    return (character for character in line if character >= " " or character == "\t")


def _markdown_line(text: str, place: str) -> Line:
    """Return the line without the signs of slanted type; those that may be text stay. Its doubts tell of both."""
    doubts: list[str] = []

    def without_signs(match: re.Match[str]) -> str:
        outer = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
        if _BESIDE_SIGN.search(outer):
            doubts.append(f"“{match[1]}”两边的星号留着，核对是文字还是 Markdown 的斜体")
            return match[0]
        doubts.append(f"“{match[1]}”两边的星号按 Markdown 的斜体去掉了，公报没有斜体")
        return match[1]

    line = _line(_EMPHASIS.sub(without_signs, text), place)
    return replace(line, doubts=tuple(doubts))


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
