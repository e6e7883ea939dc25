"""The first screen: the issues with their state, and what is to be done next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.issue_folder import is_published, listed_documents, shown_name
from liulin_gazette.desk.kept_batches import Batch
from liulin_gazette.desk.screen import page, view
from liulin_gazette.desk.screens.begin_screen import ADDRESS, is_without_gazette
from liulin_gazette.editing.sample_gazette import is_tour_seen
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.publication import Issue
from liulin_gazette.review.issue_status import counts_by_folder, folder_of
from liulin_gazette.review.next_step import NextStep, Stage, days_until, next_step
from liulin_gazette.source.folder import issue_folders
from liulin_gazette.text.issue_name_form import ISSUE_NAME


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue as the first screen lists it."""

    name: str
    """Of its folder, such as 2026-1."""
    words: str
    """Its name in words."""
    issue: Issue | None
    """None where it cannot be read, or has no documents yet."""
    documents: int
    days: str
    """How far the day of publication is; empty once it is published, or where it is not known."""
    step: NextStep
    address: str
    """Where the next step is done."""
    errors: int
    warnings: int
    notes: int


def routes(desk: Desk) -> list[Route]:
    """Return the route of the first screen."""
    return [view(desk, "/", lambda request: _home(desk, request))]


def _home(desk: Desk, request: Request) -> Response:
    if is_without_gazette(desk):
        return RedirectResponse(ADDRESS)
    snapshot = desk.content.snapshot
    publication = snapshot.publication
    issues = {issue.folder: issue for issue in publication.issues} if publication else {}
    folders = _folders(desk, issues)
    counts, none = counts_by_folder(snapshot.diagnostics), dict.fromkeys(Severity, 0)
    cards = [_card(desk, folder, issues.get(folder), counts.get(folder, none)) for folder in folders]
    return page(
        desk,
        request,
        "home",
        cards=cards,
        stages=tuple(Stage),
        loose=_loose(folders, snapshot.diagnostics),
        waiting=_waiting(desk, cards),
        lost=desk.batches.told,
        version=snapshot.version,
        is_tour_seen=is_tour_seen(desk.root),
    )


def _waiting(desk: Desk, cards: Sequence[IssueCard]) -> list[tuple[str, str, Batch]]:
    """Return address, name of the issue, and batch of the dropped files that no issue has taken yet."""
    names = {card.name: card.words for card in cards}
    return [
        (f"/issues/{batch.issue}/intake/{key}/", names[batch.issue], batch)
        for key, batch in desk.batches.waiting()
        if batch.issue in names
    ]


def _folders(desk: Desk, known: Collection[str]) -> list[str]:
    """Return the project paths of the issues' folders, newest first; those that are not ``known`` yet come before."""
    found = [
        folder
        for folder in reversed(issue_folders(desk.root))
        if ISSUE_NAME.fullmatch(folder.rpartition("/")[2])
    ]
    there = set(found)
    return [folder for folder in found if folder not in known] + [
        folder for folder in reversed(list(known)) if folder in there
    ]


def _card(desk: Desk, folder: str, issue: Issue | None, counts: Mapping[Severity, int]) -> IssueCard:
    name = folder.rpartition("/")[2]
    documents = listed_documents(desk, name)
    step = next_step(desk.root, folder, documents, is_published(desk, name), counts)
    is_made = step.stage in (Stage.PROOFING, Stage.PUBLISHING, Stage.PUBLISHED)
    day = days_until(issue.date, date.today()) if issue and step.stage is not Stage.PUBLISHED else ""
    errors, warnings, notes = (counts[severity] for severity in Severity)
    address = f"/issues/{name}/production/" if is_made else f"/issues/{name}/"
    return IssueCard(name, shown_name(name), issue, documents, day, step, address, errors, warnings, notes)


def _loose(folders: Sequence[str], diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """Return the findings that belong to no file of the issues in ``folders``, such as those of the settings, errors first."""
    known = set(folders)
    found = [each for each in diagnostics if each.place.path in known or folder_of(each) not in known]
    order = list(Severity)
    return sorted(found, key=lambda each: order.index(each.severity))
