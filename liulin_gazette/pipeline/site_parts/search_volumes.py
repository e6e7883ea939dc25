"""Blocks and volumes of the search index. A process that does nothing else loads few modules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.web.search.pair_index import IndexedDocument, block_parts
from liulin_gazette.web.search.search_index import Block, units_of
from liulin_gazette.web.search.search_words import word_list


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A document's text file, and what the index has of it besides."""

    content: bytes
    number: str
    sounds: str


@dataclass(frozen=True, slots=True)
class BlockUnit:
    """A block of the search index to be computed."""

    files: tuple[IndexedFile, ...]


def preload() -> None:
    """Read the words: a worker that calls it is ready for blocks."""
    word_list()


def block_unit(block: Block, contents: Sequence[bytes]) -> BlockUnit:
    """Return the work on ``block``; ``contents`` are the text files of its entries."""
    return BlockUnit(
        tuple(
            IndexedFile(content, entry.document.identifier, entry.text.sounds)
            for entry, content in zip(block.entries, contents, strict=True)
        )
    )


def make_block(unit: BlockUnit) -> tuple[bytes, ...]:
    """Return the parts of a block of the search index."""
    documents = (IndexedDocument(units_of(file.content), file.number, file.sounds) for file in unit.files)
    return block_parts(documents, word_list())
