"""The structure tree of a typeset item, by which screen readers know what each passage is (ISO 14289-1).

It is built from the page boxes before they are drawn. An element that runs over several columns or pages stays
one element; a table head that is repeated on the next page is read out only once.
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
"""Standard structure types (ISO 32000-1 §14.8.4) by HTML element; other elements add no structure."""
FOOTNOTE_TAGS = {
    "footnote": "Note", "table-footnote": "Note", "footnote-mark": "Reference", "footnote-label": "Lbl",
}  # fmt: skip
"""Standard structure types of footnotes, by HTML class."""
CONTENTS_TAGS = {"entries": "TOC", "entry": "Reference"}
"""Standard structure types of a table of contents, by HTML class; a link is inside the Reference."""
_MAY_BE_EMPTY = ("TR", "TH", "TD")
"""Types whose elements stay in the structure though they have no content."""
CONTINUED = "continued"
"""HTML class of the row that says 续表."""
PRINTED_ONLY = (CONTINUED, "furniture")
"""HTML classes of content that is printed but not read out."""


@dataclass(eq=False, slots=True)
class Node:
    """A structure element that is being built; ``kids`` are nodes, links, or boxes that are not drawn yet."""

    tag: str
    attributes: dict[str, Any] = field(default_factory=dict[str, Any])
    kids: list[Any] = field(default_factory=list[Any])


@dataclass(frozen=True, slots=True)
class _BoxReference:
    """A box whose marked content belongs to a node."""

    page: int
    """Index of the page."""
    box: int
    """``id`` of the box."""


class StructureBuilder:
    """Builds the structure of an item, page by page."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self._nodes: dict[int, Node] = {}
        self._items: dict[int, Node] = {}
        """The nodes of list items, by ``id`` of the node of their body."""
        self._footnote_nodes: dict[tuple[int, str], Node] = {}
        """The nodes of footnotes, by ``id`` of the HTML element and structure type."""
        self._first_wrappers: dict[int, int] = {}
        """The ``id`` of the first wrapper box of each table, by that of the table's HTML element."""

    def add_page(self, page_box: Any, page: int, links: dict[int, int], height: float) -> dict[int, Node]:
        """Add the boxes of a page; return the node that owns each drawn box, by the box's ``id``.

        ``page`` is the index of the page and ``height`` its height in px; ``links`` has the index of the link that
        starts at a box, by the box's ``id``.
        """
        owners: dict[int, Node] = {}
        self._walk(page_box, self.root, page, links, height, owners)
        return owners

    def _walk(
        self, box: Any, parent: Node, page: int, links: dict[int, int], height: float, owners: dict[int, Node]
    ) -> None:
        if isinstance(box, AbsolutePlaceholder):
            placeholder: Any = box
            box = placeholder._box
        if isinstance(box, _boxes.MarginBox) or self._is_furniture(box):
            return
        node = self._footnote_node(box, parent) or self._node(box, parent, height)
        if id(box) in links:
            node.kids.append(LinkMark(page, links[id(box)]))
        if isinstance(box, (_boxes.TextBox, _boxes.ReplacedBox)):
            owners[id(box)] = node
            node.kids.append(_BoxReference(page, id(box)))
        for child in getattr(box, "children", ()):
            self._walk(child, node, page, links, height, owners)

    def _is_furniture(self, box: Any) -> bool:
        """Return whether ``box`` is printed but not read out: a repeated table head, 续表, leaders."""
        element = box.element
        if element is None:
            return False
        if (element.get("class") or "").split(" ")[0] in PRINTED_ONLY or box.is_leader:
            return True
        if box.is_table_wrapper:
            self._first_wrappers.setdefault(id(element), id(box))
            box.is_continuation = self._first_wrappers[id(element)] != id(box)
            for child in box.children:
                for group in getattr(child, "children", ()):
                    group.is_repeated = box.is_continuation and getattr(group, "is_header", False)
        return bool(getattr(box, "is_repeated", False))

    def _node(self, box: Any, parent: Node, height: float) -> Node:
        """Return the node of ``box``, new or that of its element; ``parent`` when it adds no structure."""
        element = box.element
        tag = TAGS.get(box.element_tag) if element is not None else None
        if element is not None and box.element_tag == "div" and len(element) and element[0].tag == "dt":
            tag = "LI"
        elif element is not None and box.element_tag == "span" and element.get("class") == "role":
            tag = "Lbl"
        if tag is None:
            return parent
        key = id(element)
        if key not in self._nodes:
            self._nodes[key] = self._new_node(tag, box, parent, height)
        return self._nodes[key]

    def _new_node(self, tag: str, box: Any, parent: Node, height: float) -> Node:
        """Return the node for what is in ``box``, after adding its structure, of type ``tag``, to ``parent``."""
        kind = CONTENTS_TAGS.get(box.element.get("class") or "")
        if kind == "TOC":
            tag = kind
        elif parent.tag == "TOC":
            tag = "TOCI"
        node = Node(tag, _attributes(tag, box, height))
        if kind == "Reference":
            parent.kids.append(Node(kind, kids=[node]))
            return node
        if tag == "Lbl" and id(parent) in self._items:
            self._items[id(parent)].kids.insert(0, node)
            return node
        parent.kids.append(node)
        if tag == "LI" and box.element_tag == "li":
            body = Node("LBody")
            node.kids.append(body)
            self._items[id(body)] = node
            return body
        return node

    def _footnote_node(self, box: Any, parent: Node) -> Node | None:
        """Return the node of ``box`` if it is a footnote, its mark or its label; None for any other box.

        A footnote is a Note that follows its mark, a Reference, in reading order, wherever it is printed.
        """
        element = box.element
        kind = "" if element is None else element.get("class") or ""
        if element is None or kind not in FOOTNOTE_TAGS:
            return None
        part = box.element_tag.rpartition("::")[2]
        tag = {"footnote-call": "Reference", "footnote-marker": "Lbl"}.get(part, FOOTNOTE_TAGS[kind])
        if (id(element), tag) not in self._footnote_nodes:
            above = self._footnote_nodes.get((id(element), "Note"), parent)
            self._add_footnote_node(element, tag, above)
            if tag == "Reference" and kind == "footnote":
                self._add_footnote_node(element, "Note", above)
        return self._footnote_nodes[id(element), tag]

    def _add_footnote_node(self, element: Any, tag: str, parent: Node) -> None:
        node = Node(tag, {"ID": element.get("id")} if tag == "Note" else {})
        parent.kids.append(node)
        self._footnote_nodes[id(element), tag] = node

    def finish(self, numbers: list[dict[int, int]]) -> tuple[Element, ...]:
        """Return the structure; ``numbers`` has for each page the MCID of each drawn box, by the box's ``id``."""
        return tuple(kid for kid in _elements(self.root.kids, numbers) if isinstance(kid, Element))


def _attributes(tag: str, box: Any, height: float) -> dict[str, Any]:
    """Return the attributes of a figure or a table cell; lengths in pt (0.75 a px), ``height`` of the page in px."""
    if tag == "Figure":
        left, top = box.content_box_x(), box.content_box_y()
        area = (left, height - top - box.height, left + box.width, height - top)
        return {
            "Alt": box.element.get("alt") or "",
            "BBox": tuple(round(value * 0.75, 2) for value in area),
        }
    if tag not in ("TH", "TD"):
        return {}
    # What the page cuts off still belongs to the cell: its repetition on the next page is no part of the structure.
    rows = getattr(box, "whole_rowspan", box.rowspan)
    spans = {name: int(value) for name, value in (("RowSpan", rows), ("ColSpan", box.colspan)) if value > 1}
    if tag == "TH":
        return {"Scope": "Row" if box.element.get("scope") == "row" else "Column", **spans}
    return dict(spans)


def _elements(kids: list[Any], numbers: list[dict[int, int]]) -> Iterator[Element | Mark | LinkMark]:
    """Yield the finished ``kids`` of a node, without elements that have no content."""
    last: Mark | None = None
    for kid in kids:
        if isinstance(kid, Node):
            children = tuple(_elements(kid.kids, numbers))
            if children or kid.tag in _MAY_BE_EMPTY:
                yield Element(kid.tag, kid.attributes, children)
            last = None
        elif isinstance(kid, _BoxReference):
            number = numbers[kid.page].get(kid.box)
            mark = None if number is None else Mark(kid.page, number)
            if mark and mark != last:
                yield mark
            last = mark or last
        else:
            yield kid
            last = None
