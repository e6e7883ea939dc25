"""A paragraph of WeasyPrint's boxes, measured for the composer: its text is shaped once, whole.

A leaf is a text box or an inline object. Paragraphs with anything whose place in the line cannot be told beforehand
(floats, positioned boxes, leaders, tabs, text from right to left) are not measured.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, percent
from weasyprint.text import ffi as text_ffi
from weasyprint.text import line_break

from liulin_gazette.pdf.composition.chinese_breaks import CLOSING, OBJECT, OPENING, break_costs
from liulin_gazette.pdf.composition.paragraph_items import FORCED, Item, Paragraph, measured

_boxes: Any = boxes
_inline: Any = inline
_line_break: Any = line_break
_text: Any = text_ffi
_ffi: Any = _text.ffi
_percent: Any = percent

_WRAPPING = ("normal", "pre-line")
_COLLAPSING = ("normal", "nowrap", "pre-line")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})
_UNMEASURED = frozenset("\t\f\r\x85\u2028\u2029\xad\u200b\u2060\ufeff")
"""Characters that WeasyPrint or Pango treats in its own way when it breaks lines."""
_GLYPH_INTS = 5
"""32-bit words in a PangoGlyphInfo; the second is the width."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text box or an inline object of a paragraph."""

    box: Any
    path: tuple[int, ...]
    """Index of the child at each level, from the line box down."""
    start: int
    """Index of its first item in the paragraph."""
    end: int
    offsets: tuple[int, ...]
    """Index in bytes of each of its items in the text of the box."""
    height: float
    baseline: float
    """px from the top of its text to the base line."""
    line_height: float
    is_rigid: bool
    """Whether it is one item: an object, or text whose letters are spaced."""


@dataclass(frozen=True, slots=True)
class MeasuredParagraph:
    """A measured line box: what the composer needs, and where the items are among the boxes."""

    paragraph: Paragraph
    leaves: tuple[Leaf, ...]
    leaf_indexes: tuple[int, ...]
    """Index of the leaf of each item."""
    spans: Mapping[tuple[int, ...], InlineSpan]
    """The inline boxes by path."""
    edges: Mapping[int, float]
    """What the edges of inline boxes (margin, border, padding) add to the width of an item."""
    strut: tuple[float, float]
    """Height of a line, and how far its base line is from its top."""


@dataclass(frozen=True, slots=True)
class InlineSpan:
    """An inline box: the items from ``start`` to ``end``."""

    start: int
    end: int
    left: float
    """Width of its left edge in px."""


class _UnmeasurableError(Exception):
    """A paragraph holds something that cannot be measured."""


def measure(context: Any, line_box: Any, containing_block: Any) -> MeasuredParagraph | None:
    """Return the measured paragraph of ``line_box``, or None where it holds something that cannot be measured."""
    style = line_box.style
    is_chinese = style["direction"] == "ltr" and (style["lang"] or "").startswith("zh")
    if not is_chinese or line_box.text_overflow != "clip":
        return None
    try:
        return _Measuring(context, containing_block).measured(line_box)
    except _UnmeasurableError:
        return None


class _Measuring:
    """Collects the items of a paragraph, leaf by leaf."""

    def __init__(self, context: Any, containing_block: Any) -> None:
        self._context = context
        self._containing_block = containing_block
        self._texts: list[str] = []
        self._items: list[Item] = []
        self._leaves: list[Leaf] = []
        self._unbreakable: set[int] = set()
        """Items before which there is no break."""
        self._emergency: list[bool] = []
        self._spans: dict[tuple[int, ...], InlineSpan] = {}
        self._edges: dict[int, float] = {}

    def measured(self, line_box: Any) -> MeasuredParagraph | None:
        self._add_children(line_box, ())
        if not self._items:
            return None
        text = "".join(self._texts)
        if text[:1] == "\n" or text[-1:] == "\n" or "\n\n" in text:
            raise _UnmeasurableError
        lang = line_box.style["lang"]
        attributes = _line_break.get_log_attrs(text, lang)
        uax = [bool(attributes[index].is_line_break) for index in range(len(text))]
        costs = break_costs(text, uax)
        for index in self._unbreakable:
            costs[index] = None
        for index, character in enumerate(text[:-1]):
            if character == "\n":
                costs[index + 1] = FORCED
        leaf_indexes = [0] * len(self._items)
        for number, leaf in enumerate(self._leaves):
            leaf_indexes[leaf.start : leaf.end] = [number] * (leaf.end - leaf.start)
        return MeasuredParagraph(
            measured(self._items, costs, float(line_box.style["font_size"]), self._emergency),
            tuple(self._leaves),
            tuple(leaf_indexes),
            self._spans,
            self._edges,
            _line_break.strut(line_box.style),
        )

    def _add_children(self, box: Any, path: tuple[int, ...]) -> None:
        wraps = box.style["white_space"] in _WRAPPING
        for index, child in enumerate(box.children):
            if not child.is_in_normal_flow() or child.style["position"] != "static":
                raise _UnmeasurableError
            before = len(self._items)
            self._add(child, (*path, index))
            if (not wraps and index) or child.style["vertical_align"] not in ("baseline", "middle"):
                self._unbreakable.add(before)

    def _add(self, box: Any, path: tuple[int, ...]) -> None:
        _percent.resolve_percentages(box, self._containing_block)
        if isinstance(box, _boxes.TextBox):
            self._add_text(box, path)
        elif isinstance(box, _boxes.InlineBox):
            self._add_inline_box(box, path)
        elif isinstance(box, _boxes.AtomicInlineLevelBox):
            atomic = _inline.atomic_box(self._context, box, 0, None, self._containing_block, [], [])
            self._add_rigid(box, path, OBJECT, float(atomic.margin_width()))
        else:
            raise _UnmeasurableError

    def _add_inline_box(self, box: Any, path: tuple[int, ...]) -> None:
        any_box: Any = box
        for side in ("left", "right"):
            if getattr(any_box, f"margin_{side}") == "auto":
                setattr(any_box, f"margin_{side}", 0)
        left = any_box.margin_left + any_box.border_left_width + any_box.padding_left
        right = any_box.margin_right + any_box.border_right_width + any_box.padding_right
        before = len(self._items)
        self._add_children(any_box, path)
        if before == len(self._items) or any_box.is_leader:
            raise _UnmeasurableError
        self._spans[path] = InlineSpan(before, len(self._items), left)
        if left or right:
            if any_box.style["box_decoration_break"] == "clone":
                raise _UnmeasurableError
            for index, width in ((before, left), (len(self._items) - 1, right)):
                item = self._items[index]
                if width and (item.text in CLOSING or item.text in OPENING):
                    raise _UnmeasurableError
                self._edges[index] = self._edges.get(index, 0.0) + width
                self._items[index] = Item(item.text, item.width + width, item.size, item.alone + width)

    def _add_rigid(self, box: Any, path: tuple[int, ...], text: str, width: float) -> None:
        start = len(self._items)
        self._texts.append(text)
        self._items.append(Item(text, width, float(box.style["font_size"]), width))
        self._emergency.append(False)
        self._leaves.append(Leaf(box, path, start, start + 1, (0,), 0.0, 0.0, 0.0, True))

    def _add_text(self, box: Any, path: tuple[int, ...]) -> None:
        text: str = box.text
        style = box.style
        if (
            not text
            or not style["font_size"]
            or style["white_space"] not in _COLLAPSING
            or style["word_spacing"]
            or style["text_decoration_line"] != "none"
        ):
            raise _UnmeasurableError
        if text == "\n":
            self._unbreakable.add(len(self._items))
            self._add_rigid(box, path, text, 0.0)
            return
        if any(_is_unmeasured(character) for character in text):
            raise _UnmeasurableError
        if style["letter_spacing"] not in ("normal", 0):
            if len(text) > 4:
                raise _UnmeasurableError
            spaced, _, _ = _inline.split_text_box(self._context, box, None, 0)
            self._add_rigid(box, path, OBJECT, float(spaced.width))
            return
        layout = _line_break.create_layout(text, style, self._context, None, 0)
        first_line, _ = layout.get_first_line()
        _, height = _line_break.line_size(first_line, style)
        baseline = _text.pango.pango_layout_get_baseline(layout.layout) * _text.FROM_UNITS
        advances = cluster_advances(first_line)
        layout.deactivate()
        self._add_characters(box, path, advances, float(height), float(baseline))

    def _add_characters(
        self, box: Any, path: tuple[int, ...], advances: dict[int, int], height: float, baseline: float
    ) -> None:
        style, size, start, offset = box.style, float(box.style["font_size"]), len(self._items), 0
        wraps = style["white_space"] in _WRAPPING
        may_tear = wraps and style["overflow_wrap"] in ("anywhere", "break-word")
        offsets: list[int] = []
        known: dict[str, float] = style.cache.setdefault("gazette", {}).setdefault(_font_key(style), {})
        for character in box.text:
            advance = advances.get(offset)
            width = (advance or 0) * _text.FROM_UNITS
            alone = width
            if advance and width < 0.75 * size and character not in " \xa0":
                if character not in known:
                    known[character] = _alone(self._context, style, character)
                alone = known[character]
            index = len(self._items)
            if advance is None or (not wraps and offset):
                self._unbreakable.add(index)
            self._items.append(Item(character, width, size, alone))
            self._emergency.append(may_tear and advance is not None)
            offsets.append(offset)
            offset += len(character.encode())
        self._texts.append(box.text)
        self._leaves.append(
            Leaf(
                box,
                path,
                start,
                len(self._items),
                tuple(offsets),
                height,
                baseline,
                float(_line_break.strut(style)[0]),
                False,
            )
        )


def _is_unmeasured(character: str) -> bool:
    return (
        character in _UNMEASURED
        or character == "\n"
        or (
            character > "\u0590"
            and character < "\u2e80"
            and unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
        )
    )


def cluster_advances(line: Any) -> dict[int, int]:
    """Return the advance of each cluster of a Pango line in Pango units, by the index in bytes of its text."""
    found: dict[int, int] = {}
    for offset, advance in _glyph_advances(line):
        found[offset] = found.get(offset, 0) + advance
    return found


def _glyph_advances(line: Any) -> Iterator[tuple[int, int]]:
    run = line.runs[0]
    while run != _ffi.NULL:
        item, run = run.data, run.next
        glyphs = item.glyphs
        count = glyphs.num_glyphs
        if not count:
            continue
        start = item.item.offset
        words = memoryview(_ffi.buffer(glyphs.glyphs, count * _GLYPH_INTS * 4)).cast("i")
        for cluster, width in zip(
            _ffi.unpack(glyphs.log_clusters, count), words[1::_GLYPH_INTS], strict=True
        ):
            yield start + cluster, width


def _font_key(style: Any) -> str:
    """Return what tells fonts of text boxes apart: family, features and size."""
    return _line_break._font_style_cache_key(style, include_size=True)


def _alone(context: Any, style: Any, character: str) -> float:
    """Return the advance of a character without neighbours."""
    layout = _line_break.create_layout(character, style, context, None, 0)
    line, _ = layout.get_first_line()
    width = sum(cluster_advances(line).values()) * _text.FROM_UNITS
    layout.deactivate()
    return width
