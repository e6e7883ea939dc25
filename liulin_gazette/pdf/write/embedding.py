"""Embedding of faces in a PDF: subset to the glyphs in use, renumbered from 1, mapped to Unicode."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pydyf

from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.typeset.advances import base_face
from liulin_gazette.pdf.write.objects import add, encoded_stream, stream
from liulin_gazette.pdf.write.spaced_glyphs import spaced_program

Glyphs = Mapping[int, tuple[int, str]]
"""Advance width in thousandths of an em and text, by glyph index, or by its key if the advance is changed."""
_FONT_OR_GLYPHS = re.compile(rb"/(F\d+(?:[wn]\d+)?) |<([0-9a-f]+)>")
_SPACED = 1 << 16
"""More than any index of a glyph."""
_SERIF, _SYMBOLIC = 2, 4
"""Flags of a font descriptor (ISO 32000-1 table 123)."""


@dataclass(frozen=True, slots=True)
class FaceSubset:
    """A face that has only the glyphs in use."""

    name: str
    program: bytes
    """The font program, deflated: a bare CFF, or a TrueType file."""
    length: int
    """Bytes of the font program before it was deflated."""
    is_cff: bool
    new_glyphs: Mapping[int, int]
    """Glyph index in the subset by glyph index, or key, in the face."""
    ascent: int
    """Thousandths of an em."""
    descent: int
    """Thousandths of an em, negative below the baseline."""
    is_serif: bool


def spaced(glyph: int, extra: int) -> int:
    """Return the key of ``glyph`` with ``extra`` thousandths of an em added to its advance, among those of a face."""
    return extra * _SPACED + glyph


def subset_face(face: Face, glyphs: Iterable[int]) -> FaceSubset:
    """Return the subset of ``face`` that has ``glyphs``, numbered from 1 in the order of the face.

    A glyph is its index in the face, or has a key (see ``spaced``) that tells what its advance is changed by.
    """
    return _subset(face, tuple(sorted(set(glyphs))))


@lru_cache(maxsize=16)
def _subset(face: Face, keys: tuple[int, ...]) -> FaceSubset:
    """Return the subset of ``face`` that has ``keys``. An edit seldom brings new glyphs: the desk takes it again."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    harfbuzz: Any = uharfbuzz
    source = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(face.file)))
    options = harfbuzz.SubsetInput()
    flags = harfbuzz.SubsetFlags
    # The CIDs of the CFF must be its glyph indices: PDF text calls glyphs by CID (ISO 32000-1 §9.7.4.2).
    options.flags = flags.NO_HINTING | flags.DESUBROUTINIZE | flags.CFF_IDENTITY_CHARSET
    options.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).update(sorted({key % _SPACED for key in keys}))
    options.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag, "big")
        for tag in (
            b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"VORG", b"cmap", b"gasp", b"name", b"post",
            b"vhea", b"vmtx",
        )
    )  # fmt: skip
    plan = harfbuzz.SubsetPlan(source, options)
    mapping = dict(plan.old_to_new_glyph_mapping)
    data: bytes = plan.execute().blob.data
    is_cff = data[:4] == b"OTTO"
    is_spaced = any(key // _SPACED for key in keys)
    if is_spaced:
        program, numbers = spaced_program(data, [divmod(key, _SPACED) for key in keys], mapping, source.upem)
        mapping = dict(zip(keys, numbers, strict=True))
    else:
        font: Any = TTFont(io.BytesIO(data), lazy=True)
        program = font.reader["CFF "] if is_cff else data
    extents = harfbuzz.Font(source).get_font_extents("ltr")
    scale = 1000 / source.upem
    return FaceSubset(
        face.family.replace(" ", "") + ("Spaced" if is_spaced else ""),
        zlib.compress(program, 9),
        len(program),
        is_cff,
        mapping,
        round(extents.ascender * scale),
        round(extents.descender * scale),
        is_serif(face),
    )


def is_serif(face: Face) -> bool:
    """Return whether the glyphs of ``face`` have serifs."""
    return face.role in ("小标宋", "宋体")


def renumber(operators: bytes, faces: Mapping[str, FaceSubset]) -> bytes:
    """Return ``operators`` with each glyph index replaced by that in the subset; ``faces`` by name (F0 …)."""
    current: list[tuple[FaceSubset, int]] = []

    def replacement(match: re.Match[bytes]) -> bytes:
        if match[1]:
            number, extra = base_face(match[1].decode())
            name = subset_name(number, extra)
            current[:] = [(faces[name], extra)]
            return f"/{name} ".encode()
        (face, extra), text = current[0], match[2].decode()
        glyphs = (
            face.new_glyphs[spaced(int(text[index : index + 4], 16), extra)]
            for index in range(0, len(text), 4)
        )
        return ("<" + "".join(f"{glyph:04x}" for glyph in glyphs) + ">").encode()

    return _FONT_OR_GLYPHS.sub(replacement, operators)


def subset_name(number: int, extra: int) -> str:
    """Return the name of the subset that has the glyphs of the face ``number`` with ``extra`` in their advances."""
    return f"F{number}w" if extra else f"F{number}"


def embed(pdf: Any, subset: FaceSubset, glyphs: Glyphs, tag: str) -> Any:
    """Add ``subset`` to ``pdf`` as a composite (Type 0) font; return its dictionary.

    ``glyphs`` go by glyph index in the whole face; ``tag`` is the subset tag of six capitals before the font's
    name (ISO 32000-1 §9.6.4).
    """
    name = f"/{tag}+{subset.name}"
    extra = {"Subtype": "/CIDFontType0C"} if subset.is_cff else {"Length1": subset.length}
    program = add(pdf, encoded_stream(subset.program, {"Filter": "/FlateDecode", **extra}))
    descriptor = add(
        pdf,
        pydyf.Dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": _SYMBOLIC + (_SERIF if subset.is_serif else 0),
                "FontBBox": pydyf.Array([0, subset.descent, 1000, subset.ascent]),
                "ItalicAngle": 0,
                "Ascent": subset.ascent,
                "Descent": subset.descent,
                "CapHeight": subset.ascent,
                "StemV": 80,
                "FontFile3" if subset.is_cff else "FontFile2": program.reference,
            }
        ),
    )
    descendant = add(
        pdf,
        pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": f"/CIDFontType{0 if subset.is_cff else 2}",
                "BaseFont": name,
                "CIDSystemInfo": pydyf.Dictionary(
                    {
                        "Registry": pydyf.String("Adobe"),
                        "Ordering": pydyf.String("Identity"),
                        "Supplement": 0,
                    }
                ),
                "W": _widths({subset.new_glyphs[glyph]: width for glyph, (width, _) in glyphs.items()}),
                "FontDescriptor": descriptor.reference,
                **({} if subset.is_cff else {"CIDToGIDMap": "/Identity"}),
            }
        ),
    )
    texts = {subset.new_glyphs[glyph]: text for glyph, (_, text) in glyphs.items()}
    unicode_map = add(pdf, stream(b"\n".join(_unicode_map(texts))))
    return add(
        pdf,
        pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pydyf.Array([descendant.reference]),
                "ToUnicode": unicode_map.reference,
            }
        ),
    )


def _widths(widths: Mapping[int, int]) -> Any:
    """Return the W array (ISO 32000-1 §9.7.4.3); the default width, a full em as of Han characters, needs no entry."""
    array = pydyf.Array()
    run: Any = pydyf.Array()
    last = -2
    for glyph, width in sorted(widths.items()):
        if width == 1000:
            continue
        if glyph != last + 1:
            run = pydyf.Array()
            array.extend([glyph, run])
        run.append(width)
        last = glyph
    return array


def _unicode_map(texts: Mapping[int, str]) -> Iterable[bytes]:
    """Yield the lines of the ToUnicode CMap (ISO 32000-1 §9.10.3) of ``texts``, by glyph index."""
    yield (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
    )
    items = sorted(texts.items())
    for start in range(0, len(items), 100):
        batch = items[start : start + 100]
        yield f"{len(batch)} beginbfchar".encode()
        for glyph, text in batch:
            yield f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>".encode()
        yield b"endbfchar"
    yield b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
