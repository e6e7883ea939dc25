"""The part of the site stage that writes the editions (成品) that gazette.toml asks for.

An edition of an issue is one entry of the record: its files are made together, and only when what they are made from
has changed. OFD is not among them: its files are written with the PDFs, from the same layout.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.editions.edition import EditionMaker, EditionSource
from liulin_gazette.editions.epub import epub
from liulin_gazette.editions.portal import portal_files
from liulin_gazette.editions.wechat import wechat_pages
from liulin_gazette.editions.word import word_files
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.editions import EPUB, PORTAL, WECHAT, WORD
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.digested_assets import DigestedAssets, with_digests
from liulin_gazette.pipeline.freshness import page_key
from liulin_gazette.pipeline.issue_pages import IssueSource
from liulin_gazette.pipeline.output_record import SITE, EditionEntry, PdfsEntry
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.pipeline.staging import Edition
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web import addresses
from liulin_gazette.web.printed_pages import IssuePages, Pages
from liulin_gazette.web.site import at_this_address
from liulin_gazette.workers.pool import WorkerPool

MAKERS: Mapping[str, EditionMaker] = {
    EPUB: epub,
    WORD: word_files,
    WECHAT: wechat_pages,
    PORTAL: portal_files,
}
"""What makes each edition, by its name in 成品."""
FOLDERS: Mapping[str, str] = {
    WECHAT: "wechat/",
    PORTAL: "portal/",
}
"""The folders in ``output`` of editions that are for the office and no part of the site."""
_TAKE_DOCUMENT_PDFS = frozenset((WECHAT, PORTAL))
"""The editions that are made from the PDFs of single documents, too."""
Editions = Mapping[str, Mapping[str, EditionEntry]]
"""The entries of editions by name, by the project path of the issue's folder."""


@dataclass(frozen=True, slots=True)
class EditionUnit:
    """An edition of an issue to be made, with everything that this takes."""

    name: str
    gazette: Gazette
    source: IssueSource
    printed: IssuePages | None
    pdf: bytes
    """The PDF of the issue; empty if it has none."""
    document_pdfs: Mapping[str, bytes]
    """The PDFs of its documents, by the last part of their addresses, if the edition takes them."""
    templates: Templates


def make_edition(unit: EditionUnit) -> tuple[DigestedAssets, tuple[Diagnostic, ...]]:
    """Return the files of an edition, and what it could not hold."""
    made = MAKERS[unit.name](
        EditionSource(
            unit.gazette,
            unit.source.issue(),
            unit.printed,
            unit.pdf,
            environment(unit.templates),
            unit.source.folder.read_bytes,
            unit.document_pdfs,
        )
    )
    return with_digests(made.assets), made.diagnostics


def write_editions(
    context: BuildContext, writer: SiteWriter, pdfs: Mapping[str, PdfsEntry], pool: WorkerPool
) -> dict[str, dict[str, EditionEntry]]:
    """Write the editions whose sources have changed; return the entries of all, by folder and name.

    ``pdfs`` are the entries of the issues that have PDFs. Raises ContentChangedError, OutputError.
    """
    entries: dict[str, dict[str, EditionEntry]] = {}
    stale: list[tuple[Issue, str, str]] = []
    for issue in context.publication.issues:
        last = context.last.editions.get(issue.folder, {})
        of_issue = entries[issue.folder] = {}
        for name in context.publication.gazette.editions:
            if name not in MAKERS:
                continue
            key = _key(context, writer, name, issue, pdfs.get(issue.folder))
            if entry := writer.keep(last.get(name), key):
                of_issue[name] = entry
            else:
                stale.append((issue, name, key))
    units = _units(context, stale, pdfs, pool.is_remote)
    results = pool.map(make_edition, units, len(stale))
    for (issue, name, key), (files, diagnostics) in zip(stale, results, strict=True):
        paths = writer.write(
            files, context.last.editions.get(issue.folder, {}).get(name), FOLDERS.get(name, SITE)
        )
        entries[issue.folder][name] = EditionEntry(key, paths, diagnostics)
    return {folder: of_issue for folder, of_issue in entries.items() if of_issue}


def edition_findings(publication: Publication, editions: Editions) -> Iterator[Diagnostic]:
    """Yield what the ``editions`` of the issues of ``publication`` could not hold."""
    for issue in publication.issues:
        of_issue = editions.get(issue.folder, {})
        for name in publication.gazette.editions:
            if name in of_issue:
                yield from of_issue[name].diagnostics


def printed_pages(edition: Edition, issue: Issue, pdfs: PdfsEntry) -> IssuePages:
    """Return the printed pages of each document: ``pdfs`` has its first and last, the issue's report those of anchors."""
    anchors: dict[str, dict[str, int]] = json.loads(edition.read(f"report/{issue.name}.json"))["页码"]
    return {slug: Pages(first, last, anchors.get(slug, {})) for slug, (first, last) in pdfs.spans.items()}


def _key(context: BuildContext, writer: SiteWriter, name: str, issue: Issue, pdfs: PdfsEntry | None) -> str:
    pdf = SITE + addresses.issue_pdf(issue)
    return page_key(
        context.inputs,
        name,
        context.sources.folders[issue.folder],
        printed_settings(settings_at(context.publication, issue)),
        writer.digests[pdf].sha256 if pdfs and pdf in writer.digests else "",
    )


def _units(
    context: BuildContext,
    stale: Sequence[tuple[Issue, str, str]],
    pdfs: Mapping[str, PdfsEntry],
    is_remote: bool,
) -> Iterator[EditionUnit]:
    """Yield the work on the ``stale`` editions; units of work for a cluster (``is_remote``) carry no compiled templates."""
    templates = context.inputs.templates
    if is_remote:
        templates = replace(templates, compiled=None)
    for issue, name, _ in stale:
        columns = context.publication.gazette.portal_columns
        gazette = replace(settings_at(context.publication, issue), portal_columns=columns)
        entry = pdfs.get(issue.folder)
        pdf = SITE + addresses.issue_pdf(issue)
        yield EditionUnit(
            name,
            at_this_address(gazette, context.publication.gazette),
            context.sources.source(issue),
            printed_pages(context.edition, issue, entry) if entry else None,
            context.edition.read(pdf) if entry and pdf in entry.paths else b"",
            dict(_document_pdfs(context, issue, entry)) if entry and name in _TAKE_DOCUMENT_PDFS else {},
            templates,
        )


def _document_pdfs(context: BuildContext, issue: Issue, pdfs: PdfsEntry) -> Iterator[tuple[str, bytes]]:
    """Yield the last part of the address of each document of ``issue`` with its PDF. Raises OutputError."""
    for document in issue.documents:
        path = SITE + addresses.document_pdf(issue, document)
        if path in pdfs.paths:
            yield document.slug, context.edition.read(path)
