"""Production of an issue's PDF files: every edition, with a key that tells whether it must be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property

from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.publication import Document, Issue, Publication
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.page_format import MM, page_format
from liulin_gazette.pdf.editions import preflight
from liulin_gazette.pdf.editions.booklet import booklet_pdf
from liulin_gazette.pdf.editions.print_edition import PressEdition, press_edition
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.editions.typeset_issue import (
    TypesetIssue,
    document_metadata,
    issue_metadata,
    markdown_sources,
)
from liulin_gazette.pdf.write.book import Part, binding_order
from liulin_gazette.pdf.write.page_content import Drawings, collect_drawings
from liulin_gazette.rendering.product import Product
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web import addresses


class IssueEditions:
    """The editions of one typeset issue; intermediate results that several of them share are computed once."""

    def __init__(
        self,
        publication: Publication,
        issue: Issue,
        typeset: TypesetIssue,
        templates: Templates,
        read_bytes: Callable[[str], bytes],
        faces: tuple[Face, ...],
    ) -> None:
        """``read_bytes`` returns the content of a source file by its project path."""
        self._publication = publication
        self._issue = issue
        self._typeset = typeset
        self._read_bytes = read_bytes
        self._faces = faces
        self._templates = templates
        self._environ = environment(self._templates)
        self._shift = publication.printing.gutter_shift * MM

    def files(self) -> list[Product]:
        """Return every PDF of the issue: reading edition, documents, print edition, booklet; and the preflight. Paths are below output/."""
        publication, issue = self._publication, self._issue
        stem = f"print/{issue.stem}"
        typeset_parts = (*self._typeset.parts, self._typeset.inside_cover)
        issue_key = self._key("issue", typeset_parts, repr(issue_metadata(publication, issue)))
        press_key = self._key(
            "press", self._bound_parts, repr((publication.printing, publication.page_size)), issue_key
        )
        return [
            Product("site/" + addresses.issue_pdf(issue), issue_key, self._reading_pdf),
            *(self._document_file(document) for document in issue.documents),
            Product(f"{stem}-print.pdf", press_key + "print", lambda: self._press_edition.pdf),
            Product(f"{stem}-booklet.pdf", press_key + "booklet", self._booklet_pdf),
            Product(
                f"{stem}-preflight.json",
                press_key + "json",
                lambda: preflight.json_report(self._preflight_report),
            ),
            Product(
                f"{stem}-preflight.html",
                press_key + "html",
                lambda: preflight.html_report(self._preflight_report, self._environ),
            ),
        ]

    def _key(self, kind: str, parts: tuple[Part, ...], *extra: str) -> str:
        """Return the digest of ``parts``, the sources of their documents, ``extra`` and the program."""
        digest = hashlib.sha256(f"{kind}\0{self._program_key}\0".encode())
        for word in (*(part.key for part in parts), *(str(part.first_page) for part in parts), *extra):
            digest.update(word.encode() + b"\0")
        for document in self._issue.documents:
            if any(part.name == document.slug for part in parts):
                digest.update(self._read_bytes(document.path))
        return digest.hexdigest()

    @cached_property
    def _program_key(self) -> str:
        """Digest of the program and templates that write layouts to files."""
        digest = hashlib.sha256(program_digest().encode())
        for name in ("print/xmp.xml", "print/preflight.html", "report/report.css", "tokens.css"):
            digest.update(self._templates.read_bytes(name))
        return digest.hexdigest()

    @cached_property
    def _bound_parts(self) -> tuple[Part, ...]:
        """The parts in binding order."""
        page = page_format(self._publication.page_size)
        return binding_order(self._typeset.parts, self._typeset.inside_cover, page.width, page.height)

    @cached_property
    def _drawings(self) -> Drawings:
        return collect_drawings((*self._typeset.parts, self._typeset.inside_cover), self._faces)

    def _reading_pdf(self) -> bytes:
        metadata = issue_metadata(self._publication, self._issue)
        sources = markdown_sources(self._issue.documents, self._read_bytes)
        return reading_pdf(self._typeset.parts, self._drawings, metadata, self._environ, sources)

    def _document_file(self, document: Document) -> Product:
        """Return the PDF of a single document."""
        part = self._typeset.part(document.slug)
        metadata = document_metadata(self._publication, self._issue, document)

        def make() -> bytes:
            sources = markdown_sources([document], self._read_bytes)
            drawings = collect_drawings([part], self._faces)
            return reading_pdf([part], drawings, metadata, self._environ, sources)

        path = "site/" + addresses.document_pdf(self._issue, document)
        return Product(path, self._key("document", (part,), repr(metadata)), make)

    @cached_property
    def _press_edition(self) -> PressEdition:
        metadata = issue_metadata(self._publication, self._issue)
        return press_edition(
            self._bound_parts, self._drawings, metadata, self._templates, self._environ, self._shift
        )

    def _booklet_pdf(self) -> bytes:
        metadata = issue_metadata(self._publication, self._issue)
        return booklet_pdf(self._bound_parts, self._drawings, metadata, self._environ, self._shift)

    @cached_property
    def _preflight_report(self) -> preflight.Preflight:
        return preflight.preflight_report(self._publication, self._issue, self._press_edition)
