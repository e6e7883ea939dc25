"""Files of the site as work on an issue or a volume makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liulin_gazette.rendering.product import Asset
from liulin_gazette.web.indexed_text import IndexedText
from liulin_gazette.web.manifest import Digest, digest


@dataclass(frozen=True, slots=True)
class DigestedAssets:
    """Files of the site with their digests."""

    assets: tuple[Asset, ...]
    digests: tuple[Digest, ...]
    """One for each file."""
    texts: Mapping[str, IndexedText] = field(default_factory=dict[str, IndexedText])
    """The file with the text of each document, by the document's project path; of ``make_texts`` only."""


def with_digests(assets: Sequence[Asset], texts: Mapping[str, IndexedText] | None = None) -> DigestedAssets:
    """Return ``assets`` with their digests."""
    return DigestedAssets(tuple(assets), tuple(digest(asset.content) for asset in assets), texts or {})
