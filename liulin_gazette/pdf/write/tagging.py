"""The structure tree of a tagged PDF, and its parent tree of marked content and links (ISO 32000-1 §14.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf

from liulin_gazette.pdf.typeset.layout import Element, LinkMark, Mark
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.objects import add
from liulin_gazette.pdf.write.page_content import transform, upright_matrix


def add_structure(
    pdf: Any, parts: Sequence[Part], page_objects: Sequence[Any], annotations: Sequence[Sequence[Any]]
) -> None:
    """Add the structure tree of ``parts`` to ``pdf``.

    ``page_objects`` are the PDF pages of all parts, ``annotations`` the link annotations of each of them.
    """
    root = add(pdf, pydyf.Dictionary({"Type": "/StructTreeRoot"}))
    document = add(pdf, _element("Document", root))
    root["K"] = pydyf.Array([document.reference])
    tree = _StructureTree(pdf, page_objects, annotations)
    start = 0
    for part in parts:
        for element in part.layout.structure:
            document["K"].append(tree.add(element, document, part, start).reference)
        start += len(part.layout.pages)
    parents = pydyf.Array()
    for key, references in enumerate(tree.parents_by_mcid):
        parents.extend([key, pydyf.Array([references[mcid] for mcid in sorted(references)])])
    for key, (annotation, parent) in enumerate(tree.links, len(page_objects)):
        annotation["StructParent"] = key
        parents.extend([key, parent.reference])
    for key, page_object in enumerate(page_objects):
        page_object["StructParents"] = key
        page_object["Tabs"] = "/S"
    parent_tree = add(pdf, pydyf.Dictionary({"Nums": parents}))
    root["ParentTree"] = parent_tree.reference
    if tree.by_identifier:
        names = [
            item
            for key in sorted(tree.by_identifier)
            for item in (pydyf.String(key), tree.by_identifier[key])
        ]
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
    root["ParentTreeNextKey"] = len(page_objects) + len(tree.links)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _StructureTree:
    """Adds structure elements, and collects the entries of the parent tree."""

    def __init__(self, pdf: Any, page_objects: Sequence[Any], annotations: Sequence[Sequence[Any]]) -> None:
        self._pdf = pdf
        self._page_objects = page_objects
        self._annotations = annotations
        self.parents_by_mcid: list[dict[int, Any]] = [{} for _ in page_objects]
        """For each page, the reference of the structure element that each marked content belongs to, by MCID."""
        self.by_identifier: dict[str, Any] = {}
        """The reference of each structure element that has an identifier."""
        self.links: list[tuple[Any, Any]] = []
        """Each link annotation with its structure element."""

    def add(self, element: Element, parent: Any, part: Part, start: int) -> Any:
        """Add ``element`` of ``part``, whose first page has the index ``start``; return its dictionary."""
        element_object = add(self._pdf, _element(element.tag, parent))
        attributes = dict(element.attributes)
        page = next((kid.page for kid in element.kids if isinstance(kid, (Mark, LinkMark))), None)
        if page is not None:
            element_object["Pg"] = self._page_objects[start + page].reference
        if "Alt" in attributes:
            element_object["Alt"] = pydyf.String(str(attributes.pop("Alt")))
        if "ID" in attributes:
            element_object["ID"] = pydyf.String(str(attributes["ID"]))
            self.by_identifier[str(attributes.pop("ID"))] = element_object.reference
        if attributes:
            element_object["A"] = _attributes(attributes, part, page)
        for kid in element.kids:
            element_object["K"].append(self._kid(kid, element_object, part, start, page))
        return element_object

    def _kid(
        self, kid: Element | Mark | LinkMark, parent: Any, part: Part, start: int, parent_page: int | None
    ) -> Any:
        """Return the entry of ``kid`` in the K array of ``parent``, whose Pg is the page ``parent_page``."""
        if isinstance(kid, Element):
            return self.add(kid, parent, part, start).reference
        page = self._page_objects[start + kid.page].reference
        if isinstance(kid, LinkMark):
            annotation = self._annotations[start + kid.page][kid.link]
            self.links.append((annotation, parent))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})
        self.parents_by_mcid[start + kid.page][kid.number] = parent.reference
        if kid.page == parent_page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})


def _element(tag: str, parent: Any) -> Any:
    return pydyf.Dictionary({"S": f"/{tag}", "P": parent.reference, "K": pydyf.Array()})


def _attributes(attributes: dict[str, Any], part: Part, page: int | None) -> Any:
    """Return the attribute object of a table cell or of a figure (ISO 32000-1 §14.8.5)."""
    if "BBox" not in attributes:
        values = {key: f"/{value}" if isinstance(value, str) else value for key, value in attributes.items()}
        return pydyf.Dictionary({"O": "/Table", **values})
    left, bottom, right, top = attributes["BBox"]
    matrix = upright_matrix(part.layout.pages[page or 0])
    corners = (transform(matrix, left, bottom), transform(matrix, right, top))
    box = (*map(min, zip(*corners, strict=True)), *map(max, zip(*corners, strict=True)))
    return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(box), "Placement": "/Block"})
