"""The registers of the site: documents by issuer, kind and topic; serial numbers (文号台账); contacts (政策咨询)."""

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
"""A document and its issue. The issue comes without its documents, so that a list depends only on what it shows."""
_UNSAFE = re.compile("[^a-z0-9]+")
"""Characters that the names of the site's folders do not have."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that share an issuer, a kind or a topic, newest issue first."""

    name: str
    slug: str
    """The name in pinyin, unique in its register."""
    entries: tuple[Entry, ...]

    @property
    def by_year(self) -> tuple[tuple[int, tuple[Entry, ...]], ...]:
        """The documents by year of the issue, newest first."""
        years = itertools.groupby(self.entries, lambda entry: entry[0].year)
        return tuple((year, tuple(entries)) for year, entries in years)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One serial number (序号) of a ledger."""

    serial: int
    issue: Issue | None
    document: Document | None
    state: str
    """Empty for a published document; else 不公开 (registered as unpublished) or 未见 (unknown)."""


@dataclass(frozen=True, slots=True)
class NumberLedger:
    """The serials of one 机关代字 in one year, from 1 to the last published."""

    code: str
    slug: str
    year: int
    issuer: str
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class ContactOffice:
    """An office (责任股室) with its telephone, later changes of that, and the documents that name it."""

    contact: Contact
    """Without a person, since documents of one office may name several."""
    changes: tuple[PhoneChange, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ContactUnit:
    """A unit (责任单位) with its offices."""

    name: str
    slug: str
    offices: tuple[ContactOffice, ...]


def kind_of(document: Document) -> str:
    """Return the 文种 that the title ends with, or 其他."""
    return kind_in(document.title)


def entries(publication: Publication) -> Iterator[Entry]:
    """Yield every document with its issue, newest issue first."""
    for issue in reversed(publication.issues):
        issue_alone = without_documents(issue)
        for document in issue.documents:
            yield issue_alone, document


def publication_for_lists(publication: Publication) -> Publication:
    """Return ``publication`` reduced to what lists can show: without source positions and waivers."""
    return replace(publication, issues=tuple(map(issue_for_lists, publication.issues)))


def issue_for_lists(issue: Issue) -> Issue:
    """Return ``issue`` reduced to what lists can show: without source positions and waivers."""
    sections = (
        Section(
            section.name, tuple(replace(document, places={}, waivers=()) for document in section.documents)
        )
        for section in issue.sections
    )
    return replace(issue, sections=tuple(sections), places={})


def without_documents(issue: Issue) -> Issue:
    """Return ``issue`` without its documents."""
    return replace(issue, sections=(), record=None, places={})


def by_issuer(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 发文机关, in pinyin order."""
    return _group_by(publication, lambda document: document.issuer)


def by_kind(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 文种, in pinyin order."""
    return _group_by(publication, kind_of)


def by_topic(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 主题分类, in pinyin order; those without one are left out."""
    return _group_by(publication, lambda document: document.policy.topic)


def _group_by(publication: Publication, key: Callable[[Document], str]) -> tuple[Group, ...]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries(publication):
        groups.setdefault(key(entry[1]), []).append(entry)
    groups.pop("", None)
    slugs = _slugs(list(reversed(groups)))
    return tuple(Group(name, slugs[name], tuple(groups[name])) for name in _in_pinyin(groups))


def _in_pinyin(names: dict[str, list[Entry]] | dict[str, dict[Contact, list[Entry]]]) -> list[str]:
    return sorted(names, key=lambda name: (syllables(name), name))


def _slugs(names: Sequence[str]) -> dict[str, str]:
    """Return a slug for each name, its pinyin; all but the first of several that sound alike get a number."""
    names_by_slug: dict[str, str] = {}
    for name in names:
        sound = _UNSAFE.sub("-", "-".join(syllables(name)).lower()).strip("-")[:80] or "x"
        slug = sound
        for number in itertools.count(2):
            if slug not in names_by_slug:
                break
            slug = f"{sound}-{number}"
        names_by_slug[slug] = name
    return {name: slug for slug, name in names_by_slug.items()}


def number_ledgers(publication: Publication) -> tuple[tuple[int, tuple[NumberLedger, ...]], ...]:
    """Return the ledgers of every 机关代字 by year, newest year first."""
    published: dict[tuple[int, str], dict[int, Entry]] = {}
    for entry in entries(publication):
        number = entry[1].number
        published.setdefault((number.year, number.code), {})[number.serial] = entry
    unpublished = set(publication.proofreading.unpublished)
    owners = {code: issuer.name for issuer in publication.issuers for code in issuer.codes}
    ledgers = [
        NumberLedger(
            code,
            DocumentNumber(code, year, 1).slug.rsplit("-", 1)[0],
            year,
            owners.get(code, ""),
            tuple(
                _ledger_line(DocumentNumber(code, year, serial), by_serial.get(serial), unpublished)
                for serial in range(1, max(by_serial) + 1)
            ),
        )
        for (year, code), by_serial in published.items()
    ]
    order = {code: syllables(code) for _, code in published}
    ledgers.sort(key=lambda ledger: (-ledger.year, order[ledger.code], ledger.code))
    years = itertools.groupby(ledgers, lambda ledger: ledger.year)
    return tuple((year, tuple(ledgers_of_year)) for year, ledgers_of_year in years)


def _ledger_line(number: DocumentNumber, entry: Entry | None, unpublished: set[str]) -> LedgerLine:
    if entry:
        return LedgerLine(number.serial, *entry, "")
    return LedgerLine(number.serial, None, None, "不公开" if str(number) in unpublished else "未见")


def contact_units(publication: Publication) -> tuple[ContactUnit, ...]:
    """Return the units of 政策咨询 with their offices and telephones, in pinyin order."""
    units: dict[str, dict[Contact, list[Entry]]] = {}
    for issue, document in entries(publication):
        if contact := document.contact:
            key = Contact(contact.unit, contact.office, "", contact.phone)
            units.setdefault(contact.unit, {}).setdefault(key, []).append((issue, document))
    slugs = _slugs(list(reversed(units)))
    return tuple(
        ContactUnit(
            name,
            slugs[name],
            tuple(
                ContactOffice(contact, phone_changes(publication, contact), tuple(documents))
                for contact, documents in units[name].items()
            ),
        )
        for name in _in_pinyin(units)
    )


def phone_changes(publication: Publication, contact: Contact | None) -> tuple[PhoneChange, ...]:
    """Return the changes of the telephone of ``contact`` since it was printed, oldest first."""
    if contact is None:
        return ()
    changes: list[PhoneChange] = []
    phone = contact.phone
    for change in publication.phone_changes:
        if (change.unit, change.office, change.printed) == (contact.unit, contact.office, phone):
            changes.append(change)
            phone = change.phone
    return tuple(changes)
