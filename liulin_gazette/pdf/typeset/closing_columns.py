"""Columns on one line at their foot, and those that end in the signatures of several issuers.

Such signatures stay with the last lines of the text. WeasyPrint balances columns px by px, which takes half a minute
where a tall block must not be parted from the text above it. And it does not move lines out of columns to the next
page for the sake of a block below the columns, which would stand there alone. Columns with ``data-closing`` are balanced line by line; where that
attribute is a number, they leave so many pt free below them, or go on overleaf, and the block follows them there.

Columns with ``data-below`` have a box of so many pt below them that must not stand alone on the next page: where it
does not fit on theirs, their last lines go overleaf with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from weasyprint.layout import block, column
from weasyprint.text import line_break

from liulin_gazette.pdf.typeset.begun_columns import before_what_does_not_fit
from liulin_gazette.pdf.typeset.css_units import PX
from liulin_gazette.pdf.typeset.guard import require_source
from liulin_gazette.pdf.typeset.level_columns import ends, is_level, level

ATTRIBUTE, BELOW = "data-closing", "data-below"
_LINES_OVERLEAF = 2
"""Lines of each column that go overleaf with the box below the columns, at least."""
_MOST_BEFORE_SIGNATURE = 12
"""Lines of each column that may go overleaf with a signature: a figure above it is not moved for it."""
_EPSILON = 0.01

_block: Any = block
_column: Any = column
_line_break: Any = line_break
_columns_layout: Any = _column.columns_layout


def columns_layout(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    *arguments: Any,
) -> Any:
    """Lay out columns, or the part of them that begins at ``skip_stack``.

    Parameters and result are those of WeasyPrint's function: the box of this page, and where the next one resumes.
    """
    value = None if box.element is None else box.element.get(ATTRIBUTE)
    if value is not None:
        box = box.copy_with_children(box.children)
        box.style = box.style.copy()
        box.style["column_fill"] = "auto"

    def laid_out(space: float) -> Any:
        """Lay out the columns with ``space`` px below them; what was laid out before loses its footnotes."""
        if results and results[-1][0] is not None:
            _block.remove_placeholders(context, [results[-1][0]], absolute_boxes, fixed_boxes)
        results.append(
            _columns_layout(
                context,
                box,
                space,
                skip_stack,
                containing_block,
                page_is_empty,
                absolute_boxes,
                fixed_boxes,
                *arguments,
            )
        )
        return results[-1]

    def begun(space: float) -> Any:
        result = laid_out(space)
        if result[0] is not None or page_is_empty:
            return result
        return before_what_does_not_fit(context, box, space, laid_out)

    results: list[Any] = []
    if value is None:
        result = _with_text_above_signature(context, box, level(context, bottom_space, begun), laid_out)
        below = "" if box.element is None else box.element.get(BELOW, "")
        return (
            _with_lines_overleaf(context, bottom_space, float(below) * PX, result, laid_out)
            if below
            else result
        )
    return _closing_columns(context, bottom_space, float(value or 0) * PX, begun, laid_out)


def _with_text_above_signature(context: Any, box: Any, result: Any, laid_out: Callable[[float], Any]) -> Any:
    """Return ``result``, or columns that leave text for the next page where they would leave a signature alone for it."""
    columns, resume_at = result[:2]
    if columns is None or not _begins_with_signature(box, resume_at):
        return result
    line = float(_line_break.strut(columns.style)[0])
    foot = columns.content_box_y() + columns.height
    for lines in range(1, _MOST_BEFORE_SIGNATURE + 1):
        cut = level(context, context.page_bottom - foot + lines * line, laid_out)
        columns, resume_at = cut[:2]
        if columns is None:
            break
        if not _begins_with_signature(box, resume_at):
            return cut
    return laid_out(context.page_bottom - foot)


def _begins_with_signature(box: Any, resume_at: Any) -> bool:
    """Tell whether what of the columns ``box`` is left from ``resume_at`` on begins with the signature."""
    if not resume_at:
        return False
    ((index, below),) = resume_at.items()
    element = box.children[index].element if index < len(box.children) else None
    return below is None and element is not None and "signature" in (element.get("class") or "").split()


def _with_lines_overleaf(
    context: Any, bottom_space: float, below: float, result: Any, laid_out: Callable[[float], Any]
) -> Any:
    """Return ``result``, or columns that leave lines for the next page if they end here without ``below`` px of room.

    They leave as few as let both end on one line, or else as few as can be left.
    They stay as they are where so few lines stand here that none would remain.
    """
    columns, resume_at = result[:2]
    if columns is None or resume_at is not None:
        return result
    end = float(columns.position_y + columns.margin_height())
    if end + below <= context.page_bottom - bottom_space + _EPSILON:
        return result
    line = float(_line_break.strut(columns.style)[0])
    foot = columns.content_box_y() + columns.height
    uneven: Any = None
    for lines in range(_LINES_OVERLEAF, math.ceil(below / line) + 1):
        cut = level(context, context.page_bottom - foot + lines * line, laid_out)
        columns, resume_at = cut[:2]
        if columns is None:
            break
        if resume_at is not None and is_level(ends(columns)):
            return cut
        if resume_at is not None and uneven is None:
            uneven = cut
    return uneven or laid_out(bottom_space)


def _closing_columns(
    context: Any,
    bottom_space: float,
    room: float,
    begun: Callable[[float], Any],
    laid_out: Callable[[float], Any],
) -> Any:
    """Return the columns; if they end on this page, all of one height and with ``room`` px below them."""
    result = begun(bottom_space)
    columns, resume_at = result[:2]
    if columns is None or resume_at is not None:
        return result
    result = laid_out(bottom_space + room)
    if result[0] is None or result[1] is not None:
        return _with_few_lines_overleaf(context, columns, bottom_space + room, laid_out)
    columns = result[0]
    bottom_space += room
    line = float(_line_break.strut(columns.style)[0])
    top = columns.content_box_y()

    def fits(lines: int) -> bool:
        found, resume_at = laid_out(context.page_bottom - top - lines * line)[:2]
        deepest = max((child.height for child in found.children), default=0) if found else math.inf
        return resume_at is None and deepest <= lines * line + _EPSILON and not _parts_what_is_whole(found)

    enough = math.ceil(columns.height / line - _EPSILON)
    least = min(enough, max(1, math.ceil(_share(columns) / line - _EPSILON)))
    too_few = least - 1
    middle = least  # Mostly it is enough, or one line more.
    while enough - too_few > 1:
        if fits(middle):
            enough = middle
        else:
            too_few = middle
        middle = (too_few + enough) // 2
    space = context.page_bottom - top - enough * line
    return laid_out(max(bottom_space, space))


def _with_few_lines_overleaf(
    context: Any, columns: Any, bottom_space: float, laid_out: Callable[[float], Any]
) -> Any:
    """Return what ``laid_out`` makes of ``columns`` when a few lines of them go overleaf with the signatures.

    Where none can stand here without them, they are laid out above ``bottom_space`` px.
    """
    line, share = float(_line_break.strut(columns.style)[0]), _share(columns)
    for lines in range(math.ceil(share / line - _EPSILON) - _LINES_OVERLEAF, 0, -1):
        found = level(context, context.page_bottom - columns.content_box_y() - lines * line, laid_out)
        if found[0] is None:
            break
        if found[1] is not None:
            return found
    return laid_out(bottom_space)


def _parts_what_is_whole(columns: Any) -> bool:
    """Tell whether a block that is not to be divided goes on in the next column, at whose head WeasyPrint divides it."""
    for column_box, after in pairwise(columns.children):
        if not column_box.children or not after.children:
            continue
        last, first = column_box.children[-1], after.children[0]
        if last.element is first.element and last.style["break_inside"] == "avoid":
            return True
    return False


def _share(columns: Any) -> float:
    """Return the depth, in px, of what stands in ``columns`` if all of them are equally deep."""
    return float(sum(map(_consumed, columns.children)) / columns.style["column_count"])


def _consumed(column_box: Any) -> float:
    """Return the depth, in px, of what stands in a column."""
    top: float = column_box.content_box_y()
    return max((child.position_y + child.margin_height() for child in column_box.children), default=top) - top


def install() -> None:
    """Replace WeasyPrint's function; may be called again. Raises UnreviewedUpgradeError when it has changed."""
    require_source(_columns_layout, "7a05cce3272f")
    _block.columns_layout = columns_layout
