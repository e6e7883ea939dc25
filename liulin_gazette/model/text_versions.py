"""The texts of one instrument that the gazette printed one after another: as it was first, then each new full text.

A document is a new text of an earlier one where it declares 修订, 代替 or 废止 of it and both have the same title, or
issue an instrument of the same title; a remark in brackets, such as （试行） or （2028年修订）, makes no other title. An
order that only says what is amended has another title: it is no new text, and no text is composed from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue
from liulin_gazette.model.relations import (
    VALIDITY_AFTER,
    Declarations,
    NamedDocuments,
    declared_for,
    meant_by,
)

_REMARK = re.compile(r"[（(〔\[][^（()）〔〕\[\]]*[）)〕\]]|[《》〈〉\s]")
_AMENDING = re.compile(r"修正案|(?:修改|修订|修正|调整|废止|清理).*(?:决定|通知|公告)$")
"""In the title of a document that changes others: what it amends is no earlier text of it."""
Printed = tuple[Issue, Document]
"""A document with the issue that has it."""


@dataclass(frozen=True, slots=True)
class TextVersions:
    """The texts of one instrument in this gazette, with what it lacks of them."""

    texts: tuple[Printed, ...]
    """In the order of the days from which they hold."""
    unknown: tuple[str, ...]
    """The names under which the texts declare earlier ones to be amended or replaced that the gazette does not have."""
    amended_by: tuple[Printed, ...]
    """Documents that declare 修订 of one of the texts and are no new text themselves."""


def first_day(document: Document) -> date:
    """Return the day from which the text of ``document`` holds: 施行日期, or 成文日期 where none is stated."""
    return document.policy.effective or document.date


def text_titles(document: Document) -> frozenset[str]:
    """Return the titles of the texts of ``document`` without remarks in brackets: those of 印发件, or its own."""
    titles = (_REMARK.sub("", title) for title in document.instruments or (document.title,))
    return frozenset(filter(None, titles))


def text_versions(entry: Printed, named: NamedDocuments, declared: Declarations) -> TextVersions:
    """Return the texts of the instrument of which ``entry`` has one; it is among them."""
    found = {entry[1].path: entry}
    waiting = [entry]
    while waiting:
        each = waiting.pop()
        for other in (*_texts_before(each[1], named), *_texts_after(each[1], declared)):
            if other[1].path not in found:
                found[other[1].path] = other
                waiting.append(other)
    texts = sorted(found.values(), key=lambda each: (first_day(each[1]), each[1].date, each[1].path))
    documents = [document for _, document in texts]
    return TextVersions(
        tuple(texts),
        tuple(dict.fromkeys(_unknown(documents, named))),
        tuple(_amending(documents, declared)),
    )


def _texts_before(document: Document, named: NamedDocuments) -> Iterator[Printed]:
    titles = text_titles(document)
    for relation in document.relations:
        other = meant_by(document, named.get(relation.target, ()))
        if relation.kind in VALIDITY_AFTER and other and titles & text_titles(other[1]):
            yield other


def _texts_after(document: Document, declared: Declarations) -> Iterator[Printed]:
    titles = text_titles(document)
    for each in declared_for(document, declared):
        if each.kind in VALIDITY_AFTER and titles & text_titles(each.document):
            yield each.issue, each.document


def _unknown(documents: Iterable[Document], named: NamedDocuments) -> Iterator[str]:
    for document in documents:
        if any(_AMENDING.search(title) for title in text_titles(document)):
            continue
        for relation in document.relations:
            if relation.kind in ("修订", "代替") and relation.target not in named:
                yield relation.target


def _amending(documents: Sequence[Document], declared: Declarations) -> Iterator[Printed]:
    """Yield what amends ``documents``, the texts of one instrument, where no text holds from the same day on."""
    seen: set[str] = set()
    days = {first_day(document) for document in documents}
    for document in documents:
        for each in declared_for(document, declared):
            is_new_text = text_titles(document) & text_titles(each.document)
            has_text = is_new_text or first_day(each.document) in days
            if each.kind == "修订" and not has_text and each.document.path not in seen:
                seen.add(each.document.path)
                yield each.issue, each.document
