"""Font programs in which a glyph has other advances than in its face: what gaps after it add to them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any


def spaced_program(
    data: bytes, glyphs: Sequence[tuple[int, int]], mapping: Mapping[int, int], upem: int
) -> tuple[bytes, list[int]]:
    """Return the font program with ``glyphs`` of the font file ``data``, and the index of each in it.

    A glyph is what is added to its advance, in thousandths of an em, and its index in the face; ``mapping`` has its
    index in ``data``, whose em has ``upem`` units. The program is a bare CFF or a TrueType file; outlines stay.
    """
    from fontTools.ttLib import TTFont

    font: Any = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    order: list[str] = list(font.getGlyphOrder())
    advances: dict[str, tuple[int, int]] = font["hmtx"].metrics
    outlines: Any = _Cff(font) if "CFF " in font else _Glyf(font)
    widened: dict[str, int] = {}
    numbers: list[int] = []
    for extra, glyph in glyphs:
        number = mapping[glyph]
        name = order[number]
        if name in widened:
            number, name = len(order), f"cid{len(order):05d}"
            outlines.copy(order[mapping[glyph]], name)
            order.append(name)
            advances[name] = advances[order[mapping[glyph]]]
            original = widened[order[mapping[glyph]]]
        else:
            original = advances[name][0]
            widened[name] = original
        advances[name] = (max(0, original + round(extra * upem / 1000)), advances[name][1])
        numbers.append(number)
    font.setGlyphOrder(order)
    return outlines.program(order, advances), numbers


class _Cff:
    """The outlines of a font with a CFF table."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._top: Any = font["CFF "].cff.topDictIndex[0]
        self._names: dict[str, str] = {}
        """The glyphs in the font file, by the names of their copies."""

    def copy(self, name: str, new: str) -> None:
        """Add a copy of the glyph ``name``."""
        self._names[new] = name

    def program(self, order: Sequence[str], advances: Mapping[str, tuple[int, int]]) -> bytes:
        """Return the CFF with glyphs in ``order``, which has the first bytes of each say how far it advances."""
        strings: Any = self._top.CharStrings
        drawn: dict[str, Any] = {}
        for name in order:
            source = self._names.get(name, name)
            old: Any = strings[source]
            width = advances[name][0] - old.private.nominalWidthX
            new = copy(old)
            new.bytecode = _redrawn(old.bytecode, width)
            new.program = None
            drawn[name] = new
        if hasattr(self._top, "FDSelect"):
            fonts: list[int] = self._top.FDSelect.gidArray
            places = {name: place for place, name in enumerate(order)}
            fonts.extend(fonts[places[self._names[name]]] for name in order[len(fonts) :])
        strings.charStrings, strings.charStringsAreIndexed = drawn, False
        self._top.charset = list(order)
        return self._font["CFF "].compile(self._font)


@lru_cache(maxsize=4096)
def _redrawn(charstring: bytes, width: int) -> bytes:
    """Return a ``charstring`` that calls no subroutines, with ``width`` as what it says first.

    The documents of an issue have the same glyphs in different subsets.
    """
    from fontTools.misc.psCharStrings import T2CharString, T2OutlineExtractor
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    pen: Any = T2CharStringPen(width, None)
    extractor: Any = T2OutlineExtractor(pen, [], [], 0, 0)
    extractor.execute(T2CharString(bytecode=charstring))
    redrawn: Any = pen.getCharString()
    redrawn.compile()
    return redrawn.bytecode


class _Glyf:
    """The outlines of a font with TrueType outlines."""

    def __init__(self, font: Any) -> None:
        self._font = font

    def copy(self, name: str, new: str) -> None:
        """Add a copy of the glyph ``name``."""
        table: Any = self._font["glyf"]
        table[new] = table[name]

    def program(self, order: Sequence[str], _: Mapping[str, tuple[int, int]]) -> bytes:
        """Return the font file with glyphs in ``order``."""
        self._font["glyf"].setGlyphOrder(list(order))
        output = io.BytesIO()
        self._font.save(output)
        return output.getvalue()
