"""CSV files for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What begins a formula in spreadsheets; Chinese ones take the full-width signs too."""


def csv_file(rows: Iterable[Sequence[int | str]]) -> bytes:
    """Return ``rows`` as CSV, with a byte order mark, which spreadsheets want."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([as_text(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def as_text(cell: int | str) -> int | str:
    """Return ``cell`` so that no spreadsheet takes it for a formula: marked with an apostrophe if it could be one."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
