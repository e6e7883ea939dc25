"""Volumes of the search index; a process that makes them alone loads little."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liulin_gazette.pipeline.digested_assets import DigestedAssets, with_digests
from liulin_gazette.web.pair_index import PairIndex, joined, pair_index
from liulin_gazette.web.search_index import Volume, units_of, volume_assets

TextFiles = tuple[bytes, ...]
"""Files with the texts of documents, of which ``search_index.indexed_text`` made them."""


@dataclass(frozen=True, slots=True)
class VolumeUnit:
    """A volume of the search index to be made."""

    volume: Volume
    texts: TextFiles
    """Those of its entries."""


def make_volume(unit: VolumeUnit) -> DigestedAssets:
    """Make the files of a volume of the search index."""
    return volume_of(unit.volume, [index_of(unit.texts)])


def index_of(texts: TextFiles) -> PairIndex:
    """Make the index of some of the ``texts`` of a volume."""
    return pair_index(map(units_of, texts))


def volume_of(volume: Volume, indexes: Iterable[PairIndex]) -> DigestedAssets:
    """Make the files of a volume, of all of whose texts there are ``indexes``."""
    return with_digests(list(volume_assets(volume, joined(indexes))))
