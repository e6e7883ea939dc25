"""Recording of a page's drawing as PDF operators, which every edition can use."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from math import hypot
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream
from weasyprint.text import ffi as text_ffi
from weasyprint.text import fonts as text_fonts

from liulin_gazette.pdf.typeset import advances
from liulin_gazette.pdf.typeset.layout import TypesettingError
from liulin_gazette.pdf.typeset.structure import Node

_stream: Any = Stream
_text: Any = text_ffi
_fonts: Any = text_fonts
_END_MARK = b"EMC"
_GLYPHS = re.compile("<([0-9a-f]+)>")
_TJ_ELEMENT = re.compile(r"<([0-9a-f]*)>|(-?[0-9.]+)")
_GAP_TOLERANCE = 2
"""Thousandths of an em by which equal gaps may differ: WeasyPrint truncates each to a whole number."""
TEXT_DECIMALS = 2
"""Decimals of a line's position: a hundredth of a pixel is finer than any plate's grid."""


class UsedFace:
    """A face as WeasyPrint's drawing code needs it (its ``Font``), which records the glyphs in use.

    ``hash`` is the face's name in the drawing, the same for all sizes.
    """

    bitmap = png = svg = colr = False

    def __init__(self, name: str) -> None:
        self.hash = name
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}

    def get_unused_glyph_id(self, codepoint: int) -> int:
        """Raise TypesettingError: the face has no glyph for the character ``codepoint``."""
        raise TypesettingError(f"字体里没有“{chr(codepoint)}”（U+{codepoint:04X}）")


class UsedFaces:
    """The faces in use in a layout, collected while it is drawn."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names`` has the name in the drawing (F0 …) of each prepared face, by family."""
        self._names = names
        self._by_key: dict[int, UsedFace] = {}
        self.used: dict[str, UsedFace] = {}
        """By name in the drawing."""

    def widened(self, name: str, extra: int, codes: Iterable[int]) -> str:
        """Return the name of the face ``name`` with ``extra`` added to its advances, after recording ``codes`` for it.

        ``extra`` is in thousandths of an em; ``codes`` are glyph indices.
        """
        base = self.used[name]
        wide = self.used.setdefault(
            advances.wide_face(name, extra), UsedFace(advances.wide_face(name, extra))
        )
        for code in codes:
            wide.widths[code] = base.widths[code] + extra
            wide.to_unicode[code] = base.to_unicode[code]
        return wide.hash

    def find(self, pango_font: Any) -> tuple[UsedFace, float]:
        """Return the face and the size (px) of ``pango_font``.

        Raises TypesettingError when it is none of the prepared faces.
        """
        key, description, size = _fonts.get_pango_font_key(pango_font)
        if key not in self._by_key:
            family = _text.ffi.string(_text.pango.pango_font_description_get_family(description)).decode()
            if family not in self._names:
                raise TypesettingError(f"有文字没有用准备好的字体，而用了“{family}”")
            name = self._names[family]
            self._by_key[key] = self.used.setdefault(name, UsedFace(name))
        return self._by_key[key], size


class RecordingStream(_stream):
    """Records the drawing of a page as marked content (ISO 32000-1 §14.6), and which element each of it belongs to.

    Consecutive marked content of one element is joined; what belongs to no element is an artifact.
    """

    def __init__(self, faces: UsedFaces, owners: Mapping[int, Node]) -> None:
        """``owners`` has the structure node of each box by the box's ``id``."""
        resources = {name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading")}
        resources["ColorSpace"] = pydyf.Dictionary()
        self._parent: Any = super()
        self._parent.__init__({}, None, resources, {}, {}, {}, None)
        self._faces = faces
        self._owners = owners
        self._last_owner: Node | None = None
        self.numbers: dict[int, int] = {}
        """The MCID of each drawn box, by the box's ``id``."""
        self.marks = 0
        """How many MCIDs there are."""
        self.pictures: dict[str, bytes] = {}
        """Picture files by key."""
        self.sizes: dict[str, tuple[float, float]] = {}
        """Printed width and height of each picture in pt, by key."""
        self._face = ""
        self._font_size = 1.0
        self._spacing: float | None = 0  # None when it is unknown.

    def add_font(self, pango_font: Any) -> tuple[UsedFace, float]:
        """Return the face and the size (px) of ``pango_font``."""
        return self._faces.find(pango_font)

    def set_alpha(self, alpha: float, *_: Any, **__: Any) -> None:
        """Refuse transparency, which plates cannot show. Raises TypesettingError unless ``alpha`` is 1."""
        if alpha != 1:
            raise TypesettingError("版面上有半透明的颜色")

    def set_state(self, _: Any) -> None:
        """Refuse masks and blend modes. Raises TypesettingError."""
        raise TypesettingError("版面上有透明效果")

    def add_group(self, *_: Any) -> Any:
        """Refuse transparency groups. Raises TypesettingError."""
        raise TypesettingError("图片里有透明效果")

    def add_pattern(self, *_: Any) -> Any:
        """Refuse patterns. Raises TypesettingError."""
        raise TypesettingError("图片里有图案填充")

    def add_shading(self, *_: Any, **__: Any) -> Any:
        """Refuse shadings. Raises TypesettingError."""
        raise TypesettingError("图片里有渐变")

    def add_image(self, image: Any, *_: Any) -> str:
        """Record a picture; return its key, made of the digest of its file."""
        data: bytes = image.image_data.data
        name = "P" + hashlib.sha256(data).hexdigest()[:16]
        self.pictures[name] = data
        return name

    def draw_x_object(self, name: str) -> None:
        """Draw a picture and record its printed size."""
        stream: Any = self
        (a, b, _), (c, d, _), _ = stream.ctm
        self.sizes[name] = (round(hypot(a, b), 2), round(hypot(c, d), 2))
        self._parent.draw_x_object(name)

    def set_text_matrix(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        """Position text, rounded to a hundredth of a pixel."""
        self._parent.set_text_matrix(a, b, c, d, round(e, TEXT_DECIMALS), round(f, TEXT_DECIMALS))

    def set_font_size(self, font: str, size: float) -> None:
        """Select a face and its size in px."""
        self._face, self._font_size = font, size
        self._parent.set_font_size(font, size)

    def pop_state(self) -> None:
        """Restore the graphics state; the letter spacing is unknown afterwards."""
        self._spacing = None
        self._parent.pop_state()

    def show_text(self, text: str) -> None:
        """Show glyphs; gaps that readers would take for spaces become part of the advances before them."""
        face = self._faces.used[self._face]
        for run in advances.runs(text, face.widths, face.to_unicode):
            if run.extra:
                self._show_wide(run)
            else:
                self._show(run.array)

    def _show_wide(self, run: advances.Run) -> None:
        """Show glyphs of which each has the gap after it in its advance, by a face that has those advances."""
        stream: Any = self
        codes = (code for group in _GLYPHS.findall(run.array) for code in re.findall("....", group))
        wide = self._faces.widened(self._face, run.extra, (int(code, 16) for code in codes))
        stream.stream.append(f"/{wide} {self._font_size:g} Tf")
        if self._spacing != 0:
            stream.stream.append("0 Tc")
            self._spacing = 0
        self._parent.show_text(run.array)
        stream.stream.append(f"/{self._face} {self._font_size:g} Tf")

    def _show(self, text: str) -> None:
        """Show glyphs; write the gaps of a justified line as letter spacing (Tc), a third of the bytes."""
        stream: Any = self
        spacing, array = extract_spacing(text)
        spacing = round(spacing * self._font_size / 1000, 4)
        if array and spacing != self._spacing:
            stream.stream.append(f"{spacing:g} Tc")
            self._spacing = spacing
        self._parent.show_text(array)

    @contextmanager
    def marked(self, box: Any, _: str) -> Generator[None]:
        """Mark what is drawn in the context as content of the structure node that owns ``box``."""
        stream: Any = self
        operators: list[Any] = stream.stream
        owner = self._owners.get(id(box))
        is_joined = bool(operators) and operators[-1] == _END_MARK and self._last_owner is owner
        if is_joined:
            operators.pop()
        elif owner is None:
            self._parent.begin_marked_content("Artifact")
        else:
            self._parent.begin_marked_content(owner.tag, pydyf.Dictionary({"MCID": self.marks}))
        start = len(operators)
        yield
        if len(operators) == start and not is_joined:
            del operators[-(2 if owner is None else 3) :]
            return
        if owner is not None:
            if not is_joined:
                self.marks += 1
            self.numbers[id(box)] = self.marks - 1
        self._parent.end_marked_content()
        self._last_owner = owner


def extract_spacing(text: str) -> tuple[float, str]:
    """Return the commonest gap in ``text`` as letter spacing, and ``text`` without it.

    ``text`` is the inside of a TJ array of two-byte glyphs (ISO 32000-1 §9.4.3); the spacing is in thousandths of
    an em. Gaps that differ from it stay in the array, less the spacing.
    """
    elements = _TJ_ELEMENT.findall(text)
    gaps: list[float] = []
    glyphs: list[str] = []
    for hexadecimal, number in elements:
        if number and gaps:
            gaps[-1] += float(number)
        for index in range(0, len(hexadecimal), 4):
            glyphs.append(hexadecimal[index : index + 4])
            gaps.append(0.0)
    if not gaps or elements[0][1]:
        return 0.0, text
    common = Counter(gaps).most_common(1)[0][0]
    near = [gap for gap in gaps if abs(gap - common) <= _GAP_TOLERANCE]
    mean = sum(near) / len(near) if len(near) > 2 else 0.0
    # The last glyph, too, is followed by the spacing; the gap that is left there takes it back.
    rest = [0 if mean and abs(gap - common) <= _GAP_TOLERANCE else round(gap - mean) for gap in gaps]
    array = "".join(glyph + (f">{gap}<" if gap else "") for glyph, gap in zip(glyphs, rest, strict=True))
    return 0.0 - mean, f"<{array}>".replace("<>", "")
