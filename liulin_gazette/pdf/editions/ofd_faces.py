"""Faces in an OFD file: subset to the glyphs in use, and with the characters that each of them is drawn for."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.ofd.fixed_document import Font
from liulin_gazette.pdf.typeset.advances import base_face
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.embedding import is_serif

_LEFT_OUT = (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"VORG", b"gasp", b"vhea", b"vmtx")
"""Tables that no reader needs for glyphs whose places are given."""


@dataclass(frozen=True, slots=True)
class OfdFace:
    """A face that has only the glyphs in use."""

    font: Font
    glyphs: Mapping[int, int]
    """Glyph index in the font file by glyph index in the face."""
    characters: Mapping[str, int]
    """Glyph index in the font file by character, as its ``cmap`` has it."""
    extents: tuple[float, float, float, float]
    """Ems by which glyphs reach to the left of their origin, above and below the baseline, and beyond their advance."""


def ofd_faces(parts: Sequence[Part], faces: Sequence[Face]) -> dict[str, OfdFace]:
    """Return the faces that ``parts`` use by their names in drawings (F0 …), subset to the glyphs in use.

    Where a glyph is drawn with another advance (F0w450), it is the same glyph: an OFD file has the place of each.
    """
    glyphs: dict[int, dict[int, str]] = {}
    for part in parts:
        for layout in (part.layout, part.furniture):
            for name, used in layout.glyphs.items() if layout else ():
                number, _ = base_face(name)
                glyphs.setdefault(number, {}).update({glyph: text for glyph, (_, text) in used.items()})
    return {f"F{number}": _subset(faces[number], used) for number, used in sorted(glyphs.items())}


def _subset(face: Face, glyphs: Mapping[int, str]) -> OfdFace:
    """Return the subset of ``face`` that has ``glyphs``, each with its text."""
    import uharfbuzz

    harfbuzz: Any = uharfbuzz
    source = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(face.file)))
    options = harfbuzz.SubsetInput()
    flags = harfbuzz.SubsetFlags
    # Some readers call the glyphs of a CFF by CID: its CIDs are its glyph indices.
    options.flags = flags.NO_HINTING | flags.DESUBROUTINIZE | flags.CFF_IDENTITY_CHARSET
    options.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).update(sorted(glyphs))
    options.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag, "big") for tag in _LEFT_OUT
    )
    plan = harfbuzz.SubsetPlan(source, options)
    mapping = dict(plan.old_to_new_glyph_mapping)
    file: bytes = plan.execute().blob.data
    name = face.family.replace(" ", "")
    return OfdFace(
        Font(name, file, is_serif=is_serif(face)),
        {glyph: mapping[glyph] for glyph in sorted(glyphs)},
        _characters(file),
        _extents(source, glyphs),
    )


def _characters(file: bytes) -> dict[str, int]:
    from fontTools.ttLib import TTFont

    font: Any = TTFont(io.BytesIO(file), lazy=True)
    return {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}


def _extents(source: Any, glyphs: Mapping[int, str]) -> tuple[float, float, float, float]:
    import uharfbuzz

    harfbuzz: Any = uharfbuzz
    font = harfbuzz.Font(source)
    left = up = down = right = 0
    for glyph in glyphs:
        box = font.get_glyph_extents(glyph)
        if box is None:
            continue
        left = max(left, -box.x_bearing)
        up = max(up, box.y_bearing)
        down = max(down, -(box.y_bearing + box.height))
        right = max(right, box.x_bearing + box.width - font.get_glyph_h_advance(glyph))
    em = source.upem
    return left / em, up / em, down / em, right / em
