"""Reading and checking the whole series: each issue by itself, unless it was read before, then all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from liulin_gazette.check import apply_waivers, check_series
from liulin_gazette.check.engine import WaivedFinding
from liulin_gazette.check.published_issues import silent_changes
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.inputs import Content, ContentChangedError, read_content
from liulin_gazette.pipeline.issue_reading import Reading, ReadingUnit, in_order, read_issue
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.pipeline.reading_cache import keep_readings, kept_readings
from liulin_gazette.source.loader import report_no_issues
from liulin_gazette.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class Examined:
    """A series, and what loading and checking say of it."""

    publication: Publication | None
    """Without texts; None when it cannot be read whole."""
    diagnostics: tuple[Diagnostic, ...]
    excused: tuple[WaivedFinding, ...] = ()
    readable: Publication | None = None
    """What can be read of it, documents with errors left out; None without gazette.toml."""
    folders: Mapping[str, str] = field(default_factory=dict[str, str])
    """The digest of each issue's folder as it was read, by project path."""
    cited: Mapping[str, tuple[CitedNumber, ...]] = field(default_factory=dict[str, tuple[CitedNumber, ...]])
    """What each document cites, by its project path."""
    listed: tuple[str, ...] = ()
    """A digest of what lists can show of each issue of the publication."""


def examine(root: Path) -> Examined:
    """Load and check the series below the project folder ``root``, as it is now."""
    with WorkerPool() as pool:
        return examine_content(read_content(root), pool, PackedIssues())


def examine_unchanged(content: Content, pool: WorkerPool, packed: PackedIssues) -> Examined:
    """Load and check the series in ``content``. Raises ContentChangedError where a folder changes meanwhile."""
    examined = examine_content(content, pool, packed)
    for path, digest in content.folders.items():
        if examined.folders[path] != digest:
            raise ContentChangedError(path)
    return examined


def examine_content(content: Content, pool: WorkerPool, packed: PackedIssues) -> Examined:
    """Load and check the series in ``content``.

    Issues of which no reading is kept are read as they are now, and their texts are put into ``packed``.
    """
    known = kept_readings(content.readings, content.settings)
    unread = [path for path, digest in content.folders.items() if digest not in known]
    readings = {path: known[digest] for path, digest in content.folders.items() if digest in known}
    folders = dict(content.folders)
    units = _units(content, unread)
    for path, read in zip(unread, pool.map(read_issue, units, len(unread)), strict=True):
        readings[path], folders[path] = read.reading, read.key
        packed.keep(read.key, read.texts)
    if unread or len(known) != len(folders):
        by_digest = {folders[path]: reading for path, reading in sorted(readings.items())}
        keep_readings(content.readings, content.settings, by_digest)
    return _examined(content, [readings[path] for path in content.folders], folders)


def _units(content: Content, paths: Sequence[str]) -> Iterator[ReadingUnit]:
    for path in paths:
        yield ReadingUnit(content.reader.read(path), content.series.publication, content.series.prefix)


def _examined(content: Content, readings: Sequence[Reading], folders: Mapping[str, str]) -> Examined:
    series = content.series
    loading = (
        *series.findings,
        *report_no_issues(list(content.folders)),
        *(finding for reading in readings for finding in reading.found),
    )
    issues = in_order(readings)
    publication = series.publication and replace(series.publication, issues=tuple(map(_issue, issues)))
    if publication is None or has_errors(loading):
        return Examined(None, loading, readable=publication, folders=folders)
    cited = [reading.cited for reading in issues]
    checking = [finding for reading in issues for finding in reading.said]
    checked = apply_waivers(publication, [*checking, *check_series(publication, cited)])
    cited_by_path: dict[str, list[CitedNumber]] = {}
    for citation in (citation for of_issue in cited for citation in of_issue):
        cited_by_path.setdefault(citation.path, []).append(citation)
    changes = silent_changes(publication, series.published, content.published)
    return Examined(
        publication,
        (*loading, *checked.findings, *changes),
        checked.excused,
        publication,
        folders,
        {path: tuple(citations) for path, citations in cited_by_path.items()},
        tuple(reading.listed for reading in issues),
    )


def _issue(reading: Reading) -> Issue:
    assert reading.issue is not None
    return reading.issue
