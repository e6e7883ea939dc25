"""A document as the rules see it: its text in passages, and what small grammars read in them, each once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from liulin_gazette.check.grammar.citations import Citation, citations
from liulin_gazette.check.grammar.dates import WrittenDate, dates
from liulin_gazette.check.grammar.ordinals import Item, items
from liulin_gazette.check.passages import Passage, passages
from liulin_gazette.model.blocks import Annex, Block, Figure, Instrument, Roster, Table
from liulin_gazette.model.publication import FullText, Issue, Publication


@dataclass(frozen=True)
class Archive:
    """What rules for one document know beyond it."""

    publication: Publication
    """What gazette.toml says; its issues are none of a document's business."""
    read_bytes: Callable[[str], bytes]
    """Returns the content of a file by its project path."""

    @cached_property
    def codes(self) -> dict[str, str]:
        """The issuer of each registered 机关代字."""
        return {code: issuer.name for issuer in self.publication.issuers for code in issuer.codes}


@dataclass(frozen=True)
class AnnotatedDocument:
    """One document under annotated."""

    archive: Archive
    issue: Issue
    document: FullText

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Everything that is printed of the document."""
        return tuple(passages(self.document))

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """The passages after the front matter."""
        return tuple(passage for passage in self.passages if passage.kind != "front")

    @cached_property
    def running(self) -> tuple[Passage, ...]:
        """The running text: sentences, not cells, names or titles."""
        return tuple(each for each in self.body if each.kind in ("text", "article", "heading", "note"))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order, those within instruments and annexes included."""
        return tuple(_flattened(self.document.blocks))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def rosters(self) -> tuple[Roster, ...]:
        """All 名单."""
        return tuple(block for block in self.blocks if isinstance(block, Roster))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """印发件."""
        return tuple(block for block in self.document.blocks if isinstance(block, Instrument))

    @cached_property
    def annexes(self) -> tuple[Annex, ...]:
        """附件, 附图 and 附表."""
        return tuple(block for block in self.blocks if isinstance(block, Annex))

    @cached_property
    def whole(self) -> str:
        """Everything that is printed as one string, a line a passage."""
        return "\n".join(passage.text for passage in self.passages)

    def matches(
        self, pattern: re.Pattern[str], passages: Sequence[Passage] | None = None
    ) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield where ``pattern`` is found in ``passages``, all of them unless given.

        Most patterns are found nowhere: one search of the whole says so quickly.
        """
        if re.compile(pattern.pattern, pattern.flags | re.MULTILINE).search(self.whole):
            for passage in self.passages if passages is None else passages:
                for found in pattern.finditer(passage.text):
                    yield passage, found

    @cached_property
    def text(self) -> str:
        """The body as one string, a line a passage."""
        return "\n".join(passage.text for passage in self.body)

    @cached_property
    def dates(self) -> tuple[tuple[Passage, WrittenDate], ...]:
        """The dates written in the body."""
        return tuple((passage, each) for passage in self.body for each in dates(passage.text))

    @cached_property
    def citations(self) -> tuple[tuple[Passage, Citation], ...]:
        """The documents cited by title and number."""
        return tuple((passage, each) for passage in self.body for each in citations(passage.text))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The numbered headings, paragraphs and articles, in order."""
        return tuple(items(self.body))


def _flattened(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, (Instrument, Annex)):
            yield from _flattened(block.blocks)
