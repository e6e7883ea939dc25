"""Costs of breaks within words, for lines that are not justified: cells of tables, posts of rosters."""

from __future__ import annotations

import math
from dataclasses import replace

from liulin_gazette.pdf.composition.paragraph_items import FORCED, Paragraph
from liulin_gazette.pdf.composition.total_fit import Line, Setting, compose
from liulin_gazette.text import title_breaks

LONGEST = 300
"""Characters of a paragraph up to which its words are looked up; longer ones are read as running text is."""
WORD_PARTED = 30.0
"""Cost of a line that ends within a word: as bad as one that is 5 em shorter than its measure."""


def whole_word_lines(
    paragraph: Paragraph, by_words: Paragraph, start: int, first: float, rest: float
) -> tuple[Line, ...]:
    """Return the lines of ``paragraph`` from the item ``start`` on that part few words, as many lines as without words.

    ``by_words`` is the paragraph that ``with_word_costs`` returns; the measures are those of ``compose``.
    """
    lines = compose(paragraph, start, first, rest, Setting.RAGGED)
    if by_words is paragraph:
        return lines
    chosen = compose(by_words, start, first, rest, Setting.RAGGED)
    return chosen if len(chosen) == len(lines) else lines


def with_word_costs(paragraph: Paragraph) -> Paragraph:
    """Return ``paragraph`` with ``WORD_PARTED`` added to the cost of each break within a word; a long one as it is."""
    items = paragraph.items
    if len(items) > LONGEST:
        return paragraph
    text = "".join(item.text[:1] for item in items)
    parted = [cost == math.inf or cost == title_breaks.UNKNOWN for cost in title_breaks.break_costs(text)]
    costs = tuple(
        cost if cost is None or cost == FORCED else cost + (WORD_PARTED if is_parted else 0.0)
        for cost, is_parted in zip(paragraph.costs, parted, strict=True)
    )
    return replace(paragraph, costs=costs)
