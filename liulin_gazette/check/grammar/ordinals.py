"""The ordinals before headings, articles and items: 一、（一）1.（1）第一条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liulin_gazette.check.passages import Passage
from liulin_gazette.model.blocks import Article, Heading
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
_INLINE = {
    "（一）": re.compile(rf"(?<=[；;。，\s　])[（(](?P<number>{_HAN})[）)]"),
    "1.": re.compile(r"(?<=[；;。，）\s　])(?P<number>\d{1,3})[.．、](?!\d)"),
    "（1）": re.compile(r"(?<=[；;。，\s　])[（(](?P<number>\d{1,3})[）)]"),
}
"""Ordinals within a passage, after what ends an item."""
_BARE_ARTICLE = re.compile(
    rf"(?P<label>第(?P<han>{_HAN})条)(?=\S)(?!之|第|、第|[至到和与及或的中所款项前后]|规定|关于|修改|改为|调整|删|增加|不变|内容|措施)"
)
_NO_ORDINAL = re.compile(
    rf"{_HAN}、{_HAN}(?:[级审线类号期等楼层年月季批产条款项个名位种次天日周]|、)"
    rf"|[（(](?:{_HAN}|\d{{1,3}})[）)](?:、?[（(]|[至到和与及或]|[项款类目条]|、(?:{_HAN}|\d))"
)
_LEAD = re.compile("^(?:(?:注|备注|说明)[：:]|附件)[ 　]*(?=1[.．、])")
"""What stands before the first of several notes or annexes in its line: 注：1、……"""
MAX_TITLE = 30
"""A longer paragraph is no title."""


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
    last: int = 0
    """The number of the last item in the passage, where more than one stand in it: 1. 甲罪 2. 乙罪."""

    @property
    def is_title(self) -> bool:
        """Whether it looks like a title and not like one item of a list."""
        is_heading = isinstance(self.passage.block, Heading)
        return is_heading or (
            len(self.passage.text) <= MAX_TITLE and self.passage.text[-1] not in "。；：，、;:,"
        )

    @property
    def is_doubtful(self) -> bool:
        """Whether the ordinal may be the beginning of a sentence: 二、三级医院, （四）、（五）项所列."""
        return _NO_ORDINAL.match(self.passage.text) is not None


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


def bare_articles(passages: Iterable[Passage]) -> Iterator[Item]:
    """Yield the paragraphs that begin as an article does, but without the space after 条, which makes it one.

    A sentence about an article (第三条规定的…, 第五条修改为…) is none, nor is one inside a quotation.
    """
    depth = 0
    for passage in passages:
        if passage.kind == "title":
            depth = 0
        elif passage.kind == "text" and not depth and (match := _BARE_ARTICLE.match(passage.text)):
            yield Item(passage, "条", chinese_number(match["han"]), match["label"], "", False)
        depth = max(depth + passage.text.count("“") - passage.text.count("”"), 0)


def _item(passage: Passage, quoted: bool) -> Item | None:
    """Return ``passage`` as an item; None if it does not begin with an ordinal."""
    if isinstance(passage.block, Article):
        if "条之" in passage.block.label:
            return None
        label = passage.block.label
        return Item(passage, "条", passage.block.number, label, "", quoted)
    text = _LEAD.sub("", passage.text)
    for level, form in _FORMS:
        if match := form.match(text):
            groups = match.groupdict()
            try:
                number = chinese_number(groups["han"]) if groups.get("han") else int(groups["digits"])
            except KeyError:
                return None
            last = _last_inline(passage.text, level, number)
            return Item(passage, level, number, match[0], groups.get("mark") or "", quoted, last)
    return None


def _last_inline(text: str, level: str, number: int) -> int:
    """Return the number of the last of the consecutive items of ``level`` in ``text``, which begins with ``number``."""
    inline = _INLINE.get(level)
    for match in inline.finditer(text) if inline else ():
        found = match["number"]
        try:
            value = int(found) if found.isdigit() else chinese_number(found)
        except KeyError:
            continue
        number += value == number + 1
    return number
