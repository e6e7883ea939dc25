"""The names under which each place of a document is reached, and the ledger of those that were published.

What has a printed number (第五条, （三）, 一、) is named by it, and the name goes with the number. What has none is named
by what it says, and under every name that was ever published it leads to the text that it led to then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from liulin_gazette.model.block_places import BlockPlace, block_places
from liulin_gazette.model.blocks import Block

_ENTRY = re.compile(r"(?P<names>[a-z0-9.\-]+(?:=[a-z0-9.\-]+)*):(?P<digest>[0-9a-f]{6})")
_MOST_COMPARED = 1500
"""Blocks, beside those that are alike at both ends, of which it is looked up which are alike."""


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The names of one block on its page, each of which no other block of the page has."""

    name: str
    """The one that links show."""
    others: tuple[str, ...]
    digest: str
    citation: str
    """第五条第二款第（三）项; empty where a place is not cited."""

    @property
    def all(self) -> tuple[str, ...]:
        """All names, the shown one first."""
        return (self.name, *self.others)


Places = Mapping[str, PlaceNames]
"""The names of each block of a document, by its own anchor, in reading order."""


def place_names(blocks: Sequence[Block], ledger: str = "") -> Places:
    """Return the names of ``blocks``; ``ledger`` is what ``ledger_of`` wrote of the text that was published last."""
    places = block_places(blocks)
    inherited = _inherited(_entries(ledger), places)
    owners: dict[str, str] = {}
    for place in places:
        for name in _printed(place):
            owners.setdefault(name, place.anchor)
    published = {name for names in inherited for name in names} | owners.keys()
    used: set[str] = set()
    named: dict[str, PlaceNames] = {}
    for place, former in zip(places, inherited, strict=True):
        names = [name for name in _printed(place) if owners[name] == place.anchor]
        names += [name for name in former if name not in owners and name not in used]
        used.update(names)
        # A count of paragraphs names only what it named when it was published, and what is new.
        for name in filter(None, (place.counted, place.content, "" if former else place.anchor)):
            if name not in published and name not in used:
                names.append(name)
                used.add(name)
        if not names:
            names.append(_free(place.content or place.anchor, used | published))
            used.add(names[0])
        named[place.anchor] = PlaceNames(names[0], tuple(names[1:]), place.digest, place.citation)
    return named


def ledger_of(places: Places) -> str:
    """Return the names and digests of ``places`` as the record of an issue keeps them: ``article-1:2c1f00 t-…=p1:…``."""
    return " ".join(f"{'='.join(each.all)}:{each.digest}" for each in places.values())


def _entries(ledger: str) -> list[tuple[tuple[str, ...], str]]:
    """Return names and digest of each block in ``ledger``; what is not in its form is left out."""
    found = (_ENTRY.fullmatch(entry) for entry in ledger.split())
    return [(tuple(match["names"].split("=")), match["digest"]) for match in found if match]


def _printed(place: BlockPlace) -> tuple[str, ...]:
    """Return the names of ``place`` that go with its printed number."""
    return tuple(filter(None, (place.number, place.anchor if place.is_numbered else "")))


def _free(name: str, used: set[str]) -> str:
    count = 2
    while f"{name}.{count}" in used:
        count += 1
    return f"{name}.{count}"


def _inherited(
    entries: Sequence[tuple[tuple[str, ...], str]], places: Sequence[BlockPlace]
) -> list[list[str]]:
    """Return the published names that each of ``places`` takes over, by where what had them stands now.

    Where text was changed, its names stay at its place; where it was left out, they lead to what follows.
    """
    if not places:
        return []
    own: list[list[str]] = [[] for _ in places]
    left: list[list[str]] = [[] for _ in places]
    for (names, _), (place, is_left_out) in zip(entries, _matches(entries, places), strict=True):
        (left if is_left_out else own)[place].extend(names)
    return [list(dict.fromkeys((*first, *then))) for first, then in zip(own, left, strict=True)]


def _matches(
    entries: Sequence[tuple[tuple[str, ...], str]], places: Sequence[BlockPlace]
) -> Iterator[tuple[int, bool]]:
    """Yield for each of ``entries`` the index in ``places`` of the block that it is now, and whether it was left out."""
    old, new = [digest for _, digest in entries], [place.digest for place in places]
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from ((index, False) for index in range(start))
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    last = len(places) - 1
    for _, first, stop, now, now_stop in _changes(before, after):
        for offset in range(stop - first):
            is_left_out = now + offset >= now_stop
            inside = max(now, now_stop - 1) if is_left_out else now + offset
            yield min(start + inside, last), is_left_out
    yield from ((index, False) for index in range(len(new) - end, len(new)))


def _changes(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return what turns ``before`` into ``after``, as ``SequenceMatcher.get_opcodes`` does."""
    if max(len(before), len(after)) > _MOST_COMPARED:
        return [("replace", 0, len(before), 0, len(after))]
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
