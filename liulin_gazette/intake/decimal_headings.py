"""Headings that are numbered 1, 1.1, 1.1.1, as emergency plans and technical documents have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from liulin_gazette.intake.document_state import Position
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import is_short_heading
from liulin_gazette.intake.manuscript import Line, Part

_DECIMAL = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})(?:[ 　\t]+(?=[一-鿿“《A-Za-z])|(?=[一-鿿“《]))")
_MAX_LEVEL = 5


def decimal_level(position: Position) -> int:
    """Return the level of the heading at ``position`` that has a decimal number in its turn: 2 for 1, 3 for 1.1; else 0."""
    if _path(position.part) == ():
        return 0
    turns = dict(_in_turn(position.parts))
    path = turns.get(position.index)
    return min(len(path) + 1, _MAX_LEVEL) if path and any(len(each) > 1 for each in turns.values()) else 0


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
