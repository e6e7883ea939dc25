"""续表: a table that goes on after a break says so above its repeated head.

WeasyPrint repeats the rows of ``<thead>`` and has no way to tell the first from the others. The row of
class ``continued`` that the template puts on top keeps its words only where the table goes on.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import block

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
        rows = [_emptied(row) if _says_continued(row) else row for row in header.children]
        table = table.copy_with_children([header.copy_with_children(rows), *groups])
    return _table_layout(context, table, bottom_space, skip_stack, *arguments, **options)


def _says_continued(row: Any) -> bool:
    return row.element is not None and row.element.get("class") == CONTINUED


def _emptied(row: Any) -> Any:
    return row.copy_with_children([cell.copy_with_children([]) for cell in row.children])


def install() -> None:
    """Replace WeasyPrint's function, once. Raises UnreviewedUpgradeError when it has changed."""
    require_source(_table_layout, "6594fa40743f")
    _block.table_layout = table_layout
