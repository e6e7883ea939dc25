"""The part of the site stage that writes the volumes of the search index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.digested_assets import DigestedAssets
from liulin_gazette.pipeline.freshness import texts_key
from liulin_gazette.pipeline.ledger import SITE, Ledger, LedgerEntry
from liulin_gazette.pipeline.search_volumes import VolumeUnit, index_of, make_volume, volume_of
from liulin_gazette.pipeline.site_writer import SiteWriter
from liulin_gazette.web import search_index
from liulin_gazette.web.indexed_text import IndexedText
from liulin_gazette.web.search_index import Volume
from liulin_gazette.workers.pool import WorkerPool

ELSEWHERE = 2, 3
"""The share of a volume that another process indexes: this one makes pages at the same time, and the rest of the index."""


@dataclass(frozen=True, slots=True)
class StartedVolumes:
    """Volumes of the index, some of which other processes are making."""

    current: Mapping[str, LedgerEntry]
    """Those of the last build that are kept, by name."""
    stale: tuple[tuple[Volume, str], ...]
    """Those that are being made, with their keys."""
    files: Iterator[DigestedAssets]
    """The files of each of these."""


def start_volumes(
    publication: Publication,
    texts: Mapping[str, IndexedText],
    last: Ledger,
    writer: SiteWriter,
    pool: WorkerPool,
) -> StartedVolumes:
    """Write the list of volumes, keep what is current, and let other processes start on the rest.

    ``texts`` go by the project path of their document. Raises OutputError.
    """
    volumes = search_index.volumes(publication, texts)
    writer.write_assets([search_index.volume_list(volumes)])
    kept: dict[str, LedgerEntry] = {}
    stale: list[tuple[Volume, str]] = []
    for volume in volumes:
        key = texts_key(volume.name)
        if entry := writer.keep(last.volumes.get(volume.name), key):
            kept[volume.name] = entry
        else:
            stale.append((volume, key))
    if len(stale) == 1:
        files = _start_single(stale[0][0], writer, pool)
    else:
        units = (VolumeUnit(volume, tuple(_texts_of(volume, writer))) for volume, _ in stale)
        files = pool.start(make_volume, units, len(stale))
    return StartedVolumes(kept, tuple(stale), files)


def finish_volumes(started: StartedVolumes, last: Ledger, writer: SiteWriter) -> dict[str, LedgerEntry]:
    """Write the volumes that were started; return the entries of all, by name. Raises OutputError."""
    entries = dict(started.current)
    for (volume, key), files in zip(started.stale, started.files, strict=True):
        paths = writer.write(files, last.volumes.get(volume.name))
        entries[volume.name] = LedgerEntry(key, paths)
    return entries


def _start_single(volume: Volume, writer: SiteWriter, pool: WorkerPool) -> Iterator[DigestedAssets]:
    """Start a volume alone: another process, if one is ready, indexes most of it, this one the rest when it is asked for."""
    texts = tuple(_texts_of(volume, writer))
    most = len(texts) * ELSEWHERE[0] // ELSEWHERE[1]
    elsewhere = pool.start(index_of, iter((texts[:most],)), 1)
    here = map(index_of, (texts[most:],))
    return (volume_of(volume, (before, after)) for after, before in zip(here, elsewhere, strict=True))


def _texts_of(volume: Volume, writer: SiteWriter) -> Iterator[bytes]:
    for entry in volume.entries:
        yield writer.edition.read(SITE + entry.text.path)
