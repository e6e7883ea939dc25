"""The search index: every pair of neighbouring characters with the places where it stands.

A phrase is found exactly: the places of its pairs, shifted, must meet. The index comes in volumes of some
hundred documents, so that an archive of any size is searched newest first at the cost of a small one; and a
volume in shards, so that a query fetches only what it needs. Files are scripts, since a page opened from a
disk may load nothing else. Offsets count UTF-16 units, as scripts do.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.asset import Asset
from liulin_gazette.body import (
    Annex,
    Article,
    Block,
    Figure,
    Heading,
    Instrument,
    Note,
    Paragraph,
    Roster,
    Table,
    plain,
)
from liulin_gazette.check.passages import grid
from liulin_gazette.model import Document, Issue, Publication
from liulin_gazette.pinyin import syllables
from liulin_gazette.relations import declarations, validity
from liulin_gazette.web import addresses
from liulin_gazette.web.registers import kind_of

VOLUME_DOCUMENTS = 300
"""A volume is closed with the issue that brings it to this many documents."""
SHARD_POSITIONS = 8_000
"""About how many places one shard holds: some 20 kB."""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""Digits of the places: five bits each, the upper half says that more follow."""
FORMAT = "1"
FOLDER = "assets/search"
_SEPARATOR = "\n"
_FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("〔【［〖", "["),
    **dict.fromkeys("〕】］〗", "]"),
    "　": " ",
}
_FOLDING = str.maketrans(_FOLDED)

Unit = tuple[str, str]
"""An anchor and the text that stands there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the index."""

    issue: Issue
    document: Document
    validity: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """Neighbouring issues that are indexed together."""

    name: str
    """A number and a digest of everything that the volume's files are made from."""
    entries: tuple[Entry, ...]

    @property
    def folder(self) -> str:
        """Where its files stand in the site."""
        return f"{FOLDER}/{self.name}"


def folded(text: str) -> str:
    """Return ``text`` as it is compared: without differences of width, case and kind of bracket.

    Every character stays one character, so that places stay true.
    """
    return "".join(
        low if len(low := character.lower()) == 1 else character for character in text.translate(_FOLDING)
    )


def volumes(publication: Publication) -> tuple[Volume, ...]:
    """Return the volumes of ``publication``, oldest first."""
    made: list[Volume] = []
    entries: list[Entry] = []
    declared = declarations(publication)
    for issue in publication.issues:
        entries.extend(
            Entry(issue, document, validity(document, declared), tuple(_units(document)))
            for document in issue.documents
        )
        if len(entries) >= VOLUME_DOCUMENTS:
            made.append(_volume(len(made) + 1, entries))
            entries = []
    if entries:
        made.append(_volume(len(made) + 1, entries))
    return tuple(made)


def _volume(number: int, entries: list[Entry]) -> Volume:
    digest = hashlib.sha256(FORMAT.encode())
    for entry in entries:
        digest.update(json.dumps(_catalogue_row(entry, 0), ensure_ascii=False).encode())
        for anchor, text in entry.units:
            digest.update(f"{anchor}\0{text}\0".encode())
    return Volume(f"{number}-{digest.hexdigest()[:12]}", tuple(entries))


def _units(document: Document) -> Iterator[Unit]:
    """Yield the stretches of ``document`` that a hit is shown in, title and number first."""
    contact = document.contact
    yield "", document.title
    yield "", str(document.number)
    yield "", document.issuer
    if document.addressees:
        yield "", document.addressees
    yield from _of_blocks(document.blocks)
    if contact:
        yield "contact", f"{contact.unit} {contact.office} {contact.person} {contact.phone}"


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Unit]:
    for block in blocks:
        if isinstance(block, (Heading, Paragraph, Note)):
            yield block.anchor, plain(block.text).replace(_SEPARATOR, "")
        elif isinstance(block, Article):
            yield block.anchor, f"{block.label} {plain(block.text)}".replace(_SEPARATOR, "")
        elif isinstance(block, Table):
            for row in grid(block):
                cells = [plain(cell.text).replace(_SEPARATOR, "") for _, cell in row if cell.text]
                if cells:
                    yield block.anchor, " ".join(cells)
        elif isinstance(block, Roster):
            for entry in block.entries:
                yield block.anchor, " ".join(filter(None, (entry.role, entry.name, entry.post)))
        elif isinstance(block, Figure):
            yield block.anchor, f"{block.caption or block.alternative}"
        elif isinstance(block, Instrument):
            yield block.anchor, block.title
            yield from _of_blocks(block.blocks)
        elif isinstance(block, Annex):
            yield block.anchor, f"{block.label} {block.title}".strip()
            yield from _of_blocks(block.blocks)


def volume_list(made: Sequence[Volume]) -> Asset:
    """Return the list that the search page loads first, newest volume first."""
    rows = [
        [volume.name, _shard_count(volume), len(volume.entries), _years(volume.entries)]
        for volume in reversed(made)
    ]
    return _script(f"{FOLDER}/volumes.js", "volumes", rows)


def volume_assets(volume: Volume) -> Iterator[Asset]:
    """Yield the files of ``volume``: catalogue, pinyin, texts and shards."""
    rows: list[object] = []
    names: list[object] = []
    places: dict[str, array[int]] = defaultdict(lambda: array("L"))
    start = 0
    for index, entry in enumerate(volume.entries):
        rows.append(_catalogue_row(entry, start))
        parts = syllables(entry.document.title)
        names.append([" ".join(parts), "".join(part[0] for part in parts if part)])
        yield _script(f"{volume.folder}/text-{index}.js", "text", volume.name, index, entry.units)
        start = _collect(entry.units, start, places)
    yield _script(f"{volume.folder}/catalogue.js", "catalogue", volume.name, rows)
    yield _script(f"{volume.folder}/pinyin.js", "pinyin", volume.name, names)
    count = _shard_count(volume)
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    for pair in sorted(places):
        shards[shard_of(pair, count)][pair] = encoded(places[pair])
    for index, shard in enumerate(shards):
        yield _script(f"{volume.folder}/{index}.js", "shard", volume.name, index, shard)


def _collect(units: Iterable[Unit], start: int, places: dict[str, array[int]]) -> int:
    """Note the places of every pair in ``units`` and return where the next document begins."""
    for _, text in units:
        characters = _utf16(folded(text))
        for offset in range(len(characters) - 1):
            places[characters[offset : offset + 2]].append(start + offset)
        start += len(characters) + 1
    return start


def _utf16(text: str) -> str:
    """Return ``text`` with each character beyond the basic plane as its two surrogates."""
    if all(character <= "\uffff" for character in text):
        return text
    units = array("H", text.encode("utf-16-le"))
    return "".join(map(chr, units))


def _shard_count(volume: Volume) -> int:
    length = sum(len(text) for entry in volume.entries for _, text in entry.units)
    return max(1, -(-length // SHARD_POSITIONS))


def shard_of(pair: str, count: int) -> int:
    """Return the shard of ``pair``; search.js computes the same."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % count


def encoded(places: Iterable[int]) -> str:
    """Return rising ``places`` as their differences in digits of ``ALPHABET``."""
    digits: list[str] = []
    last = 0
    for place in places:
        difference = place - last
        last = place
        while difference >= 32:
            digits.append(ALPHABET[32 + difference % 32])
            difference //= 32
        digits.append(ALPHABET[difference])
    return "".join(digits)


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
    ]


def _years(entries: Sequence[Entry]) -> str:
    first, last = entries[0].issue.year, entries[-1].issue.year
    return str(first) if first == last else f"{first}—{last}"


def _script(path: str, name: str, *values: object) -> Asset:
    """Return a script that hands ``values`` to the search page."""
    words = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    text = f"gazetteSearch.{name}({words});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Asset(
        path,
        text.encode("utf-8", "surrogatepass")
        if _is_whole(text)
        else text.encode("ascii", "backslashreplace"),
    )


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
