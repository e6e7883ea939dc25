"""The stage that writes the site: its parts in the order in which they wait for each other least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.output_record import EditionEntry, PdfsEntry, RecordedFiles, TextsEntry
from liulin_gazette.pipeline.site_parts.archive_files import write_archives
from liulin_gazette.pipeline.site_parts.bulk_files import write_bulk
from liulin_gazette.pipeline.site_parts.comparison_files import write_comparisons
from liulin_gazette.pipeline.site_parts.edition_files import write_editions
from liulin_gazette.pipeline.site_parts.issue_files import write_pages, write_texts
from liulin_gazette.pipeline.site_parts.list_files import write_feeds, write_lists
from liulin_gazette.pipeline.site_parts.manifest_files import write_manifest
from liulin_gazette.pipeline.site_parts.page_picture_files import write_pictures
from liulin_gazette.pipeline.site_parts.search_files import FOLDER as SEARCH_FOLDER
from liulin_gazette.pipeline.site_parts.search_files import finish_volumes, start_volumes
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.pipeline.site_parts.typeset_editions import write_typeset_editions
from liulin_gazette.web.manifest import Digest
from liulin_gazette.web.offline import offline_worker
from liulin_gazette.web.references import References
from liulin_gazette.web.search.indexed_text import IndexedText
from liulin_gazette.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it was written; entries of issues go by the project path of the issue's folder."""

    texts: Mapping[str, TextsEntry]
    pages: Mapping[str, RecordedFiles]
    editions: Mapping[str, Mapping[str, EditionEntry]]
    """The editions (成品) of each issue by name."""
    unmade: tuple[Diagnostic, ...]
    """Why some editions could not be made: the next build tries them again."""
    volumes: Mapping[str, RecordedFiles]
    lists: RecordedFiles
    file_keys: Mapping[str, str]
    """The key of each list and of each picture of a page, by path below ``output``."""
    digests: Mapping[str, Digest]
    """Of every file, by path below ``output``."""
    lost_signatures: tuple[Diagnostic, ...]
    """What is told of signatures of the last manifest that were left behind."""


def write_site(
    context: BuildContext,
    pdfs: Mapping[str, PdfsEntry],
    published: Path,
    pool: WorkerPool,
    is_typesetting: bool,
) -> Site:
    """Write everything. Raises ContentChangedError, OutputError.

    ``pdfs`` are the entries of the issues that have PDFs, which are in the edition already, with their reports.
    ``published`` is the folder of the site that is published now. Unless the build ``is_typesetting``, no edition is typeset either.
    """
    publication, last = context.publication, context.last
    writer = SiteWriter(context.edition, last)
    references = References(publication, context.examined.cited)
    for issue in publication.issues:
        if issue.folder in pdfs:
            writer.list_files(pdfs[issue.folder].site_paths)
    texts = write_texts(context, writer, pool)
    folder = context.root / SEARCH_FOLDER
    started = start_volumes(publication, _indexed(texts), last, writer, pool, folder)
    editions = write_editions(context, writer, pdfs, pool)
    archives = write_archives(context, writer, pdfs, pool)
    typeset = write_typeset_editions(context, writer, pdfs, pool, is_typesetting)
    for folder, own in (*typeset.entries.items(), *archives.items()):
        editions.setdefault(folder, {}).update(own)
    pages = write_pages(context, writer, references, pdfs, editions, pool)
    volumes = finish_volumes(started, last, writer)
    picture_keys = write_pictures(context, writer, pdfs, pool)
    pool.close_local()
    spans = {issue.name: pdfs[issue.folder].spans for issue in publication.issues if issue.folder in pdfs}
    lists = write_lists(context, writer, references, spans)
    feed_keys = write_feeds(context, writer, spans, _indexed(texts))
    comparison_keys = write_comparisons(context, writer, references, _indexed(texts))
    bulk_keys = write_bulk(context, writer)
    _write_offline_worker(context, writer)
    lost_signatures = write_manifest(publication, writer, published)
    return Site(
        texts,
        pages,
        editions,
        typeset.failures,
        volumes,
        lists.entry,
        {**lists.file_keys, **feed_keys, **comparison_keys, **bulk_keys, **picture_keys},
        writer.digests,
        lost_signatures,
    )


def _write_offline_worker(context: BuildContext, writer: SiteWriter) -> None:
    worker = offline_worker(context.publication, writer.site_digests, context.inputs.templates)
    writer.write_assets([worker])


def _indexed(texts: Mapping[str, TextsEntry]) -> dict[str, IndexedText]:
    return {path: text for entry in texts.values() for path, text in entry.texts.items()}
