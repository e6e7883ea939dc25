"""Reading and checking the whole series: each issue by itself, unless it was read before, then all together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from liulin_gazette.check import apply_waivers, check_series
from liulin_gazette.check.published_issues import silent_changes
from liulin_gazette.check.rule import CitedNumber
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.correction_reading import corrections
from liulin_gazette.pipeline.edited_issues import FEW_ISSUES, EditedIssues
from liulin_gazette.pipeline.glyph_findings import unprintable_characters
from liulin_gazette.pipeline.inputs import Content, ContentChangedError, read_content
from liulin_gazette.pipeline.issue_reading import Loaded, Reading, ReadingUnit, ReadIssue, read_issue
from liulin_gazette.pipeline.kept_findings import FINDINGS, KeptFindings
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.pipeline.printed_page_findings import page_findings_before_build
from liulin_gazette.pipeline.published_witnesses import findings_of_witnesses
from liulin_gazette.pipeline.reading_cache import store_readings, stored_readings
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.loader import assembled, report_no_issues
from liulin_gazette.source.pictures.picture_decoding import picture_decoding
from liulin_gazette.workers.pool import WorkerPool

if TYPE_CHECKING:
    from liulin_gazette.check.engine import WaivedFinding


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
    list_digests: tuple[str, ...] = ()
    """A digest of what lists can show of each issue of the publication."""
    characters: tuple[str, ...] = ()
    """The characters that each issue of the publication prints or shows."""


def examine(root: Path, edited: EditedIssues | None = None) -> Examined:
    """Load and check the series below the project folder ``root``, as it is now, and whether it can be printed.

    ``edited`` has what is known of the documents that are being edited, and gets what is new.
    """
    content = read_content(root)
    with WorkerPool() as pool:
        examined = examine_content(content, pool, PackedIssues(), edited)
    unprintable = (
        unprintable_characters(
            content.reader,
            content.series.form,
            examined.publication,
            examined.characters,
            content.series.texts,
        )
        if examined.publication
        else ()
    )
    by_page = page_findings_before_build(content, examined.publication) if examined.publication else ()
    lost = findings_of_witnesses(content, examined.readable)
    return replace(examined, diagnostics=(*examined.diagnostics, *lost, *unprintable, *by_page))


def learn_issue(root: Path, path: str, edited: EditedIssues) -> None:
    """Read and check the issue in the folder at the project ``path``, so that ``edited`` knows its documents.

    Of an issue of which a reading is stored it knows nothing: the first edit would cost all documents, not one.
    """
    content = read_content(root)
    if path in content.folders:
        with picture_decoding(content.reader.root) as read_folder:
            for unit in _units(content, [path], read_folder, set()):
                read_issue(unit, edited.issue(unit.folder, content.settings, is_edited=False))


def examine_unchanged(
    content: Content, pool: WorkerPool, packed: PackedIssues, loaded: Loaded | None = None
) -> Examined:
    """Load and check the series in ``content``. Raises ContentChangedError where a folder changes meanwhile.

    Where only one issue has changed, it is given to ``loaded`` before it is checked.
    """
    examined = examine_content(content, pool, packed, loaded=loaded)
    for path, digest in content.folders.items():
        if examined.folders[path] != digest:
            raise ContentChangedError(path)
    return examined


def examine_content(
    content: Content,
    pool: WorkerPool,
    packed: PackedIssues,
    edited: EditedIssues | None = None,
    loaded: Loaded | None = None,
) -> Examined:
    """Load and check the series in ``content``.

    Issues of which no reading is stored are read as they are now, and their texts are put into ``packed``. Where they are
    few, ``edited`` has what is known of their documents, and gets what is new; one by itself is given to ``loaded``.
    """
    known = stored_readings(content.readings, content.settings)
    unread = [path for path, digest in content.folders.items() if digest not in known]
    readings = {path: known[digest] for path, digest in content.folders.items() if digest in known}
    folders = dict(content.folders)
    undecodable: set[str] = set()
    with picture_decoding(content.reader.root) as read_folder:
        units = _units(content, unread, read_folder, undecodable)
        if edited is not None and len(unread) <= FEW_ISSUES:
            read_again = (read_issue(unit, edited.issue(unit.folder, content.settings)) for unit in units)
        elif loaded is not None and len(unread) == 1:
            read_again = _read_alone(content, units, loaded)
        else:
            read_again = pool.map(read_issue, units, len(unread))
        for path, read in zip(unread, read_again, strict=True):
            readings[path], folders[path] = read.reading, read.key
            packed.keep(read.key, read.packed)
    if unread or len(known) != len(folders):
        # A picture may have run into a limit that it does not reach next time: its issue is read again then.
        sound = sorted(path for path in readings if path not in undecodable)
        by_digest = {folders[path]: readings[path] for path in sound}
        store_readings(content.readings, content.settings, by_digest)
    return _examined(content, [readings[path] for path in content.folders], folders)


def _read_alone(content: Content, units: Iterator[ReadingUnit], loaded: Loaded) -> Iterator[ReadIssue]:
    """Yield the only one of ``units``, read and checked, after it was given to ``loaded``."""
    kept = KeptFindings(content.readings.with_name(FINDINGS), content.settings)
    for unit in units:
        yield read_issue(unit, loaded=loaded, kept=kept.of(unit.folder))
        kept.store()


def _units(
    content: Content, paths: Sequence[str], read_folder: Callable[[str], Folder], undecodable: set[str]
) -> Iterator[ReadingUnit]:
    """Yield the issues at ``paths``; those with pictures that cannot be decoded are added to ``undecodable``."""
    for path in paths:
        folder = read_folder(path)
        if folder.undecodable:
            undecodable.add(path)
        yield ReadingUnit(folder, content.series.publication, content.series.form)


def _examined(content: Content, readings: Sequence[Reading], folders: Mapping[str, str]) -> Examined:
    series = content.series
    loading = (
        *series.findings,
        *report_no_issues(list(content.folders)),
        *(finding for reading in readings for finding in reading.load_findings),
    )
    by_folder = {reading.issue.folder: reading for reading in readings if reading.issue}
    publication = series.publication and assembled(
        series.publication, [reading.issue for reading in by_folder.values() if reading.issue]
    )
    if publication is None or has_errors(loading):
        others = _findings_in_readable(publication, readings) if not has_errors(series.findings) else ()
        return Examined(None, (*loading, *others), readable=publication, folders=folders)
    issues = [by_folder[issue.folder] for issue in publication.issues]
    cited = [reading.cited for reading in issues]
    checking = [finding for reading in issues for finding in reading.rule_findings]
    corrected = tuple(corrections(publication, content.reader, series.form))
    of_series = check_series(publication, cited, series.texts, corrected)
    checked = apply_waivers(publication, [*checking, *of_series])
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
        tuple(reading.list_digest for reading in issues),
        tuple(reading.characters for reading in issues),
    )


def _findings_in_readable(
    publication: Publication | None, readings: Sequence[Reading]
) -> Iterator[Diagnostic]:
    """Yield what rules find in the documents that can be read while others cannot; rules for the series are not run.

    Whether a waiver is of use is not known then.
    """
    from liulin_gazette.check.engine import UNUSED_WAIVER

    if publication is not None:
        placed = [finding for reading in readings for finding in reading.rule_findings]
        yield from (
            each for each in apply_waivers(publication, placed).findings if each.code != UNUSED_WAIVER
        )
