"""What documents say of one another: numbers cited in the text, and relations that the office declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from liulin_gazette.check.grammar.citations import citations
from liulin_gazette.check.passages import passages
from liulin_gazette.model import Document, Issue, Publication
from liulin_gazette.relations import declarations, validity
from liulin_gazette.web.registers import Entry

NUMBER = re.compile(r"[一-鿿]{2,12}〔\d{4}〕[1-9]\d{0,4}号")
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
    entry: Entry | None
    """Where the archive has it."""


@dataclass(frozen=True, slots=True)
class Related:
    """One end of a declared relation, as a line of the page."""

    phrase: str
    """本文件废止 or, from the other end, 本文件已被废止，见."""
    number: str
    entry: Entry | None


class References:
    """The relations of a publication, known from both ends."""

    def __init__(self, publication: Publication) -> None:
        self._entries: dict[str, Entry] = {
            str(document.number): (issue, document)
            for issue in publication.issues
            for document in issue.documents
        }
        self._declarations = declarations(publication)

    def entry(self, number: str) -> Entry | None:
        """Return the document with ``number``, where the archive has it."""
        return self._entries.get(number)

    def cited(self, document: Document) -> tuple[Cited, ...]:
        """Return what ``document`` cites by number, each once, in the order of the text."""
        found: dict[str, Cited] = {}
        own = str(document.number)
        for passage in passages(document):
            for citation in citations(passage.text) if passage.kind != "front" else ():
                number = self._known(str(citation.number))
                if number == own or (number in found and found[number].title):
                    continue
                entry = self._entries.get(number)
                title = citation.title or (entry[1].title if entry else "")
                found[number] = Cited(title, number, entry)
        return tuple(each for each in found.values() if each.title)

    def related(self, document: Document) -> tuple[Related, ...]:
        """Return the declared relations of ``document``: what it does, and what was done to it."""
        own = [
            Related(f"本文件{relation.kind}", str(relation.number), self._entries.get(str(relation.number)))
            for relation in document.relations
        ]
        others = [
            Related(
                DONE_BY[declaration.kind],
                str(declaration.document.number),
                (declaration.issue, declaration.document),
            )
            for declaration in self._declarations.get(str(document.number), ())
        ]
        return (*others, *own)

    def validity(self, document: Document) -> str:
        """Return 有效性 as stated or declared; empty when neither."""
        return validity(document, self._declarations)

    def _known(self, number: str) -> str:
        """Return the archive's number that ``number`` ends in: the text may run on before its code."""
        if number not in self._entries:
            for start in range(1, 10):
                if number[start:] in self._entries:
                    return number[start:]
        return number


def parts(text: str, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Part ``text`` at the document numbers that ``targets`` leads from: each part with its link, or none."""
    at = 0
    for found in NUMBER.finditer(text):
        for start in range(found.start(), found.end() - 8):
            number = text[start : found.end()]
            if number in targets:
                if start > at:
                    yield text[at:start], ""
                yield number, targets[number]
                at = found.end()
                break
    if at < len(text):
        yield text[at:], ""


def citation(publication: Publication, issue: Issue, document: Document, first: int, last: int) -> str:
    """Return how ``document`` is cited: title, number, journal, issue, and printed pages (0 for unknown)."""
    pages = f"，第{first}—{last}页" if last > first else f"，第{first}页" if first else ""
    return f"《{document.title}》（{document.number}），《{publication.name}》{issue.year}年第{issue.number}期{pages}"
