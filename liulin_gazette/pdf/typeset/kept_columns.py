"""Columns of a page that are laid out once and copied when WeasyPrint asks for the same again.

It lays columns out to see whether their text goes on overleaf, and then once more for good. What stays the same is
the depth and the text; a second column was tried at the place of the first. Pages with anything that is placed
outside the columns (footnotes, floats) are left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

_boxes: Any = boxes
_ATTRIBUTE = "gazette_columns"
"""Attribute of the layout context that holds the columns of the page in work."""


@dataclass(slots=True)
class _KeptColumns:
    """The columns of one page, by what their layout depends on."""

    page: int
    results: dict[Any, tuple[Any, ...]] = field(default_factory=dict[Any, tuple[Any, ...]])
    """WeasyPrint's results."""


def kept_column(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    page_is_empty: bool,
    placed_elsewhere: tuple[list[Any], list[Any]],
    begun_with: tuple[Any, ...],
    lay_out: Callable[[], Any],
) -> Any:
    """Return the layout of the column ``box`` as ``lay_out`` makes it, or a copy of one that was made on this page.

    ``placed_elsewhere`` are WeasyPrint's lists of boxes outside the flow, and ``begun_with`` are margins above the column
    and styles of its first line.
    """
    if any(placed_elsewhere) or any(begun_with) or not _is_alone(context):
        return lay_out()
    kept: _KeptColumns | None = getattr(context, _ATTRIBUTE, None)
    if kept is None or kept.page != context.current_page:
        kept = _KeptColumns(context.current_page)
        setattr(context, _ATTRIBUTE, kept)
    key = (
        tuple(id(child.style) for child in box.children),
        _hashable(skip_stack),
        box.position_y,
        box.width,
        round(bottom_space, 6),
        context.page_bottom,
        bool(page_is_empty),
        context.forced_break,
    )
    left = box.position_x
    if key not in kept.results:
        result = lay_out()
        if not any(placed_elsewhere) and _is_alone(context):
            kept.results[key] = (left, *_copied(result))
        return result
    kept_left, *result = kept.results[key]
    column, *rest = _copied(result)
    if column is not None:
        column.translate(left - kept_left, 0)
    return column, *rest


def _is_alone(context: Any) -> bool:
    """Return whether nothing of the page stands outside the flow of its text."""
    return not (
        context.excluded_shapes
        or context.footnotes
        or context.current_page_footnotes
        or context.reported_footnotes
        or context.broken_out_of_flow
    )


def _hashable(skip_stack: Any) -> Any:
    """Return nested dictionaries as tuples."""
    if skip_stack is None:
        return None
    return tuple((index, _hashable(below)) for index, below in skip_stack.items())


def _copied(result: Any) -> tuple[Any, ...]:
    """Return a copy of WeasyPrint's result for a block: the box, where it resumes, the next page, the margins below."""
    column, resume_at, next_page, margins, *rest = result
    return (
        None if column is None else _copy(column),
        resume_at,
        dict(next_page),
        list(margins),
        *rest,
    )


def _copy(box: Any) -> Any:
    """Return a copy of ``box`` with copies of all that is in it."""
    copy: Any = box.copy()
    if isinstance(box, _boxes.ParentBox):
        copy.children = [_copy(child) for child in copy.children]
        if isinstance(box, _boxes.TableBox):
            copy.column_groups = tuple(_copy(group) for group in copy.column_groups)
    return copy
