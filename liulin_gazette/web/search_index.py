"""The search index: for every pair of neighbouring characters, the positions where it occurs.

A phrase is found exactly: the positions of its pairs, each shifted by its offset in the phrase, must coincide.
The index is divided into volumes of a few hundred documents, so that a query reads the newest volumes first and
costs no more in a large archive; and a volume into shards, so that a query loads only what it needs. The text of
each document is a file of its own, from which volumes are computed. All files are scripts, because a page opened
from a disk can load nothing else. Offsets count UTF-16 units, as scripts do.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.publication import Document, FullText, Issue, Publication
from liulin_gazette.model.published_texts import UNOFFICIAL, published_lines
from liulin_gazette.model.relations import declarations, validity
from liulin_gazette.rendering.product import Asset
from liulin_gazette.text.pinyin import syllables
from liulin_gazette.web import addresses
from liulin_gazette.web.indexed_text import FOLDER, IndexedText, Texts
from liulin_gazette.web.pair_index import SEPARATOR, PairIndex, Unit
from liulin_gazette.web.registers import kind_of

VOLUME_DOCUMENTS = 300
"""The issue that brings a volume to this many documents is its last."""
SHARD_POSITIONS = 8_000
"""About how many positions a shard holds: some 20 kB."""
FORMAT = "2"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the index."""

    issue: Issue
    document: Document
    validity: str
    text: IndexedText


@dataclass(frozen=True, slots=True)
class Volume:
    """Consecutive issues that are indexed together."""

    name: str
    """A number, and a digest of everything that the volume's files are computed from."""
    entries: tuple[Entry, ...]

    @property
    def folder(self) -> str:
        """The folder of its files in the site."""
        return f"{FOLDER}/{self.name}"


def indexed_text(issue: Issue, document: FullText) -> tuple[IndexedText, Asset]:
    """Return the text file of ``document``, and what the index needs to know of it."""
    units = tuple(_units(document))
    body = _json(units)
    place = addresses.document_page(issue, document).removesuffix("/index.html")
    name = f"{place}-{hashlib.sha256(body.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    sounds = syllables(document.title)
    initials = "".join(sound[0] for sound in sounds if sound)
    text = IndexedText(name, sum(len(text) for _, text in units), (" ".join(sounds), initials))
    return text, Asset(text.path, _script("text", _json(name), body))


def units_of(content: bytes) -> tuple[Unit, ...]:
    """Return the units in the ``content`` of a file that ``indexed_text`` returned."""
    script = content.decode("utf-8")
    body = script[script.index('",') + 2 : script.rindex(")")]
    return msgspec.json.decode(body, type=tuple[Unit, ...])


def volumes(publication: Publication, texts: Texts) -> tuple[Volume, ...]:
    """Return the volumes of ``publication``, oldest first."""
    made: list[Volume] = []
    entries: list[Entry] = []
    declared = declarations(publication)
    for issue in publication.issues:
        entries.extend(
            Entry(issue, document, validity(document, declared), texts[document.path])
            for document in issue.documents
        )
        if len(entries) >= VOLUME_DOCUMENTS:
            made.append(_volume(len(made) + 1, entries))
            entries = []
    if entries:
        made.append(_volume(len(made) + 1, entries))
    return tuple(made)


def _volume(number: int, entries: list[Entry]) -> Volume:
    made_from = [(_catalogue_row(entry, 0), entry.text.length) for entry in entries]
    return Volume(f"{number}-{fingerprint(FORMAT, made_from)[:12]}", tuple(entries))


def _units(document: FullText) -> Iterator[Unit]:
    """Yield a unit for each line of the official text of ``document``, the title first: its anchor and its text."""
    for line in published_lines(document):
        if line[0].role not in UNOFFICIAL:
            yield line[0].anchor, " ".join(text.shown for text in line).replace(SEPARATOR, "")


def volume_list(made: Sequence[Volume]) -> Asset:
    """Return the list of volumes, newest first, which the search page loads before anything else."""
    rows = [
        [volume.name, _shard_count(volume), len(volume.entries), _years(volume.entries)]
        for volume in reversed(made)
    ]
    return Asset(f"{FOLDER}/volumes.js", _script("volumes", _json(rows)))


def volume_assets(volume: Volume, index: PairIndex) -> Iterator[Asset]:
    """Yield the files of ``volume``: catalogue, pinyin and shards. ``index`` covers the texts of its entries in order."""
    name = _json(volume.name)
    rows = [_catalogue_row(entry, start) for entry, start in zip(volume.entries, index.starts, strict=True)]
    yield Asset(f"{volume.folder}/catalogue.js", _script("catalogue", name, _json(rows)))
    names = [entry.text.sounds for entry in volume.entries]
    yield Asset(f"{volume.folder}/pinyin.js", _script("pinyin", name, _json(names)))
    count = _shard_count(volume)
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    for pair in sorted(index.pairs):
        shards[shard_of(pair, count)][pair] = index.pairs[pair].encoded
    for number, shard in enumerate(shards):
        yield Asset(f"{volume.folder}/{number}.js", _script("shard", name, str(number), _json(shard)))


def _shard_count(volume: Volume) -> int:
    length = sum(entry.text.length for entry in volume.entries)
    return max(1, -(-length // SHARD_POSITIONS))


def shard_of(pair: str, count: int) -> int:
    """Return the number of the shard, of ``count``, that holds ``pair``; search.js computes the same."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % count


def _catalogue_row(entry: Entry, start: int) -> list[object]:
    document, issue = entry.document, entry.issue
    number = document.number
    return [
        start,
        addresses.document_page(issue, document),
        document.title,
        number.code,
        number.year,
        number.serial,
        document.issuer,
        document.date.isoformat(),
        kind_of(document),
        f"{issue.year}年第{issue.number}期",
        entry.validity,
        entry.text.name,
    ]


def _years(entries: Sequence[Entry]) -> str:
    first, last = entries[0].issue.year, entries[-1].issue.year
    return str(first) if first == last else f"{first}—{last}"


def _json(value: object) -> str:
    """Return ``value`` as JSON that is valid in a script too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _script(name: str, *values: str) -> bytes:
    """Return a script that calls the search page's function ``name`` with ``values``."""
    text = f"gazetteSearch.{name}({','.join(values)});\n"
    if _LONE_SURROGATE.search(text):
        return text.encode("ascii", "backslashreplace")
    return text.encode()
