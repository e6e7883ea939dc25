"""The names of offices that the search page, as every other list, does not part at the end of a line."""

from __future__ import annotations

from liulin_gazette.model.office_names import office_names
from liulin_gazette.model.publication import Publication
from liulin_gazette.text.whole_names import name_runs


def kept_names(publication: Publication) -> tuple[str, ...]:
    """Return every form of a name that titles of ``publication`` are kept whole at, the longest first.

    The forms are what ``name_runs`` finds: full names, and those without their place (县民政局).
    """
    documents = {
        (document.issuers, document.contact): document
        for issue in publication.issues
        for document in issue.documents
    }
    names = {name for document in documents.values() for name in office_names(document, publication.issuers)}
    forms = {form for name in names for form in _forms(name)}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _forms(name: str) -> set[str]:
    ends = {name[start:] for start in range(len(name))}
    return {end for end in ends if name_runs(end, (name,)) == [(end, True)]}
