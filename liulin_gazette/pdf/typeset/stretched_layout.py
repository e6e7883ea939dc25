"""Text layouts whose glyphs are moved apart, or together, when they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint.text import ffi as text_ffi
from weasyprint.text.line_break import Layout

_layout: Any = Layout
_text: Any = text_ffi
_ffi: Any = _text.ffi


class StretchedLayout(_layout):
    """A text layout that changes the advance of some glyphs when it is drawn."""

    gaps: Mapping[int, float] | None = None
    """What is added in px to the advance of the character at each index in bytes."""

    def get_first_line(self) -> tuple[Any, Any]:
        """Return the first line, its gaps opened, and where the second one begins."""
        parent: Any = super()
        line, index = parent.get_first_line()
        gaps, self.gaps = self.gaps, None
        if gaps:  # Widen only once: drawing calls this function again.
            layout: Any = self
            _widen(line, gaps, float(layout.style["font_size"]))
        self.gaps = gaps
        return line, index


def undrawn(text: str, gaps: Mapping[int, float]) -> StretchedLayout:
    """Return a layout of ``text`` that is shaped only when it is drawn."""
    layout: Any = StretchedLayout.__new__(StretchedLayout)
    layout.text = text
    layout.gaps = gaps
    layout.justification_spacing = layout.first_line_direction = 0
    layout.max_width = None
    return layout


def _widen(line: Any, gaps: Mapping[int, float], size: float) -> None:
    """Widen the glyphs of a Pango ``line`` by ``gaps`` (px, by index in bytes); ``size`` is that of the font, in px."""
    run, remainder = line.runs[0], 0.0
    while run != _ffi.NULL:
        item, run = run.data, run.next
        glyphs = item.glyphs
        for index in range(glyphs.num_glyphs):
            extra = gaps.get(item.item.offset + glyphs.log_clusters[index])
            is_last_of_cluster = (
                index + 1 == glyphs.num_glyphs or glyphs.log_clusters[index + 1] != glyphs.log_clusters[index]
            )
            if extra and is_last_of_cluster:
                # Drawing truncates offsets to thousandths of an em: add whole ones and carry the remainder.
                exact = extra / size * 1000 + remainder
                rounded = round(exact)
                remainder = exact - rounded
                glyphs.glyphs[index].geometry.width += round(rounded * size / 1000 * _text.TO_UNITS)
