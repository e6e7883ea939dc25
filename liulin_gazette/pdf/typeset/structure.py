"""The structure of a typeset item: what each passage is, for screen readers (PDF/UA-1, ISO 14289-1).

Built from the page boxes before they are drawn. An element that runs over several columns or pages is one
element; a table head that is printed again on the next page is read out only once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from liulin_gazette.pdf.typeset.layout import Element, LinkMark, Mark

_boxes: Any = boxes

TAGS = {
    "article": "Art", "section": "Sect", "p": "P", "ul": "L", "ol": "L", "dl": "L", "li": "LI",
    "dt": "Lbl", "dd": "LBody", "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody",
    "tr": "TR", "th": "TH", "td": "TD", "img": "Figure", "figcaption": "P", "a": "Link",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
"""Standard structure types (ISO 32000-1 §14.8.4) of HTML elements; what is not here adds no structure."""
_KEPT_EMPTY = ("TR", "TH", "TD")
CONTINUED = "continued"
"""Class of the row that says 续表."""
PRINTED_ONLY = (CONTINUED, "furniture")
"""Classes of what is printed and not read out."""


@dataclass(eq=False, slots=True)
class Node:
    """An element being built; ``kids`` are nodes, links, or boxes still to be drawn."""

    tag: str
    attributes: dict[str, Any] = field(default_factory=dict[str, Any])
    kids: list[Any] = field(default_factory=list[Any])


@dataclass(frozen=True, slots=True)
class _Drawn:
    page: int
    box: int


class StructureBuilder:
    """Collects the structure of an item, page by page."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self._nodes: dict[int, Node] = {}
        self._tables: dict[int, int] = {}

    def add_page(self, page_box: Any, page: int, links: dict[int, int], height: float) -> dict[int, Node]:
        """Walk over a page; return the node that owns each drawn box, by the box's ``id``.

        ``links`` has the index of the link that starts at a box, ``height`` is the page's in px.
        """
        owners: dict[int, Node] = {}
        self._walk(page_box, self.root, page, links, height, owners)
        return owners

    def _walk(
        self, box: Any, parent: Node, page: int, links: dict[int, int], height: float, owners: dict[int, Node]
    ) -> None:
        if isinstance(box, AbsolutePlaceholder):
            inner: Any = box
            box = inner._box
        if isinstance(box, _boxes.MarginBox) or self._is_furniture(box):
            return
        node = self._node(box, parent, height)
        if id(box) in links:
            node.kids.append(LinkMark(page, links[id(box)]))
        if isinstance(box, (_boxes.TextBox, _boxes.ReplacedBox)):
            owners[id(box)] = node
            node.kids.append(_Drawn(page, id(box)))
        for child in getattr(box, "children", ()):
            self._walk(child, node, page, links, height, owners)

    def _is_furniture(self, box: Any) -> bool:
        """Tell whether ``box`` is printed but not read out: a repeated table head, 续表, leaders."""
        element = box.element
        if element is None:
            return False
        if (element.get("class") or "").split(" ")[0] in PRINTED_ONLY or box.is_leader:
            return True
        if box.is_table_wrapper:
            self._tables.setdefault(id(element), id(box))
            box.is_continuation = self._tables[id(element)] != id(box)
            for child in box.children:
                for group in getattr(child, "children", ()):
                    group.is_repeated = box.is_continuation and getattr(group, "is_header", False)
        return bool(getattr(box, "is_repeated", False))

    def _node(self, box: Any, parent: Node, height: float) -> Node:
        element = box.element
        tag = TAGS.get(box.element_tag) if element is not None else None
        if element is not None and box.element_tag == "div" and len(element) and element[0].tag == "dt":
            tag = "LI"
        if tag is None:
            return parent
        key = id(element)
        if key not in self._nodes:
            node = Node(tag, _attributes(tag, box, height))
            parent.kids.append(node)
            if box.element_tag == "li":
                body = Node("LBody")
                node.kids.append(body)
                node = body
            self._nodes[key] = node
        return self._nodes[key]

    def finish(self, numbers: list[dict[int, int]]) -> tuple[Element, ...]:
        """Return the structure; ``numbers`` has for each page the MCID of each drawn box."""
        return tuple(kid for kid in _finished(self.root.kids, numbers) if isinstance(kid, Element))


def _attributes(tag: str, box: Any, height: float) -> dict[str, Any]:
    if tag == "Figure":
        left, top = box.content_box_x(), box.content_box_y()
        area = (left, height - top - box.height, left + box.width, height - top)
        return {
            "Alt": box.element.get("alt") or "",
            "BBox": tuple(round(value * 0.75, 2) for value in area),
        }
    if tag not in ("TH", "TD"):
        return {}
    spans = {
        name: int(value) for name, value in (("RowSpan", box.rowspan), ("ColSpan", box.colspan)) if value > 1
    }
    if tag == "TH":
        return {"Scope": "Row" if box.element.get("scope") == "row" else "Column", **spans}
    return dict(spans)


def _finished(kids: list[Any], numbers: list[dict[int, int]]) -> Iterator[Element | Mark | LinkMark]:
    last: Mark | None = None
    for kid in kids:
        if isinstance(kid, Node):
            children = tuple(_finished(kid.kids, numbers))
            if children or kid.tag in _KEPT_EMPTY:
                yield Element(kid.tag, kid.attributes, children)
            last = None
        elif isinstance(kid, _Drawn):
            number = numbers[kid.page].get(kid.box)
            mark = None if number is None else Mark(kid.page, number)
            if mark and mark != last:
                yield mark
            last = mark or last
        else:
            yield kid
            last = None
