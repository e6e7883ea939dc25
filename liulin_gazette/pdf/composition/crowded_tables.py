"""Tables with so many or so long columns that a word in them is broken even in the smallest type on a turned page."""

from __future__ import annotations

from collections.abc import Iterator

from liulin_gazette.model.blocks import Annex, Table
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.column_widths import widest_words
from liulin_gazette.pdf.composition.flow import stands, unfitted_segments
from liulin_gazette.pdf.composition.page_format import PageFormat

SHOWN = 20
"""Characters of a word that a message shows."""


def crowded_tables(issue: Issue, page: PageFormat) -> Iterator[Diagnostic]:
    """Yield T050 for each table of ``issue``, which must have its texts, in which a word is broken on ``page``."""
    for document in issue.full_texts:
        yield from crowded_tables_in(document, page)


def crowded_tables_in(document: FullText, page: PageFormat) -> Iterator[Diagnostic]:
    """Yield T050 for each table of ``document`` in which a word is broken on ``page``."""
    for table in _crowded(document, page):
        cell, word = widest_words(table)
        shown = word if len(word) <= SHOWN else word[:SHOWN] + "…"
        yield Diagnostic(
            "T050",
            Severity.NOTE,
            Place(document.path, cell.line, 1),
            f"这个表有 {table.columns} 列，横排、用最小的字也放不下，“{shown}”这样的词、数字要从中间断开。",
            "把表分成两个，合并、删去几列，或把长的编号、网址分成两行；原件如此的照印。",
            word,
        )


def _crowded(document: FullText, page: PageFormat) -> Iterator[Table]:
    for segment in unfitted_segments(document.blocks, page):
        for block in segment.blocks:
            parts = block.blocks if isinstance(block, Annex) else (block,)
            yield from (
                part for part in parts if isinstance(part, Table) and not stands(part, segment.kind, page)
            )
