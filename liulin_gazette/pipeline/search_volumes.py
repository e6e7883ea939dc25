"""Volumes of the search index. A process that does nothing else loads few modules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liulin_gazette.pipeline.digested_assets import DigestedAssets, with_digests
from liulin_gazette.web.pair_index import PairIndex, joined, pair_index
from liulin_gazette.web.search_index import Volume, units_of, volume_assets

TextFiles = tuple[bytes, ...]
"""Text files of documents, as ``search_index.indexed_text`` returns them."""


@dataclass(frozen=True, slots=True)
class VolumeUnit:
    """A volume of the search index to be built."""

    volume: Volume
    texts: TextFiles
    """The text files of its entries."""


def load() -> None:
    """Import this module: a worker that calls it is ready for volumes."""


def make_volume(unit: VolumeUnit) -> DigestedAssets:
    """Return the files of a volume of the search index."""
    return volume_of(unit.volume, [index_of(unit.texts)])


def index_of(texts: TextFiles) -> PairIndex:
    """Return the index of ``texts``, which are some or all of a volume."""
    return pair_index(map(units_of, texts))


def volume_of(volume: Volume, indexes: Iterable[PairIndex]) -> DigestedAssets:
    """Return a volume's files, built from ``indexes`` that together cover all of its texts."""
    return with_digests(list(volume_assets(volume, joined(indexes))))
