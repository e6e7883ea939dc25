"""勘误 in the document that it corrects: the places that an erratum names, and the words there."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from liulin_gazette.model.blocks import Annex, Article, Heading, Paragraph, Parents, anchor_of
from liulin_gazette.model.document import FullText
from liulin_gazette.model.published_texts import UNOFFICIAL, PublishedText, Role, published_texts
from liulin_gazette.text.numerals import chinese_number

_NUMBER = r"(?:[1-9]\d{0,3}|[一二三四五六七八九十百千零〇]{1,9})"
_PLACE = re.compile(
    rf"(?=.)(?:附件(?P<annex>{_NUMBER}?))?(?:第(?P<page>{_NUMBER})页)?"
    rf"(?:第(?P<article>{_NUMBER})条)?(?:第(?P<paragraph>{_NUMBER})[段款])?"
    rf"(?:[左右]栏)?(?:(?:倒数)?第{_NUMBER}行)?"
)
EVERYWHERE = "全文"
"""位置 of words that are wrong wherever they stand."""
_HEADERS = frozenset({*UNOFFICIAL, Role.RELATION, Role.ERRATUM_PLACE, Role.ERRATUM_WRONG, Role.ERRATUM_RIGHT})
"""Roles of texts that no erratum is about."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in a document; what is 0 or empty is not stated. Columns and lines are for the reader alone."""

    annex: str | None = None
    """The number of an annex; empty for 附件 without a number; None for the document as a whole."""
    page: int = 0
    """A printed page."""
    article: int = 0
    paragraph: int = 0
    """第N段 of the document, of an annex or of an article (款); headings are not counted."""
    is_everywhere: bool = False


def text_place(words: str) -> TextPlace | None:
    """Return the place in ``words``: 第3页, 第五条第二款, 附件1第2段, 全文; None if they have no known form."""
    if words == EVERYWHERE:
        return TextPlace(is_everywhere=True)
    match = _PLACE.fullmatch(words)
    if match is None:
        return None
    annex = match["annex"]
    return TextPlace(
        None if annex is None else str(_value(annex) or ""),
        _value(match["page"]),
        _value(match["article"]),
        _value(match["paragraph"]),
    )


def _value(numeral: str | None) -> int:
    if not numeral:
        return 0
    return int(numeral) if numeral.isascii() else chinese_number(numeral)


@dataclass(frozen=True, slots=True)
class _Located:
    """A text with where it stands in its document."""

    text: PublishedText
    annex: str | None
    article: int
    paragraph: int
    """Its number in the document or annex, or in the article where it is in one; 0 for no paragraph."""
    paragraph_of_whole: int
    """Its number in the document or annex."""


def words_in(
    document: FullText, wrong: str, where: str = "", pages: Mapping[str, int] | None = None
) -> tuple[PublishedText, ...]:
    """Return the texts of ``document`` that have the words ``wrong`` at the place ``where``, each once for each time.

    ``pages`` has the printed page of each anchor; without it the page that ``where`` names is not looked at.
    """
    place = text_place(where) if where else TextPlace()
    located = tuple(_located(document))
    found: list[PublishedText] = []
    for index, each in enumerate(located):
        count = _shown(each.text).count(wrong)
        if count and place and _is_at(each, place) and _is_on(located, index, place.page, pages):
            found += [each.text] * count
    return tuple(found)


def certain_anchors(
    document: FullText, wrong: str, where: str, pages: Mapping[str, int] | None
) -> tuple[str, ...]:
    """Return the anchors of the blocks with the words ``wrong`` that ``where`` means; none where that is not certain."""
    found = words_in(document, wrong, where, pages)
    names_page = pages is None and (place := text_place(where)) is not None and place.page > 0
    if (len(found) > 1 and where != EVERYWHERE) or names_page:
        return ()
    anchors = (anchor_of(text.block) for text in found if text.block)
    return tuple(dict.fromkeys(anchor for anchor in anchors if anchor))


def _shown(text: PublishedText) -> str:
    return text.shown if text.block else text.text


def _is_at(each: _Located, place: TextPlace) -> bool:
    if place.annex is not None and each.annex != place.annex:
        return False
    if place.article and each.article != place.article:
        return False
    number = each.paragraph if place.article else each.paragraph_of_whole
    return not place.paragraph or number == place.paragraph


def _is_on(located: tuple[_Located, ...], index: int, page: int, pages: Mapping[str, int] | None) -> bool:
    """Tell whether the text at ``index`` may be printed on ``page``: it runs from its first page to that of the next."""
    if not page or pages is None:
        return True

    def first(each: _Located) -> int:
        return pages.get(each.text.anchor, 0)

    start = first(located[index])
    following = (number for each in located[index + 1 :] if (number := first(each)) and number >= start)
    return bool(start) and start <= page <= next(following, max(pages.values(), default=0))


def _located(document: FullText) -> Iterator[_Located]:
    """Yield the texts of ``document`` that its page shows, with where they stand."""
    article, in_article = 0, 0
    counts: dict[str | None, itertools.count[int]] = {}
    number, last, parents_of_article = 0, None, ()
    for text in published_texts(document):
        if text.role in _HEADERS:
            continue
        block, annex = text.block, _annex(text)
        if block is not last:
            last = block
            if isinstance(block, Article):
                article, in_article, parents_of_article = block.number, 0, text.parents
            elif isinstance(block, Heading) or text.parents != parents_of_article:
                article = 0
            number = 0
            if isinstance(block, (Article, Paragraph)):
                in_article += 1
                number = next(counts.setdefault(annex, itertools.count(1)))
        yield _Located(text, annex, article, in_article if number and article else number, number)


def _annex(text: PublishedText) -> str | None:
    """Return the number of the annex that ``text`` is in or names; None where it is in none."""
    parents: Parents = text.parents
    for block in (text.block, *reversed(parents)):
        if isinstance(block, Annex):
            return "".join(filter(str.isdigit, block.label))
    return None
