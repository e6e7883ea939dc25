"""The poster (张贴页) of an issue: which documents it has, whom to ask, and a code to scan for each."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.editions import POSTER
from liulin_gazette.pdf.composition.items import style
from liulin_gazette.pdf.composition.poster_page import FLOOR, poster_item, poster_style, types_for
from liulin_gazette.pdf.editions.own_typesetting import A4, TypesetEdition, TypesettingSource
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.editions.typeset_issue import issue_metadata
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.page_content import collect_drawings
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import ISSUE_FILE


def poster(source: TypesettingSource) -> Generator[None, None, TypesetEdition]:
    """Return the poster of an issue as PDF/A-3a and PDF/UA-1: a job for ``WorkerPool.interleave``, which yields once.

    It is set in the largest type in which it is one A4 page. Where it is more than one in the smallest (五号), that is
    told (S090). Raises TypesettingError.
    """
    gazette, issue, templates = replace(source.gazette, page_size=A4), source.issue, source.templates
    sheets = f"{style(gazette, templates, source.faces)}\n{poster_style(templates)}"
    typesetter = CachedTypesetter(source.root, sheets, source.faces, source.pool, source.read_bytes)
    yield
    part = None
    for setting in types_for(len(issue.documents)):
        item = poster_item(gazette, issue, templates, setting)
        part = Part("poster", typesetter.layouts([item])["poster"], key=typesetter.key(item))
        if len(part.layout.pages) == 1:
            break
    assert part is not None
    metadata = issue_metadata(gazette, issue)
    pdf = reading_pdf(
        [part],
        collect_drawings([part], source.faces),
        replace(metadata, title=f"{metadata.title}（{POSTER}）"),
        environment(templates),
        {},
    )
    pages = len(part.layout.pages)
    if pages == 1:
        return TypesetEdition(pdf)
    found = Diagnostic(
        "S090",
        Severity.WARNING,
        Place(f"{issue.folder}/{ISSUE_FILE}"),
        f"{POSTER}一页放不下：{len(issue.documents)} 份公文，用五号（{FLOOR} 磅）印成了 {pages} 页。",
        "几页并排张贴；字再小就看不清了，所以没有再缩小。",
    )
    return TypesetEdition(pdf, (found,))
