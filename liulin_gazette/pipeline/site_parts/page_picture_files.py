"""The part of the site stage that draws pictures of printed pages: covers for lists, and pictures of shared links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.digested_assets import DigestedAssets, with_digests
from liulin_gazette.pipeline.freshness import texts_key
from liulin_gazette.pipeline.output_record import SITE, PdfsEntry
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web import addresses
from liulin_gazette.web.page_pictures import cover_picture, document_share_picture, issue_share_picture
from liulin_gazette.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class PictureUnit:
    """A picture to be drawn."""

    path: str
    """Of the picture, below the site."""
    draw: Callable[[bytes], bytes]
    pdf: bytes


def write_pictures(
    context: BuildContext, writer: SiteWriter, pdfs: Mapping[str, PdfsEntry], pool: WorkerPool
) -> dict[str, str]:
    """Draw the pictures whose PDFs are others than last time; return the key of each, by path below ``output``.

    ``pdfs`` are the entries of the issues that have PDFs. Raises OutputError.
    """
    keys: dict[str, str] = {}
    stale: list[tuple[str, str, Callable[[bytes], bytes]]] = []
    for issue in context.publication.issues:
        if issue.folder not in pdfs:
            continue
        of_issue = set(pdfs[issue.folder].site_paths)
        for path, pdf, draw in _pictures(issue, context.publication.gazette.site_url_is_placeholder):
            if SITE + pdf not in of_issue:
                continue
            keys[SITE + path] = texts_key(writer.digests[SITE + pdf].sha256)
            if not writer.keep(context.last.file_entry(SITE + path), keys[SITE + path]):
                stale.append((path, pdf, draw))
    units = (PictureUnit(path, draw, context.edition.read(SITE + pdf)) for path, pdf, draw in stale)
    for files in pool.map(draw_picture, units, len(stale)):
        writer.write(files)
    return keys


def _pictures(issue: Issue, is_placeholder: bool) -> Iterator[tuple[str, str, Callable[[bytes], bytes]]]:
    """Yield the path of each picture of ``issue``, the PDF that it shows, and what draws it.

    A shared link needs an address that can be reached: while that of the site is a placeholder there is only the cover.
    """
    yield addresses.cover_picture(issue), addresses.issue_pdf(issue), cover_picture
    if is_placeholder:
        return
    yield addresses.share_picture(issue), addresses.issue_pdf(issue), issue_share_picture
    for document in issue.documents:
        pdf = addresses.document_pdf(issue, document)
        yield addresses.share_picture(issue, document), pdf, document_share_picture


def draw_picture(unit: PictureUnit) -> DigestedAssets:
    """Return the picture of ``unit``."""
    return with_digests([Asset(unit.path, unit.draw(unit.pdf))])
