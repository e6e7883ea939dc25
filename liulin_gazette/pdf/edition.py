"""The reading edition: one issue typeset on A4, and each document of it alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.model import Document, Issue, Publication, figures
from liulin_gazette.pdf.flow import segments
from liulin_gazette.pdf.fonts import Face
from liulin_gazette.pdf.typesetting import TypesettingError
from liulin_gazette.qr import qr_data_uri
from liulin_gazette.source.titles import joined_lines
from liulin_gazette.templating import environment
from liulin_gazette.web import addresses

VARIANT = "pdf/a-3a"
"""For archives and screen readers: faces embedded, structure tagged (ISO 19005-3, level A)."""
CONTENTS_MEASURE = 34
"""Characters in one line of the contents at 12 pt, with room for the leader and the page number."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A typeset issue."""

    pdf: bytes
    pages: int
    """All pages, covers included."""
    first_pages: dict[str, int]
    """The printed page number on which each document (by slug) begins."""
    document_pdfs: dict[str, bytes]
    """Each document alone, by slug, from the same layout."""


def typeset(
    publication: Publication,
    issue: Issue,
    templates: Path,
    faces: tuple[Face, ...],
    read_bytes: Callable[[str], bytes],
) -> Edition:
    """Typeset ``issue``. Raises TypesettingError when WeasyPrint reports anything amiss."""
    from weasyprint import CSS, HTML

    from liulin_gazette.pdf import lines
    from liulin_gazette.pdf.sources import LocalFetcher, watched_log

    lines.install()
    font_config: Any = _font_configuration()
    html = _html(publication, issue, templates)
    fetcher = LocalFetcher(faces, read_bytes)
    with watched_log() as faults:
        sheet = CSS(string=_style(templates, faces), font_config=font_config, url_fetcher=fetcher)
        laid_out: Any = HTML(string=html, base_url="content:/", url_fetcher=fetcher).render(
            stylesheets=[sheet], font_config=font_config
        )
        starts = _starts(laid_out, issue)
        pdf = laid_out.write_pdf(pdf_variant=VARIANT)
        singles = _singles(laid_out, issue, starts)
    if faults:
        raise TypesettingError("；".join(faults[:5]))
    first = min(starts.values(), default=0)
    return Edition(
        pdf, len(laid_out.pages), {slug: page - first + 1 for slug, page in starts.items()}, singles
    )


def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _html(publication: Publication, issue: Issue, templates: Path) -> str:
    urls = {
        document.slug: addresses.absolute(publication, addresses.document_page(issue, document))
        for document in issue.documents
    }
    return (
        environment(templates)
        .get_template("print/issue.html")
        .render(
            publication=publication,
            issue=issue,
            contents_lines={
                document.slug: joined_lines(document.title_lines, CONTENTS_MEASURE)
                for document in issue.documents
            },
            segments={document.slug: segments(document) for document in issue.documents},
            figures={
                figure.file: "content:/" + figure.file
                for document in issue.documents
                for figure in figures(document.blocks)
            },
            site_qr=qr_data_uri(publication.site_url),
            document_url=urls,
            document_qr={slug: qr_data_uri(url) for slug, url in urls.items()},
        )
    )


def _style(templates: Path, faces: tuple[Face, ...]) -> str:
    rules = environment(templates).get_template("print/faces.css").render(faces=faces)
    return "\n".join(
        (
            rules,
            (templates / "tokens.css").read_text("utf-8"),
            (templates / "print" / "print.css").read_text("utf-8"),
        )
    )


def _starts(laid_out: Any, issue: Issue) -> dict[str, int]:
    """The index of the page on which each document begins, from 0."""
    slugs = {document.slug for document in issue.documents}
    starts: dict[str, int] = {}
    for index, page in enumerate(laid_out.pages):
        # A document has its anchor on each of its pages: the first is where it begins.
        for anchor in page.anchors:
            if anchor in slugs:
                starts.setdefault(anchor, index)
    return {document.slug: starts[document.slug] for document in issue.documents}


def _singles(laid_out: Any, issue: Issue, starts: dict[str, int]) -> dict[str, bytes]:
    documents: tuple[Document, ...] = issue.documents
    bounds = [starts[document.slug] for document in documents] + [len(laid_out.pages) - 1]
    singles: dict[str, bytes] = {}
    for document, begin, end in zip(documents, bounds, bounds[1:], strict=False):
        part: Any = laid_out.copy(laid_out.pages[begin:end])
        part.metadata.title = document.title
        singles[document.slug] = part.write_pdf(pdf_variant=VARIANT)
        part.metadata.title = laid_out.metadata.title
    return singles
