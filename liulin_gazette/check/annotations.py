"""A document as rules see it: its passages, and what the grammars find in them, each computed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from liulin_gazette.cache.memo import Memo, no_memo
from liulin_gazette.check.grammar.citations import Citation, citations
from liulin_gazette.check.grammar.dates import WrittenDate, dates
from liulin_gazette.check.grammar.decimal_numbers import DecimalNumber, decimal_numbers
from liulin_gazette.check.grammar.ordinals import Item, items
from liulin_gazette.check.passages import FRONT, UNOFFICIAL, Passage, passages
from liulin_gazette.model.blocks import Annex, Block, Figure, Instrument, Roster, Table, walk
from liulin_gazette.model.document import FullText
from liulin_gazette.model.gazette import Gazette

_END_OF_TEXT = re.compile(r"(?<!(?<!\\)\[)\^|\$")
"""``^`` that does not negate a set, or ``$``, in a pattern."""


@dataclass(frozen=True)
class Archive:
    """What a rule for one document may know besides the document."""

    gazette: Gazette
    """What gazette.toml says; rules for a document do not look at its issues."""
    read_bytes: Callable[[str], bytes]
    """Returns the content of a file by its project path."""

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """The issuers of each registered 机关代字: several where it has passed from one to another."""
        return {
            code: tuple(issuer.name for issuer in self.gazette.issuers if code in issuer.codes)
            for holder in self.gazette.issuers
            for code in holder.codes
        }


@dataclass(frozen=True)
class AnnotatedDocument:
    """A document with its passages and what is read in them."""

    archive: Archive
    document: FullText
    memo: Memo = field(default=no_memo, compare=False, repr=False)
    """May have what was found in this document before."""

    @cached_property
    def published(self) -> tuple[Passage, ...]:
        """Everything that becomes public, in the order of the page, unofficial texts last."""
        return tuple(passages(self.document))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The official text: everything that becomes public but remarks, reasons and names of files."""
        return tuple(passage for passage in self.published if passage.kind != UNOFFICIAL)

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """The passages of the body, without values of the front matter."""
        return tuple(passage for passage in self.passages if passage.kind != FRONT)

    @cached_property
    def running(self) -> tuple[Passage, ...]:
        """The running text: sentences and headings, but no cells, names or titles."""
        return tuple(each for each in self.body if each.kind in ("text", "article", "heading", "note"))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order, with those inside instruments and annexes."""
        return tuple(block for block, _ in walk(self.document.blocks))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def rosters(self) -> tuple[Roster, ...]:
        """All rosters (名单), in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Roster))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """The enclosed instruments (印发件)."""
        return tuple(block for block in self.document.blocks if isinstance(block, Instrument))

    @cached_property
    def annexes(self) -> tuple[Annex, ...]:
        """The annexes (附件, 附图, 附表)."""
        return tuple(block for block in self.blocks if isinstance(block, Annex))

    @cached_property
    def whole(self) -> str:
        """The official text as one string, a line for each passage."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def _everything(self) -> str:
        return "\n".join(passage.text for passage in self.published)

    def matches(
        self, pattern: re.Pattern[str], passages: Sequence[Passage] | None = None
    ) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield each match of ``pattern`` in ``passages``, which are all of the official text by default.

        Most patterns match nowhere, and one search of everything tells so quickly. One that asks for the ends of a text has
        to be tried in each passage: to compile it anew, for lines, takes longer.
        """
        if _END_OF_TEXT.search(pattern.pattern) or pattern.search(self._everything):
            for passage in self.passages if passages is None else passages:
                for found in pattern.finditer(passage.text):
                    yield passage, found

    @cached_property
    def text(self) -> str:
        """The body as one string, a line for each passage."""
        return "\n".join(passage.text for passage in self.body)

    @cached_property
    def dates(self) -> tuple[tuple[Passage, WrittenDate], ...]:
        """The dates in the body, with their passages."""
        return tuple((passage, each) for passage in self.body for each in dates(passage.text))

    @cached_property
    def citations(self) -> tuple[tuple[Passage, Citation], ...]:
        """The documents that the body cites by number, with the citing passages."""
        return tuple((passage, each) for passage in self.body for each in citations(passage.text))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The numbered headings, paragraphs and articles of the body, in reading order."""
        return tuple(items(self.body))

    def passage_before(self, passage: Passage) -> str:
        """Return the text of the passage before ``passage`` in the body; empty if there is none."""
        index = self._positions[id(passage)]
        return self.body[index - 1].text if index else ""

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {id(passage): index for index, passage in enumerate(self.body)}

    @cached_property
    def decimal_numbers(self) -> tuple[DecimalNumber, ...]:
        """The headings of the body that are numbered 1, 1.1, 1.1.1, in reading order."""
        return tuple(decimal_numbers(self.body))
