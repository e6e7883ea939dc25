"""The order in which a document's parts meet the page: in two columns, over both, or across a turned page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model import Annex, Block, Document, Instrument, Table, plain
from liulin_gazette.pdf.page import GUTTER, PageFormat

CELL_SIZE, CELL_PADDING = 10.5, 10
"""pt: type in a table, and what a cell adds to its text."""
COMFORT = 6
"""Characters of a long text that a column must have room for side by side."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document set in one way."""

    kind: str
    """``columns``: running text in two columns; ``title``: an enclosed instrument's title; ``full``: over
    both columns; ``across``: on a page of its own, turned (GB/T 9704-2012 §8 横排表格)."""
    blocks: tuple[Block, ...]


def segments(document: Document, page: PageFormat) -> tuple[Segment, ...]:
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
        tables = (part for part in block.blocks if isinstance(part, Table))
        return "across" if any(least_width(table) > page.measure for table in tables) else "full"
    if not isinstance(block, Table) or least_width(block) <= (page.measure - GUTTER) / 2:
        return "columns"
    return "full" if least_width(block) <= page.measure else "across"


def least_width(table: Table) -> float:
    """Return the width in pt that ``table`` needs to be read with comfort."""
    needed = [2.0] * table.columns
    for column, cell in table.column_cells():
        longest = max(sum(0.5 if c.isascii() else 1.0 for c in line) for line in plain(cell.text).split("\n"))
        needed[column] = max(needed[column], min(longest, COMFORT))
    return sum(CELL_SIZE * characters + CELL_PADDING for characters in needed)
