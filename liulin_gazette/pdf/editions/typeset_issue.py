"""Typesetting of an issue: its parts laid out and in reading order, ready for every edition."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import INSIDE_BACK, INSIDE_FRONT
from liulin_gazette.model.issue_labels import issue_name, name_with_total
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.document_runs import document_runs
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.glyph_coverage import UnprintableError
from liulin_gazette.pdf.composition.items import Item, Items, style
from liulin_gazette.pdf.composition.page_format import page_format
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.typeset.layout import Bookmark, Layout
from liulin_gazette.pdf.write import xmp
from liulin_gazette.pdf.write.book import Part, blank_part
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class TypesetIssue:
    """A typeset issue."""

    parts: tuple[Part, ...]
    """In reading order, from the cover to the back cover."""
    inside_pages: tuple[Part, ...]
    """封二, or a blank page, and 封三 if it is not blank, for editions that are bound."""
    first_pages: Mapping[str, int]
    """The printed number of the first page of each document, by slug."""
    spine: Part | None = None
    """The words on the spine, in the middle of a page; None where the binding has no spine."""
    alone: Mapping[str, Part] = field(default_factory=dict[str, Part])
    """Each document that shares pages with others (接排), by slug, on pages of its own: that is what its own PDF has."""

    @property
    def pages(self) -> int:
        """The number of pages of the reading edition, covers included."""
        return sum(len(part.layout.pages) for part in self.parts)

    def printed_pages(self) -> dict[str, dict[str, int]]:
        """Return, for each document by slug, the printed page number of each of its anchors.

        A block that runs over several pages, which all have its anchor, is on the first of them.
        """
        printed: dict[str, dict[str, int]] = {slug: {} for slug in self.first_pages}
        for part in self.parts:
            for index, page in enumerate(part.layout.pages):
                for anchor in page.anchors:
                    # The slug of one document may begin like that of another.
                    owners = [slug for slug in part.documents if anchor.startswith(f"{slug}-")]
                    if owners:
                        slug = max(owners, key=len)
                        pages = printed[slug]
                        pages.setdefault(anchor.removeprefix(f"{slug}-"), part.number_at(index))
        return printed

    def spans(self) -> dict[str, tuple[int, int]]:
        """Return, for each document by slug, the printed page numbers of its title and of its last text or picture."""
        return {slug: _span(part, slug) for part in self.parts for slug in part.documents}

    def part(self, name: str) -> Part:
        """Return the part called ``name``."""
        return next(part for part in self.parts if part.name == name)

    def document_part(self, slug: str) -> Part:
        """Return the document ``slug`` on pages that it does not share."""
        return self.alone.get(slug) or self.part(slug)


def document_pages(part: Part, slug: str) -> tuple[int, ...]:
    """Return the indexes of the pages of ``part`` that have text or pictures of the document ``slug``."""
    is_shared = len(part.documents) > 1
    return tuple(
        index
        for index, page in enumerate(part.layout.pages)
        if page.marks and (not is_shared or slug in page.anchors)
    )


def _span(part: Part, slug: str) -> tuple[int, int]:
    """Return the printed numbers of the first and the last page of the document ``slug`` in ``part``."""
    own = document_pages(part, slug)
    return part.number_at(own[0]), part.number_at(own[-1])


def typeset_issue(
    gazette: Gazette,
    issue: Issue,
    templates: Templates,
    typesetter: CachedTypesetter,
    originals: Mapping[str, tuple[int, int]] | None = None,
) -> Generator[None, None, TypesetIssue]:
    """Typeset ``issue``: a job for ``WorkerPool.interleave``. Raises TypesettingError, UnprintableError.

    It yields twice: after it has handed out the items without page numbers, and after the items with page numbers.
    ``originals`` are the first and last page of each document in the printed issue, by slug, for the large print.
    """
    items = Items(gazette, issue, templates, originals)
    inside_cover, inside_back = items.inside_cover(), items.inside_back()
    pictures = items.picture_pages()
    spine = items.spine()
    runs = [(items.run(documents), documents) for documents in document_runs(issue)]
    shared = [document for _, documents in runs if len(documents) > 1 for document in documents]
    independent = [  # Items that show no page numbers: the cover and the masthead may list documents with theirs.
        *(item for item, _ in runs),
        *(items.document(document) for document in shared),
        items.back_cover(),
        *(item for item in (inside_cover, inside_back, spine) if item),
        *pictures,
    ]
    independent_result = typesetter.start(independent)
    yield
    layouts = independent_result()
    page = page_format(gazette.page_size, gazette.body)
    if not page.is_large:  # The pages of the large print are not bound to a cover.
        _report_overfull(issue, layouts)
    bodies = tuple(_bodies(runs, layouts, typesetter))
    spans = {slug: _span(body, slug) for body in bodies for slug in body.documents}
    first_pages = {slug: first for slug, (first, _) in spans.items()}
    dependent = {
        body.name: items.furniture(body.name, _page_heads(body, documents))
        for body, (_, documents) in zip(bodies, runs, strict=True)
    }
    for document in shared:
        count = len(layouts[document.slug].pages)
        dependent[document.slug] = items.furniture_alone(document, count, *spans[document.slug])
    paged = [items.cover(first_pages), items.masthead(first_pages)]
    if not items.contents_are_on_masthead:
        paged.append(items.contents(first_pages))
    dependent_result = typesetter.start([*dependent.values(), *paged])
    yield
    layouts |= dependent_result()
    by_name = {item.name: item for item in (*independent, *paged)}

    def part(name: str) -> Part:
        return Part(name, layouts[name], None, 0, typesetter.key(by_name[name]))

    def with_furniture(body: Part) -> Part:
        furniture = dependent[body.name]
        return replace(body, furniture=layouts[furniture.name], key=body.key + typesetter.key(furniture))

    front = part("inside-cover") if inside_cover else blank_part(page.width, page.height)
    back = (part("inside-back"),) if inside_back else ()
    return TypesetIssue(
        (
            part("cover"),
            *([front] if inside_cover else []),
            part("masthead"),
            *(part(name) for name in ("contents",) if name in by_name),
            *(part(item.name) for item in pictures),
            *map(with_furniture, bodies),
            *back,
            part("back-cover"),
        ),
        (front, *back),
        first_pages,
        part("spine") if spine else None,
        {
            document.slug: with_furniture(replace(part(document.slug), documents=(document.slug,)))
            for document in shared
        },
    )


def _bodies(
    runs: Sequence[tuple[Item, Sequence[Document]]],
    layouts: Mapping[str, Layout],
    typesetter: CachedTypesetter,
) -> Iterator[Part]:
    """Yield the pages of the documents, numbered one after another, without furniture."""
    number = 1
    for item, documents in runs:
        slugs = tuple(document.slug for document in documents)
        body = Part(item.name, layouts[item.name], None, number, typesetter.key(item), slugs)
        yield body
        number += body.numbered_pages


def _page_heads(body: Part, documents: Sequence[Document]) -> list[tuple[int, str]]:
    """Return, for each page of ``body``, its number and the title of the document at its head."""
    owners = {document.slug: document_pages(body, document.slug) for document in documents}
    return [
        (
            body.number_at(index),
            next((each.title for each in documents if index in owners[each.slug]), documents[-1].title),
        )
        for index in range(len(body.layout.pages))
    ]


def _report_overfull(issue: Issue, layouts: Mapping[str, Layout]) -> None:
    """Raise UnprintableError (B021) where an inside cover has more than fits on it."""
    for name, key in (("inside-cover", INSIDE_FRONT), ("inside-back", INSIDE_BACK)):
        if name in layouts and len(layouts[name].pages) > 1:
            place = issue.places.get(key, issue.places.get("版权页", Place(f"{issue.folder}/{ISSUE_FILE}")))
            message = f"{key}的内容一页放不下。"
            hint = "缩短文字、图题或版权页，或把一部分移到别的页。"
            raise UnprintableError((Diagnostic("B021", Severity.ERROR, place, message, hint),))


def parts_by_section(parts: Sequence[Part], issue: Issue) -> tuple[Part, ...]:
    """Return ``parts`` with each section (栏目) of ``issue`` in the outline, above its documents."""
    sections = {
        document.slug: "" if index else section.name
        for section in issue.sections
        for index, document in enumerate(section.documents)
    }
    return tuple(_below_sections(part, sections) if part.documents else part for part in parts)


def _below_sections(part: Part, sections: Mapping[str, str]) -> Part:
    """Return ``part`` with its bookmarks a level lower, and with that of a section before its first document.

    ``sections`` has the name of the section by the slug of its first document, and none for the other documents. The
    titles of the documents of ``part`` are its bookmarks of level 1.
    """
    titles = iter(part.documents)
    bookmarks: list[Bookmark] = []
    for bookmark in part.layout.bookmarks:
        name = sections.get(next(titles, ""), "") if bookmark.level == 1 else ""
        if name:
            bookmarks.append(Bookmark(1, name, bookmark.page, bookmark.top))
        bookmarks.append(replace(bookmark, level=bookmark.level + 1))
    return replace(part, layout=replace(part.layout, bookmarks=tuple(bookmarks)))


def typesetter_for(
    gazette: Gazette,
    root: Path,
    templates: Templates,
    faces: Sequence[Face],
    pool: WorkerPool,
    read_bytes: Callable[[str], bytes],
    is_early: bool = False,
) -> CachedTypesetter:
    """Return a typesetter for the style of ``gazette``.

    ``root`` is the project folder; ``read_bytes`` returns the content of a picture by project path. ``is_early`` says
    that other processes typeset for a while before this one does.
    """
    return CachedTypesetter(root, style(gazette, templates, faces), faces, pool, read_bytes, is_early)


def issue_metadata(gazette: Gazette, issue: Issue) -> xmp.Metadata:
    """Return the metadata of an issue's PDFs."""
    title = f"{gazette.name} {issue_name(issue)}"
    subject = gazette.name + name_with_total(issue)
    return xmp.Metadata(title, gazette.publisher, subject, issue.date)


def document_metadata(gazette: Gazette, issue: Issue, document: Document) -> xmp.Metadata:
    """Return the metadata of a single document's PDF."""
    number = f"{document.identifier}，" if document.identifier else ""
    subject = f"{number}{gazette.name}{issue_name(issue)}"
    return xmp.Metadata(document.title, document.issuer or gazette.publisher, subject, issue.date)


def markdown_sources(documents: Sequence[Document], read_bytes: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return the Markdown sources of ``documents`` by the file name under which a PDF embeds them."""
    return {f"{document.slug}.md": read_bytes(document.path) for document in documents}
