"""The rule about headings that say how many entries follow: 一、先进集体（6个） (code C071)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.quantities import COUNT, count
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import (
    Annex,
    Block,
    Heading,
    Instrument,
    Note,
    Paragraph,
    Signature,
    Table,
    plain,
    walk,
)

_COUNTED = re.compile(
    rf"[（(]共?(?P<count>{COUNT})(?:个|家|名|人|项|所|条|件|户|村|处|种|类|篇|部|支)(?:单位|集体|企业|事项)?[）)]$"
)
_OPEN = re.compile("等[。；]?$|……|其他|其余|各[一-鿿]")
_NO_ENTRY = re.compile("[，；：。！？](?!$)")
"""A mark inside a sentence: a paragraph that has one is no entry of a list."""
_SUM = re.compile("[合小总共][ 　]*计")
_LONGEST_ENTRY = 30


def headings_count_their_entries(annotated: AnnotatedDocument) -> Findings:
    """C071: as many entries follow a heading as it says, in one list by 、, one paragraph each, or the rows of a table.

    Only what is nothing but a list is counted; name lists have a rule of their own (C030).
    """
    for passage in annotated.body:
        if not isinstance(passage.block, Heading) or not (match := _COUNTED.search(passage.text)):
            continue
        announced = count(match["count"])
        listed = _entries(_section(annotated, passage))
        if announced and listed and listed != announced:
            yield Finding(
                passage.at(match.start()),
                f"标题说是“{match[0][1:-1]}”，下面列出的是{listed}。",
                "核对原件，看是否漏录、多录，或标题的数没有改。",
                match[0],
            )


def _section(annotated: AnnotatedDocument, passage: Passage) -> list[Block]:
    """Return the blocks under the heading that ``passage`` is, down to the next heading or the end of the text."""
    section: list[Block] = []
    is_under = False
    for block, _ in walk(annotated.document.blocks):
        if block is passage.block:
            is_under = True
        elif is_under and isinstance(block, Heading | Annex | Instrument | Note | Signature):
            break
        elif is_under:
            section.append(block)
    return section


def _entries(section: list[Block]) -> int:
    """Return how many entries the blocks of a section list; 0 where they are no plain list."""
    if len(section) == 1 and isinstance(section[0], Table):
        return _rows(section[0])
    texts = [plain(block.text).strip() for block in section if isinstance(block, Paragraph)]
    if not texts or len(texts) != len(section) or any(_OPEN.search(text) for text in texts):
        return 0
    if len(texts) == 1:
        return _members(texts[0])
    entries = [text.rstrip("。；、") for text in texts]
    is_list = all(len(entry) <= _LONGEST_ENTRY and not re.search("[，；：。、]", entry) for entry in entries)
    return len(entries) if is_list else 0


def _members(text: str) -> int:
    """Return how many members a paragraph has that is nothing but a list by 、."""
    flat = re.sub("（[^（）]*）|“[^“”]*”|《[^《》]*》", "X", text)
    members = flat.rstrip("。；").split("、")
    is_list = len(members) > 1 and max(map(len, members)) <= _LONGEST_ENTRY
    if not is_list or _NO_ENTRY.search(flat) or re.search("[和与及]", members[-1]):
        return 0
    return len(members)


def _rows(table: Table) -> int:
    """Return how many rows a table has under its head; 0 if it has no head, joined rows or sums."""
    body = [cell for row in table.rows[table.head_rows :] for cell in row]
    if not table.head_rows or any(cell.rowspan > 1 or _SUM.search(plain(cell.text)) for cell in body):
        return 0
    return len(table.rows) - table.head_rows
