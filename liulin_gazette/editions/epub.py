"""An issue as EPUB 3.3: the blocks of the site in one book, with contents, a list of printed pages, and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.editions.carried_characters import uncarried
from liulin_gazette.editions.edition import EditionFiles, EditionSource
from liulin_gazette.editions.held_pictures import HeldPicture, held_picture
from liulin_gazette.editions.zip_package import package
from liulin_gazette.model.blocks import figures, footnotes
from liulin_gazette.model.document import FullText
from liulin_gazette.model.issue_faces import merged_imprint
from liulin_gazette.model.issue_labels import name_with_total
from liulin_gazette.model.publication import Issue
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.signatures import SignatureForm
from liulin_gazette.web import addresses
from liulin_gazette.web.document_outline import outline_of
from liulin_gazette.web.lists import inside_pages
from liulin_gazette.web.page_pictures import book_cover_picture
from liulin_gazette.web.printed_pages import NO_PAGES, IssuePages, cited_anchors

MIMETYPE = ("mimetype", b"application/epub+zip")
FOLDER = "EPUB/"
PICTURE_TYPES = ("png", "jpg", "gif", "webp", "svg")
"""The types that every reading system has (EPUB 3.3 §3.2); other bitmaps become PNG."""
COVER = "cover.png"
_XHTML = "application/xhtml+xml"
_VOID = re.compile(r"<(br|col|img)\b([^>]*?)\s*/?>")
"""Elements without content, which HTML does not close; the templates escape each > of an attribute."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book, as the package document lists it."""

    id: str
    href: str
    media_type: str
    properties: str = ""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of the contents, with those below it."""

    text: str
    href: str = ""
    """Empty for a mere heading, as a section is."""
    inner: tuple[NavEntry, ...] = ()


def epub(source: EditionSource) -> EditionFiles:
    """Return the book of an issue; no book, but the reason (S090), where a text has a character that XML cannot have."""
    if faults := tuple(uncarried(source.issue.full_texts, "EPUB")):
        return EditionFiles((), faults)
    book = _Book(source)
    return EditionFiles((Asset(addresses.issue_epub(source.issue), book.content()),))


class _Book:
    """The files of one book, and what its package document says of them."""

    def __init__(self, source: EditionSource) -> None:
        self.source = source
        self.issue = source.issue
        self.members: dict[str, bytes] = {}
        self.items: list[Item] = []
        self.spine: list[str] = []
        self.pictures: dict[str, str] = {}
        """The address in the book of each picture by its project path."""

    def content(self) -> bytes:
        """Return the book as a file."""
        source, issue = self.source, self.issue
        self.add("style", "book.css", "text/css", self.rendered("epub/book.css").encode())
        if source.pdf:
            self.add("cover-picture", COVER, "image/png", book_cover_picture(source.pdf), "cover-image")
            self.page("cover", "cover.xhtml", "epub/cover.xhtml")
        for file in _picture_files(issue):
            self.add_picture(file)
        pages = list(_page_list(issue, source.printed))
        settings = source.gazette
        self.page(
            "front",
            "front.xhtml",
            "epub/front.xhtml",
            figures=self.pictures,
            inside_pages=inside_pages(issue),
            imprint=merged_imprint(settings.printing.inside_cover, issue.faces.imprint),
            permit=issue.faces.permit or settings.printing.permit,
        )
        self.page(
            "nav",
            "nav.xhtml",
            "epub/nav.xhtml",
            "nav",
            contents=list(_contents(issue)),
            landmarks=_landmarks(issue, bool(source.pdf)),
            pages=pages,
        )
        for document in issue.full_texts:
            self.document(document)
        package_document = self.rendered(
            "epub/package.opf",
            url=addresses.absolute(settings, addresses.issue_page(issue)),
            items=self.items,
            spine=self.spine,
            pages=pages,
            has_cover=bool(source.pdf),
            has_pictures=bool(self.pictures or source.pdf),
            features=_features(bool(pages)),
        )
        members = {
            "META-INF/container.xml": self.rendered("epub/container.xml").encode(),
            f"{FOLDER}package.opf": package_document.encode(),
            **self.members,
        }
        return package(members, issue.date, MIMETYPE)

    def add(self, item: str, href: str, media_type: str, content: bytes, properties: str = "") -> None:
        """Add a file to the book."""
        self.members[FOLDER + href] = content
        self.items.append(Item(item, href, media_type, properties))

    def add_picture(self, file: str) -> None:
        """Add the picture whose project path is ``file``."""
        held = held_picture(file, self.source.read_bytes(file), PICTURE_TYPES)
        assert isinstance(held, HeldPicture)  # Each type is held, or can be converted.
        number = len(self.pictures) + 1
        self.pictures[file] = f"pictures/{number}.{held.suffix}"
        self.add(f"picture-{number}", self.pictures[file], held.media_type, held.content)

    def page(self, item: str, href: str, template: str, properties: str = "", **values: object) -> None:
        """Add a page of text, in the order of reading."""
        content = _VOID.sub(r"<\1\2/>", self.rendered(template, **values))
        self.add(item, href, _XHTML, content.encode(), properties)
        self.spine.append(item)

    def document(self, document: FullText) -> None:
        """Add the page of ``document``."""
        settings = self.source.gazette
        path = addresses.document_page(self.issue, document)
        self.page(
            f"document-{document.slug}",
            _href(document),
            "epub/document.xhtml",
            document=document,
            figures=self.pictures,
            footnote_anchors={note.mark: note.anchor for note in footnotes(document.blocks)},
            signature_form=SignatureForm(settings.signatures_abreast),
            url="" if settings.site_url_is_placeholder else addresses.absolute(settings, path),
        )

    def rendered(self, template: str, **values: object) -> str:
        """Return ``template`` with ``values``, the issue and its settings."""
        found = self.source.environ.get_template(template)
        return found.render(gazette=self.source.gazette, issue=self.issue, **values)


def _picture_files(issue: Issue) -> Iterator[str]:
    """Yield the project path of each picture of ``issue`` once."""
    own = (picture.file for picture in issue.faces.pictures)
    in_texts = (
        figure.file for document in issue.full_texts for figure in figures(document.blocks) if figure.file
    )
    yield from dict.fromkeys((*own, *in_texts))


def _href(document: FullText, anchor: str = "") -> str:
    return f"{document.slug}.xhtml" + (f"#{anchor}" if anchor else "")


def _contents(issue: Issue) -> Iterator[NavEntry]:
    """Yield the sections with their documents, and the headings and articles of these."""
    texts = {document.path: document for document in issue.full_texts}
    for section in issue.sections:
        documents = tuple(
            NavEntry(text.listed_title, _href(text), tuple(_outline(text)))
            for text in (texts[document.path] for document in section.documents)
        )
        yield NavEntry(section.name, "", documents)


def _outline(document: FullText) -> Iterator[NavEntry]:
    for entry in outline_of(document, {}):
        articles = tuple(NavEntry(label, _href(document, anchor)) for label, anchor in entry.articles)
        if entry.text:
            yield NavEntry(entry.text, _href(document, entry.anchor), articles)
        else:
            yield from articles


def _landmarks(issue: Issue, has_cover: bool) -> Sequence[tuple[str, str, str]]:
    """Return type, address and name of the parts of the book."""
    cover = (("cover", "cover.xhtml", "封面"),) if has_cover else ()
    return (
        *cover,
        ("titlepage", "front.xhtml", f"{name_with_total(issue)}"),
        ("toc", "nav.xhtml#contents", "目录"),
        *(("bodymatter", _href(document), "正文") for document in issue.full_texts[:1]),
    )


def _page_list(issue: Issue, printed: IssuePages | None) -> Iterator[tuple[int, str]]:
    """Yield each printed page on which a block begins, with the address of the first one on it.

    A document that was taken over from paper has other page numbers than the PDF, and is left out.
    """
    last = 0
    for document in issue.full_texts if printed is not None else ():
        pages = (printed or {}).get(document.slug, NO_PAGES)
        anchors: Mapping[str, int] | None = cited_anchors(document, pages)
        if anchors is None:
            continue
        for anchor, page in (("document", pages.first), *anchors.items()):
            if page > last:
                last = page
                yield page, _href(document, anchor)


def _features(has_pages: bool) -> Sequence[str]:
    """Return the values of schema.org's accessibilityFeature that are true of the book."""
    pages = ("pageNavigation",) if has_pages else ()
    return (
        "alternativeText", "ARIA", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked", *pages,
    )  # fmt: skip
