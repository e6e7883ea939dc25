"""Tables as text (.csv, .tsv): values between commas, semicolons or tabs (RFC 4180), in any encoding of an office."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from liulin_gazette.intake.account import SourceText
from liulin_gazette.intake.manuscript import GridCell, IntakeError, Manuscript
from liulin_gazette.intake.odd_characters import odd_characters
from liulin_gazette.intake.sheet_files.sheet_cells import SheetCells
from liulin_gazette.intake.sheet_files.sheet_tables import table_of, with_title
from liulin_gazette.intake.text_encoding import decoded

_SEPARATORS = ",;\t，；"
_SAMPLE = 50
"""Lines from which the separator is told."""
_MAX_VALUE = 1_000_000
"""Characters of one value."""


def read_separated_values(name: str, content: bytes) -> Manuscript:
    """Return the table in ``content``. Raises IntakeError if it has none, or its encoding is not known."""
    text, remarks = decoded(name, content)
    separator = _separator(text)
    csv.field_size_limit(_MAX_VALUE)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise IntakeError(
            f"{name} 的引号不成对，或有一格太长，分不出各栏。请用 Excel 或 WPS 打开，另存为 .xlsx 再试。"
        ) from error
    cells = {
        (y, x): GridCell(value, doubts=tuple(odd_characters(value)))
        for y, row in enumerate(rows, 1)
        for x, value in enumerate((_plain(each) for each in row), 1)
        if value.strip()
    }
    if not cells:
        raise IntakeError(f"{name} 是空的表格。")
    try:
        table = table_of(SheetCells(cells, (), frozenset(), frozenset()), "表格")
    except IntakeError as error:
        raise IntakeError(f"{name} 的{error}") from error
    return Manuscript(
        name, with_title(table.parts), table.omissions, remarks=remarks, count=tuple(_count(text, separator))
    )


def _count(text: str, separator: str) -> Iterator[SourceText]:
    """Yield the values in ``text`` by a search of their own: in quotes, or up to the next separator."""
    for match in re.finditer(rf'"((?:[^"]|"")*)"|[^{separator}\r\n]+', text):
        value = match[0] if match[1] is None else match[1].replace('""', '"')
        if value.strip():
            yield SourceText(value, "表格")


def _plain(value: str) -> str:
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(each for each in line if each >= " " or each == "\t") for line in lines)


def _separator(text: str) -> str:
    """Return the separator that divides most lines alike; a comma if none does."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    best, most = ",", 0
    for separator in _SEPARATORS:
        numbers = Counter(line.count(separator) for line in lines if separator in line)
        alike = max((lines_alike * min(number, 3) for number, lines_alike in numbers.items()), default=0)
        if alike > most:
            best, most = separator, alike
    return best
