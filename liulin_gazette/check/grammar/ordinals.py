"""The ordinals before headings, articles and items: 一、（一）1.（1）第一条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liulin_gazette.check.passages import Passage
from liulin_gazette.model.blocks import Article
from liulin_gazette.text.numerals import chinese_number

_HAN = "[一二三四五六七八九十百千零〇]{1,8}"
LEVELS = ("编", "章", "节", "条", "一、", "（一）", "1.", "（1）")
"""The levels from the highest to the lowest, each named after its first ordinal."""
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
    """A passage that begins with an ordinal."""

    passage: Passage
    level: str
    """One of ``LEVELS``."""
    number: int
    label: str
    """The ordinal as written."""
    mark: str
    """The punctuation mark after the ordinal."""
    quoted: bool
    """Whether it is part of a quotation that began in an earlier passage."""


def items(passages: Iterable[Passage]) -> Iterator[Item]:
    """Yield the numbered headings, paragraphs and articles among ``passages``, in order.

    第三条之一, which an amendment inserted, does not count as a number and is left out.
    """
    depth = 0
    for passage in passages:
        if passage.kind not in ("heading", "text", "article"):
            if passage.kind == "title":
                depth = 0
            continue
        if item := _item(passage, depth > 0):
            yield item
        depth = max(depth + passage.text.count("“") - passage.text.count("”"), 0)


def _item(passage: Passage, quoted: bool) -> Item | None:
    """Return ``passage`` as an item; None if it does not begin with an ordinal."""
    if isinstance(passage.block, Article):
        if "条之" in passage.block.label:
            return None
        label = passage.block.label
        return Item(passage, "条", passage.block.number, label, "", quoted)
    for level, form in _FORMS:
        if match := form.match(passage.text):
            groups = match.groupdict()
            try:
                number = chinese_number(groups["han"]) if groups.get("han") else int(groups["digits"])
            except KeyError:
                return None
            return Item(passage, level, number, match[0], groups.get("mark") or "", quoted)
    return None
