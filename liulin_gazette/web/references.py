"""Cross-references between documents: numbers cited in the text, and relations that the office declares."""

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
"""The phrase on the page of the document that a relation points to, by the kind of the relation."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that the text cites."""

    title: str
    """The title as cited; where the text gives none, the title of the document in the archive."""
    number: str
    page: str
    """The path of its page in the site; empty where the archive does not have the document."""


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """The document at the other end of a declared relation, as a line of the page."""

    phrase: str
    """本文件废止 or, from the other end, 本文件已被废止，见."""
    number: str
    title: str
    page: str
    """The path of its page in the site; empty where the archive does not have the document."""


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """The rest of the archive as the page of one document shows it."""

    cited: tuple[CitedDocument, ...] = ()
    related: tuple[RelatedDocument, ...] = ()
    validity: str = ""
    """有效性 as stated or declared; empty when neither."""
    phone_changes: tuple[PhoneChange, ...] = ()
    """Changes of its contact's telephone since it was printed, oldest first."""


class References:
    """The cross-references of a publication, which can be looked up from either end."""

    def __init__(self, publication: Publication, cited: Mapping[str, Sequence[CitedNumber]]) -> None:
        """``cited`` has the numbers that each document cites, by the document's project path."""
        self._publication = publication
        self._cited = cited
        self._entries: dict[str, Entry] = {
            str(document.number): (issue, document)
            for issue in publication.issues
            for document in issue.documents
        }
        self._declarations = declarations(publication)

    def context(self, document: Document) -> DocumentContext:
        """Return the context of ``document`` in the archive."""
        return DocumentContext(
            self.cited(document),
            self.related(document),
            self.validity(document),
            phone_changes(self._publication, document.contact),
        )

    def cited(self, document: Document) -> tuple[CitedDocument, ...]:
        """Return the documents that ``document`` cites by number, each once, in the order of the text."""
        by_number: dict[str, CitedDocument] = {}
        own_number = str(document.number)
        for cited_number in self._cited.get(document.path, ()):
            number = self._archive_number(cited_number.number)
            if number == own_number or (number in by_number and by_number[number].title):
                continue
            entry = self._entries.get(number)
            title = cited_number.title or (entry[1].title if entry else "")
            by_number[number] = CitedDocument(title, number, _page(entry))
        return tuple(cited for cited in by_number.values() if cited.title)

    def related(self, document: Document) -> tuple[RelatedDocument, ...]:
        """Return the relations of ``document``: those that others declare to it, then those that it declares."""
        declared_here = [
            self._related(f"本文件{relation.kind}", self._entries.get(str(relation.number)), relation.number)
            for relation in document.relations
        ]
        declared_elsewhere = [
            self._related(
                DONE_BY[declaration.kind],
                (declaration.issue, declaration.document),
                declaration.document.number,
            )
            for declaration in self._declarations.get(str(document.number), ())
        ]
        return (*declared_elsewhere, *declared_here)

    def validity(self, document: Document) -> str:
        """Return 有效性 as stated or declared; empty when neither."""
        return validity(document, self._declarations)

    def _related(self, phrase: str, entry: Entry | None, number: DocumentNumber) -> RelatedDocument:
        return RelatedDocument(phrase, str(number), entry[1].title if entry else "", _page(entry))

    def _archive_number(self, number: str) -> str:
        """Return the number in the archive that ``number`` ends with, else ``number``.

        The words before a number may have been taken for part of its 机关代字.
        """
        if number not in self._entries:
            for start in range(1, 10):
                if number[start:] in self._entries:
                    return number[start:]
        return number


def _page(entry: Entry | None) -> str:
    return addresses.document_page(*entry) if entry else ""


def citation(publication: Publication, issue: Issue, document: Document, first: int, last: int) -> str:
    """Return the reference by which to cite ``document``: title, number, gazette, issue, printed pages.

    ``first`` and ``last`` are its printed pages, 0 when they are not known.
    """
    pages = f"，第{first}—{last}页" if last > first else f"，第{first}页" if first else ""
    return f"《{document.title}》（{document.number}），《{publication.name}》{issue.year}年第{issue.number}期{pages}"
