"""Footnotes: from marks with labels (``[^1]``) and notes anywhere in the same part to numbered notes in their places.

Marks are numbered through the document in reading order (① … ㊿, then [51]), since a page has no end on the web and a
citation of 注③ must be unique. A label is known only in its part: an instrument, an annex, or what is in neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Cell,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Roster,
    Signature,
    Span,
    Table,
    as_parent,
    assert_never,
)
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.anchors import Anchors

CIRCLED = "".join(
    chr(code)
    for first, last in ((0x2460, 0x2473), (0x3251, 0x325F), (0x32B1, 0x32BF))
    for code in range(first, last + 1)
)
"""① to ㊿."""


@dataclass(slots=True)
class _Part:
    """The footnotes of one part while it is read."""

    notes: dict[str, Footnote]
    """By label."""
    numbered: dict[str, Footnote] = field(default_factory=dict[str, Footnote])
    """Those that a mark has led to, by label, with their mark and anchor."""


def with_footnotes(
    blocks: Iterable[Block], path: str, anchors: Anchors, findings: FindingCollector
) -> tuple[Block, ...]:
    """Return ``blocks`` with marks for labels, and each part's notes after the last of its own blocks.

    Until then each note stands where it is written, as ``Footnotes`` with the label for its mark. A label without
    a note, a note without a label, and a second note of a label are reported (S072).
    """
    return _Numbering(path, anchors, findings).resolved(tuple(blocks))


@dataclass(slots=True)
class _Numbering:
    path: str
    anchors: Anchors
    findings: FindingCollector
    count: int = 0

    def resolved(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return ``blocks``, all that stand in one parent, with the footnotes of their part and of those inside."""
        part = _Part(self._written(blocks))
        result: list[Block] = []
        at_foot: list[Footnote] = []
        end = 0
        for block in blocks:
            if isinstance(block, Footnotes):
                continue
            result.append(self._block(block, part, at_foot))
            if as_parent(block) is None:
                end = len(result)
        for label, note in part.notes.items():
            if label not in part.numbered:
                self._report(
                    note.line,
                    f"脚注“[^{label}]”没有用上，注文不会印出来。",
                    f"在要注的字后面写“[^{label}]”，或删去注文。",
                )
        if at_foot:
            result.insert(end, Footnotes(tuple(at_foot), self.anchors.numbered("footnotes"), at_foot[0].line))
        return tuple(result)

    def _written(self, blocks: Iterable[Block]) -> dict[str, Footnote]:
        """Return the notes that are written among ``blocks``, by label."""
        notes: dict[str, Footnote] = {}
        for block in blocks:
            for note in block.notes if isinstance(block, Footnotes) else ():
                if note.mark in notes:
                    self._report(
                        note.line,
                        f"脚注“[^{note.mark}]”的注文写了两次。",
                        "每条注文用自己的注码；删去多余的。",
                    )
                else:
                    notes[note.mark] = note
        return notes

    def _block(self, block: Block, part: _Part, at_foot: list[Footnote]) -> Block:
        """Return ``block`` with its marks; notes that a text introduces are added to ``at_foot``."""
        match block:
            case Heading() | Paragraph() | Article() | Note():
                return replace(block, text=self._marked(block.text, block.line, part, at_foot))
            case Table():
                under: list[Footnote] = []
                rows = tuple(tuple(self._cell(cell, part, under) for cell in row) for row in block.rows)
                return replace(block, rows=rows, notes=tuple(under))
            case Instrument() | Annex():
                return replace(block, blocks=self.resolved(block.blocks))
            case Figure() | Roster() | NameList() | Footnotes() | Signature():
                return block
            case _:
                return assert_never(block)

    def _cell(self, cell: Cell, part: _Part, under: list[Footnote]) -> Cell:
        return replace(cell, text=self._marked(cell.text, cell.line, part, under))

    def _marked(self, text: Inline, line: int, part: _Part, notes: list[Footnote]) -> Inline:
        """Return ``text`` with marks for its labels; notes that it is the first to lead to are added to ``notes``."""
        if not any(span.note for span in text):
            return text
        return tuple(self._mark(span, line, part, notes) if span.note else span for span in text)

    def _mark(self, span: Span, line: int, part: _Part, notes: list[Footnote]) -> Span:
        label = span.note
        if known := part.numbered.get(label):
            return replace(span, note=known.mark, is_repeated=True)
        if label not in part.notes:
            self._report(
                line,
                f"脚注“[^{label}]”没有注文。",
                f"在同一部分（正文、印发件或附件）另起一行写“[^{label}]: 注文”；确要印出这几个字的，写作“\\[”。",
            )
            return Span(f"[^{label}]", span.strong)
        self.count += 1
        mark = CIRCLED[self.count - 1] if self.count <= len(CIRCLED) else f"[{self.count}]"
        note = replace(part.notes[label], mark=mark, anchor=self.anchors.numbered("footnote"))
        part.numbered[label] = note
        notes.append(note)
        return replace(span, note=mark)

    def _report(self, line: int, message: str, hint: str) -> None:
        self.findings.error("S072", Place(self.path, line, 1), message, hint)
