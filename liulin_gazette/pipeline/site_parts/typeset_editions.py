"""The part of the site stage that typesets the editions (成品) that have pages of their own: 大字版 and 张贴页.

They are entries of the record like the other editions. As the PDFs of an issue, they are typeset by the workers, and
their layouts are kept in the cache, so that a changed document alone is typeset again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.editions import LARGE_PRINT, POSTER
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition import glyph_coverage
from liulin_gazette.pdf.composition.glyph_coverage import UnprintableError
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.pdf.editions.own_typesetting import TypesetEdition, TypesetEditionMaker, TypesettingSource
from liulin_gazette.pdf.typeset.layout import TypesettingError
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.digested_assets import with_digests
from liulin_gazette.pipeline.output_record import EditionEntry, PdfsEntry
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.rendering.product import Asset
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.web import addresses
from liulin_gazette.web.printed_pages import Pages, cited_span
from liulin_gazette.web.site import at_this_address
from liulin_gazette.workers.pool import WorkerPool

PATHS: Mapping[str, Callable[[Issue], str]] = {
    LARGE_PRINT: addresses.issue_large_print,
    POSTER: addresses.issue_poster,
}
"""The path of the file of each edition, by its name in 成品."""


@dataclass(frozen=True, slots=True)
class TypesetEditions:
    """The typeset editions of all issues."""

    entries: Mapping[str, Mapping[str, EditionEntry]]
    """By the project path of the issue's folder, and name."""
    failures: tuple[Diagnostic, ...]
    """Why others could not be typeset (S090): they have no entry, so that the next build tries them again."""


def write_typeset_editions(
    context: BuildContext,
    writer: SiteWriter,
    pdfs: Mapping[str, PdfsEntry],
    pool: WorkerPool,
    is_typesetting: bool,
) -> TypesetEditions:
    """Write the editions whose sources have changed; return those of all issues.

    Only the issues that have PDFs, with the entries ``pdfs``, have these editions; unless the build ``is_typesetting``,
    only those that there are. Raises ContentChangedError, OutputError.
    """
    entries: dict[str, dict[str, EditionEntry]] = {}
    failures: list[Diagnostic] = []
    for name in context.publication.gazette.editions:
        if name not in PATHS:
            continue
        stale: list[tuple[Issue, str]] = []
        for issue in context.publication.issues:
            if issue.folder not in pdfs:
                continue
            key = _key(context, name, issue, pdfs[issue.folder])
            if entry := writer.keep(context.last.editions.get(issue.folder, {}).get(name), key):
                entries.setdefault(issue.folder, {})[name] = entry
            elif is_typesetting:
                stale.append((issue, key))
        jobs = (_typeset(context, name, issue, pdfs[issue.folder], pool) for issue, _ in stale)
        for (issue, key), made in zip(stale, pool.interleave(jobs), strict=True):
            if isinstance(made, Diagnostic):
                failures.append(made)
                continue
            paths = writer.write(with_digests((Asset(PATHS[name](issue), made.pdf),)))
            entries.setdefault(issue.folder, {})[name] = EditionEntry(key, paths, made.diagnostics)
    return TypesetEditions(entries, tuple(failures))


def _key(context: BuildContext, name: str, issue: Issue, pdfs: PdfsEntry) -> str:
    inputs = context.inputs
    return fingerprint(
        name,
        inputs.print_base,
        inputs.content.print_digests[issue.folder],
        issue.stem,
        printed_settings(_settings(context.publication, issue)),
        sorted(_cited_spans(issue, pdfs).items()),
    )


def _cited_spans(issue: Issue, pdfs: PdfsEntry) -> dict[str, tuple[int, int]]:
    """Return the pages by which each document of ``issue`` is cited, by slug: those of the issue on paper come first."""
    return {
        document.slug: cited_span(document, Pages(*pdfs.spans[document.slug], {}))
        for document in issue.documents
    }


def _settings(publication: Publication, issue: Issue) -> Gazette:
    return at_this_address(settings_at(publication, issue), publication.gazette)


def _typeset(
    context: BuildContext, name: str, issue: Issue, pdfs: PdfsEntry, pool: WorkerPool
) -> Generator[None, None, TypesetEdition | Diagnostic]:
    """Make the edition ``name`` of ``issue``: a job for ``WorkerPool.interleave``. Raises ContentChangedError.

    Return why where it cannot be typeset (S090): there is no file then; the PDFs of the issue and its other editions stay.
    """
    source = context.sources.source(issue)
    full, folder = source.issue(), source.folder
    root, templates = context.root, context.inputs.templates
    gazette = _settings(context.publication, issue)
    texts = context.inputs.content.series.texts
    try:
        faces = glyph_coverage.printable_faces(root, gazette, full, templates, folder.read_bytes, texts)
        spans = _cited_spans(issue, pdfs)
        typesetting = TypesettingSource(root, gazette, full, spans, templates, faces, pool, folder.read_bytes)
        return (yield from maker_of(name)(typesetting))
    except (TypesettingError, UnprintableError) as error:
        return Diagnostic(
            "S090",
            Severity.WARNING,
            Place(f"{issue.folder}/{ISSUE_FILE}"),
            f"{name}没有做成：{error.message}",
            error.hint or "照它说的改正以后再生成一次；网页、PDF 和别的成品不受影响。",
            remedy=error.remedy,
        )


def maker_of(name: str) -> TypesetEditionMaker:
    """Return what makes the edition ``name``; it is loaded only where it is wanted, since WeasyPrint is large."""
    from liulin_gazette.pdf.editions.large_print import large_print
    from liulin_gazette.pdf.editions.poster import poster

    makers: Mapping[str, TypesetEditionMaker] = {LARGE_PRINT: large_print, POSTER: poster}
    return makers[name]
