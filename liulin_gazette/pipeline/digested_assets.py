"""Files of the site with their digests: the result of the work on one issue or one volume of the search index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liulin_gazette.rendering.product import Asset
from liulin_gazette.web.manifest import Digest, digest
from liulin_gazette.web.search.indexed_text import IndexedText


@dataclass(frozen=True, slots=True)
class DigestedAssets:
    """Files of the site with their digests."""

    assets: tuple[Asset, ...]
    digests: tuple[Digest, ...]
    """The digest of each file."""
    texts: Mapping[str, IndexedText] = field(default_factory=dict[str, IndexedText])
    """The text file of each document, by the document's project path; from ``make_texts`` only."""


def with_digests(assets: Sequence[Asset], texts: Mapping[str, IndexedText] | None = None) -> DigestedAssets:
    """Return ``assets`` with their digests, and ``texts``."""
    return DigestedAssets(tuple(assets), tuple(digest(asset.content) for asset in assets), texts or {})
