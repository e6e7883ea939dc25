"""The part of the site stage that writes what belongs to a single issue: texts for the search, and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import offered_files, pages_keys, texts_key
from liulin_gazette.pipeline.issue_pages import PagesUnit, make_pages, make_texts
from liulin_gazette.pipeline.output_record import SITE, EditionEntry, PdfsEntry, RecordedFiles, TextsEntry
from liulin_gazette.pipeline.site_parts.edition_files import printed_pages
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.web.other_formats import FileSizes
from liulin_gazette.web.references import References
from liulin_gazette.web.site import issue_contexts
from liulin_gazette.workers.pool import WorkerPool


def write_texts(context: BuildContext, writer: SiteWriter, pool: WorkerPool) -> dict[str, TextsEntry]:
    """Write the files with the texts of documents; return their entries by the project path of the issue's folder.

    Raises ContentChangedError, OutputError.
    """
    issues, last = context.publication.issues, context.last.texts
    entries: dict[str, TextsEntry] = {}
    stale: list[tuple[Issue, str]] = []
    for issue in issues:
        key = texts_key(context.sources.folders[issue.folder])
        if entry := writer.keep(last.get(issue.folder), key):
            entries[issue.folder] = entry
        else:
            stale.append((issue, key))
    sources = (context.sources.source(issue) for issue, _ in stale)
    for (issue, key), files in zip(stale, pool.map(make_texts, sources, len(stale)), strict=True):
        paths = writer.write(files, last.get(issue.folder))
        entries[issue.folder] = TextsEntry(key, paths, files.texts)
    return {issue.folder: entries[issue.folder] for issue in issues}


def write_pages(
    context: BuildContext,
    writer: SiteWriter,
    references: References,
    pdfs: Mapping[str, PdfsEntry],
    editions: Mapping[str, Mapping[str, EditionEntry]],
    pool: WorkerPool,
) -> dict[str, RecordedFiles]:
    """Write pages, data and archives; return their entries by the project path of the issue's folder.

    ``pdfs`` are the entries of the issues that have PDFs, ``editions`` those of their other editions. Raises ContentChangedError, OutputError.
    """
    issues, last = context.publication.issues, context.last.pages
    digests = {
        folder: [writer.digests[path].sha256 for path in entry.pdf_paths] for folder, entry in pdfs.items()
    }
    offered = offered_files(writer.digests, pdfs, editions)
    keys = pages_keys(
        context.inputs, context.publication, references, context.sources.folders, digests, offered
    )
    entries: dict[str, RecordedFiles] = {}
    stale: list[tuple[int, str]] = []
    for index, (issue, key) in enumerate(zip(issues, keys, strict=True)):
        if entry := writer.keep(last.get(issue.folder), key):
            entries[issue.folder] = entry
        else:
            stale.append((index, key))
    units = _units(context, [index for index, _ in stale], references, pdfs, offered, pool.is_remote)
    for (index, key), files in zip(stale, pool.map(make_pages, units, len(stale)), strict=True):
        folder = issues[index].folder
        entries[folder] = RecordedFiles(key, writer.write(files, last.get(folder)))
    return entries


def _units(
    context: BuildContext,
    indexes: Sequence[int],
    references: References,
    pdfs: Mapping[str, PdfsEntry],
    offered: Mapping[str, FileSizes],
    is_remote: bool,
) -> Iterator[PagesUnit]:
    """Yield the work on the issues at ``indexes``; units of work for a cluster (``is_remote``) carry no compiled templates."""
    templates = context.inputs.templates
    if is_remote:
        templates = replace(templates, compiled=None)
    now = context.publication.gazette
    contexts = issue_contexts(context.publication, references, indexes)
    for index, issue_context in zip(indexes, contexts, strict=True):
        issue = context.publication.issues[index]
        entry = pdfs.get(issue.folder)
        yield PagesUnit(
            now,
            settings_at(context.publication, issue),
            context.sources.source(issue),
            issue_context,
            printed_pages(context.edition, issue, entry) if entry else None,
            offered.get(issue.folder, {}),
            templates,
            {path.removeprefix(SITE): context.edition.read(path) for path in entry.pdf_paths}
            if entry
            else {},
        )
