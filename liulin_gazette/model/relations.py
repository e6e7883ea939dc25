"""Relations between documents (修订, 废止, 代替, 更正, 解读) and validity, as the office declares them; none is inferred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue, Publication

VALIDITY_AFTER = {"废止": "已废止", "代替": "已废止", "修订": "已修订"}
"""有效性 of a document after another one did this to it."""
NOT_YET_EFFECTIVE = "尚未施行"
EXPIRED = "失效"
_SERIOUSNESS = ("已废止", EXPIRED, "部分失效", "已修订")
"""The states that outweigh others, the most serious first."""
_NOT_IN_FORCE = _SERIOUSNESS[:2]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declared relation, seen from the document that it affects."""

    kind: str
    """One of ``document.RELATIONS``."""
    issue: Issue
    document: Document
    """The document that declares it."""
    affects: str = ""
    """Project path of the document affected where several have the name that is given; else empty."""

    @property
    def day(self) -> date:
        """The day from which it holds: that on which the declaring document takes effect."""
        return self.document.policy.effective or self.document.date


Declarations = Mapping[str, tuple[Declaration, ...]]
"""The relations that affect each document, by a name of it: its number, or the last part of its address."""


NamedDocuments = Mapping[str, tuple[tuple[Issue, Document], ...]]
"""Documents with their issues, by a name of them."""


@dataclass(frozen=True, slots=True)
class ValidityChange:
    """A day on which the validity of a document changes."""

    day: date
    act: str
    """What happens: 施行, 修订, 废止, 代替 or 失效."""
    state: str
    """有效性 from that day on; empty where it takes effect."""


def declarations(publication: Publication) -> Declarations:
    """Return what the documents of ``publication`` declare, by the name that they give the document affected."""
    found: dict[str, list[Declaration]] = {}
    named = documents_by_name(publication)
    for issue in publication.issues:
        for document in issue.documents:
            for relation in document.relations:
                bearers = named.get(relation.target, ())
                meant = meant_by(document, bearers) if len(bearers) > 1 else None
                affects = meant[1].path if meant else ""
                found.setdefault(relation.target, []).append(
                    Declaration(relation.kind, issue, document, affects)
                )
    return {number: tuple(each) for number, each in found.items()}


def documents_by_name(publication: Publication) -> NamedDocuments:
    """Return the documents of ``publication`` with their issues by number and by the last part of their address."""
    named: dict[str, list[tuple[Issue, Document]]] = {}
    for issue in publication.issues:
        for document in issue.documents:
            for name in filter(None, dict.fromkeys((document.slug, document.identifier))):
                named.setdefault(name, []).append((issue, document))
    return {name: tuple(bearers) for name, bearers in named.items()}


def meant_by(document: Document, bearers: Sequence[tuple[Issue, Document]]) -> tuple[Issue, Document] | None:
    """Return which of the ``bearers`` of a name ``document`` means: the last one that is not later than it.

    Orders are numbered from 1 again after an election, and addresses are unique in an issue only.
    """
    others = [each for each in bearers if each[1].path != document.path] or list(bearers)
    earlier = [each for each in others if each[1].date <= document.date]
    return max(earlier or others, key=lambda each: each[1].date, default=None)


def declared_for(document: Document, declarations: Declarations) -> tuple[Declaration, ...]:
    """Return the relations that affect ``document``, named by its number or by its address."""
    by_number = declarations.get(document.identifier, ()) if document.identifier else ()
    by_name = (*by_number, *declarations.get(document.slug, ()))
    return tuple(each for each in by_name if each.affects in ("", document.path))


def validity_changes(document: Document, declarations: Declarations) -> tuple[ValidityChange, ...]:
    """Return the days on which the validity of ``document`` changes, in order.

    They follow from its own dates and from the relations that other documents declare.
    """
    return tuple(sorted(_changes(document, declarations), key=lambda change: (change.day, change.act)))


def _changes(document: Document, declarations: Declarations) -> Iterator[ValidityChange]:
    policy = document.policy
    if policy.effective:
        yield ValidityChange(policy.effective, "施行", "")
    if policy.expires:
        yield ValidityChange(policy.expires + timedelta(days=1), EXPIRED, EXPIRED)
    if policy.repealed:
        yield ValidityChange(policy.repealed, "废止", "已废止")
    for declaration in declared_for(document, declarations):
        if declaration.kind in VALIDITY_AFTER:
            yield ValidityChange(declaration.day, declaration.kind, VALIDITY_AFTER[declaration.kind])


def declared_validity(document: Document, declarations: Declarations, day: date) -> str:
    """Return 有效性 of ``document`` on ``day`` by its dates and by what later documents declare; empty where unknown."""
    return _validity(document, declarations, day, "")


def validity(document: Document, declarations: Declarations, day: date) -> str:
    """Return 有效性 of ``document`` on ``day``; empty where unknown.

    It is what the document itself states, or what has come about by its dates and by what later documents declare,
    whichever is more serious.
    """
    return _validity(document, declarations, day, document.policy.validity)


def _validity(document: Document, declarations: Declarations, day: date, stated: str) -> str:
    changes = validity_changes(document, declarations)
    states = {stated, *(change.state for change in changes if change.day <= day)}
    if state := next((state for state in _SERIOUSNESS if state in states), stated):
        return state
    waits = any(change.act == "施行" and change.day > day for change in changes)
    return NOT_YET_EFFECTIVE if waits else ""


def pending_changes(document: Document, declarations: Declarations, day: date) -> Iterator[ValidityChange]:
    """Yield the changes of the validity of ``document`` after ``day``, in order, each with 有效性 from its day on.

    Left out is what happens to a document that is no longer in force by then and leaves it as it is.
    """
    state = validity(document, declarations, day)
    later = (change for change in validity_changes(document, declarations) if change.day > day)
    for then, changes in groupby(later, key=lambda change: change.day):
        state_then = validity(document, declarations, then)
        if state_then != state or state not in _NOT_IN_FORCE:
            yield from (replace(change, state=state_then) for change in changes)
        state = state_then


def state_day(publication: Publication) -> date:
    """Return the day for which a build states validity: that of the newest issue, never the day of the build."""
    return max((issue.date for issue in publication.issues), default=date.min)
