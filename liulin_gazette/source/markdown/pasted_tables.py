"""Tables pasted from a spreadsheet or a word processor: lines whose cells are separated by tabs (S061).

A cell that holds line ends, tabs or quotation marks is in ASCII quotation marks, and those inside it are doubled, as
spreadsheets put it on the clipboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.foreign_marks import escaped
from liulin_gazette.source.markdown.paragraph_lines import raw_lines
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.personal_names import is_name

MAX_CELL_LINES = 50
"""The most lines of a quoted cell; beyond it a quotation mark is one of the text."""
MIN_NAMES = 4
_SPREAD = re.compile(r"^(.)[ 　]+(.)$")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_MARKUP_LINE = re.compile(r"[ ]*(?:#{1,6} |\||:::)")
_SPECIAL_CELL = re.compile(r"\^\^|<<|:?-+:?")
"""Cells that mean something else than their text: joins, and those of a delimiter row."""
_LIST_NUMBER = re.compile(
    r"[ 　]*(?:(?:\*\*)?[（(]?[一二三四五六七八九十\d]{1,4}[）)、．.]|[•·●■◆▪○\u2013\u2014*-]|[\uf000-\uf0ff])[ 　]*"
)
"""What a word processor puts before a tab in a numbered list, which is no table."""


@dataclass(frozen=True, slots=True)
class PastedTable:
    """A table as it was pasted."""

    lines: range
    """The indices of its lines."""
    rows: tuple[tuple[str, ...], ...]
    """At least two rows of as many cells each, at least two; a line end in a cell is ``\\\\n``."""

    @property
    def is_list_of_names(self) -> bool:
        """Whether it is no table, but names with tabs between them."""
        cells = [_SPREAD.sub(r"\1\2", _NOTE.sub("", cell)) for row in self.rows for cell in row if cell]
        return len(cells) >= MIN_NAMES and all(map(is_name, cells))


def pasted_tables(lines: Sequence[str]) -> Iterator[PastedTable]:
    """Yield the tables in the ``lines`` of a body."""
    raw = raw_lines(lines)
    index = 0
    while index < len(lines):
        start, rows = index, list[list[str]]()
        while index < len(lines) and index not in raw and (row := _row(lines, index)):
            cells, index = row
            rows.append(cells)
        if len(rows) > 1 and not all(_is_indented(cells) for cells in rows):
            columns = max(map(len, rows))
            filled = tuple(tuple(cells + [""] * (columns - len(cells))) for cells in rows)
            yield PastedTable(range(start, index), filled)
        index = max(index, start + 1)


def _is_indented(cells: Sequence[str]) -> bool:
    """Tell whether a row is a paragraph after tabs for its indent."""
    return not any(cells[:-1])


def _row(lines: Sequence[str], start: int) -> tuple[list[str], int] | None:
    """Return the cells of the row that begins at ``start`` and the index after it; None if there is none."""
    text = lines[start]
    if not text.strip() or _MARKUP_LINE.match(text) or _LIST_NUMBER.fullmatch(text.partition("\t")[0]):
        return None
    for stop in range(start + 1, min(start + MAX_CELL_LINES, len(lines)) + 1):
        cells, is_whole = _cells(text)
        if is_whole:
            return (cells, stop) if len(cells) > 1 else None
        if stop < len(lines):
            text += "\n" + lines[stop]
    cells = [cell.strip() for cell in lines[start].split("\t")]
    return (cells, start + 1) if len(cells) > 1 else None


def _cells(text: str) -> tuple[list[str], bool]:
    """Return the cells of a row, and whether each quoted cell in it is closed."""
    cells: list[str] = []
    at = 0
    while True:
        if text.startswith('"', at):
            end = at + 1
            while (end := text.find('"', end)) >= 0 and text.startswith('"', end + 1):
                end += 2
            if end < 0:
                return cells, False
            if end + 1 == len(text) or text[end + 1] == "\t":
                cells.append(text[at + 1 : end].replace('""', '"').strip())
                if end + 1 == len(text):
                    return cells, True
                at = end + 2
                continue
        stop = text.find("\t", at)
        if stop < 0:
            cells.append(text[at:].strip())
            return cells, "\n" not in text[at:]
        if "\n" in text[at:stop]:
            return cells, False
        cells.append(text[at:stop].strip())
        at = stop + 1


def as_pipe_table(table: PastedTable) -> list[str]:
    """Return the lines of ``table`` in the dialect, its first row as the head; every character is kept."""
    head, *body = (f"| {' | '.join(map(_cell, row))} |" for row in table.rows)
    return [head, f"|{' --- |' * len(table.rows[0])}", *body]


def _cell(text: str) -> str:
    parts = (escaped(" ".join(line.split("\t")).strip()) for line in text.split("\n") if line.strip())
    cell = " \\ ".join(parts).replace("|", "\\|")
    return "\\" + cell if _SPECIAL_CELL.fullmatch(cell) else cell


def report_pasted_tables(lines: Sequence[str], path: str, findings: FindingCollector) -> frozenset[int]:
    """Report pasted tables, and tabs elsewhere, which print as a space (S061); return the indices of tables' lines."""
    in_tables: set[int] = set()
    if not any("\t" in line for line in lines):
        return frozenset()
    for table in pasted_tables(lines):
        in_tables.update(table.lines)
        if table.is_list_of_names:
            findings.error(
                "S061",
                Place(path, table.lines.start + 1, 1),
                f"这里是用制表符隔开的姓名（{len(table.rows)} 行），印出来会连在一起。",
                "只有姓名的，上面加一行“::: 名录”，下面加一行“:::”；是表格的，每行写成“| 甲 | 乙 |”的样子。",
            )
            continue
        findings.error(
            "S061",
            Place(path, table.lines.start + 1, 1),
            f"这里是从表格软件粘贴的表（{len(table.rows)} 行，{len(table.rows[0])} 列，用制表符隔开），印不出表格。",
            advice(
                Act.FIX,
                "，改成表格；或自己写成“| 甲 | 乙 |”的样子，第二行写“| --- | --- |”。合并的格再写“^^”“<<”。",
            ),
        )
    in_data = in_tables | raw_lines(lines)
    for index, line in enumerate(lines):
        column = line.find("\t", len(line) - len(line.lstrip()))
        if index not in in_data and 0 <= column < len(line.rstrip()):
            findings.warning(
                "S061",
                Place(path, index + 1, column + 1),
                "这里有制表符（Tab），印出来只是一个空格。",
                "序号后的删去；要排成表的，写成表格；要留空的，改为空格。",
            )
    return frozenset(in_tables)
