"""The settings that a printed page can show."""

from __future__ import annotations

from dataclasses import replace

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.publication import Proofreading, Publication, WebSettings


def printed_settings(publication: Publication) -> Publication:
    """Return ``publication`` with what gazette.toml says of printed pages, and nothing else."""
    return replace(
        publication,
        issues=(),
        issuers=tuple(replace(issuer, place=Place("")) for issuer in publication.issuers),
        proofreading=Proofreading(),
        phone_changes=(),
        web=WebSettings(),
        places={},
    )
