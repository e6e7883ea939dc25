"""What the places of a document are called: 款, 项 and 目 of articles by number, paragraphs by what they say, and a digest of each."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Footnotes,
    Heading,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Parents,
    Roster,
    Signature,
    Table,
    anchor_of,
    assert_never,
    plain,
    walk,
)
from liulin_gazette.text.book_titles import book_title
from liulin_gazette.text.numerals import chinese_number

_ITEM = re.compile(r"[（(](?P<number>[一二三四五六七八九十百零]+)[）)]")
_SUBITEM = re.compile(r"(?P<number>\d{1,2})[.．、](?!\d)|[（(](?P<bracketed>\d{1,2})[）)]")
_HEADING_NUMBER = re.compile(
    r"[（(]?[一二三四五六七八九十百零]+[）)、]|第[一二三四五六七八九十百零]+[编章节]|[（(]?\d{1,3}[）)．.、]"
)
_ENDS_ARTICLE = ("label", "annex-note", "headnote", "placed")
"""Roles of paragraphs that are no part of the article before them."""
_ORDINALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block stands in its document, before any ledger is asked."""

    anchor: str
    """The block's own anchor: ``article-5``, ``s3-2``, ``p6``."""
    number: str
    """The name by a printed number that the anchor does not tell: ``article-5-item-3``; else empty."""
    counted: str
    """The name by a count: ``article-5-para-2``; else empty."""
    content: str
    """The name by what a paragraph, or a heading without a number, says, and what it stands under: ``t-1f0c22ab``."""
    digest: str
    citation: str
    """第五条第二款第（三）项; empty where a place is not cited."""
    is_numbered: bool
    """Whether its own anchor is made from printed numbers, and goes with them."""


@dataclass(slots=True)
class _Walk:
    """What stands above the present block."""

    headings: dict[int, str] = field(default_factory=dict[int, str])
    """The printed numbers of the headings above, by level."""
    context: str = ""
    """The anchor of the heading, article, annex or instrument that the block stands under."""
    article: Article | None = None
    paragraph: int = 1
    item: str = ""
    """The name of the present 项; empty without one."""
    item_label: str = ""
    repeated: Counter[str] = field(default_factory=Counter[str])


def block_places(blocks: Sequence[Block]) -> tuple[BlockPlace, ...]:
    """Return the place of each of ``blocks`` and of those inside them, in reading order; a signature has none."""
    found = list(walk(blocks))
    instruments = sum(isinstance(block, Instrument) for block, _ in found)
    paragraphs = _paragraphs_of_articles(found)
    walked = _Walk()
    places: list[BlockPlace] = []
    parents: Parents = ()
    for block, above in found:
        if above != parents:
            walked.headings, walked.article, parents = {}, None, above
            walked.context = above[-1].anchor if above else ""
        _enter(walked, block)
        if not isinstance(block, Signature):
            places.append(_place(walked, block, _prefix(above, instruments), paragraphs))
    return tuple(places)


def _paragraphs_of_articles(found: Sequence[tuple[Block, Parents]]) -> Counter[str]:
    """Return how many 款 each article has, by its anchor."""
    walked, counts, parents = _Walk(), Counter[str](), ()
    for block, above in found:
        if above != parents:
            walked.article, parents = None, above
        _enter(walked, block)
        if walked.article:
            counts[walked.article.anchor] = walked.paragraph
    return counts


def _enter(walked: _Walk, block: Block) -> None:
    """Note in ``walked`` what ``block`` begins or ends."""
    match block:
        case Heading():
            walked.headings = {key: value for key, value in walked.headings.items() if key < block.level}
            number = _HEADING_NUMBER.match(plain(block.text))
            walked.headings[block.level] = number[0] if number else ""
            walked.article = None
            walked.context = block.anchor if number else walked.context
        case Article():
            walked.article, walked.context = block, block.anchor
            walked.paragraph, walked.item, walked.item_label = 1, "", ""
        case Instrument() | Annex() | Signature():
            walked.headings, walked.article = {}, None
        case Paragraph() if block.role in _ENDS_ARTICLE:
            walked.article = None
        case Paragraph() if walked.article:
            _enter_part(walked, walked.article, plain(block.text))
        case Paragraph() | Note() | Table() | Figure() | Roster() | NameList() | Footnotes():
            pass
        case _:
            assert_never(block)


def _enter_part(walked: _Walk, article: Article, text: str) -> None:
    """Note which 款 or 项 of ``article`` begins with ``text``; a 目 begins neither."""
    if match := _ITEM.match(text):
        above = article.anchor if walked.paragraph == 1 else f"{article.anchor}-para-{walked.paragraph}"
        walked.item = f"{above}-item-{chinese_number(match['number'])}"
        walked.item_label = f"第（{match['number']}）项"
    elif not _SUBITEM.match(text):
        walked.paragraph += 1
        walked.item, walked.item_label = "", ""


def _place(walked: _Walk, block: Block, prefix: str, paragraphs: Counter[str]) -> BlockPlace:
    text = _text(block)
    number = counted = content = citation = ""
    if isinstance(block, Annex):
        citation = block.label
    elif isinstance(block, Article):
        citation = prefix + block.label
        counted = f"{block.anchor}-para-1" if paragraphs[block.anchor] > 1 else ""
    elif isinstance(block, (Heading, Note)) or not walked.article:
        citation = prefix
    is_numbered = isinstance(block, (Article, Instrument, Annex)) or (
        isinstance(block, Heading) and bool(walked.headings[block.level])
    )
    if isinstance(block, (Paragraph, Note)) or (isinstance(block, Heading) and not is_numbered):
        content = _by_content(walked, text)
    if isinstance(block, Paragraph) and (article := walked.article):
        several = paragraphs[article.anchor] > 1
        citation = prefix + article.label + (f"第{_ordinal(walked.paragraph)}款" if several else "")
        subitem = _SUBITEM.match(text) if walked.item and not _ITEM.match(text) else None
        if subitem:
            digits = subitem["number"] or subitem["bracketed"]
            number = f"{walked.item}-sub-{int(digits)}"
            citation += f"{walked.item_label}第{int(digits)}目"
        elif walked.item:
            number = walked.item
            citation += walked.item_label
        elif not _SUBITEM.match(text):  # 1. under no （一） is a part of its 款, and is cited with it.
            counted = f"{article.anchor}-para-{walked.paragraph}"
    digest = hashlib.sha256(f"{block.kind}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return BlockPlace(anchor_of(block), number, counted, content, digest, citation, is_numbered)


def _by_content(walked: _Walk, text: str) -> str:
    """Return the name of a paragraph by ``text`` and by what it stands under; of several alike the later get a number."""
    key = f"{walked.context}\n{''.join(text.split())}"
    name = "t-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    walked.repeated[name] += 1
    return name if walked.repeated[name] == 1 else f"{name}.{walked.repeated[name]}"


def _prefix(parents: Parents, instruments: int) -> str:
    """Return what a citation of a block inside ``parents`` begins with: which annex, which of several instruments."""
    words = ""
    for parent in parents:
        if isinstance(parent, Annex):
            words += parent.label
        elif instruments > 1:
            words += book_title(parent.title)
    return words


def _ordinal(number: int) -> str:
    if number <= 10:
        return _ORDINALS[number]
    tens, units = divmod(number, 10)
    return ("" if tens == 1 else _ORDINALS[tens]) + "十" + (_ORDINALS[units] if units else "")


def _text(block: Block) -> str:
    """Return what tells ``block`` from others."""
    return "\n".join(_words(block))


def _words(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph() | Note():
            yield plain(block.text)
        case Article():
            yield block.label
            yield plain(block.text)
        case Table():
            yield block.caption
            yield from (plain(cell.text) for row in block.rows for cell in row)
        case Figure():
            yield from (block.file, block.alternative, block.caption)
        case Roster():
            yield from (f"{entry.role} {entry.name} {entry.post}" for entry in block.entries)
        case NameList():
            yield from (name.text for group in block.groups for name in group.names)
        case Footnotes():
            yield from (plain(note.text) for note in block.notes)
        case Instrument():
            yield block.title
        case Annex():
            yield block.label
            yield block.title
        case Signature():
            pass
        case _:
            assert_never(block)
