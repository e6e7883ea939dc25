"""The stage that writes the site: its parts in the order in which they wait for each other least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.issue_files import write_pages, write_texts
from liulin_gazette.pipeline.ledger import LedgerEntry, PdfsEntry, TextsEntry
from liulin_gazette.pipeline.list_files import write_lists
from liulin_gazette.pipeline.manifest_files import write_manifest
from liulin_gazette.pipeline.search_files import finish_volumes, start_volumes
from liulin_gazette.pipeline.site_writer import SiteWriter
from liulin_gazette.web.indexed_text import IndexedText
from liulin_gazette.web.manifest import Digest
from liulin_gazette.web.references import References
from liulin_gazette.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it was written; entries of issues go by the project path of the issue's folder."""

    texts: Mapping[str, TextsEntry]
    pages: Mapping[str, LedgerEntry]
    volumes: Mapping[str, LedgerEntry]
    lists: LedgerEntry
    file_keys: Mapping[str, str]
    """The key of each list, by path below ``output``."""
    digests: Mapping[str, Digest]
    """Of every file, by path below ``output``."""
    is_signed: bool
    """False when signatures of the last manifest no longer hold and were left behind."""


def write_site(
    context: BuildContext, pdfs: Mapping[str, PdfsEntry], published: Path, pool: WorkerPool
) -> Site:
    """Write everything. Raises ContentChangedError, OutputError.

    ``pdfs`` are the entries of the issues that have PDFs, which are in the edition already, with their reports.
    ``published`` is the folder of the site that is published now.
    """
    publication, last = context.publication, context.last
    writer = SiteWriter(context.edition, last)
    references = References(publication, context.examined.cited)
    for issue in publication.issues:
        if issue.folder in pdfs:
            writer.list_files(pdfs[issue.folder].site_paths)
    texts = write_texts(context, writer, pool)
    started = start_volumes(publication, _indexed(texts), last, writer, pool)
    pages = write_pages(context, writer, references, pdfs, pool)
    volumes = finish_volumes(started, last, writer)
    pool.close_local()
    spans = {issue.name: pdfs[issue.folder].spans for issue in publication.issues if issue.folder in pdfs}
    lists = write_lists(context, writer, references, spans)
    is_signed = write_manifest(publication, writer, published)
    return Site(texts, pages, volumes, lists.entry, lists.file_keys, writer.digests, is_signed)


def _indexed(texts: Mapping[str, TextsEntry]) -> dict[str, IndexedText]:
    return {path: text for entry in texts.values() for path, text in entry.texts.items()}
