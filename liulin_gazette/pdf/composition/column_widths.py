"""Widths of the columns of a printed table, chosen so that the table is as low as possible.

A row is as high as its cell with the most lines, so the widths decide on the sum, over the rows, of the largest
number of lines. It is estimated from the lengths of the texts and lowered by moving width from column to column. The
work is bounded: of a long table a number of rows, evenly spaced, stand for all of them.

All lengths are in em of the table's type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache

from liulin_gazette.model.blocks import Cell, Table, grid
from liulin_gazette.rendering.decimal_points import decimal_fills

STEP = 0.25
"""Widths differ by multiples of this."""
MAX_UNBROKEN = 12.0
"""Up to this length a number, a date or a Latin word widens its column, so that it is not broken."""
WHOLE_TEXT, WHOLE_HEAD = 4, 3
"""A shorter text, such as a name, is not broken either; nor is the head of a column: its two lines would be uneven."""
LEAST, COMFORTABLE = 2.0, 4.0
"""The least width of a column whose texts are longer, so that no character stands alone, and one that reads well."""
REPEATED_EVERY = 25
"""Rows; so often the head of a table is taken to be repeated on a further page."""
SAMPLE = 2400
"""Cells on which the height is estimated."""
LEAST_ROWS = 40
"""Rows on which it is estimated, however many columns they have."""
MAX_SWEEPS, MAX_ROOTS = 12, 1_500_000
"""How often width is moved between all pairs of columns for each size of move, and how many rows that may take."""
_MOVES = (32, 16, 8, 4, 2, 1)
"""Sizes of moves, in steps, from the coarsest."""
_POWER = 8
"""The sum of the eighth powers of the cells' lines stands for the largest of them: it shows every change of a cell."""
_SMOOTH = 0.2
"""The share of lines that are not rounded up: it shows which way a change leads that saves no line yet."""
_SLACK = 0.03
"""By how much a column is wider than the text it must hold, against rounding."""
_BRACKET = re.compile(r"（[^（）]{1,4}）$")
_UNBROKEN = re.compile(
    r"[!-~]*\d{4}年\d{1,2}月(?:\d{1,2}日)?|〔\d{4}〕\d+号?|[!-~]+(?:[年月日号元户人亩吨米件次个项名℃‰]|公[里斤顷])?"
)
_DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,8}〔\d{4}〕\d{1,4}号")
"""A 发文字号 that is all there is in a cell is not broken either: 方政办发〔2026〕3号."""
_NARROW, _WIDE, _MIDDLE = (
    frozenset(".,:;'|!()-/[]ijl`"),
    frozenset("MWm%@w&"),
    frozenset("abcdefghknopqrstuvxyz"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a cell as lines are estimated from it."""

    lines: tuple[float, ...]
    """The length of each of its lines; the author breaks them."""
    rows: int = 1
    """How many rows share its height."""


Row = tuple[Text, ...]
"""One text for each column."""
_EMPTY = Text(())


@dataclass(frozen=True, slots=True)
class Column:
    """What a column needs."""

    words: float
    """The width at which no number, date or name is broken."""
    least: float
    """The width at which its texts read well too."""
    natural: float
    """The length of its longest line."""


def column_widths(table: Table, measure: float, padding: float) -> tuple[float, ...]:
    """Return the width of each column of ``table``, in per cent of ``measure``; they sum to 100.

    ``padding`` is by how much a cell is wider than its text. ``table.widths`` stay where they make the table no higher.
    """
    columns = _columns(table)
    room = measure - padding * len(columns)
    rows = sample(_rows(table), table.head_rows)
    present = tuple(width / 100 * measure - padding for width in table.widths)
    widths = text_widths(columns, rows, room)
    is_sound = all(width >= column.least for width, column in zip(present, columns, strict=True))
    if is_sound and height(rows, present) <= height(rows, widths):
        return table.widths
    total = sum(widths) + padding * len(columns)  # More than the measure where not even the padding fits.
    return tuple(round(100 * (width + padding) / total, 2) for width in widths)


def words_stand(table: Table, measure: float, padding: float) -> bool:
    """Tell whether ``table`` can be ``measure`` em wide with no number, date or name of it broken."""
    return sum(column.words + _SLACK + padding for column in _columns(table)) <= measure


def widest_words(table: Table) -> tuple[Cell, str]:
    """Return the cell of one column that needs the most width for what must not be broken, and that text."""
    cells = [cell for row in grid(table) for _, cell in row if cell.colspan == 1]
    found = max(cells, key=lambda cell: _needs(text_of(cell), cell.header).words)
    text = text_of(found)
    return found, max((*_UNBROKEN.findall(text), *text.split("\n")), key=_wanted)


def _wanted(text: str) -> float:
    """Return the width that ``text`` has if it must not be broken, or that of its character."""
    length = advance(text)
    is_whole = length <= WHOLE_TEXT or any(
        pattern.fullmatch(text) for pattern in (_UNBROKEN, _DOCUMENT_NUMBER)
    )
    return length if is_whole else 1.0


def text_widths(columns: Sequence[Column], rows: Sequence[Row], room: float) -> tuple[float, ...]:
    """Return the width of the text in each column; together they take ``room``.

    Where there is less room than the columns need to break nothing, those that need the least are broken last.
    """
    words, least = ([width + _SLACK for width in each] for each in _leasts(columns))
    if sum(words) >= room:
        return _levelled(words, max(room, 0.0))
    lack = max(sum(least) - room, 0.0) / ((sum(least) - sum(words)) or 1.0)
    least = [wide - lack * (wide - low) for low, wide in zip(words, least, strict=True)]
    total = sum(least)
    natural = [max(column.natural, column.least) + _SLACK for column in columns]
    if sum(natural) <= room:
        return tuple(width * room / sum(natural) for width in natural)
    steps = int((room - total) / STEP)
    found = _lowered(_Heights(rows, least), _start(least, natural, steps), _sweeps(rows))
    widths = [width + STEP * count for width, count in zip(least, found, strict=True)]
    widest = max(range(len(widths)), key=widths.__getitem__)
    widths[widest] += room - sum(widths)
    return tuple(widths)


def _levelled(words: Sequence[float], room: float) -> tuple[float, ...]:
    """Return ``words``, of which the widest are lowered to one width so that they take no more than ``room``."""
    left = room
    for index, width in enumerate(sorted(words)):
        level = left / (len(words) - index)
        if width > level:
            return tuple(min(each, level) for each in words)
        left -= width
    return tuple(words)


def _leasts(columns: Sequence[Column]) -> tuple[list[float], list[float]]:
    return [column.words for column in columns], [column.least for column in columns]


def _sweeps(rows: Sequence[Row]) -> int:
    roots = sum(len(row) ** 2 for row in rows) * len(_MOVES)
    return max(1, min(MAX_SWEEPS, MAX_ROOTS // max(roots, 1)))


def height(rows: Sequence[Row], widths: Sequence[float]) -> float:
    """Return the estimated height of ``rows``, in lines, where the text of each column has its width."""
    return sum(max(map(line_count, row, widths), default=0.0) for row in rows)


def line_count(text: Text, width: float) -> float:
    """Return the estimated number of lines of ``text`` in ``width``, divided by the rows that share them."""
    return _lines(text.lines, width) / text.rows


@lru_cache(maxsize=1 << 16)
def _lines(lengths: tuple[float, ...], width: float) -> int:
    full = max(math.floor(width + 1e-6), 1)
    return sum(1 if length <= width + 1e-6 else math.ceil(length / full - 1e-6) for length in lengths)


@lru_cache(maxsize=1 << 14)
def advance(text: str) -> float:
    """Return the length of ``text``: that of the widest of the usual faces."""
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    if not character.isascii():
        return 1.0
    if character in _NARROW:
        return 0.37
    if character in _WIDE:
        return 1.0
    if character in _MIDDLE or character.isdigit():
        return 0.58
    return 0.28 if character == " " else 0.75


def text_of(cell: Cell) -> str:
    """Return what is printed in ``cell``, with the marks of its notes."""
    return "".join(span.note or span.shown for span in cell.text)


def _columns(table: Table) -> list[Column]:
    """Return what each column needs; what a cell over several columns needs, they share."""
    found = [Column(1.0, 1.0, 1.0)] * table.columns
    spanning: list[tuple[slice, Column]] = []
    fills = decimal_fills(table)
    for row in grid(table):
        for x, cell in row:
            needs = _needs(text_of(cell) + fills.of(cell), cell.header)
            if cell.colspan == 1:
                found[x] = Column(*map(max, astuple(found[x]), astuple(needs)))
            else:
                spanning.append((slice(x, x + cell.colspan), needs))
    for over, needs in spanning:
        missing = needs.words - sum(column.words for column in found[over])
        if missing > 0:
            share = missing / len(found[over])
            found[over] = [_widened(column, column.words + share) for column in found[over]]
    return found


def _widened(column: Column, words: float) -> Column:
    return Column(words, max(column.least, words), max(column.natural, words))


@lru_cache(maxsize=1 << 14)
def _needs(text: str, is_head: bool) -> Column:
    """Return what a column with ``text`` alone needs; that of a head is broken before （元） and other brackets."""
    lines = text.split("\n")
    longest = max(map(advance, lines))
    words = [advance(word) for line in lines for word in _UNBROKEN.findall(line)]
    words += [advance(line) for line in lines if _DOCUMENT_NUMBER.fullmatch(line)]
    if is_head:
        words += [advance(bracket) for line in lines for bracket in _BRACKET.findall(line)]
    unbroken = min(max(words, default=0.0), MAX_UNBROKEN)
    whole = longest if longest <= (WHOLE_HEAD if is_head else WHOLE_TEXT) else LEAST
    comfort = LEAST if is_head else COMFORTABLE
    return Column(max(whole, unbroken), max(whole, unbroken, min(longest, comfort)), longest)


def _rows(table: Table) -> list[Row]:
    """Return the rows of ``table``; a joined cell shares its height between its rows, one over columns has none."""
    rows: list[Row] = []
    held: dict[int, tuple[int, Text]] = {}
    for cells in grid(table):
        for x, cell in cells:
            if cell.colspan == 1:
                held[x] = (cell.rowspan, Text(_lengths(text_of(cell)), cell.rowspan))
        rows.append(tuple(held[x][1] if x in held else _EMPTY for x in range(table.columns)))
        held = {x: (left - 1, text) for x, (left, text) in held.items() if left > 1}
    return rows


@lru_cache(maxsize=1 << 14)
def _lengths(text: str) -> tuple[float, ...]:
    return tuple(map(advance, text.split("\n"))) if text else ()


def sample(rows: Sequence[Row], head_rows: int) -> list[Row]:
    """Return as many of ``rows`` as the search may look at, and the head as often as it may be repeated."""
    count = max(LEAST_ROWS, SAMPLE // max(map(len, rows), default=1))
    head, body = rows[:head_rows], rows[head_rows:]
    if len(body) > count:
        body = [body[index * len(body) // count] for index in range(count)]
    return [*body, *(row for row in head for _ in range(1 + len(body) // REPEATED_EVERY))]


class _Heights:
    """The estimated cells of the rows at each width of each column, computed when they are first asked for."""

    def __init__(self, rows: Sequence[Row], least: Sequence[float]) -> None:
        self._columns = [[row[x] for row in rows] for x in range(len(least))]
        self._least = least
        self._known: dict[tuple[int, int], list[float]] = {}

    def powers(self, column: int, steps: int) -> list[float]:
        """Return, row by row, the power of the lines of ``column`` when it is ``steps`` wider than its least."""
        key = column, steps
        if key not in self._known:
            width = self._least[column] + STEP * steps
            self._known[key] = [_power(text, width) for text in self._columns[column]]
        return self._known[key]


def _power(text: Text, width: float) -> float:
    even = sum(max(1.0, length / width) for length in text.lines) / text.rows
    return ((1 - _SMOOTH) * line_count(text, width) + _SMOOTH * even) ** _POWER


def _start(least: Sequence[float], natural: Sequence[float], steps: int) -> list[int]:
    """Divide ``steps`` in proportion to the square root of what each column lacks."""
    weights = [math.sqrt(max(long - low, 0.0)) for low, long in zip(least, natural, strict=True)]
    found = [int(steps * weight / sum(weights)) for weight in weights]
    found[weights.index(max(weights))] += steps - sum(found)
    return found


def _lowered(heights: _Heights, found: list[int], sweeps: int) -> list[int]:
    """Return ``found`` after moves between two columns that lower the rows, until none does."""
    for move in _MOVES:
        for _ in range(sweeps):
            moved = [_moved(heights, found, giver, move) for giver in range(len(found))]
            if not any(moved):
                break
    return found


def _moved(heights: _Heights, found: list[int], giver: int, move: int) -> bool:
    """Move steps from ``giver`` to the column where that lowers the rows most; tell whether there is one."""
    if found[giver] < move:
        return False
    columns = range(len(found))
    sums = [math.fsum(row) for row in zip(*(heights.powers(x, found[x]) for x in columns), strict=True)]
    before, after = heights.powers(giver, found[giver]), heights.powers(giver, found[giver] - move)
    rest = [total - old + new for total, old, new in zip(sums, before, after, strict=True)]
    best, taker = math.fsum(_roots(sums)) - 1e-6, giver
    for x in columns:
        if x != giver:
            narrow, wide = heights.powers(x, found[x]), heights.powers(x, found[x] + move)
            cost = math.fsum(
                _roots(total - old + new for total, old, new in zip(rest, narrow, wide, strict=True))
            )
            if cost < best:
                best, taker = cost, x
    if taker != giver:
        found[giver] -= move
        found[taker] += move
    return taker != giver


def _roots(sums: Sequence[float] | Iterator[float]) -> Iterator[float]:
    return (max(total, 0.0) ** (1 / _POWER) for total in sums)
