"""Relations between documents (修订, 废止, 代替, 更正), as the office declares them; none is inferred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.publication import Document, Issue, Publication

VALIDITY_AFTER = {"废止": "已废止", "代替": "已废止", "修订": "已修订"}
"""有效性 of a document after another one did this to it; the most serious comes first."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declared relation, seen from the document that it affects."""

    kind: str
    """One of ``publication.RELATIONS``."""
    issue: Issue
    document: Document
    """The document that declares it."""


Declarations = Mapping[str, tuple[Declaration, ...]]
"""The relations that affect each document, by its number."""


def declarations(publication: Publication) -> Declarations:
    """Return what the documents of ``publication`` declare, by the number of the document affected."""
    found: dict[str, list[Declaration]] = {}
    for issue in publication.issues:
        for document in issue.documents:
            for relation in document.relations:
                found.setdefault(str(relation.number), []).append(Declaration(relation.kind, issue, document))
    return {number: tuple(each) for number, each in found.items()}


def declared_validity(document: Document, declarations: Declarations) -> str:
    """Return the 有效性 that later documents declare for ``document``; empty where none does."""
    kinds = {declaration.kind for declaration in declarations.get(str(document.number), ())}
    return next((state for kind, state in VALIDITY_AFTER.items() if kind in kinds), "")


def validity(document: Document, declarations: Declarations) -> str:
    """Return 有效性 as ``document`` itself states it, else as later documents declare it; empty where neither does."""
    return document.policy.validity or declared_validity(document, declarations)
