"""The search index: volumes of a few thousand documents, each of blocks of some two hundred.

A block is consecutive issues whose texts are indexed together; while they do not change, nor does it. The pairs of all
blocks of a volume are divided among its files, so that a query loads few and small ones, and as many in a large
archive as in a small one. Two kinds of files besides tell of the documents: the columns for filters and ranking, and
the rows that are shown. The text of each document is a file of its own. All files are scripts, because a page opened
from a disk can load nothing else.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.place_names import Places
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.published_texts import CONTACT_ANCHOR, UNOFFICIAL, published_lines
from liulin_gazette.model.relations import declarations, state_day, validity
from liulin_gazette.rendering.product import Asset
from liulin_gazette.text.pinyin import syllables
from liulin_gazette.web import addresses
from liulin_gazette.web.document_places import places_of, shown_name
from liulin_gazette.web.search.indexed_text import FOLDER, IndexedText, Texts
from liulin_gazette.web.search.pair_index import PARTS, SEPARATOR, Unit, number_field
from liulin_gazette.web.state_labels import later_states, schedule_text

BLOCK_DOCUMENTS = 200
"""The issue that brings a block to this many documents is its last."""
BLOCK_LENGTH = 1_000_000
"""Likewise, for texts of so many characters: what an indexing process holds is bounded."""
VOLUME_DOCUMENTS = 3_000
"""The block that brings a volume to this many documents is its last."""
FILE_SIZE = 3_500
"""Bytes that a file of pairs has on average at most; the largest has some more."""
ROWS = 5
"""Documents in a file of rows."""
FORMAT = "5"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SECONDARY = ("政策解读", "大事记", "转载", "更正", "资料", "公示")
"""体裁 that are not the decision itself: of two documents that answer alike, they come second."""
_SURVEYS = ("报告", "讲话", "大事记", "统计公报")
"""体裁 that speak of everything: a document about the matter itself comes before one that only mentions it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the index."""

    issue: Issue
    document: Document
    validity: str
    later: str
    """The states after that of the build, each with its day, as ``schedule_text`` writes them; mostly empty."""
    text: IndexedText


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive issues whose texts are indexed together."""

    entries: tuple[Entry, ...]

    @property
    def digest(self) -> str:
        """A digest of the texts from which its pairs are computed."""
        texts = [(entry.text.name, entry.text.sounds, entry.document.identifier) for entry in self.entries]
        return fingerprint(FORMAT, texts)


@dataclass(frozen=True, slots=True)
class Volume:
    """Consecutive blocks that share files."""

    number: int
    """From 1, the oldest."""
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return str(self.number)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its documents, oldest issue first."""
        return tuple(entry for block in self.blocks for entry in block.entries)

    @property
    def folder(self) -> str:
        """The folder of its files in the site."""
        return f"{FOLDER}/{self.name}"

    @property
    def digest(self) -> str:
        """A digest of everything from which its files are computed."""
        rows = [(_row(entry), _filter_values(entry)) for entry in self.entries]
        return fingerprint(FORMAT, [block.digest for block in self.blocks], rows)


def indexed_text(issue: Issue, document: FullText) -> tuple[IndexedText, Asset]:
    """Return the text file of ``document``, and what the index needs to know of it."""
    units = document_units(issue, document)
    body = _json(units)
    place = addresses.document_page(issue, document).removesuffix("/index.html")
    name = f"{place}-{hashlib.sha256(body.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    text = IndexedText(name, sum(len(text) for _, text in units), " ".join(syllables(document.title)))
    return text, Asset(text.path, _script("text", _json(name), body))


def document_units(issue: Issue, document: FullText) -> tuple[Unit, ...]:
    """Return a unit for each line of the official text of ``document``, which is in ``issue``."""
    return tuple(_units(document, places_of(issue, document)))


def units_of(content: bytes) -> tuple[Unit, ...]:
    """Return the units in the ``content`` of a file that ``indexed_text`` returned."""
    script = content.decode("utf-8")
    body = script[script.index('",') + 2 : script.rindex(")")]
    return msgspec.json.decode(body, type=tuple[Unit, ...])


def feed_text(content: bytes) -> tuple[str, ...]:
    """Return the paragraphs of the body, without 政策咨询, in the ``content`` of a file that ``indexed_text`` returned."""
    return tuple(
        text.replace(SEPARATOR, "　")
        for anchor, text in units_of(content)
        if anchor not in ("", CONTACT_ANCHOR)
    )


def volumes(publication: Publication, texts: Texts) -> tuple[Volume, ...]:
    """Return the volumes of ``publication``, oldest first."""
    closed: list[Volume] = []
    blocks: list[Block] = []
    for block in _blocks(publication, texts):
        blocks.append(block)
        if sum(len(each.entries) for each in blocks) >= VOLUME_DOCUMENTS:
            closed.append(Volume(len(closed) + 1, tuple(blocks)))
            blocks = []
    return (*closed, Volume(len(closed) + 1, tuple(blocks))) if blocks else tuple(closed)


def _blocks(publication: Publication, texts: Texts) -> Iterator[Block]:
    entries: list[Entry] = []
    declared, day = declarations(publication), state_day(publication)
    for issue in publication.issues:
        entries.extend(
            Entry(
                issue,
                document,
                validity(document, declared, day),
                schedule_text(later_states(document, declared, day)),
                texts[document.path],
            )
            for document in issue.documents
        )
        length = sum(entry.text.length for entry in entries)
        if len(entries) >= BLOCK_DOCUMENTS or length >= BLOCK_LENGTH:
            yield Block(tuple(entries))
            entries = []
    if entries:
        yield Block(tuple(entries))


def _units(document: FullText, places: Places) -> Iterator[Unit]:
    """Yield a unit for each line of the official text of ``document``, the title first: its anchor and its text."""
    for line in published_lines(document):
        if line[0].role not in UNOFFICIAL:
            yield (
                shown_name(places, line[0].anchor),
                " ".join(text.shown for text in line).replace(SEPARATOR, ""),
            )


def volume_list(volumes: Sequence[Volume], file_counts: Sequence[int]) -> Asset:
    """Return the list of ``volumes``, newest first, which the search page loads before anything else.

    ``file_counts`` are the numbers of their files of pairs, as ``file_count`` returns them.
    """
    rows = [_listed(volume, count) for volume, count in zip(volumes, file_counts, strict=True)]
    return Asset(f"{FOLDER}/volumes.js", _script("volumes", _json(rows[::-1])))


def _listed(volume: Volume, count: int) -> list[object]:
    days = [entry.document.date for entry in volume.entries]
    issuers = dict.fromkeys(issuer for entry in volume.entries for issuer in entry.document.issuers)
    return [
        volume.name,
        volume.digest[:12],
        count,
        [len(block.entries) for block in volume.blocks],
        min(days).isoformat(),
        max(days).isoformat(),
        sorted(issuers),
    ]


def file_count(size: int) -> int:
    """Return how many files hold pairs of ``size`` bytes: a power of two, so that each file holds whole parts."""
    count = 1
    while count < PARTS and size > count * FILE_SIZE:
        count *= 2
    return count


def volume_assets(volume: Volume, blocks: Sequence[Sequence[bytes]]) -> Iterator[Asset]:
    """Yield the files of ``volume``: columns, rows, pairs. ``blocks`` are the parts of the index of each block."""
    name = _json(volume.name)
    entries = volume.entries
    yield Asset(f"{volume.folder}/columns.js", _script("columns", name, *map(_json, _columns(entries))))
    for start in range(0, len(entries), ROWS):
        rows = [_row(entry) for entry in entries[start : start + ROWS]]
        number = start // ROWS
        yield Asset(f"{volume.folder}/rows/{number}.js", _script("rows", name, str(number), _json(rows)))
    count = file_count(parts_size(blocks))
    for number in range(count):
        texts = b",".join(b'"' + b"".join(parts[number::count]) + b'"' for parts in blocks)
        head = f"gazetteSearch.receive.pairs({name},{number},[".encode()
        yield Asset(f"{volume.folder}/{number}.js", head + texts + b"]);\n")


def parts_size(blocks: Sequence[Sequence[bytes]]) -> int:
    """Return the bytes of all parts of ``blocks``."""
    return sum(len(part) for parts in blocks for part in parts)


def _columns(entries: Sequence[Entry]) -> tuple[object, ...]:
    """Return the first day, the tables, and a field of ten digits for each document, in one text.

    Three digits of days since the first day; two of the issuers, two of 文种, one of the validity, each as a place in
    its table; one of the length of the title; one that is 1 for a document that is not the decision itself and 2 for
    one that speaks of everything. Last come
    the later states of those documents that have any, by their place.
    """
    first = min(entry.document.date for entry in entries)
    values = [_filter_values(entry) for entry in entries]
    issuers = list(dict.fromkeys(value[1] for value in values))
    types = list(dict.fromkeys(value[2] for value in values))
    states = list(dict.fromkeys(value[3] for value in values))
    places = [{value: place for place, value in enumerate(table)} for table in (issuers, types, states)]
    fields = "".join(
        number_field((day - first).days, 3)
        + number_field(places[0][issuer], 2)
        + number_field(places[1][kind], 2)
        + number_field(places[2][state], 1)
        + number_field(length, 1)
        + number_field(rank, 1)
        for day, issuer, kind, state, length, rank in values
    )
    later = {str(place): entry.later for place, entry in enumerate(entries) if entry.later}
    return first.isoformat(), issuers, types, states, fields, later


def _filter_values(entry: Entry) -> tuple[date, tuple[str, ...], str, str, int, int]:
    document = entry.document
    rank = 2 if document.kind in _SURVEYS else int(document.kind in _SECONDARY)
    title_length = len(document.title)
    return document.date, document.issuers, document.type_name, entry.validity, title_length, rank


def _row(entry: Entry) -> list[object]:
    """Return what is shown of a document: place, title, number, kind, issuers, date, issue, validity, text's digest.

    The later states come last, where there are any.
    """
    document, issue = entry.document, entry.issue
    return [
        addresses.document_page(issue, document).removesuffix("/index.html"),
        document.title,
        document.identifier,
        document.kind,
        list(document.issuers),
        document.date.isoformat(),
        issue_name(issue),
        entry.validity,
        entry.text.name.rpartition("-")[2],
        *([entry.later] if entry.later else []),
    ]


def _json(value: object) -> str:
    """Return ``value`` as JSON that is valid in a script too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _script(name: str, *values: str) -> bytes:
    """Return a script that calls the search page's function ``name`` with ``values``."""
    text = f"gazetteSearch.receive.{name}({','.join(values)});\n"
    if _LONE_SURROGATE.search(text):
        return text.encode("ascii", "backslashreplace")
    return text.encode()
