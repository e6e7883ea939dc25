"""总目录: the documents of a year by section, issuer, type, topic and number."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.text.pinyin import syllables

FirstPages = Mapping[str, Mapping[str, int]]
"""The printed page on which each document begins, by the name of its issue and its slug."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document in the index."""

    issue: Issue
    document: Document
    page: int
    """The printed page on which it begins; 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Documents that share a section, an issuer, a type, a topic or a 机关代字."""

    name: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexPart:
    """The documents of the year in one order."""

    title: str
    """One of ``index_orders.ORDERS``."""
    slug: str
    """The same for addresses: ``sections``."""
    groups: tuple[IndexGroup, ...]


def annual_index(issues: Iterable[Issue], first_pages: FirstPages) -> tuple[IndexPart, ...]:
    """Return the index of ``issues``, those of one year, oldest first; a part without any group is left out.

    An index that the program wrote is not listed: it would have to name the page on which it stands itself.
    """
    by_section = [
        (section.name, IndexEntry(issue, document, first_pages.get(issue.name, {}).get(document.slug, 0)))
        for issue in issues
        for section in issue.sections
        for document in section.documents
        if document.generated_index is None
    ]
    entries = [entry for _, entry in by_section]
    parts = (
        IndexPart("栏目", "sections", tuple(_groups(by_section, in_order=True))),
        _part("发文机关", "issuers", entries, lambda document: document.issuers),
        _part("文种", "types", entries, lambda document: (document.type_name,)),
        _part("主题分类", "topics", entries, lambda document: tuple(filter(None, (document.policy.topic,)))),
        _numbers(entries),
    )
    return tuple(part for part in parts if part.groups)


def _part(
    title: str, slug: str, entries: Iterable[IndexEntry], keys: Callable[[Document], tuple[str, ...]]
) -> IndexPart:
    named = ((key, entry) for entry in entries for key in keys(entry.document))
    return IndexPart(title, slug, tuple(_groups(named)))


def _groups(named: Iterable[tuple[str, IndexEntry]], in_order: bool = False) -> Iterator[IndexGroup]:
    """Yield the entries by name: in the order in which names first occur, else in pinyin order."""
    groups: dict[str, list[IndexEntry]] = {}
    for name, entry in named:
        groups.setdefault(name, []).append(entry)
    names = list(groups) if in_order else sorted(groups, key=lambda name: (syllables(name), name))
    for name in names:
        yield IndexGroup(name, tuple(groups[name]))


def _numbers(entries: Iterable[IndexEntry]) -> IndexPart:
    """Return the documents that have a number of the county, by 机关代字 and serial."""
    numbered = [
        ((number.code, number.year, number.serial), entry)
        for entry in entries
        if (number := entry.document.county_number)
    ]
    numbered.sort(key=lambda each: (syllables(each[0][0]), *each[0]))
    groups = (
        IndexGroup(f"{code}〔{year}〕", tuple(entry for _, entry in of_code))
        for (code, year), of_code in itertools.groupby(numbered, key=lambda each: each[0][:2])
    )
    return IndexPart("发文字号", "numbers", tuple(groups))


def issues_of(publication: Publication, year: int) -> tuple[Issue, ...]:
    """Return the issues of ``year``, oldest first."""
    return tuple(issue for issue in publication.issues if issue.year == year)
