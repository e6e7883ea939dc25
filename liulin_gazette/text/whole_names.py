"""Names of offices in a title, which a line of a narrow screen does not part where they fit on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

SHORTEST, LONGEST = 4, 12
"""Characters of the names that are kept whole: a phone of 360 px has some 17 to the line."""
_WHOLE = ("人民政府", "人民代表大会")
"""What a place is the place of: without it these would be those of anywhere."""


def places_in(names: Iterable[str]) -> tuple[str, ...]:
    """Return the places whose government or congress is among ``names``, the longest first.

    柳林县人民政府办公室 gives 柳林县. No pattern of the characters 市, 县, 区, 旗 does: 城市管理局 has one too.
    """
    found = {name.partition(body)[0] for name in names for body in _WHOLE if body in name}
    return tuple(sorted((place for place in found if len(place) > 1), key=lambda place: (-len(place), place)))


def own_name(name: str, places: Sequence[str]) -> str:
    """Return the ``name`` of an office without that of ``places`` which it begins with: 方山县林业局 gives 林业局.

    The government of a place keeps its whole name.
    """
    rest = _after_place(name, places)[1]
    return name if rest.startswith(_WHOLE) else rest


def short_name(name: str, places: Sequence[str]) -> str:
    """Return the ``name`` of an office as other offices of its place call it: 方山县林业局 gives 县林业局."""
    place, rest = _after_place(name, places)
    return place[-1:] + rest


def _after_place(name: str, places: Sequence[str]) -> tuple[str, str]:
    """Return the first of ``places`` that ``name`` begins with, and what follows; an empty place if there is none."""
    place = next((each for each in places if name.startswith(each) and len(name) > len(each) + 1), "")
    return place, name[len(place) :]


def name_runs(title: str, names: Iterable[str]) -> list[tuple[str, bool]]:
    """Return ``title`` in runs, each with whether it is one of ``names``.

    A name that begins with another one is taken as a whole. Names that are too short or too long are no runs.
    """
    pattern = _pattern(tuple(names))
    if pattern is None:
        return [(title, False)]
    return [(run, bool(pattern.fullmatch(run))) for run in pattern.split(title) if run]


def name_spans(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where each of ``names`` that is kept whole begins and ends in ``text``."""
    if (pattern := _pattern(tuple(names))) is not None:
        for found in pattern.finditer(text):
            yield found.span()


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    fitting = {name for name in names if SHORTEST <= len(name) <= LONGEST}
    kept = sorted(fitting, key=lambda name: (-len(name), name))
    return re.compile(f"({'|'.join(map(re.escape, kept))})") if kept else None
