"""The names of offices that the search page, as every other list, does not part at the end of a line."""

from __future__ import annotations

from liulin_gazette.model.office_names import office_names
from liulin_gazette.model.publication import Publication
from liulin_gazette.text.whole_names import name_runs


def kept_names(publication: Publication) -> tuple[str, ...]:
    """Return every form of a name that titles of ``publication`` are kept whole at, the longest first."""
    documents = {
        (document.issuers, document.contact): document
        for issue in publication.issues
        for document in issue.documents
    }
    names = {name for document in documents.values() for name in office_names(document, publication.gazette)}
    whole = (name for name in names if name_runs(name, (name,)) == [(name, True)])
    return tuple(sorted(whole, key=lambda name: (-len(name), name)))
