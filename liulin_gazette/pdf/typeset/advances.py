"""Gaps between glyphs that readers of PDF would take for spaces, made part of the advance of the glyph before them.

Readers compare where a glyph stands with where the one before it ended, by its advance in the font: a tenth of an em
between them is a space to pdf.js and poppler, and so is an overlap. A spread name (郭　鹏), a label with letter spacing or
a squeezed mark is found and copied as one word if its glyphs come from a face whose advances have the gap in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from liulin_gazette.pdf.composition.chinese_breaks import CLOSING

LEAST_GAP, LEAST_OVERLAP = 98, 120
"""Thousandths of an em: readers take no narrower gap, and no smaller overlap, for a space."""
GAP_STEP, OVERLAP_STEP = 150, 200
"""Thousandths of an em by which advances are changed, so that faces are few; the rest stays a gap or an overlap."""
IDEOGRAPHIC_SPACE = "\u3000"
_TJ_ELEMENT = re.compile(r"<([0-9a-f]*)>|(-?[0-9.]+)")
_HAN = "[\u3400-\u9fff]"
_SPREAD_WORD = re.compile(rf"(?<!{_HAN})(?<!{_HAN}\u3000){_HAN}(?:\u3000{_HAN}){{1,2}}(?!\u3000?{_HAN})")
"""A word whose characters an editor has set apart: 郭　鹏, 指　挥　长; not a row of names of one character each."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of a line that are shown with one face."""

    extra: int
    """What is added to the advance of each, in thousandths of an em."""
    array: str
    """The inside of a TJ array (ISO 32000-1 §9.4.3)."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    code: str
    """Four hexadecimal digits."""
    gap: float
    """Thousandths of an em between its end and the next glyph; negative where that one begins before it."""


def wide_face(name: str, extra: int) -> str:
    """Return the name of the face ``name`` (F0) with ``extra`` thousandths of an em added to its advances: F0w450."""
    return f"{name}{'w' if extra > 0 else 'n'}{abs(extra)}"


def base_face(name: str) -> tuple[int, int]:
    """Return the number of the face whose name is ``name``, and what is added to its advances: 0 and 450 of F0w450."""
    wide, narrow = name.partition("w"), name.partition("n")
    number = (narrow if narrow[1] else wide)[0]
    return int(number[1:]), int(wide[2] or 0) - int(narrow[2] or 0)


def runs(array: str, width_of: Mapping[int, int], text_of: Mapping[int, str]) -> list[Run]:
    """Return ``array``, the inside of a TJ array, as runs that are shown one after the other.

    ``width_of`` has the advances of glyphs in thousandths of an em, and ``text_of`` their text.
    """
    glyphs = _glyphs(array)
    if glyphs is None:
        return [Run(0, array)]
    glyphs = _without_spreading(glyphs, width_of, text_of)
    extras = [
        0 if index == len(glyphs) - 1 else _extra(glyph, text_of.get(int(glyph.code, 16), ""))
        for index, glyph in enumerate(glyphs)
    ]
    return [
        Run(extra, _array([glyph for _, glyph in group], extra))
        for extra, group in groupby(zip(extras, glyphs, strict=True), lambda pair: pair[0])
    ]


def _glyphs(array: str) -> list[_Glyph] | None:
    """Return the glyphs of ``array``; None if it does not begin with a glyph."""
    glyphs: list[_Glyph] = []
    for codes, number in _TJ_ELEMENT.findall(array):
        if number:
            if not glyphs:
                return None
            glyphs[-1] = _Glyph(glyphs[-1].code, glyphs[-1].gap - float(number))
        glyphs.extend(_Glyph(codes[start : start + 4], 0.0) for start in range(0, len(codes), 4))
    return glyphs


def _without_spreading(
    glyphs: Sequence[_Glyph], width_of: Mapping[int, int], text_of: Mapping[int, str]
) -> list[_Glyph]:
    """Return ``glyphs`` with the ideographic spaces within spread words turned into gaps."""
    texts = [text_of.get(int(glyph.code, 16), "") for glyph in glyphs]
    if IDEOGRAPHIC_SPACE not in texts or any(len(text) != 1 for text in texts):
        return list(glyphs)
    inside = {
        index
        for word in _SPREAD_WORD.finditer("".join(texts))
        for index in range(*word.span())
        if texts[index] == IDEOGRAPHIC_SPACE
    }
    result: list[_Glyph] = []
    for index, glyph in enumerate(glyphs):
        if index in inside:
            gap = result[-1].gap + width_of[int(glyph.code, 16)] + glyph.gap
            result[-1] = _Glyph(result[-1].code, gap)
        else:
            result.append(glyph)
    return result


def _extra(glyph: _Glyph, text: str) -> int:
    """Return what is added to the advance of ``glyph``, whose text is ``text``."""
    if glyph.gap >= LEAST_GAP and text.strip():
        return GAP_STEP * round(glyph.gap / GAP_STEP)
    if glyph.gap <= -LEAST_OVERLAP and text in CLOSING:
        return OVERLAP_STEP * round(glyph.gap / OVERLAP_STEP)
    return 0


def _array(glyphs: Sequence[_Glyph], extra: int) -> str:
    shown = "".join(
        glyph.code + (f">{round(extra - glyph.gap, 3):g}<" if glyph.gap != extra else "") for glyph in glyphs
    )
    return f"<{shown}>".replace("<>", "")
