"""What is in an OFD file: pages, fonts, pictures, navigation, tags, attachments (GB/T 33190-2016, 7, 12 to 20).

Pages are named by their index, from 0, and objects by their index on their page. Lengths are in mm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from liulin_gazette.pdf.ofd.graphic_units import Box, GraphicUnit


@dataclass(frozen=True, slots=True)
class Information:
    """About the document (7.4)."""

    title: str
    author: str
    subject: str
    day: date
    """Of its creation and last change."""
    creator: str
    """The program that wrote the file."""
    creator_version: str
    custom: Mapping[str, str] = field(default_factory=dict[str, str])
    """Further values by name."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font whose file is embedded (11.1)."""

    name: str
    file: bytes
    """An OpenType or TrueType file."""
    is_serif: bool = False
    is_bold: bool = False

    @property
    def extension(self) -> str:
        """``otf`` for a file with CFF outlines, otherwise ``ttf``."""
        return "otf" if self.file.startswith(b"OTTO") else "ttf"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file."""

    file: bytes
    """PNG or JPEG."""

    @property
    def extension(self) -> str:
        """``png`` or ``jpg``."""
        return "png" if self.file.startswith(b"\x89PNG") else "jpg"


@dataclass(frozen=True, slots=True)
class Destination:
    """A place on a page (table 54); the reader's zoom stays as it is."""

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline (7.8)."""

    title: str
    destination: Destination
    children: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place with a name, which links can go to (7.10)."""

    name: str
    destination: Destination


@dataclass(frozen=True, slots=True)
class Link:
    """An area of a page that leads elsewhere, an annotation of the type Link (15)."""

    area: Box
    remark: str
    """What readers may show about it."""
    target: str | Destination
    """A URI, or a place in the file."""
    bookmark: str = ""
    """The name of the bookmark that it leads to, instead of ``target``."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page (7.7)."""

    width: float
    height: float
    objects: tuple[GraphicUnit, ...]
    """From the back to the front."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectReference:
    """An object on a page."""

    page: int
    index: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A custom tag: what a passage is (16)."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    kids: tuple[Tag | ObjectReference, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomTag:
    """A tree of tags whose names belong to an XML namespace (16)."""

    namespace: str
    root: Tag


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the document carries (20)."""

    name: str
    """The file name that readers see."""
    content: bytes
    media_format: str
    """What kind of file it is, such as ``md`` or ``json``."""
    usage: str = "none"


@dataclass(frozen=True, slots=True)
class Document:
    """All that is in an OFD file with one document."""

    information: Information
    pages: tuple[Page, ...]
    fonts: Mapping[str, Font]
    """By the name that text objects call them by."""
    pictures: Mapping[str, Picture] = field(default_factory=dict[str, Picture])
    """By the name that image objects call them by."""
    outline: tuple[OutlineEntry, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    tags: CustomTag | None = None
    attachments: tuple[Attachment, ...] = ()
