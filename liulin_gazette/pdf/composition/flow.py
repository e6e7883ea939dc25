"""How the parts of a document are set: in two columns, over both, or across a page that is turned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Heading,
    Instrument,
    Note,
    Paragraph,
    Parents,
    Roster,
    Signature,
    Table,
    assert_never,
    plain,
    walk,
)
from liulin_gazette.model.publication import FullText
from liulin_gazette.pdf.composition.page_format import GUTTER, PageFormat
from liulin_gazette.source.tables import column_needs

TABLE_SIZE, SMALL_SIZE = 10.5, 9
"""pt: the type of a table (五号), and of one that would not fit otherwise (小五)."""
LONG_CELL = 300
"""Characters; a longer cell fills so much of a column that the two columns cannot be balanced."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive blocks of a document that are set in the same way."""

    kind: str
    """``columns``: in two columns; ``title``: the title of an enclosed instrument; ``full``: over both columns;
    ``across``: on a turned page of its own (GB/T 9704-2012 §8 横排表格). ``small`` or ``smallest`` is added
    where tables need smaller type to fit."""
    blocks: tuple[Block, ...]


def segments(document: FullText, page: PageFormat) -> tuple[Segment, ...]:
    """Return ``document`` divided into what runs in columns and what spans them.

    The first segment runs in columns if there are addressees, which it begins with.
    """
    found = tuple(_segments(document.blocks, page))
    if document.addressees and (not found or found[0].kind != "columns"):
        return (Segment("columns", ()), *found)
    return found


def _segments(blocks: tuple[Block, ...], page: PageFormat) -> Iterator[Segment]:
    """Yield the segments of ``blocks``. Annexes stay whole; the blocks of an instrument follow its title."""
    running: list[Block] = []
    before: Parents = ()
    for block, parents in walk(blocks):
        if any(isinstance(parent, Annex) for parent in parents):
            continue
        kind = _kind(block, page)
        if running and (kind != "columns" or parents != before):
            yield Segment("columns", tuple(running))
            running = []
        if kind == "columns":
            running.append(block)
        else:
            yield Segment(kind, (block,))
        before = parents
    if running:
        yield Segment("columns", tuple(running))


def _kind(block: Block, page: PageFormat) -> str:
    match block:
        case Instrument():
            return "title"
        case Annex():
            tables = [part for part in block.blocks if isinstance(part, Table)]
            return _wide_kind(max(map(least_width, tables), default=0.0), page)
        case Table():
            column = (page.measure - GUTTER) / 2
            is_narrow = least_width(block) * TABLE_SIZE <= column and longest_cell(block) <= LONG_CELL
            return "columns" if is_narrow else _wide_kind(least_width(block), page)
        case Heading() | Paragraph() | Article() | Figure() | Roster() | Note() | Signature():
            return "columns"
        case _:
            return assert_never(block)


def _wide_kind(width: float, page: PageFormat) -> str:
    """Return how a table ``width`` em wide is set: upright if it fits, else across, in the largest type that fits."""
    if width * TABLE_SIZE <= page.measure:
        return "full"
    if width * SMALL_SIZE <= page.measure:
        return "full small"
    if width * TABLE_SIZE <= page.depth:
        return "across"
    return "across small" if width * SMALL_SIZE <= page.depth else "across smallest"


def longest_cell(table: Table) -> int:
    """Return how many characters the longest cell of ``table`` has."""
    return max((len(plain(cell.text)) for row in table.rows for cell in row), default=0)


def least_width(table: Table) -> float:
    """Return the width, in em of its type, at which ``table`` reads well."""
    return sum(least for least, _ in column_needs(table))
