"""The names of offices that a title may have in it."""

from __future__ import annotations

from collections.abc import Iterable

from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issuer


def office_names(document: Document, issuers: Iterable[Issuer]) -> tuple[str, ...]:
    """Return the names of the registered ``issuers``, of those of ``document``, and of the unit in its 政策咨询, each once."""
    unit = (document.contact.unit,) if document.contact else ()
    return tuple(dict.fromkeys((*(issuer.name for issuer in issuers), *document.issuers, *unit)))
