"""The PDF files of an issue: which they are, what each is made from, and how it is made."""

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
from liulin_gazette.pdf.editions.typeset_issue import TypesetIssue, document_metadata, issue_metadata, sources
from liulin_gazette.pdf.write.book import Part, bound
from liulin_gazette.pdf.write.sheets import Drawings, drawings
from liulin_gazette.rendering.product import Product
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web import addresses


class IssueProduction:
    """Makes the files of one typeset issue; what several of them share is made once."""

    def __init__(
        self,
        publication: Publication,
        issue: Issue,
        typeset: TypesetIssue,
        templates: Templates,
        read_bytes: Callable[[str], bytes],
        faces: tuple[Face, ...],
    ) -> None:
        """``read_bytes`` returns a source by its project path."""
        self._publication = publication
        self._issue = issue
        self._typeset = typeset
        self._read_bytes = read_bytes
        self._faces = faces
        self._templates = templates
        self._environ = environment(self._templates)
        self._shift = publication.printing.gutter_shift * MM

    def products(self) -> list[Product]:
        """Return every file: the issue, its documents, and what is for the printers; paths are below the output folder."""
        publication, issue = self._publication, self._issue
        stem = f"print/{issue.stem}"
        typeset = (*self._typeset.parts, self._typeset.inside_cover)
        whole = self._key("issue", typeset, repr(issue_metadata(publication, issue)))
        for_press = self._key(
            "press", self._bound, repr((publication.printing, publication.page_size)), whole
        )
        return [
            Product("site/" + addresses.issue_pdf(issue), whole, self._reading),
            *(self._single(document) for document in issue.documents),
            Product(f"{stem}-print.pdf", for_press + "print", lambda: self._press.pdf),
            Product(f"{stem}-booklet.pdf", for_press + "booklet", self._booklet),
            Product(f"{stem}-preflight.json", for_press + "json", lambda: preflight.as_json(self._preflight)),
            Product(
                f"{stem}-preflight.html",
                for_press + "html",
                lambda: preflight.as_page(self._preflight, self._environ),
            ),
        ]

    def _key(self, kind: str, parts: tuple[Part, ...], *others: str) -> str:
        digest = hashlib.sha256(f"{kind}\0{self._code}\0".encode())
        for word in (*(part.key for part in parts), *(str(part.first) for part in parts), *others):
            digest.update(word.encode() + b"\0")
        for document in self._issue.documents:
            if any(part.name == document.slug for part in parts):
                digest.update(self._read_bytes(document.path))
        return digest.hexdigest()

    @cached_property
    def _code(self) -> str:
        """A digest of what turns layouts into files."""
        digest = hashlib.sha256(program_digest().encode())
        for name in ("print/xmp.xml", "print/preflight.html", "tokens.css"):
            digest.update(self._templates.read_bytes(name))
        return digest.hexdigest()

    @cached_property
    def _bound(self) -> tuple[Part, ...]:
        page = page_format(self._publication.page_size)
        return bound(self._typeset.parts, self._typeset.inside_cover, page.width, page.height)

    @cached_property
    def _drawn(self) -> Drawings:
        return drawings((*self._typeset.parts, self._typeset.inside_cover), self._faces)

    def _reading(self) -> bytes:
        metadata = issue_metadata(self._publication, self._issue)
        files = sources(self._issue.documents, self._read_bytes)
        return reading_pdf(self._typeset.parts, self._drawn, metadata, self._environ, files)

    def _single(self, document: Document) -> Product:
        part = self._typeset.part(document.slug)
        metadata = document_metadata(self._publication, self._issue, document)

        def make() -> bytes:
            files = sources([document], self._read_bytes)
            return reading_pdf([part], drawings([part], self._faces), metadata, self._environ, files)

        path = "site/" + addresses.document_pdf(self._issue, document)
        return Product(path, self._key("document", (part,), repr(metadata)), make)

    @cached_property
    def _press(self) -> PressEdition:
        metadata = issue_metadata(self._publication, self._issue)
        return press_edition(self._bound, self._drawn, metadata, self._templates, self._environ, self._shift)

    def _booklet(self) -> bytes:
        metadata = issue_metadata(self._publication, self._issue)
        return booklet_pdf(self._bound, self._drawn, metadata, self._environ, self._shift)

    @cached_property
    def _preflight(self) -> preflight.Preflight:
        return preflight.examine(self._publication, self._issue, self._press)
