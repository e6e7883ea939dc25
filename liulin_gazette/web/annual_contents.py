"""总目录: a page for each year with all its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from liulin_gazette.model.annual_index import IndexGroup, annual_index, issues_of
from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.rendering.product import Product
from liulin_gazette.web import addresses
from liulin_gazette.web.folds import MOST_UNFOLDED, lines_by_hundred
from liulin_gazette.web.metadata import list_metadata
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.printed_pages import Spans
from liulin_gazette.web.registers import without_documents
from liulin_gazette.web.state_labels import Labels, shown_labels

AnnualLine = tuple[Issue, Document, int]
"""A document of 总目录 with its issue and the printed page on which it begins, 0 where that is not known."""
AnnualLines = tuple[str, list[AnnualLine], list[tuple[str, Sequence[AnnualLine]]]]
"""The name of a group of 总目录 and its lines, those of a long one also by hundreds."""


def years(renderer: Renderer, publication: Publication, spans: Spans, labels: Labels) -> Iterator[Product]:
    """Yield 总目录: a page for each year, which lists its documents by section, issuer, type, topic and number."""
    all_years = dict.fromkeys(issue.year for issue in reversed(publication.issues))
    for year in reversed(all_years):
        issues = issues_of(publication, year)
        alone = {issue.name: without_documents(issue) for issue in issues}
        first_pages = {
            name: {slug: pages[0] for slug, pages in spans.get(name, {}).items()} for name in alone
        }
        parts = annual_index(issues, first_pages)
        shown = [(part.title, part.slug, [_lines(group, alone) for group in part.groups]) for part in parts]
        title = f"{year}年总目录"
        page_metadata = list_metadata(renderer.gazette, title)
        yield renderer.page(
            "year",
            addresses.year_page(year),
            page_metadata,
            year=year,
            issues=tuple(alone.values()),
            other_years=[other for other in all_years if other != year],
            orders=shown,
            is_long=sum(len(issue.documents) for issue in issues) > MOST_UNFOLDED,
            labels=shown_labels(labels, (document for issue in issues for document in issue.documents)),
        )


def _lines(group: IndexGroup, alone: Mapping[str, Issue]) -> AnnualLines:
    """Return the name and the entries of ``group`` with issues that come without their documents."""
    lines = [(alone[entry.issue.name], entry.document, entry.page) for entry in group.entries]
    return group.name, lines, lines_by_hundred(lines)
