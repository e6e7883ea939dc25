"""The OFD edition (GB/T 33190-2016): the pages of the reading edition, for offices that exchange and archive OFD."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liulin_gazette import __version__
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.editions.drawn_objects import Drawn, drawn_objects
from liulin_gazette.pdf.editions.ofd_faces import OfdFace, ofd_faces
from liulin_gazette.pdf.editions.ofd_navigation import bookmarks, outline, page_links
from liulin_gazette.pdf.ofd.fixed_document import (
    Attachment,
    CustomTag,
    Document,
    Information,
    ObjectReference,
    Page,
    Picture,
    Tag,
)
from liulin_gazette.pdf.ofd.graphic_units import IDENTITY, Matrix
from liulin_gazette.pdf.ofd.ofd_writer import write
from liulin_gazette.pdf.typeset.layout import Element, LinkMark, Mark
from liulin_gazette.pdf.typeset.layout import Page as DrawnPage
from liulin_gazette.pdf.write.book import BookPage, Part, book_pages
from liulin_gazette.pdf.write.page_content import upright_matrix
from liulin_gazette.pdf.write.pictures import screen_picture
from liulin_gazette.pdf.write.plane_geometry import inverse, product
from liulin_gazette.pdf.write.xmp import Metadata
from liulin_gazette.rendering.png_file import SMALLEST, png_file

MM_OF_POINT = 25.4 / 72
TAG_NAMESPACE = "http://iso.org/pdf/ssn"
"""The standard structure types of PDF 1.7 (ISO 32000-2 §14.8.6.1), which are the names of the tags."""
CREATOR = "liulin-gazette"
_Marks = Mapping[tuple[int, int], Sequence[ObjectReference]]
"""The objects that belong to a mark, by the index of the page in the file and the number of the mark."""


def ofd_file(
    parts: Sequence[Part], faces: Sequence[Face], metadata: Metadata, attachments: Mapping[str, bytes]
) -> bytes:
    """Return the OFD edition of ``parts``; ``attachments`` are files by name. Raises TypesettingError."""
    return write(ofd_document(parts, faces, metadata, attachments))


def ofd_document(
    parts: Sequence[Part], faces: Sequence[Face], metadata: Metadata, attachments: Mapping[str, bytes]
) -> Document:
    """Return what is in the OFD edition of ``parts``: a page for each page, as it is seen on a screen.

    A landscape page is upright; running head and folio stand at its side, where they are when it is bound.
    """
    subsets = ofd_faces(parts, faces)
    pages: list[Page] = []
    marks: dict[tuple[int, int], list[ObjectReference]] = {}
    book = tuple(book_pages(parts))
    links = page_links(book)
    for index, book_page in enumerate(book):
        drawn = _page_objects(book_page, subsets)
        for place, each in enumerate(drawn):
            if each.mark is not None:
                marks.setdefault((index, each.mark), []).append(ObjectReference(index, place))
        page = book_page.page
        units = tuple(each.unit for each in drawn)
        width, height = round(page.width * MM_OF_POINT, 2), round(page.height * MM_OF_POINT, 2)
        pages.append(Page(width, height, units, links[index]))
    return Document(
        Information(metadata.title, metadata.author, metadata.subject, metadata.day, CREATOR, __version__),
        tuple(pages),
        {name: subset.font for name, subset in subsets.items()},
        _pictures(parts),
        outline(parts),
        bookmarks(book),
        CustomTag(TAG_NAMESPACE, _tags(parts, marks)),
        tuple(
            Attachment(name, content, name.rpartition(".")[2])
            for name, content in sorted(attachments.items())
        ),
    )


def _page_objects(book_page: BookPage, faces: Mapping[str, OfdFace]) -> list[Drawn]:
    """Return what is drawn on ``book_page``: the page, then its running head and folio, which belong to no structure."""
    page, furniture, part = book_page.page, book_page.furniture, book_page.part
    drawn = drawn_objects(page.content, _to_page(page.height), part.layout.glyphs, faces)
    if furniture is not None and part.furniture is not None and furniture.content:
        # The furniture is drawn on an upright page, on which a landscape page is turned: turn it back.
        turned = inverse(upright_matrix(page)) or IDENTITY
        matrix = product(turned, _to_page(page.height))
        above = drawn_objects(furniture.content, matrix, part.furniture.glyphs, faces)
        drawn += [Drawn(each.unit, None) for each in above]
    return drawn


def _to_page(height: float) -> Matrix:
    """Return the transformation of a point in pt above the lower edge of a page, ``height`` pt high, to mm below its top."""
    return (MM_OF_POINT, 0, 0, -MM_OF_POINT, 0, height * MM_OF_POINT)


def _pictures(parts: Sequence[Part]) -> dict[str, Picture]:
    """Return the pictures of ``parts`` by their keys, as the reading edition shows them."""
    pages: list[DrawnPage] = [page for part in parts for page in part.layout.pages]
    widths = {name: width for page in pages for name, (width, _) in page.pictures.items()}
    files = {name: file for part in parts for name, file in sorted(part.layout.pictures.items())}
    return {name: Picture(_picture_file(file, widths[name])) for name, file in files.items()}


def _picture_file(file: bytes, width: float) -> bytes:
    picture = screen_picture(file, width)
    return picture if isinstance(picture, bytes) else png_file(picture, SMALLEST)


def _tags(parts: Sequence[Part], marks: _Marks) -> Tag:
    """Return the structure of ``parts`` as tags that name the objects on the pages."""
    kids: list[Tag] = []
    start = 0
    for part in parts:
        kids += [_tag(element, start, marks) for element in part.layout.structure]
        start += len(part.layout.pages)
    return Tag("Document", {}, tuple(kids))


def _tag(element: Element, start: int, marks: _Marks) -> Tag:
    """Return the tag of ``element`` of a part whose first page has the index ``start``."""
    kids: list[Tag | ObjectReference] = []
    for kid in element.kids:
        match kid:
            case Element():
                kids.append(_tag(kid, start, marks))
            case Mark():
                kids += marks.get((start + kid.page, kid.number), ())
            case LinkMark():
                pass
    attributes = {
        name: str(value) for name, value in element.attributes.items() if not isinstance(value, tuple)
    }
    return Tag(element.tag, attributes, tuple(kids))
