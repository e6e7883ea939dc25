"""The registers of the site: documents by issuer, kind and topic, the ledger of numbers, and whom to ask."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.model.document_kinds import kind_in
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Contact, Document, Issue, PhoneChange, Publication, Section
from liulin_gazette.text.pinyin import syllables

Entry = tuple[Issue, Document]
"""A document with its issue; that without its documents, so that a list depends on what it shows alone."""
_UNSAFE = re.compile("[^a-z0-9]+")
"""What no folder of the site has in its name."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that share an issuer, a kind or a topic, newest issue first."""

    name: str
    slug: str
    """Its name in pinyin; unique among its kind."""
    entries: tuple[Entry, ...]

    @property
    def by_year(self) -> tuple[tuple[int, tuple[Entry, ...]], ...]:
        """The documents by year of the issue, newest first."""
        years = itertools.groupby(self.entries, lambda entry: entry[0].year)
        return tuple((year, tuple(entries)) for year, entries in years)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One serial."""

    serial: int
    issue: Issue | None
    document: Document | None
    state: str
    """What is known of a serial without document: 不公开, or 未见."""


@dataclass(frozen=True, slots=True)
class NumberLedger:
    """The serials of one 机关代字 in one year, from 1 to the last published."""

    code: str
    slug: str
    year: int
    issuer: str
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """An office with its telephone, what became of that, and the documents that name it."""

    contact: Contact
    changes: tuple[PhoneChange, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DirectoryUnit:
    """A unit with its offices."""

    name: str
    slug: str
    lines: tuple[DirectoryLine, ...]


def kind_of(document: Document) -> str:
    """Return the 文种 that the title ends in, or 其他."""
    return kind_in(document.title)


def entries(publication: Publication) -> Iterator[Entry]:
    """Yield every document with its issue, newest issue first."""
    for issue in reversed(publication.issues):
        alone = bare(issue)
        for document in issue.documents:
            yield alone, document


def listed(publication: Publication) -> Publication:
    """Return ``publication`` with what lists can show of documents: not where in the source a value stands."""
    return replace(publication, issues=tuple(map(listed_issue, publication.issues)))


def listed_issue(issue: Issue) -> Issue:
    """Return ``issue`` with what lists can show of it."""
    sections = (
        Section(section.name, tuple(replace(each, places={}, waivers=()) for each in section.documents))
        for section in issue.sections
    )
    return replace(issue, sections=tuple(sections), places={})


def bare(issue: Issue) -> Issue:
    """Return ``issue`` without its documents."""
    return replace(issue, sections=(), record=None, places={})


def by_issuer(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 发文机关, in the order of pinyin."""
    return _grouped(publication, lambda document: document.issuer)


def by_kind(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 文种, in the order of pinyin."""
    return _grouped(publication, kind_of)


def by_topic(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 主题分类, in the order of pinyin; those without one are left out."""
    return _grouped(publication, lambda document: document.policy.topic)


def _grouped(publication: Publication, key: Callable[[Document], str]) -> tuple[Group, ...]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries(publication):
        groups.setdefault(key(entry[1]), []).append(entry)
    groups.pop("", None)
    slugs = _slugs(list(reversed(groups)))
    return tuple(Group(name, slugs[name], tuple(groups[name])) for name in _in_pinyin(groups))


def _in_pinyin(names: dict[str, list[Entry]] | dict[str, dict[Contact, list[Entry]]]) -> list[str]:
    return sorted(names, key=lambda name: (syllables(name), name))


def _slugs(names: Sequence[str]) -> dict[str, str]:
    """Return the pinyin of each name; of several that sound alike, the first keeps it bare."""
    taken: dict[str, str] = {}
    for name in names:
        sound = _UNSAFE.sub("-", "-".join(syllables(name)).lower()).strip("-")[:80] or "x"
        slug = next(
            each for n in itertools.count(1) if (each := f"{sound}-{n}" if n > 1 else sound) not in taken
        )
        taken[slug] = name
    return {name: slug for slug, name in taken.items()}


def number_ledgers(publication: Publication) -> tuple[tuple[int, tuple[NumberLedger, ...]], ...]:
    """Return the ledgers of every 机关代字 by year, newest year first."""
    published: dict[tuple[int, str], dict[int, Entry]] = {}
    for entry in entries(publication):
        number = entry[1].number
        published.setdefault((number.year, number.code), {})[number.serial] = entry
    declared = set(publication.proofreading.unpublished)
    owners = {code: issuer.name for issuer in publication.issuers for code in issuer.codes}
    ledgers = [
        NumberLedger(
            code,
            DocumentNumber(code, year, 1).slug.rsplit("-", 1)[0],
            year,
            owners.get(code, ""),
            tuple(
                _line(DocumentNumber(code, year, serial), own.get(serial), declared)
                for serial in range(1, max(own) + 1)
            ),
        )
        for (year, code), own in published.items()
    ]
    order = {code: syllables(code) for _, code in published}
    ledgers.sort(key=lambda ledger: (-ledger.year, order[ledger.code], ledger.code))
    years = itertools.groupby(ledgers, lambda ledger: ledger.year)
    return tuple((year, tuple(each)) for year, each in years)


def _line(number: DocumentNumber, entry: Entry | None, declared: set[str]) -> LedgerLine:
    if entry:
        return LedgerLine(number.serial, *entry, "")
    return LedgerLine(number.serial, None, None, "不公开" if str(number) in declared else "未见")


def directory(publication: Publication) -> tuple[DirectoryUnit, ...]:
    """Return the units of 政策咨询 with their offices and telephones, in the order of pinyin."""
    units: dict[str, dict[Contact, list[Entry]]] = {}
    for issue, document in entries(publication):
        if contact := document.contact:
            key = Contact(contact.unit, contact.office, "", contact.phone)
            units.setdefault(contact.unit, {}).setdefault(key, []).append((issue, document))
    slugs = _slugs(list(reversed(units)))
    return tuple(
        DirectoryUnit(
            name,
            slugs[name],
            tuple(
                DirectoryLine(contact, phone_changes(publication, contact), tuple(named))
                for contact, named in units[name].items()
            ),
        )
        for name in _in_pinyin(units)
    )


def phone_changes(publication: Publication, contact: Contact | None) -> tuple[PhoneChange, ...]:
    """Return what became of the telephone of ``contact`` after it was printed, oldest change first."""
    if contact is None:
        return ()
    followed: list[PhoneChange] = []
    phone = contact.phone
    for change in publication.phone_changes:
        if (change.unit, change.office, change.printed) == (contact.unit, contact.office, phone):
            followed.append(change)
            phone = change.phone
    return tuple(followed)
