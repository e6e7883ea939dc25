"""The text of a document as data: blocks, in the order of the page, each with its characters unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Span:
    r"""A run of text in one weight. A line break inside a cell or title is ``\\n``."""

    text: str
    strong: bool = False


Inline = tuple[Span, ...]


def plain(inline: Inline) -> str:
    """Return the characters of ``inline`` without weight, line breaks kept."""
    return "".join(span.text for span in inline)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its printed number (一、 （一） 1. （1）) is the first part of its text."""

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
    """``text``; ``run-in`` when it starts with a heading in the same line (**（一）加强宣传。**充分…);
    ``label`` when it is wholly strong (**总指挥**); ``annex-note`` for 附件说明 (附件：…)."""
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """第 N 条: ``label`` is the printed 第三条, ``text`` what follows it."""

    kind: ClassVar[str] = "article"
    label: str
    number: int
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; joined cells are one cell with a span."""

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
    """Share of the width for each column in percent, derived from the text; sums to 100."""

    def column_cells(self) -> Iterator[tuple[int, Cell]]:
        """Yield each cell that stands in one column alone, with the column's index from 0."""
        held: dict[int, int] = {}
        for row in self.rows:
            x = 0
            for cell in row:
                while held.get(x, 0) > 0:
                    held[x] -= 1
                    x += 1
                if cell.colspan == 1:
                    yield x, cell
                for column in range(x, x + cell.colspan):
                    held[column] = cell.rowspan - 1
                x += cell.colspan
            while held.get(x, 0) > 0:
                held[x] -= 1
                x += 1

    @property
    def row_groups(self) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
        """The body's rows in groups that joined cells hold together, for keeping on one page."""
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
    """A figure. ``file`` is empty when the source lacks the picture and says so (原图待补)."""

    kind: ClassVar[str] = "figure"
    file: str
    """Project path of the picture, with forward slashes."""
    alternative: str
    caption: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One person of a roster. ``role`` is empty where the printed line leaves it out."""

    role: str
    name: str
    """As said, without alignment spaces; may end in （兼）."""
    post: str
    line: int


@dataclass(frozen=True, slots=True)
class Roster:
    """名单: posts and people, set in aligned columns."""

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
    """落款: the place where issuer, date and 附注 are printed. ``line`` is 0 when inferred."""

    kind: ClassVar[str] = "signature"
    line: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """印发件: the 方案, 制度 or 预案 that the 通知 issues, with its own title."""

    kind: ClassVar[str] = "instrument"
    title: str
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Annex:
    """附件, 附图 or 附表, with its title and content."""

    kind: ClassVar[str] = "annex"
    label: str
    """As printed: 附件, 附件1, 附图, 附表."""
    title: str
    blocks: tuple[Block, ...]
    anchor: str
    line: int


Block = Heading | Paragraph | Article | Table | Figure | Roster | Note | Signature | Instrument | Annex


def grid(table: Table) -> Iterator[list[tuple[int, Cell]]]:
    """Yield each row as the cells that start in it, with their columns from 0."""
    held: dict[int, int] = {}
    for row in table.rows:
        line: list[tuple[int, Cell]] = []
        x = 0
        for cell in row:
            while held.get(x, 0) > 0:
                held[x] -= 1
                x += 1
            line.append((x, cell))
            for column in range(x, x + cell.colspan):
                held[column] = cell.rowspan - 1
            x += cell.colspan
        for column in [each for each in held if each >= x and held[each] > 0]:
            held[column] -= 1
        yield line


def figures(blocks: Sequence[Block]) -> Iterator[Figure]:
    """Yield the figures of ``blocks`` and of the blocks within them, in reading order."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, (Instrument, Annex)):
            yield from figures(block.blocks)
