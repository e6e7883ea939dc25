"""Ways through a PDF: links, named destinations, outline and page labels."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pydyf

from liulin_gazette.pdf.typeset.layout import Bookmark, Link
from liulin_gazette.pdf.write.book import BookPage, Part
from liulin_gazette.pdf.write.sheets import placed, turned

BACK_COVER = "封底"


def add_links(pdf: Any, sheet: BookPage, page: Any, known: frozenset[str]) -> list[Any]:
    """Add the links of ``sheet`` to ``page``; those to a destination that is not ``known`` lead nowhere."""
    made: list[Any] = []
    for link in sheet.page.links:
        annotation = _annotation(sheet, link, known)
        pdf.add_object(annotation)
        made.append(annotation)
    if made:
        page["Annots"] = pydyf.Array([annotation.reference for annotation in made])
    return made


def _annotation(sheet: BookPage, link: Link, known: frozenset[str]) -> Any:
    matrix = turned(sheet.page)
    corners = (placed(matrix, *link.rectangle[:2]), placed(matrix, *link.rectangle[2:]))
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
    elif link.target in known:
        annotation["Dest"] = pydyf.String(link.target)
    return annotation


def destinations(parts: Sequence[Part]) -> frozenset[str]:
    """Return the names that the pages of ``parts`` can be reached by: each part's own."""
    return frozenset(
        part.name for part in parts if any(part.name in page.anchors for page in part.layout.pages)
    )


def add_destinations(pdf: Any, sheets: Sequence[BookPage], pages: Sequence[Any]) -> None:
    """Make each part reachable by its name, a document by its slug."""
    found: dict[str, Any] = {}
    for sheet, page in zip(sheets, pages, strict=True):
        name = sheet.part.name
        if name in sheet.page.anchors and name not in found:
            x, y = placed(turned(sheet.page), *sheet.page.anchors[name])
            found[name] = pydyf.Array([page.reference, "/XYZ", x, y, 0])
    names = pydyf.Array()
    for name, destination in sorted(found.items()):
        names.extend([pydyf.String(name), destination])
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["Dests"] = tree.reference


def add_outline(pdf: Any, parts: Sequence[Part], pages: Sequence[Any]) -> None:
    """Add the bookmarks, each below the nearest one of a lower level before it, all folded."""
    root = pydyf.Dictionary({"Type": "/Outlines"})
    pdf.add_object(root)
    family: list[tuple[Any, list[Any]]] = [(root, [])]
    above: list[tuple[int, int]] = []
    start = 0
    for part in parts:
        for mark in part.layout.bookmarks:
            while above and above[-1][0] >= mark.level:
                above.pop()
            parent, children = family[above[-1][1] if above else 0]
            entry = _outline_entry(part, mark, pages[start + mark.page], parent)
            pdf.add_object(entry)
            children.append(entry)
            above.append((mark.level, len(family)))
            family.append((entry, []))
        start += len(part.layout.pages)
    if len(family) == 1:
        return
    for owner, children in family:
        for before, after in itertools.pairwise(children):
            before["Next"], after["Prev"] = after.reference, before.reference
        if children:
            owner["First"], owner["Last"] = children[0].reference, children[-1].reference
            # A negative count: the entry is folded (ISO 32000-1 table 153).
            owner["Count"] = len(children) if owner is root else -len(children)
    pdf.catalog["Outlines"] = root.reference
    pdf.catalog["PageMode"] = "/UseOutlines"


def _outline_entry(part: Part, mark: Bookmark, page: Any, parent: Any) -> Any:
    drawn = part.layout.pages[mark.page]
    x, y = placed(turned(drawn), 0, mark.top)
    destination = pydyf.Array([page.reference, "/XYZ", x, y, 0])
    return pydyf.Dictionary(
        {"Title": pydyf.String(mark.label), "Parent": parent.reference, "Dest": destination}
    )


def add_labels(pdf: Any, sheets: Sequence[BookPage]) -> None:
    """Call the pages what is printed on them: i, ii … in front, then 1, 2 …; the last is 封底."""
    labels = pydyf.Array()
    before: tuple[str, int] | None = None
    for index, sheet in enumerate(sheets):
        kind = "D" if sheet.number else "P" if sheet.part.name == "back-cover" else "r"
        expected = None if before is None else (before[0], before[1] + 1)
        value = sheet.number or (expected[1] if expected and expected[0] == kind else 1)
        if (kind, value) != expected:
            label: dict[str, Any] = {"P": pydyf.String(BACK_COVER)} if kind == "P" else {"S": f"/{kind}"}
            if kind != "P" and value != 1:
                label["St"] = value
            labels.extend([index, pydyf.Dictionary(label)])
        before = (kind, value)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
