"""The columns of a PDF page: only where an empty vertical band runs through most of its lines. Lengths are in pt."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.intake.pdf_files.pdf_lines import Piece, TextLine

_MIN_BAND = 0.8
"""Ems of the empty band between two columns at least."""
_MIN_COLUMN = 8.0
"""Ems of a column at least; narrower ones are the columns of a list."""
_MIN_LINES = 4
_NOT_CENTRED = 3.0
"""Ems from the left edge within which the lines of a text begin; centred ones begin farther in."""
_BESIDE = 1.3
"""Ems between the baselines of two lines that stand beside one another."""
_ONE_LINE = 0.3
"""Ems between the baselines of pieces of one line at most."""
_MAX_PIECES = 1_000
"""Pieces of lines on a page; more are a drawing."""
_FULL = 0.7
"""Share of a column's width that half of its lines fill at least, in one column; those of a list are of any length."""
_HALF_FULL = 0.35
"""The same in the other columns, which may have a list of names."""
_MAX_COLUMNS = 4
_CROSSING = 0.25
"""Share of the short lines that may cross the band between two columns: titles, and what is centred on the page."""
_SPANNING = 0.6
"""Share of the width of the text from which a line is one of the whole page."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges between which lines are set."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """Width in pt."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Column:
    """Lines one under another, and the edges between which they are set."""

    frame: Frame
    lines: tuple[TextLine, ...]


def columns_of(
    lines: Sequence[TextLine], usual: Frame | None, usual_bands: tuple[float, ...] = ()
) -> list[Column]:
    """Return the columns of a page in reading order; lines across all columns divide the page.

    ``usual`` and ``usual_bands`` are the frame and the bands of other pages of this size; they serve a page that has
    too few lines to tell its own.
    """
    text = [line for line in lines if line.grid is None]
    if not text:
        return [Column(usual or Frame(line.left, line.right), (line,)) for line in lines]
    bands = bands_of(text)
    if not bands and _fit(text, usual_bands):
        bands = usual_bands
    if not bands:
        return [Column(frame_of(lines, usual), tuple(lines))]
    return list(_zones(lines, bands))


def _fit(lines: Sequence[TextLine], bands: tuple[float, ...]) -> bool:
    """Tell whether ``lines`` stand in columns with ``bands`` between them, and in more than one."""
    if not bands:
        return False
    pieces = [piece for line in lines for piece in line.pieces]
    across = sum(any(piece.left < band < piece.right for band in bands) for piece in pieces)
    return across < 0.5 * len(pieces) and sum(bool(column) for column in _by_column(pieces, bands)) > 1


def frame_of(lines: Sequence[TextLine], usual: Frame | None = None) -> Frame:
    """Return the edges of ``lines``: those where several lines begin and most end, not those of one that sticks out.

    Where no edge has half of the lines, because many are short, it is the end of the longest one.
    """
    text = [line for line in lines if line.grid is None and line.text.strip()] or list(lines)
    left, right = min(line.left for line in text), max(line.right for line in text)
    if usual is not None and len(text) < 8:
        size = max(line.size for line in text)
        if usual.left - size < left and right < usual.right + size:
            return usual
    em = statistics.median(line.size for line in text) or 1.0
    enough = max(2, len(text) // 12)
    lefts = [line.left for line in text]
    left = min((x for x in lefts if sum(abs(x - y) < 0.3 * em for y in lefts) >= enough), default=left)
    rights = [line.right for line in text if line.left - left < _NOT_CENTRED * em]
    many = max(3, len(text) // 2)
    right = max((x for x in rights if sum(abs(x - y) < 0.8 * em for y in rights) >= many), default=right)
    return Frame(left, right)


def bands_of(lines: Sequence[TextLine]) -> tuple[float, ...]:
    """Return the middles of the empty bands between columns; none for a page of one column."""
    pieces = [piece for line in lines for piece in line.pieces if piece.text]
    if not pieces:
        return ()
    em = statistics.median(piece.size for piece in pieces) or 1.0
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = right - left
    if width < 2 * _MIN_COLUMN * em:
        return ()
    narrow = [piece for piece in pieces if piece.right - piece.left < _SPANNING * width]
    if not 2 * _MIN_LINES <= len(narrow) <= _MAX_PIECES:
        return ()
    bands: list[float] = []
    empty = [
        (count, start, end)
        for count, start, end in _empty(narrow, left, right)
        if end - start >= _MIN_BAND * em
    ]
    for _count, start, end in sorted(empty, key=lambda each: (each[0], each[1] - each[2])):
        is_clear = all(
            each - _MIN_COLUMN * em > end or start > each + _MIN_COLUMN * em for each in (left, right, *bands)
        )
        if is_clear:
            bands.append((start + end) / 2)
    bands.sort()
    if not 0 < len(bands) < _MAX_COLUMNS:
        return ()
    by_column = _by_column(narrow, bands)
    columns = [_extents(column) for column in by_column]
    if not all(_are_side_by_side(one, other, em) for one, other in itertools.pairwise(by_column)):
        return ()
    if any(len(column) < _MIN_LINES for column in columns):
        return ()
    share = width / len(columns)
    fullness = [
        statistics.median(end - start for start, end in column)
        / max(max(end for _, end in column) - min(start for start, _ in column), 0.8 * share)
        for column in columns
    ]
    across = sum(
        any(piece.left < band < piece.right for piece in line.pieces for band in bands) for line in lines
    )
    is_set_full = max(fullness) >= _FULL and min(fullness) >= _HALF_FULL
    return tuple(bands) if is_set_full and across <= len(lines) - across else ()


def _are_side_by_side(left: Sequence[Piece], right: Sequence[Piece], em: float) -> bool:
    """Tell whether several lines of two columns stand beside one another, not only above and below."""
    heights = {piece.baseline for piece in right}
    beside = {
        piece.baseline
        for piece in left
        if any(abs(piece.baseline - height) < _BESIDE * em for height in heights)
    }
    return len(beside) >= _MIN_LINES


def _extents(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """Return where the lines that ``pieces`` of one column form begin and end.

    Pieces of one line may be a little higher and lower: files round the places of each, and faces are mixed.
    """
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if rows and piece.baseline - rows[-1][0].baseline < _ONE_LINE * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [(min(piece.left for piece in row), max(piece.right for piece in row)) for row in rows]


def _empty(pieces: Sequence[Piece], left: float, right: float) -> Iterator[tuple[int, float, float]]:
    """Yield the bands between ``left`` and ``right`` that few of ``pieces`` cover: how many do, start and end.

    Of each band, only the emptiest part is meant.
    """
    allowed = max(1, int(_CROSSING * len(pieces)))
    places = sorted({left, right, *(piece.left for piece in pieces), *(piece.right for piece in pieces)})
    steps = [
        (sum(piece.left < (start + end) / 2 < piece.right for piece in pieces), start, end)
        for start, end in itertools.pairwise(places)
    ]
    for is_empty, group in itertools.groupby(steps, key=lambda step: step[0] <= allowed):
        band = list(group)
        if is_empty:
            fewest = min(count for count, _, _ in band)
            emptiest = [(start, end) for count, start, end in band if count == fewest]
            yield fewest, *max(emptiest, key=lambda span: span[1] - span[0])


def _by_column(pieces: Sequence[Piece], bands: Sequence[float]) -> list[list[Piece]]:
    """Return those of ``pieces`` that are in one column, by column."""
    edges = [float("-inf"), *bands, float("inf")]
    return [
        [piece for piece in pieces if start <= piece.left and piece.right <= end]
        for start, end in itertools.pairwise(edges)
    ]


def _zones(lines: Sequence[TextLine], bands: Sequence[float]) -> Iterator[Column]:
    """Yield the columns between the lines that go across, and these, from the top of the page."""
    edges = [float("-inf"), *bands, float("inf")]
    pieces = [piece for line in lines for piece in line.pieces]
    page = frame_of(lines)
    frames = [
        frame_of([TextLine((piece,)) for piece in column]) if column else page
        for column in _by_column(pieces, bands)
    ]
    columns: list[list[TextLine]] = [[] for _ in frames]
    across: list[TextLine] = []
    for line in lines:
        goes_across = any(piece.left < band < piece.right for piece in line.pieces for band in bands)
        if goes_across and any(columns):
            yield from _columns(frames, columns)
            columns = [[] for _ in frames]
        if goes_across:
            across.append(line)
            continue
        if across:
            yield Column(page, tuple(across))
            across = []
        for number, (start, end) in enumerate(itertools.pairwise(edges)):
            own = tuple(piece for piece in line.pieces if start <= piece.left < end)
            if own:
                columns[number].append(TextLine(own))
    if across:
        yield Column(page, tuple(across))
    yield from _columns(frames, columns)


def _columns(frames: Sequence[Frame], columns: Sequence[Sequence[TextLine]]) -> Iterator[Column]:
    for frame, lines in zip(frames, columns, strict=True):
        if lines:
            yield Column(frame, tuple(sorted(lines, key=lambda line: -line.baseline)))
