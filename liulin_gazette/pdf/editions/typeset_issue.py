"""Typesetting of an issue: its parts laid out and in reading order, ready for every edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.publication import Document, Issue, Publication
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item, Items, style
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.pdf.typeset.workshop import Typesetters, Workshop
from liulin_gazette.pdf.write import xmp
from liulin_gazette.pdf.write.book import Part, blank_part
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import issue_name


@dataclass(frozen=True, slots=True)
class TypesetIssue:
    """A typeset issue."""

    parts: tuple[Part, ...]
    """In reading order, from the cover to the back cover."""
    inside_cover: Part
    """版权页, or a blank page; only in editions that are bound."""
    first_pages: Mapping[str, int]
    """The printed number of the first page of each document, by slug."""

    @property
    def pages(self) -> int:
        """The number of pages of the reading edition, covers included."""
        return sum(len(part.layout.pages) for part in self.parts)

    def printed_pages(self) -> dict[str, dict[str, int]]:
        """Return, for each document by slug, the printed page number of each of its anchors."""
        return {
            slug: {
                anchor.removeprefix(f"{slug}-"): first + index
                for index, page in enumerate(self.part(slug).layout.pages)
                for anchor in page.anchors
                if anchor.startswith(f"{slug}-")
            }
            for slug, first in self.first_pages.items()
        }

    def part(self, name: str) -> Part:
        """Return the part called ``name``."""
        return next(part for part in self.parts if part.name == name)


class Typesetting:
    """An issue that is being laid out: first its documents and covers, then the items that show page numbers."""

    def __init__(
        self, publication: Publication, issue: Issue, templates: Templates, workshop: Workshop
    ) -> None:
        """Start to lay out the documents and covers."""
        self._page = page_format(publication.page_size)
        self._issue = issue
        self._workshop = workshop
        self._items = items = Items(publication, issue, templates)
        inside_cover = items.inside_cover()
        self._independent = [
            *(items.document(document) for document in issue.full_texts),
            *(items.cover(), items.masthead(), items.back_cover()),
            *([inside_cover] if inside_cover else []),
        ]
        """Items that show no page numbers."""
        self._has_inside_cover = inside_cover is not None
        self._pending = workshop.begin(self._independent)

    def finish(self) -> TypesetIssue:
        """Lay out the contents, running heads and folios, and return the issue. Raises TypesettingError."""
        layouts = self._pending.layouts()
        first_pages: dict[str, int] = {}
        dependent: list[Item] = []
        number = 1
        for document in self._issue.documents:
            first_pages[document.slug] = number
            count = len(layouts[document.slug].pages)
            dependent.append(self._items.furniture(document, number, count))
            number += count
        dependent.append(self._items.contents(first_pages))
        layouts |= self._workshop.lay_out(dependent)
        items = {item.name: item for item in (*self._independent, *dependent)}

        def part(name: str, first_page: int = 0) -> Part:
            item, furniture = items[name], items.get(f"{name}/furniture")
            key = self._workshop.key(item) + (self._workshop.key(furniture) if furniture else "")
            furniture_layout = layouts[furniture.name] if furniture else None
            return Part(name, layouts[name], furniture_layout, first_page, key)

        return TypesetIssue(
            (
                part("cover"),
                part("masthead"),
                part("contents"),
                *(part(slug, first_page) for slug, first_page in first_pages.items()),
                part("back-cover"),
            ),
            part("inside-cover")
            if self._has_inside_cover
            else blank_part(self._page.width, self._page.height),
            first_pages,
        )


def workshop_for(
    publication: Publication,
    root: Path,
    templates: Templates,
    faces: Sequence[Face],
    typesetters: Typesetters,
    read_bytes: Callable[[str], bytes],
) -> Workshop:
    """Return a workshop that typesets in the style of ``publication``.

    ``root`` is the project folder; ``read_bytes`` returns the content of a picture by project path.
    """
    return Workshop(root, style(publication, templates, faces), faces, typesetters, read_bytes)


def issue_metadata(publication: Publication, issue: Issue) -> xmp.Metadata:
    """Return the metadata of an issue's PDFs."""
    title = f"{publication.name} {issue_name(issue)}"
    subject = f"{publication.name}{issue_name(issue)}（总第{issue.total}期）"
    return xmp.Metadata(title, publication.publisher, subject, issue.date)


def document_metadata(publication: Publication, issue: Issue, document: Document) -> xmp.Metadata:
    """Return the metadata of a single document's PDF."""
    subject = f"{document.number}，{publication.name}{issue_name(issue)}"
    return xmp.Metadata(document.title, document.issuer, subject, issue.date)


def markdown_sources(documents: Sequence[Document], read_bytes: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return the Markdown sources of ``documents`` by the file name under which a PDF embeds them."""
    return {f"{document.slug}.md": read_bytes(document.path) for document in documents}
