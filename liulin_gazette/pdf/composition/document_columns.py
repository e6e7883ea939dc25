"""In how many columns a document is set, as its 分栏 says, and the measures of its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from liulin_gazette.model.document import FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.page_format import PageFormat, page_format


def page_of_document(gazette: Gazette, issue: Issue, document: FullText) -> PageFormat:
    """Return the measures of the page of ``document`` in ``issue``.

    分栏 is that of the document, its section, its issue or the settings, whichever is the first to state it. The large
    print has one column, whatever is stated.
    """
    page = page_format(gazette.page_size, gazette.body)
    if page.is_large:
        return page
    section = next(each for each in issue.sections if document.path in (own.path for own in each.documents))
    stated = next((each for each in (document.columns, section.columns, issue.columns) if each), page.columns)
    return page_format(gazette.page_size, replace(gazette.body, columns=stated))


def pages_of_documents(
    gazette: Gazette, issue: Issue, documents: Iterable[FullText]
) -> dict[str, PageFormat]:
    """Return the measures of the pages of ``documents``, by slug."""
    return {document.slug: page_of_document(gazette, issue, document) for document in documents}
