"""合订本: the issues of a year in one reading edition, with a cover, one outline, and the index of the year at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.editions.typeset_issue import TypesetIssue, parts_by_section
from liulin_gazette.pdf.typeset.layout import Bookmark
from liulin_gazette.pdf.write import xmp
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.page_content import collect_drawings
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment


@dataclass(frozen=True, slots=True)
class BoundIssue:
    """A typeset issue in a volume."""

    issue: Issue
    typeset: TypesetIssue


def volume_pdf(
    gazette: Gazette,
    year: int,
    parts: Sequence[Part],
    last: Issue,
    templates: Templates,
    faces: tuple[Face, ...],
) -> bytes:
    """Return the volume of ``year`` with ``parts``: PDF/A-3a and PDF/UA-1 like the reading edition of an issue.

    ``gazette`` are the settings of the year's ``last`` issue.
    """
    title = f"{gazette.name}{year}年合订本"
    metadata = xmp.Metadata(title, gazette.publisher, title, last.date)
    return reading_pdf(parts, collect_drawings(parts, faces), metadata, environment(templates), {})


def volume_parts(year: int, cover: Part, typeset: Sequence[BoundIssue]) -> tuple[Part, ...]:
    """Return the parts of the volume of ``year``: the cover, its issues, and the indexes of the year.

    An index that the program wrote is at the end, not in the issue that has it. Of issues of other years, which are
    ``typeset`` because they have an index of this one, there is nothing else.
    """
    indexes = [
        (each, document.slug)
        for each in typeset
        for document in each.issue.documents
        if _is_index(document, year)
    ]
    slugs = [slug for _, slug in indexes]
    return (
        cover,
        *(part for each in typeset if each.issue.year == year for part in _parts(each, slugs)),
        *(each.typeset.part(slug) for each, slug in indexes),
    )


def has_index_of(issue: Issue, year: int) -> bool:
    """Tell whether an index of ``year`` that the program wrote is printed in ``issue``."""
    return any(_is_index(document, year) for document in issue.documents)


def _is_index(document: Document, year: int) -> bool:
    return document.generated_index is not None and document.generated_index.year == year


def _parts(bound: BoundIssue, left_out: Sequence[str]) -> Iterator[Part]:
    """Yield the parts of an issue but those ``left_out``; its name heads the outline of its parts."""
    sections = parts_by_section(bound.typeset.parts, bound.issue)
    parts = (part for part in sections if part.name not in left_out)
    for index, part in enumerate(parts):
        layout = part.layout
        below = tuple(replace(bookmark, level=bookmark.level + 1) for bookmark in layout.bookmarks)
        heading = Bookmark(1, issue_name(bound.issue), 0, layout.pages[0].height)
        yield replace(part, layout=replace(layout, bookmarks=below if index else (heading, *below)))
