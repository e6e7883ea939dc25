"""Lines that are built once and copied when WeasyPrint asks for them again.

It lays a paragraph out up to ten times: to see what fits in a column, to balance the columns, to let them end on one
line, and then for good. Only the place differs.
"""

from __future__ import annotations

import math
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from liulin_gazette.pdf.typeset.composed_lines import COMPOSED, KeptLine, kept_line
from liulin_gazette.pdf.typeset.guard import require_source

_boxes: Any = boxes
_inline: Any = inline
_get_next_linebox: Any = _inline.get_next_linebox


def get_next_linebox(
    context: Any,
    linebox: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    first_letter_style: Any,
    first_line_style: Any,
) -> Any:
    """Return the next line and where the one after it begins; a copy of a line that the composer made before.

    Parameters and result are those of WeasyPrint's function.
    """
    place = context, linebox, position_y, bottom_space, skip_stack, containing_block
    lists = absolute_boxes, fixed_boxes
    start = _inline.skip_first_whitespace(linebox, skip_stack)
    is_styled = first_letter_style or first_line_style or linebox.style["direction"] != "ltr"
    if context.excluded_shapes or is_styled or start == "continue":
        return _get_next_linebox(*place, *lists, first_letter_style, first_line_style)
    linebox.position_y = position_y
    linebox.width = linebox.height = 0
    left, _, width = _inline.avoid_collisions(context, linebox, containing_block, outer=False)
    linebox.position_x = left
    end = left + width
    measures = end - (left + linebox.text_indent), end - left
    kept = kept_line(context, linebox, start, measures, containing_block)
    if kept is None:
        return _get_next_linebox(*place, *lists, None, None)
    if kept.box is None and not _keep(kept, context, linebox, start, containing_block, end):
        return _get_next_linebox(*place, *lists, None, None)
    built: Any = kept.box
    down = position_y + built.baseline
    line = _moved(built, left - kept.left, kept.offset, down)
    line.position_y = position_y
    linebox.width, linebox.height = line.width, line.height
    return line, kept.resume_at


def _keep(
    kept: KeptLine, context: Any, linebox: Any, skip_stack: Any, containing_block: Any, end: float
) -> bool:
    """Build a line as WeasyPrint's function does where nothing floats; return whether it can be kept.

    ``end`` is the right edge of the block, in px from the left edge of the page. A line that has nothing, or something
    that is placed elsewhere, cannot be kept.
    """
    left = linebox.position_x
    lists: tuple[list[Any], ...] = ([], [], [], [], [])  # What is placed elsewhere, and children.
    line, resume_at, is_forced, *_ = _inline.split_inline_box(
        context,
        linebox,
        left + linebox.text_indent,
        end,
        -math.inf,
        skip_stack,
        containing_block,
        *lists,
        None,
        None,
    )
    if any(lists) or not hasattr(line, COMPOSED) or _inline.is_phantom_linebox(line):
        return False
    linebox.width, linebox.height = line.width, line.height
    _inline.remove_last_whitespace(context, line)
    offset = _inline.text_align(context, line, end - left, last=resume_at is None or is_forced)
    bottom, top = _inline.line_box_verticality(line)
    line.baseline = -top
    line.position_y = top
    line.height = bottom - top
    line.margin_top = line.margin_bottom = 0
    kept.box, kept.resume_at, kept.left, kept.offset = line, resume_at, left, offset
    return True


def _moved(box: Any, right: float, offset: float, down: float) -> Any:
    """Return a copy of ``box`` and what is in it, moved to the right by two distances, and down, in px.

    The sums are made one by one, as WeasyPrint makes them, so that they are the same to the last digit.
    """
    if not isinstance(box, (_boxes.LineBox, _boxes.InlineBox, _boxes.TextBox)):
        any_box: Any = box
        whole = any_box.deepcopy()
        whole.translate(right, 0)
        whole.translate(offset, down)
        return whole
    copy: Any = box.copy()
    copy.position_x = copy.position_x + right + offset
    copy.position_y += down
    if not isinstance(box, _boxes.TextBox):
        copy.children = [_moved(child, right, offset, down) for child in copy.children]
    return copy


def install() -> None:
    """Replace WeasyPrint's function; may be called again. Raises UnreviewedUpgradeError when it has changed."""
    require_source(_get_next_linebox, "67af458c2545")
    _inline.get_next_linebox = get_next_linebox
