"""Blocks gathered into the instruments (印发件) whose titles stand before them."""

from __future__ import annotations

import re
from dataclasses import replace

from liulin_gazette.model.blocks import Annex, Block, Instrument, Paragraph, Signature, plain

_PASSED = re.compile(r"[（(][^（）()]*\d{4}年[^。]*(?:通过|批准|公布|发布|修订|修正)[^。]*[）)]")
"""题注 of a regulation, below its title: when it was passed and by whom."""


def with_instruments(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` with those after an instrument's title moved into it, up to the next title or annex."""
    result: list[Block] = []
    current: Instrument | None = None
    for block in blocks:
        if isinstance(block, Instrument):
            current = block
            result.append(block)
        elif isinstance(block, (Annex, Signature)) or current is None:
            current = None
            result.append(block)
        else:
            if not current.blocks and isinstance(block, Paragraph) and _PASSED.fullmatch(plain(block.text)):
                block = replace(block, role="headnote")
            current = Instrument(
                current.title, current.title_lines, (*current.blocks, block), current.anchor, current.line
            )
            result[-1] = current
    return result
