"""Names of offices in a title, which a line of a narrow screen does not part where they fit on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

SHORTEST, LONGEST = 4, 12
"""Characters of the names that are kept whole: a phone of 360 px has some 17 to the line."""
_PLACE = re.compile(r"^[^省市县区旗]{1,11}[市县区旗](?=[^省市县区旗]{2})")
_DIVISION = re.compile(r"^[^省市县区旗]{1,11}(?=[市县区旗][^省市县区旗])")


def own_name(name: str) -> str:
    """Return the ``name`` of an office without the place that it begins with: 方山县林业局 gives 林业局."""
    return _PLACE.sub("", name)


def name_runs(title: str, names: Iterable[str]) -> list[tuple[str, bool]]:
    """Return ``title`` in runs, each with whether it is one of ``names``, or that without its place: 县民政局.

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
    forms = {form for name in names for form in (name, _DIVISION.sub("", name))}
    kept = sorted(
        (form for form in forms if SHORTEST <= len(form) <= LONGEST), key=lambda form: (-len(form), form)
    )
    return re.compile(f"({'|'.join(map(re.escape, kept))})") if kept else None
