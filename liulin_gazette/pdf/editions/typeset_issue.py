"""Typesetting of an issue: its parts laid out and in reading order, ready for every edition."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.publication import Document, Issue, Publication
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Item, Items, style
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.write import xmp
from liulin_gazette.pdf.write.book import Part, blank_part
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import issue_name
from liulin_gazette.workers.pool import WorkerPool


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


def typeset_issue(
    publication: Publication, issue: Issue, templates: Templates, typesetter: CachedTypesetter
) -> Generator[None, None, TypesetIssue]:
    """Typeset ``issue``: a job for ``WorkerPool.interleave``. Raises TypesettingError.

    It yields twice: after it has handed out the items without page numbers, and after the items with page numbers.
    """
    items = Items(publication, issue, templates)
    inside_cover = items.inside_cover()
    independent = [  # Items that show no page numbers.
        *(items.document(document) for document in issue.full_texts),
        *(items.cover(), items.masthead(), items.back_cover()),
        *([inside_cover] if inside_cover else []),
    ]
    independent_result = typesetter.start(independent)
    yield
    layouts = independent_result()
    first_pages: dict[str, int] = {}
    dependent: list[Item] = []
    number = 1
    for document in issue.documents:
        first_pages[document.slug] = number
        count = len(layouts[document.slug].pages)
        dependent.append(items.furniture(document, number, count))
        number += count
    dependent.append(items.contents(first_pages))
    dependent_result = typesetter.start(dependent)
    yield
    layouts |= dependent_result()
    by_name = {item.name: item for item in (*independent, *dependent)}

    def part(name: str, first_page: int = 0) -> Part:
        item, furniture = by_name[name], by_name.get(f"{name}/furniture")
        key = typesetter.key(item) + (typesetter.key(furniture) if furniture else "")
        furniture_layout = layouts[furniture.name] if furniture else None
        return Part(name, layouts[name], furniture_layout, first_page, key)

    page = page_format(publication.page_size)
    return TypesetIssue(
        (
            part("cover"),
            part("masthead"),
            part("contents"),
            *(part(slug, first_page) for slug, first_page in first_pages.items()),
            part("back-cover"),
        ),
        part("inside-cover") if inside_cover else blank_part(page.width, page.height),
        first_pages,
    )


def typesetter_for(
    publication: Publication,
    root: Path,
    templates: Templates,
    faces: Sequence[Face],
    pool: WorkerPool,
    read_bytes: Callable[[str], bytes],
) -> CachedTypesetter:
    """Return a typesetter for the style of ``publication``.

    ``root`` is the project folder; ``read_bytes`` returns the content of a picture by project path.
    """
    return CachedTypesetter(root, style(publication, templates, faces), faces, pool, read_bytes)


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
