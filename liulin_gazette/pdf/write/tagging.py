"""The structure tree of a PDF, and what in it points to pages and links (ISO 32000-1 §14.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf

from liulin_gazette.pdf.typeset.layout import Element, LinkMark, Mark
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.objects import add
from liulin_gazette.pdf.write.sheets import placed, turned


def add_structure(pdf: Any, parts: Sequence[Part], pages: Sequence[Any], annotations: Sequence[Any]) -> None:
    """Add the structure of ``parts``, whose pages are ``pages``; ``annotations`` has each page's links."""
    root = add(pdf, pydyf.Dictionary({"Type": "/StructTreeRoot"}))
    document = add(pdf, _element("Document", root))
    root["K"] = pydyf.Array([document.reference])
    tree = _Tree(pdf, pages, annotations)
    start = 0
    for part in parts:
        for element in part.layout.structure:
            document["K"].append(tree.add(element, document, part, start).reference)
        start += len(part.layout.pages)
    parents = pydyf.Array()
    for key, references in enumerate(tree.owners):
        parents.extend([key, pydyf.Array([references[number] for number in sorted(references)])])
    for key, (annotation, owner) in enumerate(tree.links, len(pages)):
        annotation["StructParent"] = key
        parents.extend([key, owner.reference])
    for key, page in enumerate(pages):
        page["StructParents"] = key
        page["Tabs"] = "/S"
    numbers = add(pdf, pydyf.Dictionary({"Nums": parents}))
    root["ParentTree"] = numbers.reference
    root["ParentTreeNextKey"] = len(pages) + len(tree.links)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    """Structure elements as they are added, with what they own."""

    def __init__(self, pdf: Any, pages: Sequence[Any], annotations: Sequence[Any]) -> None:
        self._pdf = pdf
        self._pages = pages
        self._annotations = annotations
        self.owners: list[dict[int, Any]] = [{} for _ in pages]
        self.links: list[tuple[Any, Any]] = []

    def add(self, element: Element, parent: Any, part: Part, start: int) -> Any:
        """Add ``element`` of ``part``, whose first page has the index ``start``."""
        made = add(self._pdf, _element(element.tag, parent))
        attributes = dict(element.attributes)
        own = next((kid.page for kid in element.kids if isinstance(kid, (Mark, LinkMark))), None)
        if own is not None:
            made["Pg"] = self._pages[start + own].reference
        if "Alt" in attributes:
            made["Alt"] = pydyf.String(str(attributes.pop("Alt")))
        if attributes:
            made["A"] = _attributes(attributes, part, own)
        for kid in element.kids:
            made["K"].append(self._kid(kid, made, part, start, own))
        return made

    def _kid(self, kid: Element | Mark | LinkMark, made: Any, part: Part, start: int, own: int | None) -> Any:
        if isinstance(kid, Element):
            return self.add(kid, made, part, start).reference
        page = self._pages[start + kid.page].reference
        if isinstance(kid, LinkMark):
            annotation = self._annotations[start + kid.page][kid.link]
            self.links.append((annotation, made))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})
        self.owners[start + kid.page][kid.number] = made.reference
        if kid.page == own:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})


def _element(tag: str, parent: Any) -> Any:
    return pydyf.Dictionary({"S": f"/{tag}", "P": parent.reference, "K": pydyf.Array()})


def _attributes(attributes: dict[str, Any], part: Part, page: int | None) -> Any:
    if "BBox" not in attributes:
        named = {key: f"/{value}" if isinstance(value, str) else value for key, value in attributes.items()}
        return pydyf.Dictionary({"O": "/Table", **named})
    left, bottom, right, top = attributes["BBox"]
    matrix = turned(part.layout.pages[page or 0])
    corners = (placed(matrix, left, bottom), placed(matrix, right, top))
    box = (*map(min, zip(*corners, strict=True)), *map(max, zip(*corners, strict=True)))
    return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(box), "Placement": "/Block"})
