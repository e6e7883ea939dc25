"""Chinese line layout in WeasyPrint: both edges flush, punctuation at the edges set half-width.

WeasyPrint stretches only spaces and gives every punctuation mark its full em. Two functions of its inline layout
are replaced (``justify_line``, ``split_text_box``):

- the slack of a line is distributed between its Han characters, with no gap wider than ``MAX_STRETCH``;
- the empty half of a closing mark at the end of a line may stand beyond the edge (行末标点半角);
- the empty half of an opening bracket at the start of a line is removed (行首括号半角);
- a line does not end within a number, or between a number and its unit: 400元, 2026年, 〔2026〕3号.

Pairs of marks inside a line are set closer by the OpenType feature ``chws`` of the prepared faces.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from liulin_gazette.pdf.composition.chinese_breaks import CLOSING, OBJECT, OPENING, can_stretch, is_wide
from liulin_gazette.pdf.typeset.composed_lines import COMPOSED, composed_line
from liulin_gazette.pdf.typeset.guard import require_source
from liulin_gazette.pdf.typeset.stretched_layout import StretchedLayout

MAX_STRETCH = 0.25
"""em: the widest gap between two characters; a line that would need wider ones stays short."""
MAX_SHORTENING = 9
"""Half ems by which a line may be shortened to keep a number together with its unit."""
_NUMBER_END = re.compile(r"[\d〔][\d.,\-—~～至]*$")
_NUMBER_CONTINUATION = re.compile(
    r"[\d.,\-]*\d|〕|[年月日号时分秒元户人亩吨米件次个项名%％℃‰万亿]|公[里斤顷]|平方|立方|[厘毫]米|千[克米瓦]|小时|周岁"
)

_boxes: Any = boxes
_inline: Any = inline
_justify_line: Any = _inline.justify_line
_split_text_box: Any = _inline.split_text_box
_split_inline_box: Any = _inline.split_inline_box


def _characters(box: Any) -> Iterator[tuple[Any, str]]:
    """Yield the characters in the normal flow of ``box``, each with the box that holds it."""
    for child in box.children:
        if child.is_in_normal_flow():
            if isinstance(child, _boxes.TextBox):
                yield from ((child, character) for character in child.text)
            elif isinstance(child, (_boxes.LineBox, _boxes.InlineBox)):
                yield from _characters(child)
            else:
                yield child, OBJECT


def justify_line(context: Any, line: Any, extra: float) -> None:
    """Distribute ``extra`` px over ``line``: between Han characters if it has any, else as WeasyPrint does."""
    if hasattr(line, COMPOSED):
        return
    characters = list(_characters(line))
    pairs = list(itertools.pairwise(characters))
    count = sum(can_stretch(before, after) for (_, before), (_, after) in pairs)
    if not count or not any(is_wide(character) for _, character in characters):
        _justify_line(context, line, extra)
        return
    gap = min(extra / count, MAX_STRETCH * float(line.style["font_size"]))
    gaps: dict[int, dict[int, float]] = {}
    offsets: dict[int, int] = {}
    for (box, before), (_, after) in pairs:
        offset = offsets.get(id(box), 0)
        offsets[id(box)] = offset + len(before.encode())
        if can_stretch(before, after):
            gaps.setdefault(id(box), {})[offset] = gap
    _spread(line, gaps, 0.0)


def _spread(box: Any, gaps: dict[int, dict[int, float]], shift: float) -> float:
    """Move ``box`` by ``shift`` px and open its gaps; return the shift, in px, of the box after it.

    ``gaps`` has the gaps in px of each box by its ``id``, by index in bytes.
    """
    if isinstance(box, _boxes.TextBox):
        text_box: Any = box
        text_box.position_x += shift
        if box_gaps := gaps.get(id(box)):
            layout = StretchedLayout(text_box.style)
            layout.set_text(text_box.text)
            layout.gaps = box_gaps
            layout.deactivate()
            text_box.pango_layout = layout
            text_box.width += sum(box_gaps.values())
            shift += sum(box_gaps.values())
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


def split_inline_box(
    context: Any,
    box: Any,
    position_x: float,
    max_x: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    line_placeholders: list[Any],
    waiting_floats: list[Any],
    line_children: list[Any],
    first_letter_style: Any,
    first_line_style: Any,
) -> Any:
    """Return the next line of a paragraph as the composer chose it; what cannot be composed as WeasyPrint does.

    Parameters and result are those of WeasyPrint's function.
    """
    others = (absolute_boxes, fixed_boxes, line_placeholders, waiting_floats, line_children)
    styles = (first_letter_style, first_line_style)
    if isinstance(box, _boxes.LineBox) and not any(styles) and not context.excluded_shapes:
        line = composed_line(
            context, box, position_x, max_x, skip_stack, containing_block, (bottom_space, *others)
        )
        if line is not None:
            return line
    return _split_inline_box(
        context, box, position_x, max_x, bottom_space, skip_stack, containing_block, *others, *styles
    )


def split_text_box(
    context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, Any, Any]:
    """Split a Chinese text box at the end of the line, with half-width marks at both edges.

    Parameters and result are those of WeasyPrint's function: the box of the line, the index in bytes at which the
    next line resumes, and whether a preserved line break follows.
    """
    style = box.style
    if available_width is None or not (style["lang"] or "").startswith("zh"):
        return _split_text_box(context, box, available_width, skip, is_line_start)
    result = _split_at(context, box, available_width, skip, is_line_start)
    if _breaks_number(box, result):
        size = float(style["font_size"])
        for halves in range(1, MAX_SHORTENING + 1):
            shorter = _split_at(context, box, available_width - halves * size / 2, skip, is_line_start)
            if shorter[0] is None or shorter[1] is None:
                break
            if not _breaks_number(box, shorter):
                return shorter
    return result


def _split_at(context: Any, box: Any, available_width: float, skip: int, is_line_start: bool) -> Any:
    half = box.style["font_size"] / 2
    text = box.text.encode()[skip:].decode()
    lead = half if skip and is_line_start and text[:1] in OPENING else 0
    result = _split_text_box(context, box, available_width + lead, skip, is_line_start)
    line_box, resume, preserved = result
    is_widened = False
    if line_box is not None and resume is not None and not preserved:
        rest = box.text.encode()[resume:].decode()
        # A closing mark near the break may have pulled the character before it to the next line.
        if any(character in CLOSING for character in rest[:3]):
            wider = _split_text_box(context, box, available_width + lead + half, skip, is_line_start)
            if wider[1] != resume and wider[0].text[-1:] in CLOSING:
                result, is_widened = wider, True
    line_box, resume, preserved = result
    if line_box is not None:
        # The last line of a text too, if it is too wide otherwise: a line that overflows is broken in an earlier box.
        if (resume is not None or is_widened) and line_box.text[-1:] in CLOSING:
            line_box.width -= half
        line_box.position_x -= lead
    return result


def _breaks_number(box: Any, result: Any) -> bool:
    """Return whether a line break separates the digits of a number, or a number from its unit or year."""
    line_box, resume, preserved = result
    if line_box is None or resume is None or preserved:
        return False
    text: bytes = box.text.encode()
    before, after = text[:resume].decode(), text[resume:].decode()
    return bool(_NUMBER_END.search(before[-12:]) and _NUMBER_CONTINUATION.match(after)) or (
        before[-1:] == "〕" and after[:1].isdigit()
    )


def install() -> None:
    """Replace WeasyPrint's functions; may be called again. Raises UnreviewedUpgradeError when they have changed."""
    require_source(_justify_line, "f83b21ff8793")
    require_source(_split_text_box, "8c564329599e")
    require_source(_split_inline_box, "3a0cb7ca7e34")
    _inline.justify_line = justify_line
    _inline.split_inline_box = split_inline_box
    _inline.split_text_box = split_text_box
