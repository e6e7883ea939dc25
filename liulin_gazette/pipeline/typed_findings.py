"""Findings about one document as it is being typed, within the pause between two words.

What a document says of itself, and its place in the series, is checked at once, by the same rules. What takes the other
texts of its issue, or its printed pages, is known from the last check of everything, and stays on lines that stay.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from liulin_gazette.check import apply_waivers, check_document, check_series
from liulin_gazette.check.engine import UNUSED_WAIVER
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.issue_reading import without_texts
from liulin_gazette.pipeline.typed_folders import TypedFolders
from liulin_gazette.source.documents import load_document
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import LoadedSeries, assembled, load_issue

_OF_WAIVERS = (UNUSED_WAIVER, "B031")


@dataclass(frozen=True, slots=True)
class CheckedAlone:
    """What can be said of a document at once."""

    lines: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    """Before waivers are applied."""
    document: FullText | None
    """None if it cannot be read."""
    issue: Issue | None
    """Without its texts."""
    cited: tuple[CitedNumber, ...] = ()
    of_series: tuple[Diagnostic, ...] = ()
    """Those of the ``findings`` that compare it with the series: they depend on ``issue`` and ``cited`` alone."""


def checked_alone(
    folders: TypedFolders,
    path: str,
    content: bytes,
    last: Examined | None,
    before: CheckedAlone | None = None,
) -> CheckedAlone:
    """Check the document at the project ``path`` with ``content``; ``last`` is the series as last read whole.

    ``folders`` has the files beside it.

    Where it stands to the series as it did when it was checked ``before`` with the same ``last``, that is not checked
    again: it takes longer the longer the series is.
    """
    series = folders.series()
    folder = _with_file(folders.issue(path.rpartition("/")[0]), path.rpartition("/")[2], content)
    lines = tuple(
        content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    findings = FindingCollector()
    document = load_document(folder, path.rpartition("/")[2], series.form, findings)
    found = list(findings.items)
    issue = _issue(folder, series, last)
    if document is None or issue is None or series.publication is None:
        return CheckedAlone(lines, tuple(found), document, issue)
    issue = without_texts(_with_document(issue, document))
    settings = settings_at(assembled(series.publication, [issue]), issue)
    checked = check_document(settings, document, folder.read_bytes)
    found += checked.findings
    if before is not None and (before.issue, before.cited) == (issue, checked.cited):
        of_series = before.of_series
    else:
        of_series = _found_in_series(path, issue, checked.cited, last)
    return CheckedAlone(lines, (*found, *of_series), document, issue, checked.cited, of_series)


def _found_in_series(
    path: str, issue: Issue, own: tuple[CitedNumber, ...], last: Examined | None
) -> tuple[Diagnostic, ...]:
    """Return what the rules for the series find in the document at ``path`` of ``issue``, which cites its ``own``."""
    if last is None or last.publication is None:
        return ()
    cited = [*(each for key, each in last.cited.items() if key != path), own]
    found = check_series(_with_issue(last.publication, issue), cited)
    return tuple(each for each in found if each.place.path == path)


def typed_findings(
    path: str, typed: CheckedAlone, saved: CheckedAlone, last: Examined | None, known: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Return the findings about the document at ``path`` as ``typed``, with its waivers applied.

    ``saved`` is the document as it is on the disk, of which everything was checked: ``last`` and ``known`` say so.
    """
    excused = [each.finding for each in last.excused] if last else []
    of_saved = {(each.code, each.message, each.place.line) for each in saved.findings}
    others = [
        each
        for each in (*known, *excused)
        if each.place.path == path
        and each.code not in _OF_WAIVERS
        and (each.code, each.message, each.place.line) not in of_saved
    ]
    found = (*typed.findings, *_moved(others, saved.lines, typed.lines))
    if typed.issue is None or typed.document is None or last is None or last.publication is None:
        return tuple(sorted(found, key=_order))
    whole = _with_issue(last.publication, typed.issue)
    checked = apply_waivers(whole, found).findings
    return tuple(sorted((each for each in checked if each.place.path == path), key=_order))


def _order(finding: Diagnostic) -> tuple[int, int, str]:
    return finding.place.line, finding.place.column, finding.code


def _moved(findings: Iterable[Diagnostic], old: Sequence[str], new: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield ``findings`` on lines of ``old`` that are in ``new`` too, at the nearest place where they are."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(new, 1):
        places[line].append(number)
    for finding in findings:
        number = finding.place.line
        if not 0 < number <= len(old):
            yield finding
        elif same := places.get(old[number - 1]):
            nearest = min(same, key=partial(_distance, number))
            yield replace(finding, place=replace(finding.place, line=nearest))


def _with_file(folder: Folder, name: str, content: bytes) -> Folder:
    digest = hashlib.sha256(content).hexdigest()
    unreadable = {key: why for key, why in folder.unreadable.items() if key != name}
    return replace(
        folder,
        files={**folder.files, name: content},
        digests={**folder.digests, name: digest},
        unreadable=unreadable,
    )


def _issue(folder: Folder, series: LoadedSeries, last: Examined | None) -> Issue | None:
    """Return the issue in ``folder``, as last read if it was; None where it cannot be read."""
    known = last.publication.issues if last and last.publication else ()
    found = next((issue for issue in known if issue.folder == folder.path), None)
    return found or load_issue(folder, series.form)[0]


def _with_document(issue: Issue, document: Document) -> Issue:
    """Return ``issue`` with ``document`` in place of the one of its path; last where there is none."""
    *above, last = issue.sections
    if all(each.path != document.path for each in issue.documents):
        section = replace(last, documents=(*last.documents, document))
        return replace(issue, sections=(*above, section))
    sections = tuple(
        replace(
            section,
            documents=tuple(document if each.path == document.path else each for each in section.documents),
        )
        for section in issue.sections
    )
    return replace(issue, sections=sections)


def _with_issue(publication: Publication, issue: Issue) -> Publication:
    issues = tuple(issue if each.folder == issue.folder else each for each in publication.issues)
    return replace(publication, issues=issues)


def _distance(here: int, there: int) -> int:
    return abs(here - there)
