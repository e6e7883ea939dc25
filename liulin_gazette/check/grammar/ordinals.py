"""The numbers that stand before headings, articles and items: 一、（一）1.（1）第一条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liulin_gazette.check.passages import Passage
from liulin_gazette.model.blocks import Article
from liulin_gazette.text.numerals import chinese_number

_HAN = "[一二三四五六七八九十百千零〇]{1,8}"
LEVELS = ("编", "章", "节", "条", "一、", "（一）", "1.", "（1）")
"""From the highest to the lowest, by how the first of each is written."""
_FORMS = (
    ("编", re.compile(rf"第(?P<han>{_HAN})编(?=[\s　]|$)")),
    ("章", re.compile(rf"第(?P<han>{_HAN})章(?=[\s　]|$)")),
    ("节", re.compile(rf"第(?P<han>{_HAN})节(?=[\s　]|$)")),
    ("一、", re.compile(rf"(?P<han>{_HAN})(?P<mark>、)")),
    ("（一）", re.compile(rf"[（(](?P<han>{_HAN})[）)](?P<mark>[、，。.．]?)")),
    ("1.", re.compile(r"(?P<digits>\d{1,3})(?P<mark>[.．、])(?!\d)")),
    ("（1）", re.compile(r"[（(](?P<digits>\d{1,3})[）)](?P<mark>[、，。.．]?)")),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A passage that begins with a number."""

    passage: Passage
    level: str
    """One of ``LEVELS``."""
    number: int
    label: str
    """The number as written."""
    mark: str
    """The mark written after it."""
    quoted: bool
    """Whether it stands inside a quotation that was opened before."""


def items(passages: Iterable[Passage]) -> Iterator[Item]:
    """Yield the numbered ones of ``passages``.

    Cells and names are not looked at; 第三条之一, which a later law put in, counts for no number.
    """
    depth = 0
    for passage in passages:
        if passage.kind not in ("heading", "text", "article"):
            if passage.kind == "title":
                depth = 0
            continue
        if found := _item(passage, depth > 0):
            yield found
        depth = max(depth + passage.text.count("“") - passage.text.count("”"), 0)


def _item(passage: Passage, quoted: bool) -> Item | None:
    if isinstance(passage.block, Article):
        if "条之" in passage.block.label:
            return None
        label = passage.block.label
        return Item(passage, "条", passage.block.number, label, "", quoted)
    for level, form in _FORMS:
        if found := form.match(passage.text):
            groups = found.groupdict()
            try:
                number = chinese_number(groups["han"]) if groups.get("han") else int(groups["digits"])
            except KeyError:
                return None
            return Item(passage, level, number, found[0], groups.get("mark") or "", quoted)
    return None
