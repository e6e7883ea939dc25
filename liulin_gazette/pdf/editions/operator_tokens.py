"""The drawing operators of a page (ISO 32000-1 §7.8.2), with their operands, as the typesetter records them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\[(?P<array>[^\]]*)\]|<<(?P<entries>.*?)>>|/(?P<name>[^\s/<>\[\]()]+)|(?P<number>[-+]?[0-9]*\.?[0-9]+)"
    rb"|(?P<operator>[A-Za-z]+\*?)",
    re.DOTALL,
)
_MARK = re.compile(r"/MCID (\d+)")
_TJ_ELEMENT = re.compile(r"<([0-9a-f]*)>|([-+]?[0-9]*\.?[0-9]+)")


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator and its operands."""

    name: str
    numbers: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    array: str = ""
    """The inside of an array."""
    mark: int | None = None
    """The MCID in a property list."""


def operators(content: bytes) -> Iterator[Operator]:
    """Yield the operators of ``content`` in their order."""
    numbers: list[float] = []
    names: list[str] = []
    array, mark = "", None
    for match in _TOKEN.finditer(content):
        kind, text = match.lastgroup, match[match.lastgroup or 0].decode("latin-1")
        if kind == "number":
            numbers.append(float(text))
        elif kind == "name":
            names.append(text)
        elif kind == "array":
            array = text
        elif kind == "entries":
            found = _MARK.search(text)
            mark = int(found[1]) if found else None
        else:
            yield Operator(text, tuple(numbers), tuple(names), array, mark)
            numbers, names, array, mark = [], [], "", None


def shown_glyphs(array: str) -> Iterator[int | float]:
    """Yield what is in a TJ ``array``: glyph indices (int), and in their order the gaps (float) in thousandths of an em.

    A gap moves the next glyph back.
    """
    for codes, gap in _TJ_ELEMENT.findall(array):
        if gap:
            yield float(gap)
        for start in range(0, len(codes), 4):
            yield int(codes[start : start + 4], 16)
