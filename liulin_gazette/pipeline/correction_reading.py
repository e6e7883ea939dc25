"""The documents that others correct, read again with their texts: there are few of them."""

from __future__ import annotations

from collections.abc import Iterator

from liulin_gazette.check.rule import Correction
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.publication import Issue, IssueFormat, Publication
from liulin_gazette.pipeline.inputs import ContentReader
from liulin_gazette.source.loader import load_issue


def corrections(publication: Publication, reader: ContentReader, form: IssueFormat) -> Iterator[Correction]:
    """Yield each erratum of ``publication`` about a document of it, with that document's text."""
    declared = [
        erratum for issue in publication.issues for document in issue.documents for erratum in document.errata
    ]
    if not declared:
        return
    entries = documents_by_name(publication)
    texts: dict[str, dict[str, FullText]] = {}
    for erratum in declared:
        if (entry := entries.get(erratum.target)) is None:
            continue
        issue, document = entry
        if issue.folder not in texts:
            read, _ = load_issue(reader.read(issue.folder), form)
            texts[issue.folder] = {text.path: text for text in (read.full_texts if read else ())}
        if (text := texts[issue.folder].get(document.path)) is not None:
            yield Correction(erratum, text, _is_changed(issue, document))


def documents_by_name(publication: Publication) -> dict[str, tuple[Issue, Document]]:
    """Return each document with its issue by the names under which others refer to it: its slug and its number."""
    return {
        name: (issue, document)
        for issue in publication.issues
        for document in issue.documents
        for name in (document.slug, document.identifier)
        if name
    }


def _is_changed(issue: Issue, document: Document) -> bool:
    """Tell whether ``document`` was changed after publication."""
    name = document.path.rpartition("/")[2]
    return any(name in change.files for change in (issue.record.changes if issue.record else ()))
