"""Headings whose number alone does not tell their level: 1, 1.1, 1.1.1 of plans, 章 and 节 of regulations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import division, is_short_heading
from liulin_gazette.intake.manuscript import Line, Part

_DECIMAL = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})(?:[ 　\t]+(?=[一-鿿“《A-Za-z])|(?=[一-鿿“《]))")
_MAX_LEVEL = 5


_DIVISIONS = "篇编章节"
"""From the highest to the lowest."""


def division_levels(parts: Sequence[Part]) -> dict[int, int]:
    """Return the levels of the lines in ``parts`` that begin a division, by index: 2 for the highest sort there is."""
    found: dict[int, str] = {}
    for index, part in enumerate(parts):
        if isinstance(part, Line) and (label := division(part_text(part).strip())):
            found[index] = label[0][-1]
    sorts = [sort for sort in _DIVISIONS if sort in found.values()]
    return {index: sorts.index(sort) + 2 for index, sort in found.items()}


def decimal_levels(parts: Sequence[Part]) -> dict[int, int]:
    """Return the levels of the headings in ``parts`` that have decimal numbers in their turn, by index: 2 for 1, 3 for 1.1.

    There are none where no number has a point in it.
    """
    turns = dict(_in_turn(parts))
    if all(len(path) == 1 for path in turns.values()):
        return {}
    return {index: min(len(path) + 1, _MAX_LEVEL) for index, path in turns.items()}


def _path(part: Part) -> tuple[int, ...]:
    """Return the numbers of the decimal number with which ``part`` begins; none for a line that is no short heading."""
    text = part_text(part).strip()
    match = _DECIMAL.match(text) if isinstance(part, Line) else None
    return tuple(map(int, match["label"].split("."))) if match and is_short_heading(text) else ()


def _in_turn(parts: Sequence[Part]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the index and the numbers of each heading whose number follows that of the one before; 1 begins anew."""
    last: tuple[int, ...] = ()
    for index, part in enumerate(parts):
        path = _path(part)
        if path and (path == (1,) or (last and _follows(path, last))):
            last = path
            yield index, path


def _follows(path: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Tell whether ``path`` is the first below ``last``, the next one beside it, or the next one above it."""
    if len(path) > len(last):
        return path == (*last, 1)
    return path[:-1] == last[: len(path) - 1] and path[-1] == last[len(path) - 1] + 1
