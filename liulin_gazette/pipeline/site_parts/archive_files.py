"""The part of the site stage that writes the archive packages (归档包) of published issues, beside the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.editions.archive_package import ArchiveSource, archive_package, place_of
from liulin_gazette.editions.edition import EditionFiles
from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.editions import ARCHIVE_PACKAGE
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import current, page_key
from liulin_gazette.pipeline.issue_pages import IssueSource
from liulin_gazette.pipeline.output_record import EditionEntry, PdfsEntry
from liulin_gazette.pipeline.site_parts.edition_files import printed_pages
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import MAX_PICTURE_BYTES
from liulin_gazette.web.printed_pages import IssuePages
from liulin_gazette.web.references import DocumentContext, References
from liulin_gazette.web.site import at_this_address
from liulin_gazette.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class ArchiveUnit:
    """The package of a published issue to be made, with everything that this takes."""

    gazette: Gazette
    archiving: Archiving
    source: IssueSource
    contexts: Mapping[str, DocumentContext]
    printed: IssuePages
    pages: int
    files: Mapping[str, bytes]
    """The PDFs and OFD files by path below ``output``."""
    templates: Templates


def make_archive(unit: ArchiveUnit) -> EditionFiles:
    """Return the package, or why there is none."""
    issue, files = unit.source.issue(), unit.source.folder.files
    assert issue.record is not None
    return archive_package(
        ArchiveSource(
            unit.gazette,
            unit.archiving,
            issue,
            issue.record,
            unit.files,
            {
                name: files[name]
                for name in issue.record.digests
                if name in files and len(files[name]) <= MAX_PICTURE_BYTES
            },
            unit.contexts,
            unit.printed,
            unit.pages,
            environment(unit.templates),
        )
    )


def write_archives(
    context: BuildContext, writer: SiteWriter, pdfs: Mapping[str, PdfsEntry], pool: WorkerPool
) -> dict[str, dict[str, EditionEntry]]:
    """Write the packages whose sources have changed; return the entries of all by folder, under their name.

    ``pdfs`` are the entries of the issues that have PDFs: others have no package. Raises ContentChangedError,
    OutputError.
    """
    entries: dict[str, dict[str, EditionEntry]] = {}
    stale: list[tuple[Issue, str, Mapping[str, DocumentContext]]] = []
    for issue in context.publication.issues:
        if (
            ARCHIVE_PACKAGE not in context.publication.gazette.editions
            or issue.record is None
            or issue.folder not in pdfs
        ):
            continue
        contexts = _own_contexts(context, issue)
        key = _key(context, writer, issue, pdfs[issue.folder], contexts)
        last = context.last.editions.get(issue.folder, {}).get(ARCHIVE_PACKAGE)
        if entry := current(last, key, context.edition.has):
            context.edition.keep(entry.paths)
            entries[issue.folder] = {ARCHIVE_PACKAGE: entry}
        else:
            stale.append((issue, key, contexts))
    units = _units(context, stale, pdfs, pool.is_remote)
    for (issue, key, _), made in zip(stale, pool.map(make_archive, units, len(stale)), strict=True):
        for asset in made.assets:
            context.edition.write(asset.path, asset.content)
        paths = tuple(asset.path for asset in made.assets)
        entries[issue.folder] = {ARCHIVE_PACKAGE: EditionEntry(key, paths, made.diagnostics)}
    return entries


def _own_contexts(context: BuildContext, issue: Issue) -> dict[str, DocumentContext]:
    """Return what ``issue`` alone says of its documents: what later issues do to them is no part of it."""
    gazette = replace(context.publication.gazette, phone_changes=())
    alone = References(Publication(gazette, (issue,)), context.examined.cited)
    return {document.slug: alone.context(document) for document in issue.documents}


def _key(
    context: BuildContext,
    writer: SiteWriter,
    issue: Issue,
    pdfs: PdfsEntry,
    contexts: Mapping[str, DocumentContext],
) -> str:
    settings = settings_at(context.publication, issue)
    return page_key(
        context.inputs,
        ARCHIVE_PACKAGE,
        context.sources.folders[issue.folder],
        printed_settings(settings),
        fingerprint(settings.settings_json),
        [(path, _sha256(context, writer, path)) for path in _files(pdfs)],
        list(contexts.items()),
    )


def _files(pdfs: PdfsEntry) -> tuple[str, ...]:
    return tuple(path for path in pdfs.paths if place_of(path))


def _sha256(context: BuildContext, writer: SiteWriter, path: str) -> str:
    if path in writer.digests:
        return writer.digests[path].sha256
    return context.edition.checksums.get(path) or context.last.sha256(path)


def _units(
    context: BuildContext,
    stale: Sequence[tuple[Issue, str, Mapping[str, DocumentContext]]],
    pdfs: Mapping[str, PdfsEntry],
    is_remote: bool,
) -> Iterator[ArchiveUnit]:
    """Yield the work on the ``stale`` packages; units of work for a cluster (``is_remote``) carry no compiled templates."""
    templates = context.inputs.templates
    if is_remote:
        templates = replace(templates, compiled=None)
    for issue, _, contexts in stale:
        gazette = settings_at(context.publication, issue)
        entry = pdfs[issue.folder]
        yield ArchiveUnit(
            at_this_address(gazette, context.publication.gazette),
            context.publication.gazette.archiving,
            context.sources.source(issue),
            contexts,
            printed_pages(context.edition, issue, entry),
            entry.issue.pages,
            {path: context.edition.read(path) for path in _files(entry)},
            templates,
        )
