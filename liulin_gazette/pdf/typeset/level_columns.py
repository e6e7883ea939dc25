"""Columns of a page that goes on overleaf, ended on the same line.

No paragraph leaves a single line behind and no heading stands alone, so one column may end a line before the other.
Then the columns are tried a line or two less deep: often both can end there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes

from liulin_gazette.pdf.typeset import line_grid

MOST_SHORTER = 2
"""Lines by which the columns may be less deep for it."""
_EPSILON = 0.5
"""px by which the ends of two lines of the grid may differ."""
_boxes: Any = boxes


def level(context: Any, bottom_space: float, laid_out: Callable[[float], Any]) -> Any:
    """Return the columns that ``laid_out`` lays out above ``bottom_space`` px, or such as end on one line above it.

    Pages with footnotes stay as they are: each attempt would place the notes again. Columns hold nothing else that
    WeasyPrint takes note of when it lays it out.
    """
    result = laid_out(bottom_space)
    columns, resume_at = result[:2]
    if columns is None or resume_at is None or context.footnotes or context.current_page_footnotes:
        return result
    step = line_grid.step_of(columns.style)
    found = ends(columns)
    if not step or is_level(found):
        return result
    for lines in range(1, MOST_SHORTER + 1):
        shorter = laid_out(context.page_bottom - max(found) + lines * step)
        columns, resume_at = shorter[:2]
        if columns is not None and resume_at is not None and is_level(ends(columns)):
            return shorter
    return result


def is_level(ends: list[float]) -> bool:
    """Tell whether ``ends``, in px, are those of one line."""
    return max(ends) - min(ends) < _EPSILON


def ends(columns: Any) -> list[float]:
    """Return where the last line of each column ends, in px from the top of the page."""
    return [_end(column) for column in columns.children]


def _end(box: Any) -> float:
    """Return where the last line in ``box`` ends; a block that goes on overleaf is filled up to the foot."""
    for child in reversed(getattr(box, "children", ())):
        if child.is_in_normal_flow():
            if isinstance(child, _boxes.LineBox):
                return float(child.position_y + child.height)
            if isinstance(child, _boxes.BlockBox) and not child.is_table_wrapper and child.children:
                return _end(child)
            return float(child.position_y + child.margin_height())
    return float(box.position_y)
