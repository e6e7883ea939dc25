"""The result of typesetting: drawn pages, their structure, and the glyphs that they use.

A layout belongs to one item (the cover, the contents, a document) and does not depend on its neighbours, so it can be
cached on disk and bound into any edition. Lengths are in pt; the origin is the lower left corner of the page.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from liulin_gazette.cache import encoded
from liulin_gazette.text.editor_error import EditorError


class TypesettingError(EditorError):
    """The typesetter met something that would spoil the page; the message says what."""

    title = "排印中断："
    needs_outcome = True


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: a part of a page's drawing that belongs to a structure element (ISO 32000-1 §14.7.4.2)."""

    page: int
    """Index of the page in the layout, from 0."""
    number: int
    """MCID on that page."""


@dataclass(frozen=True, slots=True)
class LinkMark:
    """A link annotation as a child of a structure element."""

    page: int
    link: int
    """Index of the link on that page."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element: it tells screen readers what a passage is (ISO 32000-1 §14.8.4)."""

    tag: str
    """Standard structure type: P, H1, Table, TH …"""
    attributes: Mapping[str, str | int | tuple[float, ...]]
    """Any of ``Alt``, ``ID``, ``Scope``, ``RowSpan``, ``ColSpan``, ``BBox`` (pt)."""
    kids: tuple[Element | Mark | LinkMark, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The area of a link and its target."""

    target: str
    """A URL, or the name of a destination if ``internal``."""
    internal: bool
    rectangle: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the PDF outline."""

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
    """Number of MCIDs."""
    links: tuple[Link, ...]
    anchors: Mapping[str, tuple[float, float]]
    pictures: Mapping[str, tuple[float, float]]
    """Printed width and height of each picture, in pt."""
    landscape: bool
    """Whether the page is as wide as others are high, to be rotated when it is bound with the others."""
    areas: Mapping[str, tuple[tuple[float, float, float, float], ...]] = field(
        default_factory=dict[str, tuple[tuple[float, float, float, float], ...]]
    )
    """Left, lower, right and upper edge of what each anchor names, in pt: one for each column that it runs over."""
    is_foldout: bool = False
    """Whether the page is the front of a leaf two pages wide (折页), which has no number and is folded into the book."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A typeset item."""

    pages: tuple[Page, ...]
    structure: tuple[Element, ...]
    bookmarks: tuple[Bookmark, ...]
    glyphs: Mapping[str, Mapping[int, tuple[int, str]]]
    """For each face (F0 …) and glyph index: advance width in thousandths of an em, and the text of the glyph."""
    pictures: Mapping[str, bytes]
    """PNG or JPEG files by key."""


def encode(layout: Layout) -> bytes:
    """Return ``layout`` as bytes, which are less than a third of what they are uncompressed."""
    return zlib.compress(encoded.encode(layout), 1)


def decode(data: bytes | memoryview) -> Layout:
    """Return the layout that ``encode`` turned into bytes. Raises DamagedValueError."""
    try:
        return encoded.decode(zlib.decompress(data), Layout)
    except zlib.error as error:
        raise encoded.DamagedValueError(Layout.__name__) from error
