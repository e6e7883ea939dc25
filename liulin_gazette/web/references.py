"""Cross-references between documents: numbers cited in the text, and relations that the office declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.document import Document, Erratum
from liulin_gazette.model.gazette import Gazette, PhoneChange
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.relations import (
    ValidityChange,
    declarations,
    declared_for,
    documents_by_name,
    meant_by,
    pending_changes,
    state_day,
    validity,
)
from liulin_gazette.web import addresses
from liulin_gazette.web.registers import Entry, phone_changes
from liulin_gazette.web.state_labels import Labels, state_label
from liulin_gazette.web.version_history import NO_HISTORY, TextVersion, VersionHistory, version_history

DONE_BY = {
    "修订": "本文件已被修订，见",
    "废止": "本文件已被废止，见",
    "代替": "本文件已被代替，见",
    "更正": "本文件有更正，见",
    "解读": "本文件有政策解读，见",
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
    """Its number; empty for a document without one. The name under which it is declared where it is not known."""
    title: str
    page: str
    """The path of its page in the site; empty where the archive does not have the document."""
    listed_title: str = ""
    """The title as lists have it, which tells one order from another; empty where the archive does not have it."""


@dataclass(frozen=True, slots=True)
class CorrectedWords:
    """Words of a document that are wrong, with the document at the other end of the correction."""

    where: str
    wrong: str
    right: str
    title: str
    """The title of the other document; the name under which it is declared where it is not known."""
    number: str
    issue: str
    """The name of the issue that has it."""
    page: str
    """The path of its page in the site; empty where the archive does not have it."""


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """The rest of the archive as the page of one document shows it."""

    cited: tuple[CitedDocument, ...] = ()
    related: tuple[RelatedDocument, ...] = ()
    corrected_by: tuple[CorrectedWords, ...] = ()
    """Its own words that other documents correct."""
    corrects: tuple[CorrectedWords, ...] = ()
    """The words of other documents that it corrects."""
    validity: str = ""
    """有效性 as stated or declared; empty when neither."""
    phone_changes: tuple[PhoneChange, ...] = ()
    """Changes of its contact's telephone since it was printed, oldest first."""
    pending: tuple[ValidityChange, ...] = ()
    """Changes of its validity after ``day``, earliest first."""
    day: date | None = None
    """The day for which ``validity`` and ``pending`` hold; None where nothing is pending."""
    history: VersionHistory = NO_HISTORY
    """The texts that the gazette printed of what it enacts."""


class References:
    """The cross-references of a publication, which can be looked up from either end."""

    def __init__(self, publication: Publication, cited: Mapping[str, Sequence[CitedNumber]]) -> None:
        """``cited`` has the numbers that each document cites, by the document's project path."""
        self._publication = publication
        self._cited = cited
        self._named = documents_by_name(publication)
        self._declarations = declarations(publication)
        self._day = state_day(publication)
        self._issues = {document.path: issue for issue in publication.issues for document in issue.documents}

    def context(self, document: Document) -> DocumentContext:
        """Return the context of ``document`` in the archive."""
        pending = tuple(pending_changes(document, self._declarations, self._day))
        return DocumentContext(
            self.cited(document),
            self.related(document),
            self._corrected_by(document),
            self._corrects(document),
            self.validity(document),
            phone_changes(self._publication.gazette, document.contact),
            pending,
            self._day if pending else None,
            self._history(document),
        )

    def cited(self, document: Document) -> tuple[CitedDocument, ...]:
        """Return the documents that ``document`` cites by number, each once, in the order of the text."""
        by_number: dict[str, CitedDocument] = {}
        own_number = document.identifier
        for cited_number in self._cited.get(document.path, ()):
            number = self._archive_number(cited_number.number)
            if number == own_number or (number in by_number and by_number[number].title):
                continue
            entry = meant_by(document, self._named.get(number, ()))
            title = cited_number.title or (entry[1].title if entry else "")
            by_number[number] = CitedDocument(title, number, _page(entry))
        return tuple(cited for cited in by_number.values() if cited.title)

    def related(self, document: Document) -> tuple[RelatedDocument, ...]:
        """Return the relations of ``document``: those that others declare to it, then those that it declares."""
        declared_here = [
            self._related(
                f"本文件{relation.kind}",
                meant_by(document, self._named.get(relation.target, ())),
                relation.target,
            )
            for relation in document.relations
        ]
        declared_elsewhere = [
            self._related(
                DONE_BY[declaration.kind],
                (declaration.issue, declaration.document),
                declaration.document.identifier,
            )
            for declaration in declared_for(document, self._declarations)
        ]
        return (*declared_elsewhere, *declared_here)

    def comparisons(self) -> Iterator[tuple[TextVersion, TextVersion]]:
        """Yield each text that has an earlier one in the archive, behind the last one before it."""
        for issue in self._publication.issues:
            for document in issue.documents:
                texts = self._history(document).texts
                for before, after in pairwise(texts):
                    if after.path == document.path:
                        yield before, after

    def _history(self, document: Document) -> VersionHistory:
        return version_history((self._issues[document.path], document), self._named, self._declarations)

    def _corrected_by(self, document: Document) -> tuple[CorrectedWords, ...]:
        names = {document.slug, document.identifier}
        return tuple(
            _corrected_words(erratum, (declaration.issue, declaration.document))
            for declaration in declared_for(document, self._declarations)
            if declaration.kind == "更正"
            for erratum in declaration.document.errata
            if erratum.target in names
        )

    def _corrects(self, document: Document) -> tuple[CorrectedWords, ...]:
        return tuple(
            _corrected_words(erratum, meant_by(document, self._named.get(erratum.target, ())))
            for erratum in document.errata
        )

    def validity(self, document: Document) -> str:
        """Return 有效性 as stated or declared; empty when neither."""
        return validity(document, self._declarations, self._day)

    def labels(self, issue: Issue) -> Labels:
        """Return what lists say of the state of the documents of ``issue``, by project path."""
        labels = (
            (document.path, state_label(issue.date, document, self._declarations))
            for document in issue.documents
        )
        return {path: label for path, label in labels if label is not None}

    def _related(self, phrase: str, entry: Entry | None, name: str) -> RelatedDocument:
        if entry is None:
            return RelatedDocument(phrase, name, "", "")
        return RelatedDocument(
            phrase, entry[1].identifier, entry[1].title, _page(entry), entry[1].listed_title
        )

    def _archive_number(self, number: str) -> str:
        """Return the number in the archive that ``number`` ends with, else ``number``.

        The words before a number may have been taken for part of its 机关代字.
        """
        if number not in self._named:
            for start in range(1, 10):
                if number[start:] in self._named:
                    return number[start:]
        return number


def _corrected_words(erratum: Erratum, entry: Entry | None) -> CorrectedWords:
    words = (erratum.where, erratum.wrong, erratum.right)
    if entry is None:
        return CorrectedWords(*words, erratum.target, "", "", "")
    issue, document = entry
    return CorrectedWords(*words, document.title, document.identifier, issue_name(issue), _page(entry))


def _page(entry: Entry | None) -> str:
    return addresses.document_page(*entry) if entry else ""


def citation(gazette: Gazette, issue: Issue, document: Document, first: int, last: int) -> str:
    """Return the reference by which to cite ``document``: title, number, gazette, issue, printed pages.

    ``first`` and ``last`` are its printed pages, 0 when they are not known.
    """
    pages = f"，第{first}—{last}页" if last > first else f"，第{first}页" if first else ""
    return f"{document.citation_name}，《{gazette.name}》{issue_name(issue)}{pages}"
