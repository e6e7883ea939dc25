"""Costs of breaks within words, for lines that are not justified: cells of tables, posts of rosters."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from liulin_gazette.pdf.composition.paragraph_items import FORCED, Paragraph
from liulin_gazette.pdf.composition.total_fit import Line, Setting, compose
from liulin_gazette.text import title_breaks

LONGEST = 300
"""Characters of a paragraph up to which its words are looked up; longer ones are read as running text is."""
MOST_LINES = 6
"""Lines up to which they end at words; where there are more, ends so uneven are worse than a word parted."""
WORD_PARTED = 30.0
"""Cost of a line that ends within a word: as bad as one that is 5 em shorter than its measure."""
IN_NAME, BETWEEN_NAMES = 1500.0, 20.0
"""Cost of a line that ends within a part of 阿依努尔·买买提, worse than a line more, and of one that ends after its mark."""
_NAME = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+(?![\u3400-\u9fff])")
"""A name of several parts that stands by itself."""


def whole_word_lines(
    paragraph: Paragraph, by_words: Paragraph, start: int, first: float, rest: float
) -> tuple[Line, ...]:
    """Return the lines of ``paragraph`` from the item ``start`` on that part few words, as many lines as without words.

    There may be more where a name of several parts would be parted otherwise.

    ``by_words`` is the paragraph that ``with_word_costs`` returns; the measures are those of ``compose``.
    """
    lines = compose(paragraph, start, first, rest, Setting.RAGGED)
    if by_words is paragraph:
        return lines
    parts_name = any(
        (by_words.costs[line.start] or 0.0) - (paragraph.costs[line.start] or 0.0) >= IN_NAME
        for line in lines
    )
    if len(lines) > MOST_LINES and not parts_name:
        return lines
    chosen = compose(by_words, start, first, rest, Setting.RAGGED)
    return chosen if parts_name or len(chosen) == len(lines) else lines


def with_word_costs(paragraph: Paragraph) -> Paragraph:
    """Return ``paragraph`` with ``WORD_PARTED`` added to the cost of each break within a word; a long one as it is."""
    items = paragraph.items
    if len(items) > LONGEST:
        return paragraph
    text = "".join(item.text[:1] for item in items)
    parted = [cost == math.inf or cost == title_breaks.UNKNOWN for cost in title_breaks.break_costs(text)]
    costs = tuple(
        cost if cost is None or cost == FORCED else cost + (WORD_PARTED if is_parted else 0.0) + of_name
        for cost, is_parted, of_name in zip(paragraph.costs, parted, _name_costs(text), strict=True)
    )
    return replace(paragraph, costs=costs)


def _name_costs(text: str) -> list[float]:
    """Return what a break before each character of ``text`` costs because it parts a name."""
    costs = [0.0] * len(text)
    for name in _NAME.finditer(text):
        for index in range(name.start() + 1, name.end()):
            costs[index] = BETWEEN_NAMES if text[index - 1] == "·" else IN_NAME
    return costs
