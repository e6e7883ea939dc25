"""Lines of text on one grid down the page, so that those of the two columns stand side by side (clreq 行间对齐).

The style sheet sets ``--grid`` to the leading for text that stands on the grid. Whatever was above such a block (a
table, a picture, a heading of a larger size), its first line is moved down to the next line of the grid. The grid
begins at the top of the page's type area.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.text import line_break

from liulin_gazette.pdf.typeset.closing_tables import with_rows_overleaf
from liulin_gazette.pdf.typeset.css_units import PX
from liulin_gazette.pdf.typeset.guard import require_source
from liulin_gazette.pdf.typeset.kept_columns import kept_column

PROPERTY = "__grid"
"""WeasyPrint's name for the custom property ``--grid``."""
_EPSILON = 0.01
"""px by which a line may miss the grid without being moved."""
_ORIGIN = "gazette_grid_origin"
"""Attribute of the layout context: the top of the page's type area, in px."""

_block: Any = block
_boxes: Any = boxes
_line_break: Any = line_break
_block_box_layout: Any = _block.block_box_layout


def block_box_layout(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool,
    absolute_boxes: Any,
    fixed_boxes: Any,
    adjoining_margins: Any,
    *arguments: Any,
    **options: Any,
) -> Any:
    """Lay out a block; what is to stand on the grid is moved down to its next line.

    Parameters and result are those of WeasyPrint's function.
    """
    if box.is_for_root_element:
        setattr(context, _ORIGIN, box.position_y)
    elif _begins_text(box):
        box.position_y += _shift(context, box, skip_stack, adjoining_margins)

    def laid_out(space: float) -> Any:
        return _block_box_layout(
            context,
            box,
            space,
            skip_stack,
            containing_block,
            page_is_empty,
            absolute_boxes,
            fixed_boxes,
            adjoining_margins,
            *arguments,
            **options,
        )

    if box.is_column:
        elsewhere, begun_with = (absolute_boxes, fixed_boxes), (adjoining_margins, *arguments)
        place = context, box, bottom_space, skip_stack, page_is_empty
        return kept_column(*place, elsewhere, begun_with, partial(laid_out, bottom_space))
    return with_rows_overleaf(context, box, bottom_space, laid_out)


def _shift(context: Any, box: Any, skip_stack: Any, adjoining_margins: Any) -> float:
    """Return by how many px ``box``, or the part of it from ``skip_stack`` on, is above the next line of the grid."""
    step = step_of(box.style)
    if not step or not hasattr(context, _ORIGIN):
        return 0.0
    top = box.position_y - getattr(context, _ORIGIN)
    if skip_stack is None:
        top += _block.collapse_margin([*(adjoining_margins or ()), box.margin_top])
        top += box.border_top_width + box.padding_top
    return math.ceil((top - _EPSILON) / step) * step - top


def step_of(style: Any) -> float:
    """Return the step of the grid on which text of ``style`` stands, in px; 0 where it stands on none."""
    for token in style[PROPERTY] or ():
        if token.type == "dimension" and token.lower_unit == "pt":
            step = float(token.value) * PX
            return step if abs(_line_break.strut(style)[0] - step) < _EPSILON else 0.0
    return 0.0


def _begins_text(box: Any) -> bool:
    """Return whether a box is a block of lines in the flow of a page or a column, or the columns themselves."""
    if box.is_column or box.is_flex_item or not box.children or not box.is_in_normal_flow():
        return False
    return box.style["column_count"] != "auto" or not isinstance(box.children[0], _boxes.BlockBox)


def install() -> None:
    """Replace WeasyPrint's function; may be called again. Raises UnreviewedUpgradeError when it has changed."""
    require_source(_block_box_layout, "a6279066e3d9")
    _block.block_box_layout = block_box_layout
