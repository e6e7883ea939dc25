"""Tables that close a document, with 来源 and 政策咨询 below them.

The box must not stand alone on the next page. WeasyPrint would move the last row there with it, but none out of rows
that a joined cell holds together, or a single row that fills the page. What has ``data-below`` and ends in a table
is therefore laid out with less room, until rows go overleaf.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.layout import block

from liulin_gazette.pdf.typeset.css_units import PX

ATTRIBUTE = "data-below"
STEP, ATTEMPTS = 20 * PX, 8
"""px by which the room is lessened, and how often."""
_EPSILON = 0.01
_block: Any = block


def with_rows_overleaf(context: Any, box: Any, bottom_space: float, laid_out: Callable[[float], Any]) -> Any:
    """Return the layout of ``box`` as ``laid_out`` makes it above ``bottom_space`` px, with rows left for what closes it."""
    result = laid_out(bottom_space)
    below = "" if box.element is None or box.is_column else box.element.get(ATTRIBUTE, "")
    if not below or box.style["column_count"] != "auto" or not _is_whole(result):
        return result
    end = result[0].position_y + result[0].margin_height()
    is_footed = context.footnotes or context.current_page_footnotes
    if end + float(below) * PX <= context.page_bottom - bottom_space + _EPSILON or is_footed:
        return result
    if not _ends_in_table(result[0]):
        return result
    for attempt in range(2, ATTEMPTS):
        _discard(context, result)
        result = laid_out(context.page_bottom - end + attempt * STEP)
        if result[0] is None:
            break
        if result[1] is not None:
            return result
    _discard(context, result)
    return laid_out(bottom_space)


def _is_whole(result: Any) -> bool:
    laid_out, resume_at = result[:2]
    return laid_out is not None and resume_at is None


def _discard(context: Any, result: Any) -> None:
    """Take back what laying out ``result`` has told WeasyPrint of this page."""
    if result[0] is not None:
        _block.remove_placeholders(context, [result[0]], [], [])


def _ends_in_table(box: Any) -> bool:
    """Tell whether the last block in ``box`` is a table."""
    while True:
        if box.is_table_wrapper:
            return True
        children = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        if not children or not hasattr(children[-1], "is_table_wrapper"):
            return False
        box = children[-1]
