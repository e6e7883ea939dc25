"""The body of a document as blocks in reading order, and the one way to go through them.

No field of a block rewrites a character of the official text. Whoever treats kinds of blocks differently
matches on them and ends with ``assert_never``, so that a new kind fails type checking until each place
says what it does with it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, NoReturn, TypeVar

from liulin_gazette.text import raised_characters

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    r"""A run of text in one weight and position. A line break inside a cell or heading is ``\\n``."""

    text: str
    strong: bool = False
    position: str = ""
    """``super`` for raised text (10⁻³), ``sub`` for lowered text (CO₂), empty for text on the line."""
    note: str = ""
    """The mark of a footnote that stands here (①); such a span has no text."""
    is_repeated: bool = False
    """Whether an earlier mark has led to the same footnote."""

    @property
    def shown(self) -> str:
        """The text as every output shows it: ₂ where 2 is lowered, as long as ``text``."""
        return raised_characters.shown(self.text, self.position)

    @property
    def is_drawn_by_itself(self) -> bool:
        """Whether Unicode has the text raised or lowered, so that no style sheet has to move it."""
        return raised_characters.has_unicode_form(self.text, self.position)


Inline = tuple[Span, ...]


def plain(inline: Inline) -> str:
    """Return the text of ``inline`` without its weight; line breaks stay, CO₂ has its lowered 2."""
    return "".join(span.shown for span in inline)


@dataclass(frozen=True, slots=True)
class Footnote:
    """脚注: an explanation of the place where its mark stands."""

    mark: str
    """① to ㊿, then [51]: its number in the document."""
    text: Inline
    anchor: str
    line: int


def after(text: Inline, count: int) -> Inline:
    """Return ``text`` without its first ``count`` characters."""
    rest: list[Span] = []
    for span in text:
        if len(span.text) > count or span.note:
            rest.append(replace(span, text=span.text[count:]))
        count = max(count - len(span.text), 0)
    return tuple(rest)


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
    ``label`` if all of it is strong (**总指挥**); ``annex-note`` for 附件说明 (附件：…); ``headnote`` for
    题注 below the title of a regulation; ``placed`` for a line that
    three or more full-width spaces, which are part of its text, move to its place (　　　　年　月　日)."""
    text: Inline
    anchor: str
    line: int

    @property
    def run_in_head(self) -> Inline:
        """The strong spans that it starts with."""
        return tuple(itertools.takewhile(lambda span: span.strong, self.text))


@dataclass(frozen=True, slots=True)
class Article:
    """第 N 条: ``label`` is the printed number (第三条), ``text`` what follows it."""

    kind: ClassVar[str] = "article"
    label: str
    number: int
    text: Inline
    """Marks of footnotes at its beginning stand at the label."""
    anchor: str
    line: int

    @property
    def label_marks(self) -> Inline:
        """The marks of the footnotes that explain the label."""
        return tuple(itertools.takewhile(lambda span: span.note, self.text))


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
    notes: tuple[Footnote, ...] = ()
    """The footnotes whose marks stand in its cells; they are printed under it."""

    @property
    def row_groups(self) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
        """The rows below the head, grouped so that no cell spans two groups; a group stays on one page.

        A row that is one heading across the table is in a group with the row after it.
        """
        groups: list[list[tuple[Cell, ...]]] = []
        held = 0
        is_below_heading = False
        for row in self.rows[self.head_rows :]:
            if held == 0 and not is_below_heading:
                groups.append([])
            groups[-1].append(row)
            is_below_heading = len(row) == 1 and row[0].header and row[0].colspan == self.columns > 1
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
    arrangement: str = ""
    """On paper: ``full`` over both columns, ``across`` on a turned page of its own, ``foldout`` on a leaf two pages wide that is folded, empty in a column."""


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
class ListedName:
    """A name in a list of names."""

    name: str
    """Without spaces for alignment."""
    note: str
    """What is said of the person, in brackets: （女）, （满族）, （兼）; mostly empty."""
    line: int
    column: int

    @property
    def text(self) -> str:
        """The name with its note."""
        return self.name + self.note


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names under one heading, such as 女（12人）."""

    heading: str
    """Empty where the names have none."""
    names: tuple[ListedName, ...]
    line: int


@dataclass(frozen=True, slots=True)
class NameList:
    """名录: names without posts, such as those of delegates, set in a grid."""

    kind: ClassVar[str] = "name-list"
    groups: tuple[NameGroup, ...]
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
class Footnotes:
    """The footnotes of a part of a document, beside those of its tables.

    On paper each stands at the foot of the page of its mark; elsewhere they stand at the end of their part.
    """

    kind: ClassVar[str] = "footnotes"
    notes: tuple[Footnote, ...]
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
    """附件, 附图, 附表 or 附录; ``title`` may be empty."""

    kind: ClassVar[str] = "annex"
    label: str
    """As printed: 附件, 附件1, 附图, 附表, 附录."""
    title: str
    blocks: tuple[Block, ...]
    anchor: str
    line: int


Block = (
    Heading
    | Paragraph
    | Article
    | Table
    | Figure
    | Roster
    | NameList
    | Note
    | Footnotes
    | Signature
    | Instrument
    | Annex
)
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
        case Heading() | Paragraph() | Article() | Table() | Figure() | Roster() | Note():
            return None
        case NameList() | Footnotes() | Signature():
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


def joined(spans: Iterable[Span]) -> Inline:
    """Return ``spans`` with neighbours of the same form joined."""
    found: list[Span] = []
    for span in spans:
        if found and not span.note and replace(found[-1], text=span.text) == span:
            found[-1] = replace(span, text=found[-1].text + span.text)
        else:
            found.append(span)
    return tuple(found)


def fold(blocks: Iterable[Block], combine: Callable[[Block, list[T]], T]) -> list[T]:
    """Return what ``combine`` returns for each block, given its results for the blocks inside that one."""
    results: list[T] = []
    for block in blocks:
        parent = as_parent(block)
        results.append(combine(block, fold(parent.blocks, combine) if parent else []))
    return results


def footnotes(blocks: Iterable[Block]) -> Iterator[Footnote]:
    """Yield the footnotes of ``blocks`` and of those inside them."""
    for block, _ in walk(blocks):
        if isinstance(block, (Footnotes, Table)):
            yield from block.notes


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
