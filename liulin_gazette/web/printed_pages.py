"""The printed page numbers of documents, which the site shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.document import Document


@dataclass(frozen=True, slots=True)
class Pages:
    """The printed page numbers of a document."""

    first: int
    """Of the page of the title."""
    last: int
    """Of the last page with text."""
    anchors: Mapping[str, int]
    """Of the page where each block begins, by anchor."""


NO_PAGES = Pages(0, 0, {})
"""The ``Pages`` of a document of which they are not known."""


IssuePages = Mapping[str, Pages]
"""The ``Pages`` of each document of an issue, by slug."""
Printed = Mapping[str, IssuePages]
"""The ``IssuePages`` of each issue that has a PDF, by name."""
Spans = Mapping[str, Mapping[str, tuple[int, int]]]
"""First and last printed page of each document, by the name of its issue and its slug."""


def cited_span(document: Document, pages: Pages | None) -> tuple[int, int]:
    """Return the pages by which to cite ``document``, 0 when they are not known.

    They are those of the issue on paper (印刷页码) where the document states them, else those of its PDF.
    """
    if document.paper_pages[0]:
        return document.paper_pages
    return (pages.first, pages.last) if pages else (0, 0)


def cited_anchors(document: Document, pages: Pages | None) -> Mapping[str, int] | None:
    """Return the printed page of each block of ``document``; None without a PDF, and where it is cited by the paper's pages."""
    return None if pages is None or document.paper_pages[0] else pages.anchors
