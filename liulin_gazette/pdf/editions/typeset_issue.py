"""An issue typeset: its parts laid out and put in order, ready for either edition."""

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
from liulin_gazette.pdf.write.book import Part, blank
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import issue_name


@dataclass(frozen=True, slots=True)
class TypesetIssue:
    """The parts of an issue in reading order, from the cover to the back cover."""

    parts: tuple[Part, ...]
    inside_cover: Part
    """版权页, or a blank page."""
    first_pages: Mapping[str, int]
    """The printed page number on which each document (by slug) begins."""

    @property
    def pages(self) -> int:
        """Pages of the reading edition, covers included."""
        return sum(len(part.layout.pages) for part in self.parts)

    def printed_pages(self) -> dict[str, dict[str, int]]:
        """Return for each document (by slug) the printed page on which each of its anchors stands."""
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
    """An issue being laid out: first what stands by itself, then what needs the page numbers."""

    def __init__(
        self, publication: Publication, issue: Issue, templates: Templates, workshop: Workshop
    ) -> None:
        """Begin with what stands by itself."""
        self._page = page_format(publication.page_size)
        self._issue = issue
        self._workshop = workshop
        self._items = items = Items(publication, issue, templates)
        inside = items.inside_cover()
        self._first = [
            *(items.document(document) for document in issue.full_texts),
            *(items.cover(), items.masthead(), items.back_cover()),
            *([inside] if inside else []),
        ]
        self._has_inside_cover = inside is not None
        self._begun = workshop.begin(self._first)

    def finish(self) -> TypesetIssue:
        """Return the issue. Raises TypesettingError."""
        layouts = self._begun.layouts()
        first_pages: dict[str, int] = {}
        then: list[Item] = []
        number = 1
        for document in self._issue.documents:
            first_pages[document.slug] = number
            count = len(layouts[document.slug].pages)
            then.append(self._items.furniture(document, number, count))
            number += count
        then.append(self._items.contents(first_pages))
        layouts |= self._workshop.lay_out(then)
        by_name = {item.name: item for item in (*self._first, *then)}

        def part(name: str, first: int = 0) -> Part:
            own, heads = by_name[name], by_name.get(f"{name}/furniture")
            key = self._workshop.key(own) + (self._workshop.key(heads) if heads else "")
            return Part(name, layouts[name], layouts[heads.name] if heads else None, first, key)

        return TypesetIssue(
            (
                part("cover"),
                part("masthead"),
                part("contents"),
                *(part(slug, first) for slug, first in first_pages.items()),
                part("back-cover"),
            ),
            part("inside-cover") if self._has_inside_cover else blank(self._page.width, self._page.height),
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
    """Return a workshop that sets in the style of ``publication`` and keeps layouts below the project folder ``root``.

    ``read_bytes`` returns pictures by project path.
    """
    return Workshop(root, style(publication, templates, faces), faces, typesetters, read_bytes)


def issue_metadata(publication: Publication, issue: Issue) -> xmp.Metadata:
    """Return what the issue's PDF says of itself."""
    title = f"{publication.name} {issue_name(issue)}"
    subject = f"{publication.name}{issue_name(issue)}（总第{issue.total}期）"
    return xmp.Metadata(title, publication.publisher, subject, issue.date)


def document_metadata(publication: Publication, issue: Issue, document: Document) -> xmp.Metadata:
    """Return what a single document's PDF says of itself."""
    subject = f"{document.number}，{publication.name}{issue_name(issue)}"
    return xmp.Metadata(document.title, document.issuer, subject, issue.date)


def sources(documents: Sequence[Document], read_bytes: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return the Markdown sources of ``documents`` by the name under which a PDF carries them."""
    return {f"{document.slug}.md": read_bytes(document.path) for document in documents}
