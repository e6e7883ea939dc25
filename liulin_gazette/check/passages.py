"""The text of a document as stretches that a proofreader reads, each character with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    Roster,
    Table,
    grid,
    plain,
)
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.publication import FullText

_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_MARKUP = frozenset("*\\ 　\n\t#:|\"'")
FRONT_MATTER = ("标题", "主送", "公开方式", "责任单位", "责任股室", "责任人", "电话")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of official text."""

    kind: str
    """``front`` for a value of the front matter, ``heading``, ``text``, ``article``, ``note``, ``cell``,
    ``roster``, ``title`` of an instrument or annex, ``caption``."""
    text: str
    path: str
    line: int
    column: int = 1
    field: int = -1
    """Which field between ``|`` of its line it is, from 0; -1 for text that is not in fields."""
    skip: str = ""
    """What stands before it in its line and is not part of it: 第一条, 附件 1."""
    name: str = ""
    """The key of a value of the front matter."""
    block: Block | None = None
    annex: bool = False
    """Whether it stands in an annex."""

    def at(self, offset: int = 0) -> Spot:
        """Return the place of the character at ``offset``, to be found when it is wanted."""
        return Spot(self, offset)


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a passage."""

    passage: Passage
    offset: int

    def place(self, source: Sequence[str]) -> Place:
        """Find the character in the lines of the ``source`` file."""
        passage = self.passage
        line, column = passage.line, passage.column - 1
        if passage.field >= 0 and line <= len(source):
            column = _field_start(source[line - 1], passage.field)
        wanted = passage.skip + passage.text
        target = len(passage.skip) + self.offset
        return _aligned(wanted, min(target, len(wanted) - 1), source, line - 1, column, passage.path)


def _field_start(line: str, field: int) -> int:
    """Return the column (from 0) at which a field of ``line`` begins; a leading pipe starts the first."""
    starts = [found.end() for found in _UNESCAPED_PIPE.finditer(line)]
    if not line.lstrip().startswith("|"):
        starts.insert(0, 0)
    return starts[field] if field < len(starts) else 0


def _aligned(wanted: str, target: int, source: Sequence[str], row: int, column: int, path: str) -> Place:
    """Walk ``source`` from a place until the character ``target`` of ``wanted`` is met.

    What the source has besides the text (marks of weight, escapes, line ends) is passed over.
    """
    at = 0
    for number in range(row, min(row + 2000, len(source))):
        line = source[number]
        for x in range(column if number == row else 0, len(line)):
            while at < target and wanted[at] in " \n　" and line[x] != wanted[at]:
                at += 1
            if at < len(wanted) and line[x] == wanted[at]:
                if at >= target:
                    return Place(path, number + 1, x + 1)
                at += 1
            elif line[x] not in _MARKUP:
                return Place(path, row + 1, column + 1)
        while at < target and wanted[at] in " \n　":
            at += 1
    return Place(path, row + 1, column + 1)


def passages(document: FullText) -> Iterator[Passage]:
    """Yield the passages of ``document`` in reading order, values of the front matter first."""
    contact = document.contact
    values = {"标题": document.title, "主送": document.addressees, "公开方式": document.release}
    if contact:
        values |= dict(
            zip(FRONT_MATTER[3:], (contact.unit, contact.office, contact.person, contact.phone), strict=True)
        )
    for name in FRONT_MATTER:
        if values.get(name):
            place = document.places.get(name, document.place)
            yield Passage("front", values[name], document.path, place.line, place.column, name=name)
    yield from _of_blocks(document.blocks, document.path, False)


def _of_blocks(blocks: Sequence[Block], path: str, annex: bool) -> Iterator[Passage]:
    for block in blocks:
        yield from _of_block(block, path, annex)


def _of_block(block: Block, path: str, annex: bool) -> Iterator[Passage]:
    if isinstance(block, Heading):
        yield Passage("heading", plain(block.text), path, block.line, block=block, annex=annex)
    elif isinstance(block, Paragraph):
        yield Passage("text", plain(block.text), path, block.line, block=block, annex=annex)
    elif isinstance(block, Article):
        text = plain(block.text)
        yield Passage("article", text, path, block.line, skip=block.label, block=block, annex=annex)
    elif isinstance(block, Note):
        yield Passage("note", plain(block.text), path, block.line, block=block, annex=annex)
    elif isinstance(block, Table):
        yield from _of_table(block, path, annex)
    elif isinstance(block, Roster):
        for entry in block.entries:
            fields = (entry.role, entry.name, entry.post)
            for field, text in enumerate(fields):
                if text:
                    yield Passage("roster", text, path, entry.line, field=field, block=block, annex=annex)
    elif isinstance(block, Figure):
        if block.caption:
            yield Passage("caption", block.caption, path, block.line, block=block, annex=annex)
    elif isinstance(block, Instrument):
        yield Passage("title", block.title, path, block.line, block=block, annex=annex)
        yield from _of_blocks(block.blocks, path, annex)
    elif isinstance(block, Annex):
        if block.title:
            skip = block.label
            yield Passage("title", block.title, path, block.line, skip=skip, block=block, annex=True)
        yield from _of_blocks(block.blocks, path, True)


def _of_table(table: Table, path: str, annex: bool) -> Iterator[Passage]:
    if table.caption:
        yield Passage("caption", table.caption, path, table.line, block=table, annex=annex)
    for row in grid(table):
        for column, cell in row:
            if cell.text:
                yield Passage(
                    "cell", plain(cell.text), path, cell.line, field=column, block=table, annex=annex
                )
