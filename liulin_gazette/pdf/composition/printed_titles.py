"""Titles and the lines below them (题注) on a page of a given size: what is too wide for it is broken by its sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from liulin_gazette.model.blocks import Annex, Block, Instrument, Paragraph, walk
from liulin_gazette.model.document import FullText
from liulin_gazette.pdf.composition.page_format import PageFormat
from liulin_gazette.text.title_lines import lines_on_page, note_lines


def with_titles_on_page(document: FullText, page: PageFormat) -> FullText:
    """Return ``document`` with its title and those of its instruments in lines that fit on ``page``."""
    return replace(
        document,
        title_lines=lines_on_page(
            document.title_lines, document.title, document.issuers, page.measure / page.scale.title
        ),
        blocks=_fitted(document.blocks, subtitle_measure(page)),
    )


def subtitle_measure(page: PageFormat) -> float:
    """Return the width of ``page`` in em of the titles of annexes and instruments."""
    return page.measure / page.scale.subtitle


def broken_notes(documents: Iterable[FullText], page: PageFormat) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each 题注 of ``documents`` that is wider than ``page``, by its text."""
    measure = page.measure / page.scale.lead
    broken = {note: note_lines(note, measure) for document in documents for note in _notes(document)}
    return {note: lines for note, lines in broken.items() if len(lines) > 1}


def _notes(document: FullText) -> Iterator[str]:
    """Yield each 题注 of ``document``; one of an instrument only if it is plain text, which lines can be made of."""
    yield from document.headnote
    for block, _ in walk(document.blocks):
        if isinstance(block, Paragraph) and block.role == "headnote" and len(block.text) == 1:
            (span,) = block.text
            if not (span.strong or span.position or span.note or "\n" in span.text):
                yield span.text


def _fitted(blocks: tuple[Block, ...], measure: float) -> tuple[Block, ...]:
    """Return ``blocks`` with the titles of instruments in lines of at most ``measure`` em."""
    fitted: list[Block] = []
    for block in blocks:
        match block:
            case Instrument():
                lines = lines_on_page(block.title_lines, block.title, (), measure)
                fitted.append(replace(block, title_lines=lines, blocks=_fitted(block.blocks, measure)))
            case Annex():
                fitted.append(replace(block, blocks=_fitted(block.blocks, measure)))
            case _:
                fitted.append(block)
    return tuple(fitted)
