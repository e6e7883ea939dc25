"""The order in which a document's parts meet the page: in two columns, over both, or across a turned page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model.blocks import Annex, Block, Instrument, Table, plain
from liulin_gazette.model.publication import FullText
from liulin_gazette.pdf.composition.page_format import GUTTER, PageFormat
from liulin_gazette.source.tables import column_needs

TABLE_SIZE, SMALL_SIZE = 10.5, 9
"""pt: type in a table (五号), and in one that would not fit otherwise (小五)."""
LONG_CELL = 300
"""Characters of a cell that would fill much of a column, which cannot be balanced with it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document set in one way."""

    kind: str
    """``columns``: running text in two columns; ``title``: an enclosed instrument's title; ``full``: over
    both columns; ``across``: on a page of its own, turned (GB/T 9704-2012 §8 横排表格); ``small`` or
    ``smallest`` added: with the type of its tables reduced to what fits."""
    blocks: tuple[Block, ...]


def segments(document: FullText, page: PageFormat) -> tuple[Segment, ...]:
    """Part ``document`` into what runs in columns and what spans them."""
    return tuple(_segments(document.blocks, page))


def _segments(blocks: tuple[Block, ...], page: PageFormat) -> Iterator[Segment]:
    running: list[Block] = []
    for block in blocks:
        kind = _kind(block, page)
        if kind == "columns":
            running.append(block)
            continue
        if running:
            yield Segment("columns", tuple(running))
            running = []
        yield Segment(kind, (block,))
        if isinstance(block, Instrument):
            yield from _segments(block.blocks, page)
    if running:
        yield Segment("columns", tuple(running))


def _kind(block: Block, page: PageFormat) -> str:
    if isinstance(block, Instrument):
        return "title"
    if isinstance(block, Annex):
        tables = [part for part in block.blocks if isinstance(part, Table)]
        return _wide_kind(max(map(least_width, tables), default=0.0), page)
    if not isinstance(block, Table):
        return "columns"
    column = (page.measure - GUTTER) / 2
    is_narrow = least_width(block) * TABLE_SIZE <= column and longest_cell(block) <= LONG_CELL
    return "columns" if is_narrow else _wide_kind(least_width(block), page)


def _wide_kind(width: float, page: PageFormat) -> str:
    """Return how a table of ``width`` em is set: upright if it can be, else across, in the type that fits."""
    if width * TABLE_SIZE <= page.measure:
        return "full"
    if width * SMALL_SIZE <= page.measure:
        return "full small"
    if width * TABLE_SIZE <= page.depth:
        return "across"
    return "across small" if width * SMALL_SIZE <= page.depth else "across smallest"


def longest_cell(table: Table) -> int:
    """Return the characters of the longest text in a cell of ``table``."""
    return max((len(plain(cell.text)) for row in table.rows for cell in row), default=0)


def least_width(table: Table) -> float:
    """Return the width in em of its type that ``table`` needs to be read with comfort."""
    return sum(least for least, _ in column_needs(table))
