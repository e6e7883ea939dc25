"""Costs of breaks within words, for lines that are not justified: cells of tables, posts of rosters."""

from __future__ import annotations

import math
from dataclasses import replace

from liulin_gazette.pdf.composition.paragraph_items import FORCED, Paragraph
from liulin_gazette.text import title_breaks

LONGEST = 300
"""Characters of a paragraph up to which its words are looked up; longer ones are read as running text is."""
WORD_PARTED = 30.0
"""Cost of a line that ends within a word: as bad as one that is 5 em shorter than its measure, less than one line more."""


def with_word_costs(paragraph: Paragraph) -> Paragraph:
    """Return ``paragraph`` with ``WORD_PARTED`` added to the cost of each break within a word.

    The number of lines stays as it was, since a further line costs more than all words of the text parted.
    """
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
