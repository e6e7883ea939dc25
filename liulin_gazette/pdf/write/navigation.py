"""Navigation in a PDF: links, named destinations, outline and page labels (ISO 32000-1 §12.3, §12.4.2)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pydyf

from liulin_gazette.pdf.typeset.layout import Bookmark, Link
from liulin_gazette.pdf.write.book import BookPage, Part
from liulin_gazette.pdf.write.page_content import transform, upright_matrix

FOLDOUT_LABEL = "折页"
BACK_COVER_LABEL = "封底"


def add_links(pdf: Any, book_page: BookPage, page_object: Any, names: frozenset[str]) -> list[Any]:
    """Add the links of ``book_page`` to its PDF page ``page_object``; return their annotations.

    ``names`` are the named destinations of the file; a link to any other has no effect.
    """
    annotations: list[Any] = []
    for link in book_page.page.links:
        annotation = _annotation(book_page, link, names)
        pdf.add_object(annotation)
        annotations.append(annotation)
    if annotations:
        page_object["Annots"] = pydyf.Array([annotation.reference for annotation in annotations])
    return annotations


def _annotation(book_page: BookPage, link: Link, names: frozenset[str]) -> Any:
    matrix = upright_matrix(book_page.page)
    corners = (transform(matrix, *link.rectangle[:2]), transform(matrix, *link.rectangle[2:]))
    box = (*map(min, zip(*corners, strict=True)), *map(max, zip(*corners, strict=True)))
    annotation = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array(box),
            "F": 4,
            "Border": pydyf.Array([0, 0, 0]),
            "Contents": pydyf.String(link.target),
        }
    )
    if not link.internal:
        annotation["A"] = pydyf.Dictionary({"S": "/URI", "URI": pydyf.String(link.target)})
    elif link.target in names:
        annotation["Dest"] = pydyf.String(link.target)
    return annotation


def destination_names(parts: Sequence[Part]) -> frozenset[str]:
    """Return the named destinations in ``parts``: of the documents, and of other parts that have an anchor of their name."""
    return frozenset(
        name
        for part in parts
        for name in part.destinations
        if any(name in page.anchors for page in part.layout.pages)
    )


def add_destinations(pdf: Any, book_pages: Sequence[BookPage], page_objects: Sequence[Any]) -> None:
    """Add a named destination for each document, which is its slug, and for each other part."""
    destinations: dict[str, Any] = {}
    for book_page, page_object in zip(book_pages, page_objects, strict=True):
        page = book_page.page
        for name in book_page.part.destinations:
            if name in page.anchors and name not in destinations:
                x, y = transform(upright_matrix(page), *page.anchors[name])
                destinations[name] = pydyf.Array([page_object.reference, "/XYZ", x, y, 0])
    names = pydyf.Array()
    for name, destination in sorted(destinations.items()):
        names.extend([pydyf.String(name), destination])
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["Dests"] = tree.reference


def add_outline(pdf: Any, parts: Sequence[Part], page_objects: Sequence[Any]) -> None:
    """Add the bookmarks of ``parts`` as the outline, with all entries closed.

    An entry's parent is the nearest bookmark of a higher rank (lower level) before it.
    """
    root = pydyf.Dictionary({"Type": "/Outlines"})
    pdf.add_object(root)
    entries: list[tuple[Any, list[Any]]] = [(root, [])]  # Every entry with its children.
    ancestors: list[tuple[int, int]] = []  # Level and index of the last entry and of those above it.
    start = 0
    for part in parts:
        for bookmark in part.layout.bookmarks:
            while ancestors and ancestors[-1][0] >= bookmark.level:
                ancestors.pop()
            parent, siblings = entries[ancestors[-1][1] if ancestors else 0]
            entry = _outline_entry(part, bookmark, page_objects[start + bookmark.page], parent)
            pdf.add_object(entry)
            siblings.append(entry)
            ancestors.append((bookmark.level, len(entries)))
            entries.append((entry, []))
        start += len(part.layout.pages)
    if len(entries) == 1:
        return
    for parent, children in entries:
        for previous, following in itertools.pairwise(children):
            previous["Next"], following["Prev"] = following.reference, previous.reference
        if children:
            parent["First"], parent["Last"] = children[0].reference, children[-1].reference
            # The count of a closed entry is negative (ISO 32000-1 table 153).
            parent["Count"] = len(children) if parent is root else -len(children)
    pdf.catalog["Outlines"] = root.reference
    pdf.catalog["PageMode"] = "/UseOutlines"


def _outline_entry(part: Part, bookmark: Bookmark, page_object: Any, parent: Any) -> Any:
    page = part.layout.pages[bookmark.page]
    x, y = transform(upright_matrix(page), 0, bookmark.top)
    destination = pydyf.Array([page_object.reference, "/XYZ", x, y, 0])
    return pydyf.Dictionary(
        {"Title": pydyf.String(bookmark.label), "Parent": parent.reference, "Dest": destination}
    )


def add_page_labels(pdf: Any, book_pages: Sequence[BookPage]) -> None:
    """Label the pages by their printed numbers; the pages before them i, ii …, the last 封底.

    A leaf that folds out after page 12 is 12折页.
    """
    labels = pydyf.Array()
    last: tuple[str, int] | None = None
    for index, book_page in enumerate(book_pages):
        words = label_in_words(book_page)
        style = words or ("D" if book_page.number else "r")
        expected = None if last is None else (last[0], last[1] + 1)
        value = book_page.number or (expected[1] if expected and expected[0] == style else 1)
        if (style, value) != expected:
            label: dict[str, Any] = {"P": pydyf.String(words)} if words else {"S": f"/{style}"}
            if not words and value != 1:
                label["St"] = value
            labels.extend([index, pydyf.Dictionary(label)])
        last = (style, value)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})


def label_in_words(book_page: BookPage) -> str:
    """Return the label of a page that is not labelled by a number; empty for one that is."""
    if book_page.page.is_foldout:
        return f"{book_page.part.number_at(book_page.index)}{FOLDOUT_LABEL}"
    return BACK_COVER_LABEL if book_page.part.name == "back-cover" else ""
