"""The state of each issue: findings, pages, whether the built output is up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.freshness import State
from liulin_gazette.pipeline.ledger import Ledger


@dataclass(frozen=True, slots=True)
class IssueStatus:
    """The state of one issue."""

    issue: Issue
    findings: dict[Severity, int]
    """Number of findings of each severity."""
    pages: int
    """0 if it has not been built."""
    state: State


def statuses(
    publication: Publication,
    diagnostics: tuple[Diagnostic, ...],
    last: Ledger,
    states: Mapping[str, State],
) -> tuple[IssueStatus, ...]:
    """Return the state of every issue of ``publication``, newest first.

    ``last`` is the record of the last build, and ``states`` are those of the issues by the project path of their folder.
    """
    return tuple(
        _status(issue, diagnostics, last, states[issue.folder]) for issue in reversed(publication.issues)
    )


def _status(issue: Issue, diagnostics: tuple[Diagnostic, ...], last: Ledger, state: State) -> IssueStatus:
    own = [finding for finding in diagnostics if finding.place.path.startswith(issue.folder + "/")]
    counts = {severity: sum(finding.severity is severity for finding in own) for severity in Severity}
    pdfs = last.pdfs.get(issue.folder) or last.former_pdfs.get(issue.folder)
    return IssueStatus(issue, counts, pdfs.issue.pages if pdfs and state is not State.MISSING else 0, state)
