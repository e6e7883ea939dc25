"""A page's drawing, taken down as operators that can be replayed in any edition."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from math import hypot
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream
from weasyprint.text import ffi as text_ffi
from weasyprint.text import fonts as text_fonts

from liulin_gazette.pdf.typeset.layout import TypesettingError
from liulin_gazette.pdf.typeset.structure import Node

_stream: Any = Stream
_text: Any = text_ffi
_fonts: Any = text_fonts
_END_MARK = b"EMC"
_PART = re.compile(r"<([0-9a-f]*)>|(-?[0-9.]+)")
_SAME = 2
"""Thousandths of an em between gaps that are one gap: WeasyPrint truncates each to a whole number."""
TEXT_PLACES = 2
"""Decimals of a line's position: a hundredth of a pixel is below any plate's grid."""


class UsedFace:
    """What WeasyPrint asks of a font while it draws, with the glyphs noted.

    ``hash`` is the face's name in the drawing; all sizes of a face are one.
    """

    bitmap = png = svg = colr = False

    def __init__(self, name: str) -> None:
        self.hash = name
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}

    def get_unused_glyph_id(self, codepoint: int) -> int:
        """Refuse a character that no face has. Raises TypesettingError."""
        raise TypesettingError(f"字体里没有“{chr(codepoint)}”（U+{codepoint:04X}）")


class Faces:
    """The faces met while a layout is drawn, by Pango's key for a font and by family."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._by_key: dict[int, UsedFace] = {}
        self.used: dict[str, UsedFace] = {}

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
    """Draws a page and notes which element each stretch of drawing belongs to.

    Stretches of one element that follow each other are joined; what belongs to no element is an artifact.
    """

    def __init__(self, faces: Faces, owners: Mapping[int, Node], page: int) -> None:
        resources = {name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading")}
        resources["ColorSpace"] = pydyf.Dictionary()
        self._parent: Any = super()
        self._parent.__init__({}, None, resources, {}, {}, {}, None)
        self._faces = faces
        self._owners = owners
        self._page = page
        self._last: Node | None = None
        self.numbers: dict[int, int] = {}
        self.marks = 0
        self.pictures: dict[str, bytes] = {}
        self._size = 1.0
        self._spacing: float | None = 0
        self.sizes: dict[str, tuple[float, float]] = {}

    def add_font(self, pango_font: Any) -> tuple[UsedFace, float]:
        """Return the face of ``pango_font``, kept under one name for all sizes."""
        return self._faces.find(pango_font)

    def set_alpha(self, alpha: float, *_: Any, **__: Any) -> None:
        """Everything is opaque (PDF/X and plates want it so). Raises TypesettingError for what is not."""
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
        """Note a picture under the digest of its file."""
        data: bytes = image.image_data.data
        name = "P" + hashlib.sha256(data).hexdigest()[:16]
        self.pictures[name] = data
        return name

    def draw_x_object(self, name: str) -> None:
        """Draw a picture and note the size, in pt, at which it is printed."""
        own: Any = self
        (width, skew, _), (lean, height, _), _ = own.ctm
        self.sizes[name] = (round(hypot(width, skew), 2), round(hypot(lean, height), 2))
        self._parent.draw_x_object(name)

    def set_text_matrix(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        """Place text, to a hundredth of a pixel."""
        self._parent.set_text_matrix(a, b, c, d, round(e, TEXT_PLACES), round(f, TEXT_PLACES))

    def set_font_size(self, font: str, size: float) -> None:
        """Choose a face and its size in px."""
        self._size = size
        self._parent.set_font_size(font, size)

    def pop_state(self) -> None:
        """Return to the state before; the letter spacing is then unknown."""
        self._spacing = None
        self._parent.pop_state()

    def show_text(self, text: str) -> None:
        """Show glyphs; the gaps of a justified line become letter spacing, which takes a third of the room."""
        own: Any = self
        spacing, shown = spaced(text)
        spacing = round(spacing * self._size / 1000, 4)
        if shown and spacing != self._spacing:
            own.stream.append(f"{spacing:g} Tc")
            self._spacing = spacing
        self._parent.show_text(shown)

    @contextmanager
    def marked(self, box: Any, _: str) -> Generator[None]:
        """Mark what is drawn meanwhile as the owner's of ``box``."""
        own: Any = self
        operators: list[Any] = own.stream
        owner = self._owners.get(id(box))
        joined = bool(operators) and operators[-1] == _END_MARK and self._last is owner
        if joined:
            operators.pop()
        elif owner is None:
            self._parent.begin_marked_content("Artifact")
        else:
            self._parent.begin_marked_content(owner.tag, pydyf.Dictionary({"MCID": self.marks}))
        begin = len(operators)
        yield
        if len(operators) == begin and not joined:
            del operators[-(2 if owner is None else 3) :]
            return
        if owner is not None:
            if not joined:
                self.marks += 1
            self.numbers[id(box)] = self.marks - 1
        self._parent.end_marked_content()
        self._last = owner


def spaced(text: str) -> tuple[float, str]:
    """Take the commonest gap out of ``text``, the inside of a TJ array of two-byte glyphs.

    Returns it in thousandths of an em, and the array in which only what differs from it is left.
    """
    parts = _PART.findall(text)
    gaps: list[float] = []
    glyphs: list[str] = []
    for hexadecimal, number in parts:
        if number and gaps:
            gaps[-1] += float(number)
        for index in range(0, len(hexadecimal), 4):
            glyphs.append(hexadecimal[index : index + 4])
            gaps.append(0.0)
    if not gaps or parts[0][1]:
        return 0.0, text
    common = Counter(gaps).most_common(1)[0][0]
    near = [gap for gap in gaps if abs(gap - common) <= _SAME]
    mean = sum(near) / len(near) if len(near) > 2 else 0.0
    # The spacing follows the last glyph too, where a gap of 0 is given back.
    left = [0 if mean and abs(gap - common) <= _SAME else round(gap - mean) for gap in gaps]
    array = "".join(glyph + (f">{gap}<" if gap else "") for glyph, gap in zip(glyphs, left, strict=True))
    return 0.0 - mean, f"<{array}>".replace("<>", "")
