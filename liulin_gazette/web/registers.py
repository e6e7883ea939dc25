"""The registers of the site: documents by issuer, the ledger of numbers, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.model import Contact, Document, Issue, Publication
from liulin_gazette.numbering import DocumentNumber
from liulin_gazette.pinyin import syllables

Entry = tuple[Issue, Document]


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one issuer, newest first."""

    name: str
    anchor: str
    """Its name in pinyin."""
    entries: tuple[Entry, ...]


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
    year: int
    issuer: str
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """An office with its telephone, and the documents that name it."""

    contact: Contact
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DirectoryUnit:
    """A unit with its offices."""

    name: str
    lines: tuple[DirectoryLine, ...]


def entries(publication: Publication) -> Iterator[Entry]:
    """Yield every document with its issue, newest issue first."""
    for issue in reversed(publication.issues):
        for document in issue.documents:
            yield issue, document


def by_issuer(publication: Publication) -> tuple[Group, ...]:
    """Return the documents by 发文机关, in the order of pinyin."""
    groups: dict[str, list[Entry]] = {}
    for issue, document in entries(publication):
        groups.setdefault(document.issuer, []).append((issue, document))
    return tuple(
        Group(name, "-".join(syllables(name)), tuple(groups[name]))
        for name in sorted(groups, key=lambda name: (syllables(name), name))
    )


def number_ledgers(publication: Publication) -> tuple[NumberLedger, ...]:
    """Return the ledger of every 机关代字 and year, newest year first."""
    published = {document.number: (issue, document) for issue, document in entries(publication)}
    declared = set(publication.proofreading.unpublished)
    last: dict[tuple[int, str], int] = {}
    for number in published:
        key = (-number.year, number.code)
        last[key] = max(last.get(key, 0), number.serial)
    owners = {code: issuer.name for issuer in publication.issuers for code in issuer.codes}
    return tuple(
        NumberLedger(
            code,
            -year,
            owners.get(code, ""),
            tuple(
                _line(DocumentNumber(code, -year, serial), published, declared)
                for serial in range(1, last[year, code] + 1)
            ),
        )
        for year, code in sorted(last, key=lambda key: (key[0], syllables(key[1])))
    )


def _line(number: DocumentNumber, published: dict[DocumentNumber, Entry], declared: set[str]) -> LedgerLine:
    issue, document = published.get(number, (None, None))
    state = "" if document else "不公开" if str(number) in declared else "未见"
    return LedgerLine(number.serial, issue, document, state)


def directory(publication: Publication) -> tuple[DirectoryUnit, ...]:
    """Return the units of 政策咨询 with their offices and telephones, in the order of pinyin."""
    units: dict[str, dict[Contact, list[Entry]]] = {}
    for issue, document in entries(publication):
        if contact := document.contact:
            key = Contact(contact.unit, contact.office, "", contact.phone)
            units.setdefault(contact.unit, {}).setdefault(key, []).append((issue, document))
    return tuple(
        DirectoryUnit(
            name,
            tuple(DirectoryLine(contact, tuple(named)) for contact, named in units[name].items()),
        )
        for name in sorted(units, key=lambda name: (syllables(name), name))
    )
