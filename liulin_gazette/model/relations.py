"""What documents do to one another, as the office declares it: 修订, 废止, 代替, 更正. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.publication import Document, Issue, Publication

VALIDITY_AFTER = {"废止": "已废止", "代替": "已废止", "修订": "已修订"}
"""有效性 of a document after another one did this to it; the gravest first."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declared relation as seen from the document that it was done to."""

    kind: str
    """One of ``model.RELATIONS``."""
    issue: Issue
    document: Document
    """The document that did it."""


Declarations = Mapping[str, tuple[Declaration, ...]]
"""What was done to each document, by its number."""


def declarations(publication: Publication) -> Declarations:
    """Return what the documents of ``publication`` declare to do, by the number that it is done to."""
    found: dict[str, list[Declaration]] = {}
    for issue in publication.issues:
        for document in issue.documents:
            for relation in document.relations:
                found.setdefault(str(relation.number), []).append(Declaration(relation.kind, issue, document))
    return {number: tuple(each) for number, each in found.items()}


def declared_validity(document: Document, declarations: Declarations) -> str:
    """Return what later documents make of ``document``'s 有效性, or nothing."""
    kinds = {declaration.kind for declaration in declarations.get(str(document.number), ())}
    return next((state for kind, state in VALIDITY_AFTER.items() if kind in kinds), "")


def validity(document: Document, declarations: Declarations) -> str:
    """Return 有效性 as ``document`` states it, else as later documents declare; empty when none does."""
    return document.policy.validity or declared_validity(document, declarations)
