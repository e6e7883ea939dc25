"""Publications with other settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from liulin_gazette.model.publication import Publication


def with_settings(publication: Publication, **changes: Any) -> Publication:
    """Return ``publication`` with ``changes`` to its settings of now."""
    return replace(publication, gazette=replace(publication.gazette, **changes))
