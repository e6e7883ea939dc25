"""The PDFs of single documents as a unit of work: another process writes them while this one writes the issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.write.book import Part
from liulin_gazette.pdf.write.page_content import collect_drawings
from liulin_gazette.pdf.write.xmp import Metadata
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """A typeset document, of which a PDF is made."""

    part: Part
    metadata: Metadata
    sources: Mapping[str, bytes]
    """Its Markdown source by file name, which the PDF embeds."""


@dataclass(frozen=True, slots=True)
class DocumentsUnit:
    """Some documents of one issue."""

    documents: tuple[DocumentPages, ...]
    faces: tuple[Face, ...]
    templates: Templates


def document_pdfs(unit: DocumentsUnit) -> tuple[bytes, ...]:
    """Return the PDF of each document."""
    environ = environment(unit.templates)
    return tuple(
        reading_pdf(
            [each.part],
            collect_drawings([each.part], unit.faces),
            each.metadata,
            environ,
            each.sources,
        )
        for each in unit.documents
    )
