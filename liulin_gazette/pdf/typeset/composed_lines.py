"""Lines as the composer chose them, built of WeasyPrint's boxes; its own search for line ends does not run for them.

A paragraph is measured once and composed once for each measure; WeasyPrint, which lays the same paragraph out several
times when it balances columns, then takes the lines from there. Their text is shaped again only when it is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from liulin_gazette.pdf.composition.paragraph_items import Paragraph
from liulin_gazette.pdf.composition.total_fit import Line, Setting, compose
from liulin_gazette.pdf.composition.word_costs import whole_word_lines, with_word_costs
from liulin_gazette.pdf.typeset.measured_paragraph import Leaf, MeasuredParagraph, measure
from liulin_gazette.pdf.typeset.stretched_layout import undrawn

_boxes: Any = boxes
_inline: Any = inline

_ATTRIBUTE = "gazette_composition"
"""Attribute of a line box that holds its composition, which copies of the box share."""
COMPOSED = "gazette_composed"
"""Attribute of the line boxes that the composer made: their lines are as wide as they shall be."""


@dataclass(slots=True)
class KeptLine:
    """A line that is built once, kept to be copied; its base line is at 0 px."""

    box: Any = None
    """None until the line is built."""
    resume_at: Any = None
    left: float = 0.0
    """Where the line box began when it was built, in px from the left edge of the page."""
    offset: float = 0.0
    """px by which the line is moved to the right for its alignment."""


@dataclass(slots=True)
class _Composition:
    """What is known of a line box: it is filled while pages are laid out."""

    measured: MeasuredParagraph | None
    width: float
    """Width of the containing block, on which widths of inline objects may depend."""
    lines: dict[tuple[int, float, float, Setting], Mapping[int, Line]] = field(
        default_factory=dict[tuple[int, float, float, Setting], Mapping[int, Line]]
    )
    """Lines by the first item of each; by the first item of all, the measures, and how they are set."""
    current: Mapping[int, Line] = field(default_factory=dict[int, Line])
    """The lines used last."""
    current_measure: float = 0.0
    by_words: Paragraph | None = None
    """The paragraph with the costs of parted words, once it has been broken without being justified."""
    positions: dict[tuple[int, ...], int] = field(default_factory=dict[tuple[int, ...], int])
    """Items by their place among the boxes (see _position): those at which lines were to resume."""
    kept: dict[int, KeptLine] = field(default_factory=dict[int, "KeptLine"])
    """What is kept of lines, by the ``id`` of a line in ``lines``."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """The part of a leaf that stands in a line: its items from ``start`` to ``end``."""

    leaf: Leaf
    start: int
    end: int


def composed_line(
    context: Any,
    line_box: Any,
    position_x: float,
    max_x: float,
    skip_stack: Any,
    containing_block: Any,
    others: Any,
) -> Any:
    """Return the next line of ``line_box`` and where the one after it begins; None if it cannot be composed.

    ``position_x`` is where the line begins, after its indent, and ``max_x`` where it ends. ``others`` are the
    further arguments with which inline objects are laid out. The result is that of ``split_inline_box``.
    """
    measures = max_x - position_x, max_x - line_box.position_x
    found = _chosen(context, line_box, skip_stack, measures, containing_block)
    if found is None:
        return None
    composition, measured, line = found
    building = _Building(context, measured, line, containing_block, others)
    new_box = building.line_box(line_box, position_x)
    resume_at: Any = None
    if line.resume < len(measured.paragraph.items):
        place = _position(measured, line.resume)
        composition.positions[place] = line.resume
        for index in reversed(place):
            resume_at = {index: resume_at}
    return new_box, resume_at, line.is_forced, None, None, {"left": 0, "right": 0}


def kept_line(
    context: Any, line_box: Any, skip_stack: Any, measures: tuple[float, float], containing_block: Any
) -> KeptLine | None:
    """Return what is kept of the line of ``line_box`` at ``skip_stack``; None if it cannot be composed.

    ``measures`` are those of this line and of later ones.
    """
    found = _chosen(context, line_box, skip_stack, measures, containing_block)
    if found is None:
        return None
    composition, _, line = found
    return composition.kept.setdefault(id(line), KeptLine())


def _chosen(
    context: Any, line_box: Any, skip_stack: Any, measures: tuple[float, float], containing_block: Any
) -> tuple[_Composition, MeasuredParagraph, Line] | None:
    """Return the line of ``line_box`` at ``skip_stack`` and what it comes from; None if it cannot be composed."""
    composition: _Composition | None = getattr(line_box, _ATTRIBUTE, None)
    if composition is None or composition.width != containing_block.width:
        composition = _Composition(
            measure(context, line_box, containing_block), float(containing_block.width)
        )
        setattr(line_box, _ATTRIBUTE, composition)
    measured = composition.measured
    start = None if measured is None else _find_item(composition, measured, skip_stack)
    if measured is None or start is None:
        return None
    setting = _setting(line_box.style, containing_block.style)
    return composition, measured, _find_line(composition, measured, setting, start, measures)


def _find_line(
    composition: _Composition,
    measured: MeasuredParagraph,
    setting: Setting,
    start: int,
    measures: tuple[float, float],
) -> Line:
    """Return the line that begins with the item ``start``; ``measures`` are those of this line and of later ones."""
    first, rest = measures
    if start and start in composition.current and composition.current_measure == rest:
        return composition.current[start]
    key = (start, round(first, 6), round(rest, 6), setting)
    if key not in composition.lines:
        paragraph = measured.paragraph
        if setting is Setting.RAGGED and paragraph.widths[-1] > first:
            by_words = composition.by_words = composition.by_words or with_word_costs(paragraph)
            lines = whole_word_lines(paragraph, by_words, start, first, rest)
        else:
            lines = compose(paragraph, start, first, rest, setting)
        composition.lines[key] = {line.start: line for line in lines}
    composition.current, composition.current_measure = composition.lines[key], rest
    return composition.current[start]


def _setting(style: Any, block_style: Any) -> Setting:
    """Return how the lines of a paragraph are set; a block that stays with the next one is a heading."""
    if style["text_align_all"] != "justify" or style["white_space"] not in ("normal", "pre-line"):
        return Setting.RAGGED
    return Setting.HEADING if block_style["break_after"] == "avoid" else Setting.TEXT


def _find_item(composition: _Composition, measured: MeasuredParagraph, skip_stack: Any) -> int | None:
    """Return the item at which ``skip_stack`` resumes, or None if there is none."""
    place: list[int] = []
    while skip_stack:
        ((index, skip_stack),) = skip_stack.items()
        place.append(index)
    while place and not place[-1]:
        place.pop()
    if not place:
        return 0
    if tuple(place) not in composition.positions:
        composition.positions.update(
            (_position(measured, item), item) for item in range(len(measured.leaf_indexes))
        )
    return composition.positions.get(tuple(place))


def _position(measured: MeasuredParagraph, item: int) -> tuple[int, ...]:
    """Return the place of an item: the index of the child at each level, and that in bytes, without final zeros."""
    leaf = measured.leaves[measured.leaf_indexes[item]]
    place = [*leaf.path, leaf.offsets[item - leaf.start]]
    while place and not place[-1]:
        place.pop()
    return tuple(place)


class _Building:
    """Builds the boxes of one line."""

    def __init__(
        self, context: Any, measured: MeasuredParagraph, line: Line, containing_block: Any, others: Any
    ) -> None:
        self._context = context
        self._measured = measured
        self._line = line
        self._containing_block = containing_block
        self._others = others

    def line_box(self, line_box: Any, position_x: float) -> Any:
        """Return the line as a copy of ``line_box`` with the boxes of its items, from ``position_x`` on."""
        x, children = self._children(line_box, 0, self._segments(), position_x - self._line.lead)
        new_box = line_box.copy_with_children(children)
        new_box.width = x - new_box.content_box_x()
        line_height, new_box.baseline = self._measured.strut
        new_box.height = line_box.style["font_size"]
        new_box.margin_top = new_box.margin_bottom = (line_height - new_box.height) / 2
        setattr(new_box, COMPOSED, True)
        return new_box

    def _segments(self) -> list[_Segment]:
        measured, line = self._measured, self._line
        first, last = measured.leaf_indexes[line.start], measured.leaf_indexes[line.end - 1]
        return [
            _Segment(leaf, max(leaf.start, line.start), min(leaf.end, line.end))
            for leaf in measured.leaves[first : last + 1]
        ]

    def _children(
        self, box: Any, level: int, segments: Sequence[_Segment], x: float
    ) -> tuple[float, list[Any]]:
        """Return the end of the children of ``box`` in this line, and the children."""
        children: list[Any] = []
        for index, group in groupby(segments, lambda segment: segment.leaf.path[level]):
            child = box.children[index]
            child.position_y = box.position_y
            own = list(group)
            if isinstance(child, _boxes.InlineBox):
                new = self._inline_box(child, level + 1, own, x)
            else:
                new = self._leaf_box(child, own[0], x)
            children.append(new)
            x = new.position_x + new.margin_width()
            if not isinstance(child, _boxes.InlineBox) and own[0].leaf.is_rigid:
                x += self._line.gaps[own[0].start - self._line.start]
        return x, children

    def _inline_box(self, box: Any, level: int, segments: Sequence[_Segment], x: float) -> Any:
        span = self._measured.spans[segments[0].leaf.path[:level]]
        is_start = segments[0].start == span.start
        is_end = segments[-1].end == span.end
        end, children = self._children(box, level, segments, x + (span.left if is_start else 0.0))
        new_box = box.copy_with_children(children)
        new_box.remove_decoration(start=not is_start, end=not is_end)
        new_box.position_x = x
        new_box.width = end - new_box.content_box_x()
        _inline._adjust_line_height(new_box)
        return new_box

    def _leaf_box(self, box: Any, segment: _Segment, x: float) -> Any:
        if not segment.leaf.is_rigid:
            return self._text_box(box, segment, x)
        if isinstance(box, _boxes.TextBox):
            new_box, _, _ = _inline.split_text_box(self._context, box, None, 0)
        else:
            bottom_space, *lists = self._others
            new_box, *_ = _inline.split_inline_level(
                self._context,
                box,
                x,
                math.inf,
                bottom_space,
                None,
                self._containing_block,
                *lists,
                None,
                None,
            )
        new_box.position_x = x
        return new_box

    def _text_box(self, box: Any, segment: _Segment, x: float) -> Any:
        leaf, line, edges = segment.leaf, self._line, self._measured.edges
        paragraph = self._measured.paragraph
        start, end = segment.start, segment.end
        offsets = leaf.offsets
        first = offsets[start - leaf.start]
        text = box.text[start - leaf.start : end - leaf.start]
        gaps = line.gaps[start - line.start : end - line.start]
        width = paragraph.widths[end] - paragraph.widths[start] + sum(gaps)
        if edges:
            width -= sum(edges.get(item, 0.0) for item in range(start, end))
        if start == line.start and line.lead:
            width += paragraph.items[start].alone - paragraph.items[start].width
        if end == line.end:
            width -= line.hang
        new_box = box.copy_with_text(text)
        new_box.position_x = x
        new_box.width = width
        new_box.height = leaf.height
        new_box.margin_top = new_box.margin_bottom = (leaf.line_height - leaf.height) / 2
        new_box.baseline = leaf.baseline + new_box.margin_top
        opened = zip(offsets[start - leaf.start : end - leaf.start], gaps, strict=True) if any(gaps) else ()
        new_box.pango_layout = undrawn(text, {offset - first: gap for offset, gap in opened if gap})
        return new_box
