"""What typesetting leaves behind: drawn pages, their structure, and the glyphs that they use.

A layout belongs to one item (the cover, the contents, a document) and knows nothing of its neighbours, so
that it can be kept on disk and put into any edition. Measures are in pt, from the lower left of the page.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liulin_gazette.text.editor_error import EditorError

FORMAT = 1
"""Raised whenever the encoding below changes."""


class TypesettingError(EditorError):
    """The typesetter met something that would spoil the page; the message says what."""

    title = "排印中断："
    needs_outcome = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of drawing that belongs to an element: marked content (ISO 32000-1 §14.7.4.2)."""

    page: int
    """Index of the page in the layout, from 0."""
    number: int
    """MCID on that page."""


@dataclass(frozen=True, slots=True)
class LinkMark:
    """The place of a link's annotation in the structure."""

    page: int
    link: int
    """Index of the link on that page."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element: what a passage is, for screen readers (ISO 32000-1 §14.8.4)."""

    tag: str
    """Standard structure type: P, H1, Table, TH …"""
    attributes: Mapping[str, str | int | tuple[float, ...]]
    """Any of ``Alt``, ``Scope``, ``RowSpan``, ``ColSpan``, ``BBox`` (pt)."""
    kids: tuple[Element | Mark | LinkMark, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link's area and where it leads."""

    target: str
    """An address, or the name of a destination when ``internal``."""
    internal: bool
    rectangle: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline."""

    level: int
    label: str
    page: int
    top: float
    """pt above the lower edge of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One drawn page."""

    width: float
    height: float
    content: bytes
    """Drawing operators in sRGB; faces are named F0 …, pictures by their key in ``Layout.pictures``."""
    marks: int
    """How many MCIDs there are."""
    links: tuple[Link, ...]
    anchors: Mapping[str, tuple[float, float]]
    pictures: Mapping[str, tuple[float, float]]
    """Each picture's width and height as printed, in pt."""
    landscape: bool
    """Whether the page is set across, to be turned when it is bound with the others."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A typeset item."""

    pages: tuple[Page, ...]
    structure: tuple[Element, ...]
    bookmarks: tuple[Bookmark, ...]
    glyphs: Mapping[str, Mapping[int, tuple[int, str]]]
    """By face (F0 …) and glyph index: advance width in thousandths of an em, and the text it stands for."""
    pictures: Mapping[str, bytes]
    """PNG or JPEG files by key."""


def encode(layout: Layout) -> bytes:
    """Return ``layout`` as bytes."""
    data = {
        "pages": [
            [
                page.width,
                page.height,
                page.content.decode("latin-1"),
                page.marks,
                [[link.target, link.internal, link.rectangle] for link in page.links],
                page.anchors,
                page.pictures,
                page.landscape,
            ]
            for page in layout.pages
        ],
        "structure": [_plain(element) for element in layout.structure],
        "bookmarks": [[mark.level, mark.label, mark.page, mark.top] for mark in layout.bookmarks],
        "glyphs": layout.glyphs,
        "pictures": {key: base64.b64encode(file).decode() for key, file in layout.pictures.items()},
    }
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def decode(data: bytes | memoryview) -> Layout:
    """Return the layout that ``encode`` made bytes of."""
    read: Any = json.loads(zlib.decompress(data))
    return Layout(
        tuple(
            Page(
                width,
                height,
                content.encode("latin-1"),
                marks,
                tuple(Link(target, internal, tuple(area)) for target, internal, area in links),
                {name: (x, y) for name, (x, y) in anchors.items()},
                {name: (x, y) for name, (x, y) in pictures.items()},
                landscape,
            )
            for width, height, content, marks, links, anchors, pictures, landscape in read["pages"]
        ),
        tuple(_element(item) for item in read["structure"]),
        tuple(Bookmark(*item) for item in read["bookmarks"]),
        {
            face: {int(glyph): (width, text) for glyph, (width, text) in glyphs.items()}
            for face, glyphs in read["glyphs"].items()
        },
        {key: base64.b64decode(file) for key, file in read["pictures"].items()},
    )


def _plain(kid: Element | Mark | LinkMark) -> list[Any]:
    if isinstance(kid, Mark):
        return [kid.page, kid.number]
    if isinstance(kid, LinkMark):
        return ["", kid.page, kid.link]
    return [kid.tag, dict(kid.attributes), [_plain(each) for each in kid.kids]]


def _element(item: Any) -> Element:
    tag, attributes, kids = item
    read = dict(attributes)
    if "BBox" in read:
        read["BBox"] = tuple(read["BBox"])
    return Element(tag, read, tuple(_kid(kid) for kid in kids))


def _kid(item: Any) -> Element | Mark | LinkMark:
    if isinstance(item[0], int):
        return Mark(item[0], item[1])
    return LinkMark(item[1], item[2]) if item[0] == "" else _element(item)
