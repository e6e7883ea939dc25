"""The editions that are typeset on their own (大字版, 张贴页), made for tests without a build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition.glyph_coverage import printable_faces
from liulin_gazette.pdf.editions.own_typesetting import TypesetEdition, TypesetEditionMaker, TypesettingSource
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.workers.pool import WorkerPool
from tests.conftest import ROOT

FURNITURE = 84
"""pt at head and foot of a page of the large print that hold the running head and the folio."""

HEIGHT = 842
"""pt: the height of A4, on which a landscape page is turned."""


@dataclass(frozen=True)
class Made:
    """An edition of an issue."""

    issue: Issue
    edition: TypesetEdition


def spans_of(issue: Issue) -> Mapping[str, tuple[int, int]]:
    """Return pages of the printed issue for each document: the first has 1 to 2, the second 3 to 3, and so on."""
    documents = enumerate(issue.documents)
    return {document.slug: (2 * index + 1, 2 * index + 2 - index % 2) for index, document in documents}


def made(
    publication: Publication, maker: TypesetEditionMaker, root: Path = ROOT, cache: Path = ROOT
) -> Iterator[Made]:
    """Make the edition of each issue of ``publication``, whose content is below ``root``; faces and layouts are kept in ``cache``."""
    templates = read_templates(ROOT)

    def read_bytes(path: str) -> bytes:
        return (root / path).read_bytes()

    with WorkerPool(1) as pool:
        for issue in publication.issues:
            settings = settings_at(publication, issue)
            faces = printable_faces(cache, settings, issue, templates, read_bytes)
            source = TypesettingSource(
                cache, settings, issue, spans_of(issue), templates, faces, pool, read_bytes
            )
            (edition,) = pool.interleave([maker(source)])
            yield Made(issue, edition)


def text_between_furniture(pdf: bytes) -> str:
    """Return the text of ``pdf`` in the order of its pages, without running heads and folios, as PDFium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(
            page.get_textpage().get_text_bounded(bottom=FURNITURE, top=HEIGHT - FURNITURE)
            for page in document
        )
    finally:
        document.close()
