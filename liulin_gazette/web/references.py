"""What documents say of one another: numbers cited in the text, and relations that the office declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Document, Issue, PhoneChange, Publication
from liulin_gazette.model.relations import declarations, validity
from liulin_gazette.web import addresses
from liulin_gazette.web.registers import Entry, phone_changes

DONE_BY = {
    "修订": "本文件已被修订，见",
    "废止": "本文件已被废止，见",
    "代替": "本文件已被代替，见",
    "更正": "本文件有更正，见",
}
"""What is said on the page of the document that something was done to."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that the text cites."""

    title: str
    """As cited; the archive's where it has the document and the text gives none."""
    number: str
    page: str
    """Its page in the site; empty where the archive does not have it."""


@dataclass(frozen=True, slots=True)
class Related:
    """One end of a declared relation, as a line of the page."""

    phrase: str
    """本文件废止 or, from the other end, 本文件已被废止，见."""
    number: str
    title: str
    page: str
    """The other document's page; empty where the archive does not have it."""


@dataclass(frozen=True, slots=True)
class Connections:
    """What the page of a document shows of others, and of the office's changes since."""

    cited: tuple[Cited, ...] = ()
    related: tuple[Related, ...] = ()
    validity: str = ""
    """有效性 as stated or declared; empty when neither."""
    phone_changes: tuple[PhoneChange, ...] = ()
    """Of its contact's telephone, oldest first."""


class References:
    """The relations of a publication, known from both ends."""

    def __init__(self, publication: Publication, cited: Mapping[str, Sequence[CitedNumber]]) -> None:
        """``cited`` is what each document cites, by its project path."""
        self._publication = publication
        self._cited = cited
        self._entries: dict[str, Entry] = {
            str(document.number): (issue, document)
            for issue in publication.issues
            for document in issue.documents
        }
        self._declarations = declarations(publication)

    def connections(self, document: Document) -> Connections:
        """Return what connects ``document`` with others."""
        return Connections(
            self.cited(document),
            self.related(document),
            self.validity(document),
            phone_changes(self._publication, document.contact),
        )

    def cited(self, document: Document) -> tuple[Cited, ...]:
        """Return what ``document`` cites by number, each once, in the order of the text."""
        found: dict[str, Cited] = {}
        own = str(document.number)
        for each in self._cited.get(document.path, ()):
            number = self._known(each.number)
            if number == own or (number in found and found[number].title):
                continue
            entry = self._entries.get(number)
            title = each.title or (entry[1].title if entry else "")
            found[number] = Cited(title, number, _page(entry))
        return tuple(each for each in found.values() if each.title)

    def related(self, document: Document) -> tuple[Related, ...]:
        """Return the declared relations of ``document``: what it does, and what was done to it."""
        own = [
            self._related(f"本文件{relation.kind}", self._entries.get(str(relation.number)), relation.number)
            for relation in document.relations
        ]
        others = [
            self._related(
                DONE_BY[declaration.kind],
                (declaration.issue, declaration.document),
                declaration.document.number,
            )
            for declaration in self._declarations.get(str(document.number), ())
        ]
        return (*others, *own)

    def validity(self, document: Document) -> str:
        """Return 有效性 as stated or declared; empty when neither."""
        return validity(document, self._declarations)

    def _related(self, phrase: str, entry: Entry | None, number: DocumentNumber) -> Related:
        return Related(phrase, str(number), entry[1].title if entry else "", _page(entry))

    def _known(self, number: str) -> str:
        """Return the archive's number that ``number`` ends in: the text may run on before its code."""
        if number not in self._entries:
            for start in range(1, 10):
                if number[start:] in self._entries:
                    return number[start:]
        return number


def _page(entry: Entry | None) -> str:
    return addresses.document_page(*entry) if entry else ""


def citation(publication: Publication, issue: Issue, document: Document, first: int, last: int) -> str:
    """Return how ``document`` is cited: title, number, journal, issue, and printed pages (0 for unknown)."""
    pages = f"，第{first}—{last}页" if last > first else f"，第{first}页" if first else ""
    return f"《{document.title}》（{document.number}），《{publication.name}》{issue.year}年第{issue.number}期{pages}"
