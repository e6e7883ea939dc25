"""The part of the site stage that writes the search index."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.digested_assets import with_digests
from liulin_gazette.pipeline.freshness import texts_key
from liulin_gazette.pipeline.output_record import SITE, OutputRecord, RecordedFiles
from liulin_gazette.pipeline.site_parts.search_volumes import block_unit, make_block
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.web.search import search_index
from liulin_gazette.web.search.indexed_text import IndexedText
from liulin_gazette.web.search.search_index import Block, Volume
from liulin_gazette.workers.pool import WorkerPool

FOLDER = Path(".cache") / "search"
"""Where the computed blocks of the index are kept, below the project folder: an edit changes one of them."""
_BETWEEN = b"\n"
"""Stands between the parts of a stored block; in none, since parts are text of JSON."""
Parts = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class StartedVolumes:
    """Volumes of the index, for some of which other processes are computing blocks."""

    volumes: tuple[Volume, ...]
    current: Mapping[str, RecordedFiles]
    """Those of the last build that are kept, by name."""
    stale: tuple[tuple[Volume, str], ...]
    """Those that are to be written, with their keys."""
    missing: frozenset[str]
    """The keys of their blocks that are not stored."""
    parts: Iterator[Parts]
    """The parts of each of these blocks."""
    folder: Path
    """Where blocks are stored."""


def start_volumes(
    publication: Publication,
    texts: Mapping[str, IndexedText],
    last: OutputRecord,
    writer: SiteWriter,
    pool: WorkerPool,
    folder: Path,
) -> StartedVolumes:
    """Keep the volumes that are current, and let other processes start on the blocks that the others need.

    ``texts`` go by the project path of their document; ``folder`` is where blocks are stored. Raises OutputError.
    """
    volumes = search_index.volumes(publication, texts)
    kept: dict[str, RecordedFiles] = {}
    stale: list[tuple[Volume, str]] = []
    for volume in volumes:
        key = texts_key(volume.digest)
        if entry := writer.keep(last.volumes.get(volume.name), key):
            kept[volume.name] = entry
        else:
            stale.append((volume, key))
    missing = {
        key: block
        for volume, _ in stale
        for block in volume.blocks
        if not (folder / (key := texts_key(block.digest))).is_file()
    }
    units = (block_unit(block, list(_texts_of(block, writer))) for block in missing.values())
    parts = pool.start(make_block, units, len(missing))
    return StartedVolumes(volumes, kept, tuple(stale), frozenset(missing), parts, folder)


def finish_volumes(
    started: StartedVolumes, last: OutputRecord, writer: SiteWriter
) -> dict[str, RecordedFiles]:
    """Write the volumes that were started, and the list of all; return their entries by name. Raises OutputError."""
    entries = dict(started.current)
    for volume, key in started.stale:
        blocks = [_parts_of(block, started, writer) for block in volume.blocks]
        files = with_digests(list(search_index.volume_assets(volume, blocks)))
        entries[volume.name] = RecordedFiles(key, writer.write(files, last.volumes.get(volume.name)))
    counts = [_file_count(entries[volume.name]) for volume in started.volumes]
    writer.write_assets([search_index.volume_list(started.volumes, counts)])
    keys = [texts_key(block.digest) for volume in started.volumes for block in volume.blocks]
    _remove_others(started.folder, keys)
    return entries


def _parts_of(block: Block, started: StartedVolumes, writer: SiteWriter) -> Parts:
    """Return the parts of ``block``: those just computed, which are then stored, or those stored before."""
    key = texts_key(block.digest)
    file = started.folder / key
    if key in started.missing:
        parts = next(started.parts)
        sealed_file.write(file, zlib.compress(_BETWEEN.join(parts), 1))
        return parts
    if (stored := sealed_file.read(file)) is not None:
        return tuple(zlib.decompress(stored).split(_BETWEEN))
    return make_block(block_unit(block, list(_texts_of(block, writer))))  # It is damaged.


def _file_count(entry: RecordedFiles) -> int:
    """Return how many files of pairs a volume has: their names are numbers."""
    return sum(Path(path).stem.isdigit() and "/rows/" not in path for path in entry.paths)


def _remove_others(folder: Path, keys: Iterable[str]) -> None:
    """Remove stored blocks of earlier states."""
    known = frozenset(keys)
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if file.name not in known:
                file.unlink()


def _texts_of(block: Block, writer: SiteWriter) -> Iterator[bytes]:
    for entry in block.entries:
        yield writer.edition.read(SITE + entry.text.path)
