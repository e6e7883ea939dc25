"""The registers of the site: documents by issuer, 文种 and topic; serial numbers (文号台账); contacts (政策咨询)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from liulin_gazette.model.dated_settings import unpublished_numbers
from liulin_gazette.model.document import Contact, Document
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.gazette import Gazette, PhoneChange
from liulin_gazette.model.issue_faces import IssueFaces
from liulin_gazette.model.publication import Issue, Publication, Section
from liulin_gazette.text.pinyin import syllables

Entry = tuple[Issue, Document]
"""A document and its issue. The issue comes without its documents, so that a list depends only on what it shows."""
_UNSAFE = re.compile("[^a-z0-9]+")
"""Characters that the names of the site's folders do not have."""
MAX_SLUG = 80
"""Characters of the name of a folder at most."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that share an issuer, a 文种 or a topic, newest issue first."""

    name: str
    slug: str
    """The name in pinyin, unique in its register."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name that an issuer had before, or has had since: it was renamed, or merged into another (原名)."""

    name: str
    is_former: bool
    day: date | None
    """The last day of a former name, the first one of a later name; None where it is not stated."""
    slug: str
    """Of the page of that name; empty where the gazette has no document under it."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One serial number (序号) of a ledger."""

    serial: int
    issue: Issue | None
    document: Document | None
    state: str
    """Empty for a published document; else 不公开 (registered as unpublished) or 未见 (unknown)."""


@dataclass(frozen=True, slots=True)
class SerialRun:
    """A published serial, or neighbouring ones that are absent for the same reason: 1—4号, 未见."""

    first: int
    last: int
    issue: Issue | None
    document: Document | None
    state: str
    """As in ``LedgerLine``."""


@dataclass(frozen=True, slots=True)
class NumberLedger:
    """The serials of one 机关代字 in one year, from 1 to the last published."""

    code: str
    slug: str
    year: int
    issuer: str
    lines: tuple[LedgerLine, ...]

    @property
    def runs(self) -> tuple[SerialRun, ...]:
        """The lines, those in a row that are absent for the same reason joined."""
        runs: list[SerialRun] = []
        for line in self.lines:
            if runs and line.document is None and runs[-1].state == line.state:
                runs[-1] = replace(runs[-1], last=line.serial)
            else:
                runs.append(SerialRun(line.serial, line.serial, line.issue, line.document, line.state))
        return tuple(runs)


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
            section.name,
            tuple(
                replace(document, places={}, waivers=(), errata=(), run_on=None, columns=None)
                for document in section.documents
            ),
        )
        for section in issue.sections
    )
    return replace(
        issue,
        sections=tuple(sections),
        places={},
        faces=IssueFaces(),
        waivers=(),
        run_on=None,
        columns=None,
    )


def without_documents(issue: Issue) -> Issue:
    """Return ``issue`` without its documents."""
    return replace(issue, sections=(), record=None, places={}, faces=IssueFaces(), waivers=())


def by_issuer(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 发文机关, in pinyin order; a joint document is in the group of each of its issuers."""
    return _group_by(publication, lambda document: document.issuers)


def name_changes(gazette: Gazette, name: str, slugs: Mapping[str, str]) -> tuple[NameChange, ...]:
    """Return the former and later names of the issuer ``name``, oldest first; ``slugs`` are those of pages, by name."""
    issuers = gazette.issuers
    former = dict.fromkeys(each.former_name for each in issuers if each.name == name and each.former_name)
    last_days = {each.name: each.until for each in issuers}
    return (
        *(NameChange(each, True, last_days.get(each), slugs.get(each, "")) for each in former),
        *(
            NameChange(each.name, False, each.since, slugs.get(each.name, ""))
            for each in issuers
            if each.former_name == name
        ),
    )


def by_type(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 文种, in pinyin order; those of kinds without 文种 are grouped by 体裁."""
    return _group_by(publication, lambda document: (document.type_name,))


def by_topic(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 主题分类, in pinyin order; those without one are left out."""
    return _group_by(publication, lambda document: (document.policy.topic,) if document.policy.topic else ())


def by_section(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 栏目, in pinyin order."""
    groups: dict[str, list[Entry]] = {}
    for issue in reversed(publication.issues):
        issue_alone = without_documents(issue)
        for section in issue.sections:
            groups.setdefault(section.name, []).extend(
                (issue_alone, document) for document in section.documents
            )
    slugs = slugs_of(section.name for issue in publication.issues for section in issue.sections)
    return tuple(Group(name, slugs[name], tuple(groups[name])) for name in _in_pinyin(groups))


def _group_by(publication: Publication, keys: Callable[[Document], tuple[str, ...]]) -> tuple[Group, ...]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries(publication):
        for key in keys(entry[1]):
            groups.setdefault(key, []).append(entry)
    slugs = slugs_of(
        key for issue in publication.issues for document in issue.documents for key in keys(document)
    )
    return tuple(Group(name, slugs[name], tuple(groups[name])) for name in _in_pinyin(groups))


def _in_pinyin(names: dict[str, list[Entry]] | dict[str, dict[Contact, list[Entry]]]) -> list[str]:
    return sorted(names, key=lambda name: (syllables(name), name))


def _sound(name: str) -> str:
    return _shortened(_UNSAFE.sub("-", "-".join(syllables(name)).lower()).strip("-")) or "x"


def slugs_of(names: Iterable[str], sound_of: Callable[[str], str] = _sound) -> dict[str, str]:
    """Return a slug for each name, its pinyin; all but the first of several that sound alike get a number.

    ``names`` are in the order of publication, so that what is published later changes no slug.
    """
    names_by_slug: dict[str, str] = {}
    for name in dict.fromkeys(names):
        sound = sound_of(name)
        slug = sound
        for number in itertools.count(2):
            if slug not in names_by_slug:
                break
            slug = f"{sound}-{number}"
        names_by_slug[slug] = name
    return {name: slug for slug, name in names_by_slug.items()}


def _shortened(slug: str) -> str:
    """Return ``slug`` if it is short enough, else as many of its whole syllables as are."""
    if len(slug) <= MAX_SLUG:
        return slug
    head, dash, _ = slug[: MAX_SLUG + 1].rpartition("-")
    return head if dash else slug[:MAX_SLUG]


def number_ledgers(publication: Publication) -> tuple[tuple[int, tuple[NumberLedger, ...]], ...]:
    """Return the ledgers of every 机关代字 by year, newest year first."""
    published: dict[tuple[int, str], dict[int, Entry]] = {}
    for entry in entries(publication):
        if number := entry[1].county_number:
            published.setdefault((number.year, number.code), {})[number.serial] = entry
    unpublished = unpublished_numbers(publication)
    slugs = slugs_of((number.code for number in _county_numbers(publication)), _code_sound)
    ledgers = [
        NumberLedger(
            code,
            f"{slugs[code]}-{year}",
            year,
            publication.gazette.code_owner(code, year),
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


def _county_numbers(publication: Publication) -> Iterator[DocumentNumber]:
    """Yield the numbers in the numbering of the county, in the order of publication."""
    for issue in publication.issues:
        for document in issue.documents:
            if number := document.county_number:
                yield number


def _code_sound(code: str) -> str:
    """Return a 机关代字 in pinyin, as in the addresses of its documents."""
    return DocumentNumber(code, 0, 0).slug.removesuffix("-0-0")


def _ledger_line(number: DocumentNumber, entry: Entry | None, unpublished: frozenset[str]) -> LedgerLine:
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
    slugs = slugs_of(
        document.contact.unit
        for issue in publication.issues
        for document in issue.documents
        if document.contact
    )
    return tuple(
        ContactUnit(
            name,
            slugs[name],
            tuple(
                ContactOffice(contact, phone_changes(publication.gazette, contact), tuple(documents))
                for contact, documents in units[name].items()
            ),
        )
        for name in _in_pinyin(units)
    )


def phone_changes(gazette: Gazette, contact: Contact | None) -> tuple[PhoneChange, ...]:
    """Return the changes of the telephone of ``contact`` since it was printed, oldest first."""
    if contact is None:
        return ()
    changes: list[PhoneChange] = []
    phone = contact.phone
    for change in gazette.phone_changes:
        if (change.unit, change.office, change.printed) == (contact.unit, contact.office, phone):
            changes.append(change)
            phone = change.phone
    return tuple(changes)
