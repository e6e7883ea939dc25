"""A table of a document's text as a grid: its cells, what is pasted into them, and its lines written anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.desk.screen import act
from liulin_gazette.editing.table_editing import (
    EditedTable,
    TableError,
    literal_cells,
    table_at,
    written_table,
)

ADDRESS = "/issues/{folder}/documents/{name}/table/"
MOST_SHOWN = 3_000
"""Cells of a grid: a browser lays out more of them only slowly."""


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the grid. None of them changes a file: what they answer goes into the text on the page."""
    return [
        act(desk, f"{ADDRESS}open", lambda _request, form: _opened(form)),
        act(desk, f"{ADDRESS}cells", lambda _request, form: _pasted(form)),
        act(desk, f"{ADDRESS}write", _written),
    ]


def _opened(form: Form) -> Response:
    """Return the table on whose line ``form`` has the cursor. Raises TableError, FormError."""
    table = table_at(form["text"], _line(form))
    if len(table.texts) * len(table.texts[0]) > MOST_SHOWN:
        raise TableError(
            f"这个表超过 {MOST_SHOWN} 格，不用格子编辑。", "在正文里改，或者在 Excel 里改好再粘贴。"
        )
    return JSONResponse(
        {
            "start": table.lines.start,
            "stop": table.lines.stop,
            "head": table.head_rows,
            "texts": table.texts,
            "origins": table.origins,
        }
    )


def _line(form: Form) -> int:
    written = form["line"]
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        raise _unusable()
    return int(written)


def _pasted(form: Form) -> Response:
    """Return what was copied in another program as cells of the dialect. Raises FormError."""
    rows = _sent(form, "rows")
    if not isinstance(rows, list):
        raise _unusable()
    texts: list[list[str]] = []
    for row in cast("list[object]", rows):
        if not isinstance(row, list):
            raise _unusable()
        texts.append([str(cell) for cell in cast("list[object]", row)])
    return JSONResponse({"rows": literal_cells(texts)})


def _written(_request: Request, form: Form) -> Response:
    """Return the lines of the table as the grid has it. Raises TableError, FormError."""
    text = form["text"]
    table = table_at(text, _line(form))
    lines = text.split("\n")[table.lines.start : table.lines.stop]
    return JSONResponse({"lines": written_table(lines, _edited(_sent(form, "table")))})


def _sent(form: Form, name: str) -> object:
    try:
        return json.loads(form[name])
    except (ValueError, RecursionError) as error:
        raise _unusable() from error


def _edited(sent: object) -> EditedTable:
    """Return the table that a page has ``sent``. Raises FormError for what is none."""
    try:
        told = cast("Mapping[str, Any]", sent)
        return EditedTable(
            int(told["head"]),
            tuple(None if row is None else int(row) for row in told["rows"]),
            tuple(None if column is None else int(column) for column in told["columns"]),
            tuple(tuple(str(text) for text in row) for row in told["texts"]),
            tuple(tuple((int(y), int(x)) for y, x in row) for row in told["origins"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _unusable() from error


def _unusable() -> FormError:
    return FormError("网页送来的表格读不懂。", "关上表格，再打开一次。")
