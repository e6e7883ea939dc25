"""The part of the site stage that writes what belongs to a single issue: texts for the search, and pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import pages_keys, texts_key
from liulin_gazette.pipeline.issue_pages import PagesUnit, make_pages, make_texts
from liulin_gazette.pipeline.ledger import SITE, LedgerEntry, PdfsEntry, TextsEntry
from liulin_gazette.pipeline.site_writer import SiteWriter
from liulin_gazette.web.data import IssuePages
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
    pool: WorkerPool,
) -> dict[str, LedgerEntry]:
    """Write pages, data and archives; return their entries by the project path of the issue's folder.

    ``pdfs`` are the entries of the issues that have PDFs. Raises ContentChangedError, OutputError.
    """
    issues, last = context.publication.issues, context.last.pages
    digests = {
        folder: [writer.digests[path].sha256 for path in entry.site_paths] for folder, entry in pdfs.items()
    }
    keys = pages_keys(context.inputs, context.publication, references, context.sources.folders, digests)
    entries: dict[str, LedgerEntry] = {}
    stale: list[tuple[int, str]] = []
    for index, (issue, key) in enumerate(zip(issues, keys, strict=True)):
        if entry := writer.keep(last.get(issue.folder), key):
            entries[issue.folder] = entry
        else:
            stale.append((index, key))
    units = _units(context, [index for index, _ in stale], references, pdfs, pool.are_elsewhere)
    for (index, key), files in zip(stale, pool.map(make_pages, units, len(stale)), strict=True):
        folder = issues[index].folder
        entries[folder] = LedgerEntry(key, writer.write(files, last.get(folder)))
    return entries


def _units(
    context: BuildContext,
    indexes: Sequence[int],
    references: References,
    pdfs: Mapping[str, PdfsEntry],
    are_elsewhere: bool,
) -> Iterator[PagesUnit]:
    """Yield the work on the issues at ``indexes``; one that ``are_elsewhere`` do keeps no compiled templates."""
    templates = context.inputs.templates
    if are_elsewhere:
        templates = replace(templates, compiled=None)
    series = replace(context.publication, issues=())
    contexts = issue_contexts(context.publication, references, indexes)
    for index, issue_context in zip(indexes, contexts, strict=True):
        issue = context.publication.issues[index]
        entry = pdfs.get(issue.folder)
        yield PagesUnit(
            series,
            context.sources.source(issue),
            issue_context,
            _printed_pages(context, issue) if entry else None,
            templates,
            {path.removeprefix(SITE): context.edition.read(path) for path in entry.site_paths}
            if entry
            else {},
        )


def _printed_pages(context: BuildContext, issue: Issue) -> IssuePages:
    """Return the printed page of each anchor, by document, as the issue's report tells."""
    pages: IssuePages = json.loads(context.edition.read(f"report/{issue.name}.json"))["页码"]
    return pages
