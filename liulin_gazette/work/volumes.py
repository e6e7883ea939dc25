"""Volumes of the search index; a process that makes them alone loads little."""

from __future__ import annotations

from dataclasses import dataclass

from liulin_gazette.web.search_index import Volume, units_of, volume_assets
from liulin_gazette.work.made_files import MadeFiles, with_digests


@dataclass(frozen=True, slots=True)
class VolumeUnit:
    """A volume of the search index to be made."""

    volume: Volume
    texts: tuple[bytes, ...]
    """The files with the texts of its entries."""


def make_volume(unit: VolumeUnit) -> MadeFiles:
    """Make the files of a volume of the search index."""
    return with_digests(list(volume_assets(unit.volume, map(units_of, unit.texts))))
