"""How many lines a text takes, as far as that decides how it is set: short notices, and titles kept with their text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from liulin_gazette.model.blocks import Article, Block, Heading, Note, Paragraph, Signature, plain
from liulin_gazette.model.document import FullText
from liulin_gazette.rendering.signatures import is_jointly_signed
from liulin_gazette.text.display_lines import em_width

MOST_NOTICE_LINES = 12
"""Lines of a column up to which a notice is set over both columns: balanced, its signature would stand opposite its text."""
MOST_UNSIGNED_LINES = 6
"""Lines of a column up to which text without a signature is set over both columns: a correction, a line between two tables."""
INDENT = 2
"""em by which the first line of a paragraph is indented."""
LEAST_BELOW_TITLE = 2
"""Lines of text that stand below a title on its page at least."""


def text_lines(blocks: Iterable[Block], measure: int) -> int | None:
    """Return how many lines the text of ``blocks`` takes at ``measure`` characters, signatures left out.

    It is None where something else than running text is among them.
    """
    total = 0
    for block in blocks:
        if isinstance(block, Signature):
            continue
        if not isinstance(block, (Article, Heading, Note, Paragraph)):
            return None
        label = block.label if isinstance(block, Article) else ""
        total += math.ceil((em_width(label + plain(block.text)) + INDENT) / measure)
    return total


def is_short_notice(document: FullText, measure: int) -> bool:
    """Tell whether the text of ``document`` before its signature is so short that it is not divided into columns.

    ``measure`` is that of a column, in characters. What issues an instrument is such a text too. The signatures of several
    issuers are balanced with their text (``closing_columns``).
    """
    return not is_jointly_signed(document) and is_short_text(document, measure)


def is_short_text(document: FullText, measure: int) -> bool:
    """Tell whether the text of ``document`` before its signature has few lines of a column of ``measure`` characters."""
    blocks = document.blocks
    signature = next((index for index, block in enumerate(blocks) if isinstance(block, Signature)), None)
    lines = text_lines(blocks[:signature], measure)
    most = MOST_UNSIGNED_LINES if signature is None else MOST_NOTICE_LINES
    return bool(lines) and _addressee_lines(document, measure) + lines <= most


def is_few_lines_above_signatures(document: FullText, measure: int) -> bool:
    """Tell whether few lines of text stand above the signatures of several issuers, which stand over both columns.

    ``measure`` is that of a column, in characters.
    """
    blocks = document.blocks
    signature = next((index for index, block in enumerate(blocks) if isinstance(block, Signature)), 0)
    lines = text_lines(blocks[:signature], measure) if is_jointly_signed(document) else None
    return bool(lines) and _addressee_lines(document, measure) + lines <= MOST_UNSIGNED_LINES


def lines_below_title(document: FullText, blocks: Sequence[Block], measure: int) -> int:
    """Return how many lines stand with the title of ``document``, whose text begins with ``blocks``.

    They are the addressees, the headings that begin the text, and two lines of it.
    """
    total = _addressee_lines(document, measure)
    for block in blocks:
        if not isinstance(block, Heading):
            break
        total += text_lines((block,), measure) or 0
    return total + LEAST_BELOW_TITLE


def _addressee_lines(document: FullText, measure: int) -> int:
    return math.ceil(em_width(document.addressees) / measure)
