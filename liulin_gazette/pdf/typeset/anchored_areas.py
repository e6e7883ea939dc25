"""Where on a page the elements with names are: one area for each column or page that an element runs over.

Names are those that the HTML gives, and those of the parts of a document that come from its front matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from liulin_gazette.pdf.typeset.document_parts import CONTACT_LINE, PARTS, TITLE, part_name

_boxes: Any = boxes
Area = tuple[float, float, float, float]
"""Left, top, right and lower edge, in CSS px from the upper left corner of the page."""


def anchored_areas(page_box: Any) -> Mapping[str, tuple[Area, ...]]:
    """Return the areas of each element with an ``id`` on a page that is laid out, in drawing order.

    A part of a document is named by ``part_name``.

    An element whose box has no size, and the call of a footnote, have none.
    """
    areas: dict[str, list[Area]] = {}
    for name, box in _named_boxes(page_box, None, ""):
        left, top = box.border_box_x(), box.border_box_y()
        area = (left, top, left + box.border_width(), top + box.border_height())
        if area[2] > left and area[3] > top:
            areas.setdefault(name, []).append(area)
    return {name: tuple(found) for name, found in areas.items()}


def _named_boxes(box: Any, above: Any, document: str) -> Iterator[tuple[str, Any]]:
    """Yield name and outermost box of each element below ``box``; ``above`` is the element that it is in.

    ``document`` is the id of the document that it is in; empty where it is in none.
    """
    if isinstance(box, AbsolutePlaceholder):
        placeholder: Any = box
        box = placeholder._box
    if isinstance(box, _boxes.MarginBox):
        return
    element = box.element
    if element is not None and "::" not in (box.element_tag or ""):
        name = element.get("id")
        if element is not above:
            if name:
                yield name, box
            if document and (part := _part(element, above)):
                yield part_name(document, part), box
        if name and element.tag == "article":
            document = name
        above = element
    for child in getattr(box, "children", ()):
        yield from _named_boxes(child, above, document)


def _part(element: Any, above: Any) -> str:
    """Return which part of a document ``element`` is; empty for none."""
    if element.tag == "h1":
        return TITLE
    if element.tag == "div" and above is not None and above.get("class") == "contact-fields":
        return CONTACT_LINE
    classes = str(element.get("class") or "").split()
    return next((each for each in classes if (element.tag, each) in PARTS), "")
