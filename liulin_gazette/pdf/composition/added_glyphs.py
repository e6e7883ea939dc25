"""Glyphs that a face lacks, added to it while it is prepared.

Raised and lowered characters (⁻³, ₂) are drawn from the face's own digits and signs, so that they suit it. Tick
boxes, other symbols and the letters of alphabets that Chinese faces lack are taken from the face of symbols. Quotes that
a face has for Latin only, narrow ones, get the em that Chinese quotes have, with an empty half outside. Each has its own
place in the character map, so text that is copied from a PDF has the same character.
"""

from __future__ import annotations

import io
import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from liulin_gazette.text.raised_characters import BARE, POSITIONS, SUPER

RAISED_SCALE = 0.62
"""Size of a raised or lowered character, of the size of the text."""
RAISED_BY, LOWERED_BY = 0.33, 0.14
"""em: how far its baseline is above or below that of the text."""
SYMBOLS = ("So", "Sm", "No")
"""Categories of the characters that the face of symbols may stand in for: ☑, ≥, ㉑."""
ALPHABETS = ("LATIN", "MODIFIER", "LISU")
"""First words of the Unicode names of letters that it may stand in for: those with which names of minorities are
written, each letter by itself. An ideograph is never replaced, nor a letter that joins the next one, as Arabic does.
"""
OPENING_QUOTES, CLOSING_QUOTES = "“‘", "”’"
NARROW = 0.75
"""em: a quote that is narrower is one for Latin."""


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The drawing of a character: a glyph, and how it is scaled and moved into the face that lacks it."""

    character: str
    glyphs: Any
    """The glyph set that has the glyph."""
    name: str
    """The glyph's name there."""
    scale: float
    rise: float
    """Units of the face that lacks it."""
    shift: float = 0
    """Units by which it is moved to the right."""
    advance: float | None = None
    """Units; None for that of the glyph, scaled."""


def bases(characters: Iterable[str]) -> frozenset[str]:
    """Return the characters that raised and lowered ones among ``characters`` are drawn from."""
    return frozenset(BARE[character] for character in characters if character in BARE)


def addable(own: frozenset[str], symbols: frozenset[str]) -> frozenset[str]:
    """Return the characters that ``with_added_glyphs`` can add to a face that has ``own``.

    ``symbols`` are those of the face of symbols.
    """
    raised = {character for character, bare in BARE.items() if bare in own}
    return frozenset(raised.union(filter(_is_symbol, symbols)))


def _is_symbol(character: str) -> bool:
    """Return whether the face of symbols may stand in for ``character``."""
    return unicodedata.category(character) in SYMBOLS or unicodedata.name(character, "").startswith(ALPHABETS)


def with_added_glyphs(data: bytes, characters: Iterable[str], symbols: bytes) -> bytes:
    """Return the font file ``data`` with glyphs for those of ``characters`` that it lacks and that can be had.

    Narrow quotes are replaced by full-width ones. ``symbols`` is the font file of the face of symbols, empty where
    there is none. A font that gets no glyph is returned as it is.
    """
    from fontTools.ttLib import TTFont

    # Recalculating the bounds of 15,000 glyphs would take minutes.
    font: Any = TTFont(io.BytesIO(data), recalcBBoxes=False)
    drawings = (*_drawings(font, sorted(characters), symbols), *_wide_quotes(font))
    if not drawings:
        return data
    names = _add_to_cff(font, drawings) if "CFF " in font else _add_to_glyf(font, drawings)
    for drawing, name in zip(drawings, names, strict=True):
        for table in font["cmap"].tables:
            if table.isUnicode() and (table.format == 12 or ord(drawing.character) < 0x10000):
                table.cmap[ord(drawing.character)] = name
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()


def _drawings(font: Any, characters: Iterable[str], symbols: bytes) -> Iterator[_Drawing]:
    from fontTools.ttLib import TTFont

    own, em = font.getBestCmap(), font["head"].unitsPerEm
    symbol_font: Any = TTFont(io.BytesIO(symbols), lazy=True) if symbols else None
    symbol_names: dict[int, str] = symbol_font.getBestCmap() if symbols else {}
    for character in characters:
        if ord(character) in own:
            continue
        bare, symbol = own.get(ord(BARE.get(character, "\0"))), symbol_names.get(ord(character))
        if bare:
            rise = RAISED_BY if POSITIONS[character] == SUPER else -LOWERED_BY
            yield _Drawing(character, font.getGlyphSet(), bare, RAISED_SCALE, rise * em)
        elif symbol and _is_symbol(character):
            scale = em / symbol_font["head"].unitsPerEm
            yield _Drawing(character, symbol_font.getGlyphSet(), symbol, scale, 0)


def _wide_quotes(font: Any) -> Iterator[_Drawing]:
    """Yield a full-width quote for each narrow one, at the side of its em where its text is."""
    own, em, glyphs = font.getBestCmap(), font["head"].unitsPerEm, font.getGlyphSet()
    for character in OPENING_QUOTES + CLOSING_QUOTES:
        name = own.get(ord(character))
        # Faces for several languages have the full-width form of Chinese as another glyph.
        if name and glyphs[name].width < NARROW * em and not _has_localised_forms(font):
            shift = em - glyphs[name].width if character in OPENING_QUOTES else 0
            yield _Drawing(character, glyphs, name, 1, 0, shift, em)


def _has_localised_forms(font: Any) -> bool:
    records = font["GSUB"].table.FeatureList.FeatureRecord if "GSUB" in font else ()
    return any(record.FeatureTag == "locl" for record in records)


def _draw(drawing: _Drawing, pen: Any) -> int:
    """Draw ``drawing`` with ``pen``; return its advance width in units of the face that gets it."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen

    outline: Any = DecomposingRecordingPen(drawing.glyphs)
    drawing.glyphs[drawing.name].draw(outline)
    outline.replay(TransformPen(pen, (drawing.scale, 0, 0, drawing.scale, drawing.shift, drawing.rise)))
    if drawing.advance is not None:
        return round(drawing.advance)
    return round(drawing.glyphs[drawing.name].width * drawing.scale)


def _add_to_cff(font: Any, drawings: Iterable[_Drawing]) -> list[str]:
    """Add ``drawings`` to a face with PostScript outlines; return the names of their glyphs."""
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    top: Any = font["CFF "].cff.topDictIndex[0]
    strings, used = top.CharStrings, set(top.charset)
    free = (name for number in itertools.count(1) if (name := f"cid{number:05}") not in used)
    has_parts = hasattr(top, "FDSelect")
    private = top.FDArray[0].Private if has_parts else top.Private
    names: list[str] = []
    for drawing in drawings:
        pen: Any = T2CharStringPen(None, None)
        width = _draw(drawing, pen)
        charstring = pen.getCharString(private, font["CFF "].cff.GlobalSubrs)
        charstring.program.insert(0, width - private.nominalWidthX)
        name = next(free)
        strings.charStrings[name] = len(strings.charStringsIndex)
        strings.charStringsIndex.append(charstring)
        top.charset.append(name)
        if has_parts:
            top.FDSelect.gidArray.append(0)
        names.append(name)
        _add_metrics(font, name, width)
    font.setGlyphOrder(list(top.charset))
    return names


def _add_to_glyf(font: Any, drawings: Iterable[_Drawing]) -> list[str]:
    """Add ``drawings`` to a face with TrueType outlines; return the names of their glyphs."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names: list[str] = []
    for number, drawing in enumerate(drawings):
        pen: Any = TTGlyphPen(None)
        width = _draw(drawing, Cu2QuPen(pen, 1.0))
        name = f"added{number}"
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["glyf"][name] = glyph
        names.append(name)
        _add_metrics(font, name, width, getattr(glyph, "xMin", 0))
    font.setGlyphOrder(font["glyf"].glyphOrder)
    return names


def _add_metrics(font: Any, name: str, width: int, left_bearing: int = 0) -> None:
    font["hmtx"][name] = (width, left_bearing)
    if "vmtx" in font:
        font["vmtx"][name] = (font["head"].unitsPerEm, 0)
