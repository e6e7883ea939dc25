"""Chinese lines in WeasyPrint: both edges flush, marks at line ends set half-width.

WeasyPrint stretches only spaces and gives every mark its full em. Two functions of its inline layout
are replaced (``justify_line``, ``split_text_box``):

- the slack of a line is spread between Han characters, no gap wider than ``MAX_STRETCH``;
- a closing mark at the end of a line may hang its empty half (行末标点半角);
- an opening bracket at the start of a line loses its empty half (行首括号半角);
- a line does not end within a number, or between a number and its unit: 400元, 2026年, 〔2026〕3号.

Pairs of marks inside a line are closed up by the OpenType feature ``chws`` of the prepared faces.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import ffi as text_ffi
from weasyprint.text.line_break import Layout

from liulin_gazette.pdf.typeset.guard import require_source

MAX_STRETCH = 0.25
"""The widest gap opened between two characters, in em; a line that would need more stays short."""
CLOSING = frozenset("。，、；：！？）》】〕〉」』”’．")
OPENING = frozenset("（《【〔〈「『“‘")
MAX_RETREAT = 9
"""Half ems that a line may give up so as not to tear a number from its unit; the slack is spread."""
_NUMBER_END = re.compile(r"[\d〔][\d.,\-—~～至]*$")
_NUMBER_GOES_ON = re.compile(
    r"[\d.,\-]*\d|〕|[年月日号时分秒元户人亩吨米件次个项名%％℃‰万亿]|公[里斤顷]|平方|立方|[厘毫]米|千[克米瓦]|小时|周岁"
)
_UNBREAKABLE = frozenset({("—", "—"), ("…", "…")})
_OBJECT = "\ufffc"

_layout: Any = Layout
_boxes: Any = boxes
_inline: Any = inline
_text: Any = text_ffi
_ffi: Any = _text.ffi
_justify_line: Any = _inline.justify_line
_split_text_box: Any = _inline.split_text_box


def is_han(character: str) -> bool:
    """Tell whether ``character`` is set in the Han square: an ideograph, a full-width mark, an object."""
    return (
        character in CLOSING
        or character in OPENING
        or character in "—…·" + _OBJECT
        or (ord(character) >= 0x2E80 and unicodedata.east_asian_width(character) in "WF")
    )


def may_stretch(before: str, after: str) -> bool:
    """Tell whether the line may open between two neighbouring characters."""
    if (before, after) in _UNBREAKABLE or unicodedata.combining(after):
        return False
    return before in " \xa0" or is_han(before) or (is_han(after) and after not in " \xa0")


class _StretchedLayout(_layout):
    """A text layout that widens chosen glyphs when it is drawn; ``gaps`` maps byte index to px."""

    gaps: dict[int, float] | None = None

    def get_first_line(self) -> tuple[Any, Any]:
        parent: Any = super()
        line, index = parent.get_first_line()
        gaps, self.gaps = self.gaps, None
        if gaps:  # only once: drawing asks for the line again
            own: Any = self
            _widen(line, gaps, float(own.style["font_size"]))
        self.gaps = gaps
        return line, index


def _widen(line: Any, gaps: dict[int, float], size: float) -> None:
    run, rest = line.runs[0], 0.0
    while run != _ffi.NULL:
        item, run = run.data, run.next
        glyphs = item.glyphs
        for index in range(glyphs.num_glyphs):
            extra = gaps.get(item.item.offset + glyphs.log_clusters[index])
            last = (
                index + 1 == glyphs.num_glyphs or glyphs.log_clusters[index + 1] != glyphs.log_clusters[index]
            )
            if extra and last:
                # Drawing truncates offsets to thousandths of an em: give whole ones, carry the rest.
                wanted = extra / size * 1000 + rest
                given = round(wanted)
                rest = wanted - given
                glyphs.glyphs[index].geometry.width += round(given * size / 1000 * _text.TO_UNITS)


def _flow(box: Any) -> Iterator[tuple[Any, str]]:
    for child in box.children:
        if child.is_in_normal_flow():
            if isinstance(child, _boxes.TextBox):
                yield from ((child, character) for character in child.text)
            elif isinstance(child, (_boxes.LineBox, _boxes.InlineBox)):
                yield from _flow(child)
            else:
                yield child, _OBJECT


def justify_line(context: Any, line: Any, extra: float) -> None:
    """Spread ``extra`` px over ``line``: between Han characters where it has any."""
    flow = list(_flow(line))
    pairs = list(itertools.pairwise(flow))
    count = sum(may_stretch(a, b) for (_, a), (_, b) in pairs)
    if not count or not any(is_han(character) for _, character in flow):
        _justify_line(context, line, extra)
        return
    gap = min(extra / count, MAX_STRETCH * float(line.style["font_size"]))
    gaps: dict[int, dict[int, float]] = {}
    offsets: dict[int, int] = {}
    for (box, before), (_, after) in pairs:
        at = offsets.get(id(box), 0)
        offsets[id(box)] = at + len(before.encode())
        if may_stretch(before, after):
            gaps.setdefault(id(box), {})[at] = gap
    _spread(line, gaps, 0.0)


def _spread(box: Any, gaps: dict[int, dict[int, float]], shift: float) -> float:
    """Move ``box`` by ``shift`` px and open its gaps; return the shift of what follows it."""
    if isinstance(box, _boxes.TextBox):
        text_box: Any = box
        text_box.position_x += shift
        if own := gaps.get(id(box)):
            layout = _StretchedLayout(text_box.style)
            layout.set_text(text_box.text)
            layout.gaps = own
            layout.deactivate()
            text_box.pango_layout = layout
            text_box.width += sum(own.values())
            shift += sum(own.values())
        return shift
    if isinstance(box, (_boxes.LineBox, _boxes.InlineBox)):
        line_box: Any = box
        line_box.position_x += shift
        start = shift
        for child in line_box.children:
            if child.is_in_normal_flow():
                shift = _spread(child, gaps, shift)
        line_box.width += shift - start
        return shift
    box.translate(shift, 0)
    return shift + sum(gaps.get(id(box), {}).values())


def split_text_box(
    context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, Any, Any]:
    """Split a Chinese text box at the line's end, with half-width marks at both edges."""
    style = box.style
    if available_width is None or not (style["lang"] or "").startswith("zh"):
        return _split_text_box(context, box, available_width, skip, is_line_start)
    result = _split_at(context, box, available_width, skip, is_line_start)
    if _is_torn(box, result):
        size = float(style["font_size"])
        for halves in range(1, MAX_RETREAT + 1):
            shorter = _split_at(context, box, available_width - halves * size / 2, skip, is_line_start)
            if shorter[0] is None or shorter[1] is None:
                break
            if not _is_torn(box, shorter):
                return shorter
    return result


def _split_at(context: Any, box: Any, available_width: float, skip: int, is_line_start: bool) -> Any:
    half = box.style["font_size"] / 2
    text = box.text.encode()[skip:].decode()
    lead = half if skip and is_line_start and text[:1] in OPENING else 0
    result = _split_text_box(context, box, available_width + lead, skip, is_line_start)
    new, resume, preserved = result
    if new is not None and resume is not None and not preserved:
        rest = box.text.encode()[resume:].decode()
        # A closing mark among the next characters took its forerunner with it to the next line.
        if any(character in CLOSING for character in rest[:3]):
            wide = _split_text_box(context, box, available_width + lead + half, skip, is_line_start)
            if wide[1] != resume and wide[0].text[-1:] in CLOSING:
                result = wide
    new, resume, preserved = result
    if new is not None:
        if resume is not None and new.text[-1:] in CLOSING:
            new.width -= half
        new.position_x -= lead
    return result


def _is_torn(box: Any, result: Any) -> bool:
    """Tell whether a line's end parts a number from its digits, its unit, or its year."""
    new, resume, preserved = result
    if new is None or resume is None or preserved:
        return False
    text: bytes = box.text.encode()
    before, after = text[:resume].decode(), text[resume:].decode()
    return bool(_NUMBER_END.search(before[-12:]) and _NUMBER_GOES_ON.match(after)) or (
        before[-1:] == "〕" and after[:1].isdigit()
    )


def install() -> None:
    """Replace WeasyPrint's functions, once. Raises UnreviewedUpgradeError when they have changed."""
    require_source(_justify_line, "f83b21ff8793")
    require_source(_split_text_box, "8c564329599e")
    _inline.justify_line = justify_line
    _inline.split_text_box = split_text_box
