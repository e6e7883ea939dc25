"""Production of an issue's PDF files: every edition, with a key that tells whether it must be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from functools import cache, cached_property, partial

from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.page_format import MM, page_format
from liulin_gazette.pdf.composition.spine_type import spine_type
from liulin_gazette.pdf.editions import preflight
from liulin_gazette.pdf.editions.booklet import booklet_pdf
from liulin_gazette.pdf.editions.bound_cover import bound_cover, spine_width
from liulin_gazette.pdf.editions.document_files import DocumentPages, DocumentsUnit, document_pdfs
from liulin_gazette.pdf.editions.foldouts import Foldout, Inserts, foldout_parts, foldout_sheets, foldouts
from liulin_gazette.pdf.editions.ofd_edition import ofd_file
from liulin_gazette.pdf.editions.print_edition import PressEdition, PressJob, press_edition, sheets_edition
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.editions.typeset_issue import (
    TypesetIssue,
    document_metadata,
    issue_metadata,
    markdown_sources,
    parts_by_section,
)
from liulin_gazette.pdf.write.book import GluedBook, Part, binding_order, glued_book
from liulin_gazette.pdf.write.colour_profiles import PressCondition
from liulin_gazette.pdf.write.page_content import Drawings, collect_drawings
from liulin_gazette.rendering.product import Product
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web import addresses
from liulin_gazette.workers.pool import WorkerPool


class IssueEditions:
    """The editions of one typeset issue; intermediate results that several of them share are computed once."""

    def __init__(
        self,
        gazette: Gazette,
        issue: Issue,
        typeset: TypesetIssue,
        templates: Templates,
        read_bytes: Callable[[str], bytes],
        faces: tuple[Face, ...],
        condition: PressCondition,
    ) -> None:
        """``read_bytes`` returns the content of a source file by its project path.

        ``condition`` is what the inks of the files for the press are meant for.
        """
        self._gazette = gazette
        self._issue = issue
        self._typeset = typeset
        self._read_bytes = read_bytes
        self._faces = faces
        self._condition = condition
        self._templates = templates
        self._environ = environment(self._templates)
        self._begun: dict[str, Callable[[], bytes]] = {}
        """By slug of the document: what waits for its PDF, which another process makes."""
        self._shift = gazette.printing.gutter_shift * MM

    def files(self) -> list[Product]:
        """Return every PDF of the issue: reading edition, documents, print edition, cover, booklet; and the preflight. Paths are below output/."""
        publication, issue = self._gazette, self._issue
        stem = f"print/{issue.stem}"
        typeset_parts = self._all_parts
        issue_key = self._key("issue", typeset_parts, repr(issue_metadata(publication, issue)))
        press_key = self._key(
            "press",
            self._bound_parts,
            repr((publication.printing, publication.page_size, self._condition.identifier)),
            hashlib.sha256(self._condition.profile).hexdigest(),
            issue_key,
        )
        return [
            Product("site/" + addresses.issue_pdf(issue), issue_key, self._reading_pdf),
            *(self._document_file(document) for document in issue.documents),
            Product(f"{stem}-print.pdf", press_key + "print", lambda: self._press_edition.pdf),
            *self._cover_files(stem, press_key),
            *self._foldout_files(stem, press_key),
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

    def ofd_files(self) -> list[Product]:
        """Return the issue and each document as OFD, from the same layouts as their PDFs. Paths are below output/."""
        publication, issue = self._gazette, self._issue
        metadata = issue_metadata(publication, issue)

        def make() -> bytes:
            sources = markdown_sources(issue.documents, self._read_bytes)
            return ofd_file(parts_by_section(self._typeset.parts, issue), self._faces, metadata, sources)

        path = "site/" + addresses.issue_ofd(issue)
        key = self._key("OFD of issue", self._typeset.parts, repr(metadata))
        return [Product(path, key, make), *(self._document_ofd(document) for document in issue.documents)]

    def _document_ofd(self, document: Document) -> Product:
        part = self._typeset.document_part(document.slug)
        metadata = document_metadata(self._gazette, self._issue, document)

        def make() -> bytes:
            return ofd_file([part], self._faces, metadata, markdown_sources([document], self._read_bytes))

        path = "site/" + addresses.document_ofd(self._issue, document)
        return Product(path, self._key("OFD of document", (part,), repr(metadata)), make)

    def _cover_files(self, stem: str, press_key: str) -> list[Product]:
        """Return the file of the cover where it is bound round the pages; otherwise it is in the print edition."""
        spine = self._typeset.spine
        if spine is None:
            return []
        return [Product(f"{stem}-cover.pdf", press_key + spine.key + "cover", lambda: self._bound_cover.pdf)]

    def _foldout_files(self, stem: str, press_key: str) -> list[Product]:
        """Return the file of the leaves that fold out; none where the issue has none."""
        if not self._foldouts:
            return []
        key = press_key + "foldouts"
        return [
            Product(f"{stem}-foldouts.pdf", key, lambda: self._foldout_edition.pdf),
        ]

    def _key(self, kind: str, parts: tuple[Part, ...], *extra: str) -> str:
        """Return the digest of ``parts``, the sources of their documents, ``extra`` and the program."""
        digest = hashlib.sha256(f"{kind}\0{self._program_key}\0".encode())
        for word in (*(part.key for part in parts), *(str(part.first_page) for part in parts), *extra):
            digest.update(word.encode() + b"\0")
        for document in self._issue.documents:
            if any(document.slug in part.documents for part in parts):
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
        page = page_format(self._gazette.page_size, self._gazette.body)
        return binding_order(self._typeset.parts, self._typeset.inside_pages, page.width, page.height)

    @property
    def _all_parts(self) -> tuple[Part, ...]:
        """The parts in reading order, then a blank inside cover, which is bound only."""
        parts = self._typeset.parts
        return (*parts, *(part for part in self._typeset.inside_pages if part not in parts))

    @cached_property
    def _drawings(self) -> Drawings:
        return collect_drawings(self._all_parts, self._faces)

    def _reading_pdf(self) -> bytes:
        metadata = issue_metadata(self._gazette, self._issue)
        sources = markdown_sources(self._issue.documents, self._read_bytes)
        parts = parts_by_section(self._typeset.parts, self._issue)
        return reading_pdf(parts, self._drawings, metadata, self._environ, sources)

    def _document_file(self, document: Document) -> Product:
        """Return the PDF of a single document."""
        part = self._typeset.document_part(document.slug)
        metadata = document_metadata(self._gazette, self._issue, document)

        def make() -> bytes:
            if begun := self._begun.get(document.slug):
                return begun()
            return document_pdfs(self._documents_unit([document]))[0]

        path = "site/" + addresses.document_pdf(self._issue, document)
        return Product(path, self._key("document", (part,), repr(metadata)), make)

    def begin_documents(self, paths: Collection[str], pool: WorkerPool) -> None:
        """Hand out the PDFs of documents at ``paths`` below output/ to a process of this machine that has no work."""
        wanted = [
            document
            for document in self._issue.documents
            if "site/" + addresses.document_pdf(self._issue, document) in paths
        ]
        if wanted and pool.helpers and not pool.is_remote:
            made = cache(pool.submit(document_pdfs, self._documents_unit(wanted)))
            for index, document in enumerate(wanted):
                self._begun[document.slug] = partial(_nth, made, index)

    def _documents_unit(self, documents: Sequence[Document]) -> DocumentsUnit:
        pages = (
            DocumentPages(
                self._typeset.document_part(document.slug),
                document_metadata(self._gazette, self._issue, document),
                markdown_sources([document], self._read_bytes),
            )
            for document in documents
        )
        return DocumentsUnit(tuple(pages), self._faces, self._templates)

    @cached_property
    def _press_edition(self) -> PressEdition:
        parts = self._glued_book.inner if self._typeset.spine else self._bound_parts
        return press_edition(parts, self._drawings, self._shift, self._press_job)

    @cached_property
    def _press_job(self) -> PressJob:
        return PressJob(
            issue_metadata(self._gazette, self._issue),
            self._templates,
            self._environ,
            self._gazette.printing.press,
            self._condition,
        )

    @cached_property
    def _glued_book(self) -> GluedBook:
        page = page_format(self._gazette.page_size)
        return glued_book(self._typeset.parts, self._typeset.inside_pages, page.width, page.height)

    @cached_property
    def _bound_cover(self) -> PressEdition:
        """The cover of a perfect-bound issue, which has a spine."""
        spine, press, book = self._typeset.spine, self._gazette.printing.press, self._glued_book
        if spine is None:
            raise ValueError(self._gazette.printing.binding)
        return bound_cover(
            book,
            spine,
            spine_type(self._gazette, self._issue),
            spine_width(sum(len(part.layout.pages) for part in book.inner), press),
            collect_drawings((*book.cover, spine), self._faces),
            self._press_job,
        )

    @cached_property
    def _foldouts(self) -> tuple[Foldout, ...]:
        return foldouts(self._typeset.parts)

    @cached_property
    def _foldout_edition(self) -> PressEdition:
        """The leaves that fold out, which are printed by themselves."""
        return sheets_edition(
            foldout_sheets(self._foldouts),
            foldout_parts(self._typeset.parts),
            self._drawings,
            self._press_job,
        )

    def _booklet_pdf(self) -> bytes:
        metadata = issue_metadata(self._gazette, self._issue)
        thickness = self._gazette.printing.press.thickness * MM
        leaves = [leaf.book_page for leaf in self._foldouts]
        return booklet_pdf(
            self._bound_parts, self._drawings, metadata, self._environ, self._shift, thickness, leaves
        )

    @cached_property
    def _preflight_report(self) -> preflight.Preflight:
        return preflight.preflight_report(
            self._gazette,
            self._issue,
            self._press_edition,
            self._bound_cover if self._typeset.spine else None,
            Inserts(self._foldouts, self._foldout_edition) if self._foldouts else None,
        )


def _nth(made: Callable[[], tuple[bytes, ...]], index: int) -> bytes:
    return made()[index]
