"""The order in which a document's parts meet the page: full width, or set in two columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model import Annex, Block, Document, Instrument


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document set in one way."""

    kind: str
    """``columns``: running text in two columns; ``title``: an enclosed instrument's title;
    ``annex``: an annex over the full width."""
    blocks: tuple[Block, ...]


def segments(document: Document) -> tuple[Segment, ...]:
    """Part ``document`` into what runs in columns and what spans them."""
    return tuple(_segments(document.blocks))


def _segments(blocks: tuple[Block, ...]) -> Iterator[Segment]:
    running: list[Block] = []
    for block in blocks:
        if not isinstance(block, (Instrument, Annex)):
            running.append(block)
            continue
        if running:
            yield Segment("columns", tuple(running))
            running = []
        if isinstance(block, Annex):
            yield Segment("annex", (block,))
        else:
            yield Segment("title", (block,))
            if block.blocks:
                yield Segment("columns", block.blocks)
    if running:
        yield Segment("columns", tuple(running))
