"""The names of offices that a title may have in it, and the places that names of offices begin with."""

from __future__ import annotations

from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.text.whole_names import places_in, short_name


def office_places(gazette: Gazette) -> tuple[str, ...]:
    """Return the places whose governments the ``gazette`` names: that of its publisher and of its issuers."""
    issuers = (name for issuer in gazette.issuers for name in (issuer.name, issuer.former_name))
    return places_in((gazette.publisher, gazette.name, *issuers))


def office_names(document: Document, gazette: Gazette) -> tuple[str, ...]:
    """Return the names of the issuers registered in ``gazette``, of those of ``document``, and of the unit in its 政策咨询.

    Each is there once, and once as others of its place call it: 县民政局.
    """
    unit = (document.contact.unit,) if document.contact else ()
    names = (*(issuer.name for issuer in gazette.issuers), *document.issuers, *unit)
    places = office_places(gazette)
    return tuple(dict.fromkeys(form for name in names for form in (name, short_name(name, places))))
