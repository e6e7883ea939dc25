"""The body of a document as blocks in reading order, and the one way to go through them.

No field of a block rewrites a character of the official text. Whoever treats kinds of blocks differently
matches on them and ends with ``assert_never``, so that a new kind fails type checking until each place
says what it does with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NoReturn, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    r"""A run of text in one weight. A line break inside a cell or heading is ``\\n``."""

    text: str
    strong: bool = False


Inline = tuple[Span, ...]


def plain(inline: Inline) -> str:
    """Return the text of ``inline`` without its weight; line breaks stay."""
    return "".join(span.text for span in inline)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its printed number (一、 （一） 1. （1）) is part of its text."""

    kind: ClassVar[str] = "heading"
    level: int
    """2 for 一、 3 for （一） 4 for 1. 5 for （1）."""
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    kind: ClassVar[str] = "paragraph"
    role: str
    """``text``; ``run-in`` if it starts with a heading on the same line (**（一）加强宣传。**充分…);
    ``label`` if all of it is strong (**总指挥**); ``annex-note`` for 附件说明 (附件：…)."""
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """第 N 条: ``label`` is the printed number (第三条), ``text`` what follows it."""

    kind: ClassVar[str] = "article"
    label: str
    number: int
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; cells that are joined are one cell that spans several rows or columns."""

    text: Inline
    header: bool
    rowspan: int
    colspan: int
    align: str
    """``left``, ``center``, ``right``, or empty for the column's natural alignment."""
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``rows`` hold only the cells that start in them."""

    kind: ClassVar[str] = "table"
    caption: str
    head_rows: int
    columns: int
    rows: tuple[tuple[Cell, ...], ...]
    anchor: str
    line: int
    widths: tuple[float, ...] = ()
    """Width of each column in percent of the table, derived from the text; they sum to 100."""

    @property
    def row_groups(self) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
        """The rows below the head, grouped so that no cell spans two groups; a group stays on one page."""
        groups: list[list[tuple[Cell, ...]]] = []
        held = 0
        for row in self.rows[self.head_rows :]:
            if held == 0:
                groups.append([])
            groups[-1].append(row)
            held = max(held - 1, max((cell.rowspan - 1 for cell in row), default=0), 0)
        return tuple(tuple(group) for group in groups)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. ``file`` is empty where the picture is still missing (原图待补)."""

    kind: ClassVar[str] = "figure"
    file: str
    """Project path of the picture, with forward slashes."""
    alternative: str
    """What the picture shows, for those who cannot see it."""
    caption: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person of a roster. ``role`` is empty where it is the same as in the entry before."""

    role: str
    name: str
    """Without spaces for alignment; may end in （兼）."""
    post: str
    line: int


@dataclass(frozen=True, slots=True)
class Roster:
    """名单: roles, people and their posts, set in aligned columns."""

    kind: ClassVar[str] = "roster"
    entries: tuple[RosterEntry, ...]
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """注 or 说明 under a table or figure."""

    kind: ClassVar[str] = "note"
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: where issuer, date and 附注 are printed. ``line`` is 0 where the source does not place it."""

    kind: ClassVar[str] = "signature"
    line: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """印发件: the 方案, 制度 or 预案 that a 通知 issues, with its own title."""

    kind: ClassVar[str] = "instrument"
    title: str
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Annex:
    """附件, 附图 or 附表; ``title`` may be empty."""

    kind: ClassVar[str] = "annex"
    label: str
    """As printed: 附件, 附件1, 附图, 附表."""
    title: str
    blocks: tuple[Block, ...]
    anchor: str
    line: int


Block = Heading | Paragraph | Article | Table | Figure | Roster | Note | Signature | Instrument | Annex
Parents = tuple[Instrument | Annex, ...]
"""The instruments and annexes that a block stands in, the outermost first."""


def assert_never(value: NoReturn) -> NoReturn:
    """Fail type checking where a case is not handled; ``typing`` has this function from Python 3.11 on."""
    raise AssertionError(f"unhandled: {value!r}")


def as_parent(block: Block) -> Instrument | Annex | None:
    """Return ``block`` if it is of a kind that holds other blocks."""
    match block:
        case Instrument() | Annex():
            return block
        case Heading() | Paragraph() | Article() | Table() | Figure() | Roster() | Note() | Signature():
            return None
        case _:
            assert_never(block)


def anchor_of(block: Block) -> str:
    """Return the anchor of ``block``; a signature has none."""
    return "" if isinstance(block, Signature) else block.anchor


def walk(blocks: Iterable[Block], parents: Parents = ()) -> Iterator[tuple[Block, Parents]]:
    """Yield every block in reading order, with its parents; a parent comes before the blocks inside it."""
    for block in blocks:
        yield block, parents
        if parent := as_parent(block):
            yield from walk(parent.blocks, (*parents, parent))


def fold(blocks: Iterable[Block], combine: Callable[[Block, list[T]], T]) -> list[T]:
    """Return what ``combine`` returns for each block, given its results for the blocks inside that one."""
    results: list[T] = []
    for block in blocks:
        parent = as_parent(block)
        results.append(combine(block, fold(parent.blocks, combine) if parent else []))
    return results


def figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Yield the figures among ``blocks`` and inside them, in reading order."""
    return (block for block, _ in walk(blocks) if isinstance(block, Figure))


def grid(table: Table) -> Iterator[list[tuple[int, Cell]]]:
    """Yield for each row the cells that start in it, each with the index of its first column from 0."""
    rows_left: dict[int, int] = {}
    """How many more rows the last cell of each column spans."""
    for row in table.rows:
        line: list[tuple[int, Cell]] = []
        x = 0
        for cell in row:
            while rows_left.get(x, 0) > 0:
                rows_left[x] -= 1
                x += 1
            line.append((x, cell))
            for column in range(x, x + cell.colspan):
                rows_left[column] = cell.rowspan - 1
            x += cell.colspan
        for column in [each for each in rows_left if each >= x and rows_left[each] > 0]:
            rows_left[column] -= 1
        yield line
