"""What lists and feeds say of the state of a document: words that stay true, and states by day for the reader's browser.

Everything comes from declared fields: 施行日期, 有效期至, 废止日期, 有效性, and the relations that other documents declare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.relations import (
    Declarations,
    ValidityChange,
    declarations,
    declared_for,
    pending_changes,
    validity,
    validity_changes,
)
from liulin_gazette.text.chinese_dates import chinese_date
from liulin_gazette.web.metadata import in_beijing_time, publication_time
from liulin_gazette.web.registers import Entry, without_documents

STATES_STATED = ("已废止", "失效", "部分失效", "已修订")
"""The values of 有效性 that a list shows; of a document in force it says nothing."""
_CORRECTED = "有更正"


@dataclass(frozen=True, slots=True)
class DatedWords:
    """What is said of a change of validity in words that are true on every day: 有效期至2026年3月31日."""

    day: date
    """The day from which the change holds."""
    act: str
    """What happens: 施行, 修订, 废止, 代替 or 失效."""
    words: str


@dataclass(frozen=True, slots=True)
class StateLabel:
    """The state of a document as lists show it."""

    stated: str
    """有效性 as the document itself states it; empty where it states none, or 现行有效."""
    changes: tuple[DatedWords, ...]
    is_corrected: bool
    since: date
    """The day of the issue. A clock that shows an earlier day is wrong: no state is computed for it."""
    states: tuple[tuple[date, str], ...]
    """有效性 from each day on, earliest first; the first one holds from ever."""

    @property
    def schedule(self) -> str:
        """``states`` as the page's script reads them: ``0001-01-01 尚未施行,2026-03-01 ,2031-03-01 失效``."""
        return schedule_text(self.states)

    @property
    def words(self) -> tuple[str, ...]:
        """All that is said without a script, in order."""
        dated = tuple(change.words for change in self.changes)
        return tuple(filter(None, (self.stated, *dated, _CORRECTED if self.is_corrected else "")))


def schedule_text(states: Iterable[tuple[date, str]]) -> str:
    """Return states with the day from which each holds as scripts read them."""
    return ",".join(f"{day.isoformat()} {state}" for day, state in states)


Labels = Mapping[str, StateLabel]
"""The labels of documents that have one, by project path."""
Touched = Mapping[str, Entry]
"""The newest document, with its issue, that declares a relation to each document of an earlier issue, by project path.

The page and the feed entry of such a document say something else since that issue.
"""


def state_labels(publication: Publication) -> dict[str, StateLabel]:
    """Return the labels of the documents of ``publication`` of whose state there is something to say, by project path."""
    declared = declarations(publication)
    labels = (
        (document.path, state_label(issue.date, document, declared))
        for issue in publication.issues
        for document in issue.documents
    )
    return {path: label for path, label in labels if label is not None}


def state_label(since: date, document: Document, declared: Declarations) -> StateLabel | None:
    """Return the label of ``document`` in an issue of the day ``since``; None where nothing is to be said."""
    changes = validity_changes(document, declared)
    corrected = any(each.kind == "更正" for each in declared_for(document, declared))
    stated = document.policy.validity if document.policy.validity in STATES_STATED else ""
    if not (changes or corrected or stated):
        return None
    days = dict.fromkeys((date.min, *(change.day for change in changes)))
    return StateLabel(
        stated,
        tuple(DatedWords(change.day, change.act, _lasting(change)) for change in changes),
        corrected,
        since,
        tuple((day, validity(document, declared, day)) for day in days),
    )


def _lasting(change: ValidityChange) -> str:
    """Return words for ``change`` that are true on every day."""
    day = chinese_date(change.day)
    match change.act:
        case "失效":
            return f"有效期至{chinese_date(change.day - timedelta(days=1))}"
        case "代替":
            return f"自{day}起被代替"
        case "废止":
            return f"自{day}起废止"
        case "修订":
            return f"自{day}起有修订"
        case _:
            return f"自{day}起{change.act}"


def later_states(document: Document, declared: Declarations, day: date) -> tuple[tuple[date, str], ...]:
    """Return 有效性 of ``document`` from each later day on which it changes, after ``day``."""
    states = {change.day: change.state for change in pending_changes(document, declared, day)}
    return tuple(states.items())


def shown_labels(labels: Labels, documents: Iterable[Document]) -> Labels:
    """Return those of ``labels`` that a page with ``documents`` shows, so that it depends on no others."""
    return {document.path: labels[document.path] for document in documents if document.path in labels}


def last_touched(publication: Publication) -> Touched:
    """Return what ``Touched`` describes: the newest document, of a later issue, that declares a relation to each."""
    declared = declarations(publication)
    places = {issue.name: place for place, issue in enumerate(publication.issues)}
    touched: dict[str, tuple[Issue, Document]] = {}
    for place, issue in enumerate(publication.issues):
        for document in issue.documents:
            later = [each for each in declared_for(document, declared) if places[each.issue.name] > place]
            if later:
                newest = max(later, key=lambda each: places[each.issue.name])
                touched[document.path] = without_documents(newest.issue), newest.document
    return touched


def newest_entries(entries: Iterable[Entry], touched: Touched) -> Iterator[Entry]:
    """Yield ``entries``, which are newest issue first; an older one stands with the issue that last touched it."""

    def standing(entry: Entry) -> tuple[date, int, int]:
        issue = touched[entry[1].path][0] if entry[1].path in touched else entry[0]
        return issue.date, issue.year, issue.number

    listed = list(entries)
    order = list(dict.fromkeys(map(standing, listed)))
    places = {key: place for place, key in enumerate(sorted(order, reverse=True))}
    yield from sorted(listed, key=lambda entry: places[standing(entry)])


def updated_time(issue: Issue, document: Document, touched: Touched) -> date | datetime:
    """Return when what is told of ``document`` last changed: its publication, or that of what touched it."""
    own = publication_time(issue, document)
    if document.path not in touched:
        return own
    return max(own, publication_time(*touched[document.path]), key=in_beijing_time)
