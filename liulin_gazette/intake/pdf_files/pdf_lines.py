"""Lines of a PDF page: the characters on one baseline, divided where there is a wide gap. All lengths are in pt."""

from __future__ import annotations

import itertools
import re
import statistics
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.intake.manuscript import Grid, Mark
from liulin_gazette.intake.marked_text import moved
from liulin_gazette.intake.pdf_files.pdf_page import Glyph
from liulin_gazette.text.raised_characters import SUB, SUPER

GAP = 1.0
"""Ems between two pieces of a line."""
_SPACE = 0.35
"""Ems from which a gap is a space; typesetters leave up to a quarter between Chinese and Latin characters."""
_HAN_SPACE = 0.28
"""Ems by which the gap of a space between Han characters is wider than most in its line; beside digits gaps are wide."""
_HAN = re.compile("[一-鿿]")
_WIDE = 0.25
"""Ems between the characters of a line that is set wide; justified lines have less."""
_TAB = 1.2
"""Ems from which a gap is a tab."""
_SAME_BASELINE = 0.15
"""Ems by which baselines of one line may differ."""
_RAISED = 0.62
"""Ems by which small characters may be raised in their line."""
_LOWERED = 0.35
_SMALL = 0.8
"""Size of raised and lowered characters at most, as a share of the line's."""
_FIRST_WORD = re.compile(
    r"[（《〈“‘「〔【(\[]*(?:[A-Za-z0-9.,:/%@_+&?=#-]+|.)[，。、；：？！）》〉”’」〕】)\]]*"
    r"(?:(?<=[，、；：〕］】）)\]])[0-9]+)?"
)
"""What no program sets apart at the end of a line; LibreOffice keeps digits with the mark before them."""
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one line without a wide gap between them; or a table, or a picture, among the lines."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    index: int
    """Position of its first character in the file's own order."""
    marks: tuple[Mark, ...] = ()
    block: int = -1
    """Number of the tagged block that it belongs to; -1 without one."""
    grid: Grid | None = None
    edges: tuple[float, ...] = ()
    """Of a table: the places of its vertical lines."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """The pieces on one baseline, from left to right; at least one."""

    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        """Left edge."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return max(piece.right for piece in self.pieces)

    @property
    def baseline(self) -> float:
        """Height above the foot of the page."""
        return self.pieces[0].baseline

    @property
    def size(self) -> float:
        """Size of the largest type."""
        return max(piece.size for piece in self.pieces)

    @property
    def grid(self) -> Grid | None:
        """The table, if the line is one."""
        return self.pieces[0].grid

    @property
    def block(self) -> int:
        """Number of the tagged block that it ends in; a label before it may be a block of its own."""
        return self.pieces[-1].block

    @property
    def tail(self) -> float:
        """Left edge of the last piece, under which a roster entry's post goes on; 0 without a gap."""
        return self.pieces[-1].left if len(self.pieces) > 1 else 0.0

    @property
    def text(self) -> str:
        """Text with a space or a tab for each gap."""
        return self.marked_text[0]

    @property
    def marked_text(self) -> tuple[str, tuple[Mark, ...]]:
        """Text with a space or a tab for each gap, and its raised and lowered ranges."""
        text, marks = "", list[Mark]()
        before: Piece | None = None
        for piece in self.pieces:
            if before is not None:
                text += "\t" if piece.left - before.right >= _TAB * self.size else " "
            marks += moved(piece.marks, len(text))
            text += piece.text
            before = piece
        return text, tuple(marks)


def baseline_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Return the lines that ``glyphs`` form, from the top of the page."""
    return [TextLine(tuple(_pieces(row))) for row in _rows(glyphs)]


def joined_text(before: str, after: str) -> str:
    """Return two lines as one, with a space only between Latin words."""
    needs_space = bool(_LATIN.match(before[-1:])) and bool(_LATIN.match(after[:1]))
    return f"{before} {after}" if needs_space else before + after


def first_word_width(text: str, size: float) -> float:
    """Return the width in pt, in type of ``size``, of what no program divides at the beginning of the line ``text``."""
    word = _FIRST_WORD.match(text.lstrip())
    return sum(
        size * (1 if unicodedata.east_asian_width(character) in "WFA" else 0.55)
        for character in (word[0] if word else "")
    )


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return ``glyphs`` by baseline, from the top; small raised and lowered ones with the line that they belong to."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.baseline):
        if rows and rows[-1][0].baseline - glyph.baseline <= _SAME_BASELINE * max(
            glyph.size, rows[-1][0].size
        ):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    rows = [row for row in rows if any(glyph.text.strip() for glyph in row)]
    sizes = [_size(row) for row in rows]
    taken: dict[int, int] = {}
    for number, row in enumerate(rows):
        for other in (number + 1, number - 1):
            if (
                0 <= other < len(rows)
                and other not in taken
                and _belongs(row, sizes[number], rows[other], sizes[other])
            ):
                taken[number] = other
                break
    for number, other in taken.items():
        rows[other] = [*rows[other], *rows[number]]
    return [row for number, row in enumerate(rows) if number not in taken]


def _size(row: Sequence[Glyph]) -> float:
    """Return the size in which most of ``row`` is set."""
    return statistics.median_high([glyph.size for glyph in row])


def _belongs(row: Sequence[Glyph], size: float, line: Sequence[Glyph], line_size: float) -> bool:
    """Tell whether ``row`` is raised or lowered in ``line``: small, and beside its characters, not over them."""
    rise = (row[0].baseline - line[0].baseline) / line_size
    is_small = size <= _SMALL * line_size
    if not (-_LOWERED < rise < _RAISED if is_small else abs(rise) < 2 * _SAME_BASELINE):
        return False
    if size > line_size or (not is_small and len(row) > len(line)):
        return False
    solid = [glyph for glyph in line if glyph.text.strip()]
    is_beside = any(
        -0.2 * line_size < glyph.left - each.right < line_size
        or -0.2 * line_size < each.left - glyph.right < line_size
        for glyph in (row[0], row[-1])
        for each in solid
    )
    return (is_beside or not is_small) and not any(
        min(glyph.right, each.right) - max(glyph.left, each.left) > 0.4 * (glyph.right - glyph.left)
        for glyph in row
        if glyph.text.strip()
        for each in solid
        if each.text.isalnum()
    )


def _pieces(row: Sequence[Glyph]) -> Iterator[Piece]:
    """Yield the pieces of the line that ``row`` forms."""
    size = _size(row)
    ordered = sorted(row, key=lambda glyph: (glyph.left, glyph.index))
    solid = [glyph for glyph in ordered if glyph.text.strip()]
    usual = _usual_gap(solid, size)
    group: list[Glyph] = []
    for glyph in ordered:
        end = max((each.right for each in group), default=glyph.left)
        if group and glyph.left - end - usual >= GAP * size:
            yield from _piece(group, size, usual)
            group = []
        group.append(glyph)
    yield from _piece(group, size, usual)


def _usual_gap(glyphs: Sequence[Glyph], size: float) -> float:
    """Return the gap between the characters of a line that is set wide, as red heads are; 0 for others."""
    gaps = [after.left - before.right for before, after in itertools.pairwise(glyphs)]
    usual = statistics.median_low(gaps) if len(gaps) > 2 else 0.0
    return usual if usual > _WIDE * size else 0.0


def _piece(group: Sequence[Glyph], size: float, usual: float) -> Iterator[Piece]:
    """Yield the piece that ``group`` forms; none if it consists of spaces."""
    solid = [position for position, glyph in enumerate(group) if glyph.text.strip()]
    if not solid:
        return
    group = group[solid[0] : solid[-1] + 1]
    line = statistics.mode(
        [glyph.baseline for glyph in group if glyph.size > _SMALL * size] or [group[0].baseline]
    )
    gaps = [after.left - before.right - usual for before, after in itertools.pairwise(group)]
    common = max(statistics.median_low(gaps), 0.0) if gaps else 0.0
    text, marks = "", list[Mark]()
    end = group[0].left
    for glyph in group:
        gap = glyph.left - end - usual
        is_between_han = bool(_HAN.fullmatch(text[-1:]) and _HAN.fullmatch(glyph.text))
        needed = _HAN_SPACE * size + common if is_between_han else _SPACE * size
        if gap >= min(needed, _SPACE * size) and text[-1:].strip() and glyph.text.strip():
            text += " "
        position = _position(glyph, line, size)
        if position and marks and marks[-1].end == len(text) and marks[-1].position == position:
            marks[-1] = replace(marks[-1], end=len(text) + len(glyph.text))
        elif position:
            marks.append(Mark(len(text), len(text) + len(glyph.text), position))
        text += glyph.text
        end = max(end, glyph.right)
    yield Piece(
        text,
        group[0].left,
        end,
        line,
        size,
        min(glyph.index for glyph in group),
        tuple(marks),
        group[-1].content,
        doubts=tuple(dict.fromkeys(glyph.doubt for glyph in group if glyph.doubt)),
    )


def _position(glyph: Glyph, line: float, size: float) -> str:
    """Return whether ``glyph`` is raised or lowered in a line of type of ``size``; empty if it is neither."""
    if glyph.size > _SMALL * size or not glyph.text.isalnum():
        return ""
    rise = (glyph.baseline - line) / size
    return SUPER if rise > _SAME_BASELINE else SUB if rise < -0.05 else ""


def piece_of_grid(grid: Grid, edges: tuple[float, ...], top: float, index: int) -> Piece:
    """Return the table ``grid`` as a piece that stands alone in its line, at the height ``top``."""
    return Piece("", edges[0], edges[-1], top, 0.0, index, grid=grid, edges=edges)
