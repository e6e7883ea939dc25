"""An issue typeset: its parts laid out and put in order, ready for either edition."""

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
from liulin_gazette.pdf.write.book import Part, blank
from liulin_gazette.rendering.templating import issue_name
from liulin_gazette.workers.pool import WorkerPool


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


def typeset_issue(
    publication: Publication, issue: Issue, templates: Path, typesetter: CachedTypesetter
) -> Generator[None, None, TypesetIssue]:
    """Typeset ``issue``: a job for ``WorkerPool.interleave``. Raises TypesettingError.

    It yields twice: after handing out what needs no page numbers, and after handing out the rest.
    """
    items = Items(publication, issue, templates)
    inside_cover = items.inside_cover()
    first = [
        *(items.document(document) for document in issue.full_texts),
        *(items.cover(), items.masthead(), items.back_cover()),
        *([inside_cover] if inside_cover else []),
    ]
    first_result = typesetter.start(first)
    yield
    layouts = first_result()
    first_pages: dict[str, int] = {}
    numbered: list[Item] = []
    number = 1
    for document in issue.documents:
        first_pages[document.slug] = number
        count = len(layouts[document.slug].pages)
        numbered.append(items.furniture(document, number, count))
        number += count
    numbered.append(items.contents(first_pages))
    numbered_result = typesetter.start(numbered)
    yield
    layouts |= numbered_result()
    by_name = {item.name: item for item in (*first, *numbered)}

    def part(name: str, first_page: int = 0) -> Part:
        item, furniture = by_name[name], by_name.get(f"{name}/furniture")
        key = typesetter.key(item) + (typesetter.key(furniture) if furniture else "")
        return Part(name, layouts[name], layouts[furniture.name] if furniture else None, first_page, key)

    page = page_format(publication.page_size)
    return TypesetIssue(
        (
            part("cover"),
            part("masthead"),
            part("contents"),
            *(part(slug, first_page) for slug, first_page in first_pages.items()),
            part("back-cover"),
        ),
        part("inside-cover") if inside_cover else blank(page.width, page.height),
        first_pages,
    )


def typesetter_for(
    publication: Publication,
    root: Path,
    faces: Sequence[Face],
    pool: WorkerPool,
    read_bytes: Callable[[str], bytes],
) -> CachedTypesetter:
    """Return a typesetter for the style of ``publication``; ``read_bytes`` returns pictures by project path."""
    return CachedTypesetter(root, style(publication, root / "templates", faces), faces, pool, read_bytes)


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
