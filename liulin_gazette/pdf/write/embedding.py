"""Faces inside a PDF: reduced to the glyphs in use, renumbered closely, named by what they stand for."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.write.objects import add, packed_stream, stream

Glyphs = Mapping[int, tuple[int, str]]
_HEXADECIMAL = re.compile(rb"/(F\d) |<([0-9a-f]+)>")
_SERIF, _SYMBOLIC = 2, 4
"""Flags of a font descriptor (ISO 32000-1 table 123)."""


@dataclass(frozen=True, slots=True)
class ReducedFace:
    """A face with only the glyphs in use."""

    name: str
    program: bytes
    """A bare CFF, or a TrueType file, deflated."""
    length: int
    """Bytes of the program before it was deflated."""
    is_cff: bool
    renumbered: Mapping[int, int]
    """New glyph index by old."""
    ascent: int
    descent: int
    """In thousandths of an em."""
    serif: bool


def reduce_face(face: Face, glyphs: Iterable[int]) -> ReducedFace:
    """Return ``face`` with ``glyphs`` only, numbered from 1 in the order of the face."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    harfbuzz: Any = uharfbuzz
    source = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(face.file)))
    options = harfbuzz.SubsetInput()
    flags = harfbuzz.SubsetFlags
    # A CFF whose CIDs are its glyph indices: readers name glyphs by CID (ISO 32000-1 §9.7.4.2).
    options.flags = flags.NO_HINTING | flags.DESUBROUTINIZE | flags.CFF_IDENTITY_CHARSET
    options.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).update(sorted(set(glyphs)))
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
    font: Any = TTFont(io.BytesIO(data), lazy=True)
    program: bytes = font.reader["CFF "] if is_cff else data
    extents = harfbuzz.Font(source).get_font_extents("ltr")
    scale = 1000 / source.upem
    return ReducedFace(
        face.family.replace(" ", ""),
        zlib.compress(program, 9),
        len(program),
        is_cff,
        mapping,
        round(extents.ascender * scale),
        round(extents.descender * scale),
        face.role in ("小标宋", "宋体"),
    )


def renumber(content: bytes, faces: Mapping[str, ReducedFace]) -> bytes:
    """Return the drawing ``content`` with every glyph called by its number in ``faces``."""
    current: list[ReducedFace] = []

    def replaced(found: re.Match[bytes]) -> bytes:
        if found[1]:
            current[:] = [faces[found[1].decode()]]
            return found[0]
        numbers, text = current[0].renumbered, found[2].decode()
        new = (numbers[int(text[index : index + 4], 16)] for index in range(0, len(text), 4))
        return ("<" + "".join(f"{glyph:04x}" for glyph in new) + ">").encode()

    return _HEXADECIMAL.sub(replaced, content)


def embed(pdf: Any, reduced: ReducedFace, glyphs: Glyphs, tag: str) -> Any:
    """Add ``reduced`` to ``pdf`` as a composite font; return its dictionary.

    ``tag`` is the six capitals before the name of a reduced font (ISO 32000-1 §9.6.4).
    """
    name = f"/{tag}+{reduced.name}"
    extra = {"Subtype": "/CIDFontType0C"} if reduced.is_cff else {"Length1": reduced.length}
    program = add(pdf, packed_stream(reduced.program, {"Filter": "/FlateDecode", **extra}))
    descriptor = add(
        pdf,
        pydyf.Dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": _SYMBOLIC + (_SERIF if reduced.serif else 0),
                "FontBBox": pydyf.Array([0, reduced.descent, 1000, reduced.ascent]),
                "ItalicAngle": 0,
                "Ascent": reduced.ascent,
                "Descent": reduced.descent,
                "CapHeight": reduced.ascent,
                "StemV": 80,
                "FontFile3" if reduced.is_cff else "FontFile2": program.reference,
            }
        ),
    )
    descendant = add(
        pdf,
        pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": f"/CIDFontType{0 if reduced.is_cff else 2}",
                "BaseFont": name,
                "CIDSystemInfo": pydyf.Dictionary(
                    {
                        "Registry": pydyf.String("Adobe"),
                        "Ordering": pydyf.String("Identity"),
                        "Supplement": 0,
                    }
                ),
                "W": _widths({reduced.renumbered[glyph]: width for glyph, (width, _) in glyphs.items()}),
                "FontDescriptor": descriptor.reference,
                **({} if reduced.is_cff else {"CIDToGIDMap": "/Identity"}),
            }
        ),
    )
    texts = {reduced.renumbered[glyph]: text for glyph, (_, text) in glyphs.items()}
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
    """Return the W array; a glyph of a full em, as Han characters are, needs no entry."""
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
