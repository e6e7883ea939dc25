"""The whole series examined: each issue read and checked by itself, where it is not known already, then together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from liulin_gazette.cache.program import program_digest
from liulin_gazette.check import check_series, conclude
from liulin_gazette.check.engine import WaivedFinding
from liulin_gazette.check.published_issues import silent_changes
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.issue_reading import Reading, ReadingUnit, in_order, read_issue
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.pipeline.reading_cache import store_readings, stored_readings
from liulin_gazette.source.folder import Folder, PortableDigests, issue_folders, read_folder
from liulin_gazette.source.loader import LoadedSeries, is_issue, load_series, report_no_issues
from liulin_gazette.source.publication_records import FILE as RECORD
from liulin_gazette.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class Examined:
    """A series, and what loading and checking say of it."""

    publication: Publication | None
    """Without texts; None when it cannot be had whole."""
    diagnostics: tuple[Diagnostic, ...]
    excused: tuple[WaivedFinding, ...] = ()
    readable: Publication | None = None
    """What can be read of it, documents with errors left out; None without gazette.toml."""
    folders: Mapping[str, str] = field(default_factory=dict[str, str])
    """The digest of each issue's folder as it was read, by project path."""
    printed: Mapping[str, str] = field(default_factory=dict[str, str])
    """The same without what no printed page is made from: the record."""
    settings: str = ""
    """A digest of the program, and of gazette.toml and contacts.toml."""
    cited: Mapping[str, tuple[CitedNumber, ...]] = field(default_factory=dict[str, tuple[CitedNumber, ...]])
    """What each document cites, by its project path."""
    listed: tuple[str, ...] = ()
    """A digest of what lists can show of each issue of the publication."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in ``content/``, by digest."""

    content: Folder
    settings: str
    """A digest of the program, and of what concerns the whole series."""
    folders: Mapping[str, str]
    """The digest of each issue's folder, by project path."""
    printed: Mapping[str, str]
    """The same of those folders that are issues, without what no printed page is made from: the record."""
    published: Mapping[str, PortableDigests]
    """Portable digests of the files of each published issue, by the project path of its folder."""

    @property
    def digest(self) -> str:
        """A digest of it all."""
        listed = self.content.digests.get(RECORD, "")
        return _digest(self.settings, listed, *(f"{path}\0{digest}" for path, digest in self.folders.items()))


def survey(root: Path) -> Survey:
    """Return what lies below the project folder ``root`` now."""
    content = read_folder(root, "content")
    folders: dict[str, str] = {}
    printed: dict[str, str] = {}
    published: dict[str, PortableDigests] = {}
    for path in issue_folders(root):
        folder = read_folder(root, path)
        folders[path] = folder.digest
        if is_issue(folder):
            printed[path] = _without_record(folder).digest
        if RECORD in folder.digests or RECORD in content.digests:
            published[path] = folder.portable_digests
    settings = _digest(program_digest(), _without_record(content).digest)
    return Survey(content, settings, folders, printed, published)


def _without_record(folder: Folder) -> Folder:
    return replace(folder, digests={name: own for name, own in folder.digests.items() if name != RECORD})


def examine(
    root: Path,
    pool: WorkerPool | None = None,
    texts: PackedIssues | None = None,
    surveyed: Survey | None = None,
) -> Examined:
    """Load and check the series below ``root``; ``texts`` are kept of issues that had to be read."""
    if pool is None:
        with WorkerPool() as own:
            return examine(root, own, texts, surveyed)
    there = surveyed or survey(root)
    series = load_series(there.content)
    kept = stored_readings(root, there.settings)
    wanted = [path for path, digest in there.folders.items() if digest not in kept]
    units = _units(root, wanted, series)
    readings: dict[str, Reading] = {
        path: kept[digest] for path, digest in there.folders.items() if digest in kept
    }
    folders = dict(there.folders)
    for path, read in zip(wanted, pool.map(read_issue, units, len(wanted)), strict=True):
        readings[path], folders[path] = read.reading, read.key
        (texts or PackedIssues()).keep(read.key, read.packed)
    if wanted or len(kept) != len(folders):
        store_readings(root, there.settings, {folders[path]: each for path, each in sorted(readings.items())})
    return _examined(there, series, [readings[path] for path in there.folders], folders)


def _units(root: Path, wanted: list[str], series: LoadedSeries) -> Iterator[ReadingUnit]:
    for path in wanted:
        yield ReadingUnit(read_folder(root, path), series.publication, series.prefix)


def _examined(
    there: Survey, series: LoadedSeries, readings: list[Reading], folders: Mapping[str, str]
) -> Examined:
    found = (
        *series.findings,
        *report_no_issues(list(there.folders)),
        *(each for reading in readings for each in reading.load_findings),
    )
    known = in_order(readings)
    readable = series.publication and replace(series.publication, issues=tuple(map(_issue, known)))
    if readable is None or has_errors(found):
        return Examined(None, found, readable=readable, folders=folders, settings=there.settings)
    cited = [reading.cited for reading in known]
    said = [*(each for reading in known for each in reading.rule_findings), *check_series(readable, cited)]
    checked = conclude(readable, said)
    by_path: dict[str, list[CitedNumber]] = {}
    for each in (each for own in cited for each in own):
        by_path.setdefault(each.path, []).append(each)
    return Examined(
        readable,
        (*found, *checked.findings, *silent_changes(readable, series.published, there.published)),
        checked.excused,
        readable,
        folders,
        there.printed,
        there.settings,
        {path: tuple(own) for path, own in by_path.items()},
        tuple(reading.listed for reading in known),
    )


def _issue(reading: Reading) -> Issue:
    assert reading.issue is not None
    return reading.issue


def _digest(*words: str) -> str:
    whole = hashlib.sha256()
    for word in words:
        whole.update(word.encode() + b"\0")
    return whole.hexdigest()
