"""The state of each issue: findings, pages, whether the built output is up to date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.damaged_output import undamaged
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.freshness import State, issue_states
from liulin_gazette.pipeline.inputs import Inputs
from liulin_gazette.pipeline.output_record import OutputRecord
from liulin_gazette.pipeline.staging import files_in
from liulin_gazette.source.folder import issue_folders
from liulin_gazette.text.issue_name_form import ISSUE_NAME


@dataclass(frozen=True, slots=True)
class IssueStatus:
    """The state of one issue."""

    issue: Issue
    findings: dict[Severity, int]
    """Number of findings of each severity."""
    pages: int
    """0 if it has not been built."""
    state: State


def output_states(
    root: Path,
    inputs: Inputs,
    examined: Examined,
    last: OutputRecord,
    chosen: Collection[str] | None = None,
) -> dict[str, State]:
    """Return how the output below ``root`` stands to each issue, by the project path of its folder.

    ``last`` is the record of the last build. Where some folders are ``chosen``, only those are looked at.
    """
    output = root / "output"
    if chosen is None:
        present = files_in(output)
    else:
        present = output_record.present_among(
            output, (path for each in chosen for path in last.paths_of(each))
        )
    return issue_states(
        inputs, examined, undamaged(root, last, present), output_record.stands(present), chosen
    )


def statuses(
    publication: Publication,
    diagnostics: tuple[Diagnostic, ...],
    last: OutputRecord,
    states: Mapping[str, State],
) -> tuple[IssueStatus, ...]:
    """Return the state of every issue of ``publication``, newest first.

    ``last`` is the record of the last build, and ``states`` are those of the issues by the project path of their folder.
    """
    return tuple(
        _status(issue, diagnostics, last, states[issue.folder]) for issue in reversed(publication.issues)
    )


def without_documents(
    root: Path, publication: Publication, diagnostics: tuple[Diagnostic, ...]
) -> Iterator[tuple[str, dict[Severity, int], str]]:
    """Yield each issue that has a folder and cannot be built, newest first: its folder, findings, and words for why."""
    known = {issue.folder for issue in publication.issues}
    for folder in reversed(issue_folders(root)):
        if folder in known or not ISSUE_NAME.fullmatch(folder.rpartition("/")[2]):
            continue
        counts = finding_counts(folder, diagnostics)
        yield folder, counts, "读不懂" if counts[Severity.ERROR] else "还没有公文"


def finding_counts(folder: str, diagnostics: tuple[Diagnostic, ...]) -> dict[Severity, int]:
    """Return the number of findings of each severity in ``folder``."""
    own = (finding for finding in diagnostics if finding.place.path.startswith(folder))
    return counts_by_folder(own).get(folder, dict.fromkeys(Severity, 0))


def counts_by_folder(diagnostics: Iterable[Diagnostic]) -> dict[str, dict[Severity, int]]:
    """Return the number of findings of each severity by the folder of the issue that they are in; "" for the others."""
    counts: dict[str, dict[Severity, int]] = {}
    for finding in diagnostics:
        of_folder = counts.setdefault(folder_of(finding), dict.fromkeys(Severity, 0))
        of_folder[finding.severity] += 1
    return counts


def folder_of(finding: Diagnostic) -> str:
    """Return the project path of the folder of ``content/`` that ``finding`` is in, or of the file that lies there."""
    return "/".join(finding.place.path.split("/", 2)[:2])


def _status(
    issue: Issue, diagnostics: tuple[Diagnostic, ...], last: OutputRecord, state: State
) -> IssueStatus:
    counts = finding_counts(issue.folder, diagnostics)
    pdfs = last.pdfs.get(issue.folder) or last.former_pdfs.get(issue.folder)
    return IssueStatus(issue, counts, pdfs.issue.pages if pdfs and state is not State.MISSING else 0, state)
