"""续表: the words above the repeated head of a table that continues after a page or column break.

WeasyPrint repeats the rows of ``<thead>`` and cannot style the first head differently from the repeated ones. The
template puts a row of class ``continued`` on top of the head; it is emptied where the table begins.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import block

from liulin_gazette.pdf.typeset import split_tables
from liulin_gazette.pdf.typeset.guard import require_source
from liulin_gazette.pdf.typeset.structure import CONTINUED

_block: Any = block
_table_layout: Any = _block.table_layout


def table_layout(
    context: Any, table: Any, bottom_space: Any, skip_stack: Any, *arguments: Any, **options: Any
) -> Any:
    """Lay out a table, or the part of it that begins at ``skip_stack``."""
    if skip_stack is None and table.children and table.children[0].is_header:
        header, *groups = table.children
        rows = [_without_words(row) if _is_continued_row(row) else row for row in header.children]
        table = table.copy_with_children([header.copy_with_children(rows), *groups])

    def layout(part: Any, start: Any) -> Any:
        return _table_layout(context, part, bottom_space, start, *arguments, **options)

    return split_tables.divided(context, table, bottom_space, skip_stack, layout)


def _is_continued_row(row: Any) -> bool:
    return row.element is not None and row.element.get("class") == CONTINUED


def _without_words(row: Any) -> Any:
    return row.copy_with_children([cell.copy_with_children([]) for cell in row.children])


def install() -> None:
    """Replace WeasyPrint's function; may be called again. Raises UnreviewedUpgradeError when it has changed."""
    require_source(_table_layout, "6594fa40743f")
    _block.table_layout = table_layout
