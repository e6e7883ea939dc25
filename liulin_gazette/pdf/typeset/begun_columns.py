"""Columns below a title, before a figure that does not fit on the page.

WeasyPrint lays out no columns at all where the second one would begin with what is higher than the room: the text before
it goes overleaf too, and a title stays alone on its page. Columns that are less deep hold that text in all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.text import line_break

_line_break: Any = line_break


def before_what_does_not_fit(
    context: Any, box: Any, bottom_space: float, laid_out: Callable[[float], Any]
) -> Any:
    """Return the columns ``box`` as ``laid_out`` makes them with more than ``bottom_space`` px below them.

    They hold as much as can stand here, in columns that are as even as they can be. Without any, the last result that
    holds nothing is returned.
    """
    line = float(_line_break.strut(box.style)[0])
    room = context.page_bottom - bottom_space - box.position_y
    spaces = [bottom_space + lines * line for lines in range(1, int(room / line))]
    chosen, resume_at = bottom_space, None
    for space in spaces:
        columns, resumes = laid_out(space)[:2]
        if columns is None and resume_at is None:
            continue
        if columns is None or resume_at not in (None, resumes):
            break
        chosen, resume_at = space, resumes
    return laid_out(chosen)
