"""The cover of a bound volume (合订本): the name, the year, and the issues that it contains."""

from __future__ import annotations

from collections.abc import Sequence

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import PLAIN_COVER
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.display_type import cover_type
from liulin_gazette.pdf.composition.framed_cover import cover_frame
from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment

NAME, FRAMED = "volume-cover", "volume-cover-framed"
"""The name of the item and of its template, and the template where 封面样式 is 要目 or 图片."""
_ISSUES_IN_COLUMNS = ((8, 1), (16, 2), (30, 3))
"""Up to so many issues are listed in so many columns; more, as those of a weekly, in four."""


def volume_cover(gazette: Gazette, year: int, issues: Sequence[Issue], templates: Templates) -> Item:
    """Return the cover of the volume of ``year``; ``gazette`` are the settings of the last of its ``issues``."""
    columns = next((columns for most, columns in _ISSUES_IN_COLUMNS if len(issues) <= most), 4)
    page = page_format(gazette.page_size, gazette.body)
    is_plain = gazette.printing.cover_style == PLAIN_COVER
    template = environment(templates).get_template(f"print/{NAME if is_plain else FRAMED}.html")
    html = template.render(
        publication=gazette,
        year=year,
        issues=issues,
        columns=columns,
        type=cover_type(gazette, page),
        frame=cover_frame(gazette, page),
    )
    return Item(NAME, html)
