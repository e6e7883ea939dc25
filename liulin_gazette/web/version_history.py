"""The texts of one instrument that the gazette printed, as the pages of documents and of comparisons list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from liulin_gazette.model.document import Document
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.relations import Declarations, NamedDocuments, validity_changes
from liulin_gazette.model.text_versions import Printed, first_day, text_versions
from liulin_gazette.web import addresses
from liulin_gazette.web.state_labels import StateLabel, state_label

_ENDS = ("已废止", "失效", "已修订", "部分失效")
"""The values of 有效性 after which a text does not hold as it was printed."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One of the texts."""

    path: str
    """Project path of the document."""
    title: str
    number: str
    issue: str
    """The name of the issue that has it."""
    page: str
    first: date
    """The day from which it holds."""
    is_effective_stated: bool
    """Whether ``first`` is 施行日期; else it is 成文日期."""
    last: date | None
    """The last day on which it holds as it was printed; None where none is declared."""
    undated_state: str
    """有效性 that says that it does not hold any more, stated without a day; mostly empty."""
    label: StateLabel | None
    comparison: str
    """The page that has it beside the text before it; empty for the first text."""


@dataclass(frozen=True, slots=True)
class LaterDocument:
    """A document that amends one of the texts and has no new text."""

    title: str
    number: str
    page: str
    day: date
    """The day from which it holds."""


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """The texts of one instrument, the first one first, and what the gazette does not have of them."""

    texts: tuple[TextVersion, ...] = ()
    unknown: tuple[str, ...] = ()
    amended_by: tuple[LaterDocument, ...] = ()

    @property
    def is_worth_telling(self) -> bool:
        """Whether there is more than one text that the gazette has or lacks."""
        return bool(len(self.texts) > 1 or self.unknown or self.amended_by)


NO_HISTORY = VersionHistory()


def version_history(entry: Printed, named: NamedDocuments, declared: Declarations) -> VersionHistory:
    """Return the texts of the instrument of which ``entry`` has one; ``NO_HISTORY`` where it was printed once and never amended."""
    found = text_versions(entry, named, declared)
    history = VersionHistory(
        tuple(_rows(found.texts, declared)),
        found.unknown,
        tuple(
            LaterDocument(
                document.title,
                document.identifier,
                addresses.document_page(issue, document),
                first_day(document),
            )
            for issue, document in found.amended_by
        ),
    )
    return history if history.is_worth_telling else NO_HISTORY


def _rows(texts: tuple[Printed, ...], declared: Declarations) -> Iterator[TextVersion]:
    for place, (issue, document) in enumerate(texts):
        stated = document.policy.validity if document.policy.validity in _ENDS else ""
        last = _last_day(document, declared)
        yield TextVersion(
            document.path,
            document.title,
            document.identifier,
            issue_name(issue),
            addresses.document_page(issue, document),
            first_day(document),
            document.policy.effective is not None,
            last,
            "" if last else stated,
            state_label(issue.date, document, declared),
            addresses.comparison_page(issue, document) if place else "",
        )


def _last_day(document: Document, declared: Declarations) -> date | None:
    days = (change.day for change in validity_changes(document, declared) if change.state)
    first = min(days, default=None)
    return first - timedelta(days=1) if first else None
