"""A table as an Excel workbook (ECMA-376) and as CSV: every cell is text, none a formula, the same cells the same bytes.

The workbook has five parts, each a template, so no library is needed to write it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from jinja2 import Environment

from liulin_gazette.editions.zip_package import package
from liulin_gazette.text.display_lines import em_width
from liulin_gazette.web.csv_files import as_text

MOST_IN_CELL = 32_767
"""Characters that a cell of a workbook holds (UTF-16 units)."""
NARROWEST, WIDEST = 8, 60
"""Widths of columns, in half-width characters."""
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""The beginning of what spreadsheets would read as an escaped character (ECMA-376 §22.9.2.19)."""
_PARTS = (
    ("[Content_Types].xml", "content_types.xml"),
    ("_rels/.rels", "package_relationships.xml"),
    ("xl/workbook.xml", "workbook.xml"),
    ("xl/_rels/workbook.xml.rels", "workbook_relationships.xml"),
    ("xl/styles.xml", "styles.xml"),
    ("xl/worksheets/sheet1.xml", "sheet.xml"),
)
"""The parts of a workbook and their templates."""

Rows = Sequence[Sequence[str]]
"""The rows of a table, the first of which is its head; all are equally long."""


def fits_in_cell(text: str) -> bool:
    """Return whether a cell of a workbook holds ``text``."""
    return len(text.encode("utf-16-le")) // 2 <= MOST_IN_CELL


def workbook(environ: Environment, name: str, rows: Rows, day: date) -> bytes:
    """Return a workbook of one sheet ``name`` with ``rows``, dated ``day``; every character is one of XML 1.0."""
    widths = [
        min(max(NARROWEST, *(round(2 * em_width(cell[:WIDEST])) + 2 for cell in column)), WIDEST)
        for column in zip(*rows, strict=True)
    ]
    letters = [column_letters(number) for number in range(len(rows[0]))]
    cells = [list(zip(letters, (_ESCAPED.sub("_x005F_", cell) for cell in row), strict=True)) for row in rows]
    members = {
        part: environ.get_template(f"portal/{template}").render(name=name, widths=widths, rows=cells).encode()
        for part, template in _PARTS
    }
    return package(members, day)


def column_letters(number: int) -> str:
    """Return the name of the column ``number``, from 0: A, …, Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def comma_separated(rows: Rows) -> bytes:
    """Return ``rows`` as CSV in UTF-8 with a byte order mark; what could be a formula begins with an apostrophe."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([as_text(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()
