"""What the preview shows: the last readable state of the content, its findings, and printed pages on demand."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.asset import Asset
from liulin_gazette.diagnostics import Diagnostic
from liulin_gazette.model import Document, Issue, Publication
from liulin_gazette.pipeline import characters, examine
from liulin_gazette.web import addresses
from liulin_gazette.web.site import render_page

RESOLUTION = 96
"""Dots to the inch of the pictures of printed pages."""
WATCHED = ("content", "templates")
Stand = Mapping[str, tuple[int, int]]
"""Time of change (ns) and size of each watched file."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One state of the content."""

    version: int
    publication: Publication | None
    """The last one that could be read whole; None when there has been none."""
    diagnostics: tuple[Diagnostic, ...]
    is_current: bool
    """Whether ``publication`` is of the files as they are now, or of those before an error."""


class DeskCopy:
    """Keeps the state up to date with the files below ``root``; safe to ask from several threads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stand: Stand = {}
        self._copy = Copy(0, None, (), False)
        self._typesetting = threading.Lock()
        self._pictures: dict[tuple[str, int], tuple[bytes, ...]] = {}

    @property
    def copy(self) -> Copy:
        """The state as last read."""
        return self._copy

    def refresh(self) -> bool:
        """Read the content again where a file has changed; tell whether it has."""
        stand = self._looked_at()
        if stand == self._stand:
            return False
        self._stand = stand
        examined = examine(self.root)
        whole = examined.publication
        last = self._copy
        self._copy = Copy(
            last.version + 1, whole or last.publication, examined.diagnostics, is_current=whole is not None
        )
        return True

    def page(self, path: str) -> Asset | None:
        """Return the file of the site at ``path``, made from the content as last read."""
        publication = self._copy.publication
        if publication is None:
            return None
        return render_page(publication, self.root / "templates", path, self._read_bytes, {})

    def document_at(self, path: str) -> tuple[Issue, Document] | None:
        """Return the document whose page is at ``path``."""
        publication = self._copy.publication
        for issue in publication.issues if publication else ():
            for document in issue.documents:
                if addresses.document_page(issue, document) == path:
                    return issue, document
        return None

    def printed_pages(self, path: str) -> tuple[bytes, ...]:
        """Return pictures (PNG) of the printed pages of the document at ``path``; none where it has none.

        Raises TypesettingError, fonts.FontMissingError.
        """
        copy, found = self._copy, self.document_at(path)
        if copy.publication is None or found is None:
            return ()
        with self._typesetting:
            key = (path, copy.version)
            if key not in self._pictures:
                made = self._typeset(copy.publication, *found)
                self._pictures = {key: made}
            return self._pictures[key]

    def _typeset(self, publication: Publication, issue: Issue, document: Document) -> tuple[bytes, ...]:
        from liulin_gazette.pdf import fonts
        from liulin_gazette.pdf.book import Part
        from liulin_gazette.pdf.edition import document_metadata, workshop_for
        from liulin_gazette.pdf.items import Items
        from liulin_gazette.pdf.laying_out import Hands
        from liulin_gazette.pdf.reading import reading_pdf
        from liulin_gazette.pdf.sheets import drawings
        from liulin_gazette.templating import environment

        templates = self.root / "templates"
        faces = fonts.prepare(self.root, characters(self.root, publication))
        with Hands(1) as hands:
            workshop = workshop_for(publication, self.root, faces, hands)
            item = Items(publication, issue, templates).document(document)
            layout = workshop.lay_out([item])[item.name]
        part = Part(document.slug, layout, None, 1, workshop.key(item))
        metadata = document_metadata(publication, issue, document)
        pdf = reading_pdf([part], drawings([part], faces), metadata, environment(templates), {})
        return tuple(_pictures(pdf))

    def _read_bytes(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def _looked_at(self) -> Stand:
        stand: dict[str, tuple[int, int]] = {}
        for folder in WATCHED:
            for file in (self.root / folder).rglob("*"):
                try:
                    found = file.stat()
                except OSError:
                    continue
                if file.is_file() and not file.name.startswith((".", "~")) and ".cache" not in file.parts:
                    stand[str(file)] = (found.st_mtime_ns, found.st_size)
        return stand


def _pictures(pdf: bytes) -> list[bytes]:
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pictures: list[bytes] = []
    for number in range(len(document)):
        page: Any = document[number]
        out = io.BytesIO()
        page.render(scale=RESOLUTION / 72).to_pil().save(out, "PNG", compress_level=1)
        page.close()
        pictures.append(out.getvalue())
    document.close()
    return pictures
