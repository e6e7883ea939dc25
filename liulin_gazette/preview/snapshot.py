"""What the preview shows: the last readable state of the content, its findings, and printed pages on demand."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Document, FullText, Issue, Publication
from liulin_gazette.pipeline.examination import Examined, examine
from liulin_gazette.pipeline.print_files import characters
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web import addresses
from liulin_gazette.web.references import References
from liulin_gazette.web.site import issue_asset, list_asset, surroundings

RESOLUTION = 96
"""Dots to the inch of the pictures of printed pages."""
WATCHED = ("content", "templates")
Stand = Mapping[str, tuple[int, int]]
"""Time of change (ns) and size of each watched file."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One state of the content."""

    version: int
    whole: Examined | None
    """The last one that could be read whole; None when there has been none."""
    diagnostics: tuple[Diagnostic, ...]
    is_current: bool
    """Whether ``whole`` is of the files as they are now, or of those before an error."""

    @property
    def publication(self) -> Publication | None:
        """The publication as it was when it could be read whole, without its texts."""
        return self.whole.publication if self.whole else None


class DeskCopy:
    """Keeps the state up to date with the files below ``root``; safe to ask from several threads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stand: Stand = {}
        self._copy = Copy(0, None, (), False)
        self._folders: dict[str, Folder] = {}
        self._texts: dict[str, tuple[str, Issue]] = {}
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
        is_whole = examined.publication is not None
        last = self._copy
        self._copy = Copy(
            last.version + 1, examined if is_whole else last.whole, examined.diagnostics, is_whole
        )
        if examined.publication is not None:
            self._remember(examined.publication.issues)
        return True

    def _remember(self, issues: Sequence[Issue]) -> None:
        """Keep the folders of the newest issue and of those that were looked at, to be shown while one has errors."""
        looked_at = set(self._folders)
        self._folders = {
            issue.folder: read_folder(self.root, issue.folder)
            for issue in issues
            if issue is issues[-1] or issue.folder in looked_at
        }

    def page(self, path: str) -> Asset | None:
        """Return the file of the site at ``path``, made from the content as last read."""
        whole, publication = self._copy.whole, self._copy.publication
        if whole is None or publication is None:
            return None
        templates = self.root / "templates"
        environ = environment(templates)
        folder = "/".join(path.split("/")[:2])
        for index, issue in enumerate(publication.issues):
            if addresses.issue_page(issue).startswith(folder + "/"):
                around = next(surroundings(publication, References(publication, whole.cited), [index]))
                full = self._with_texts(issue)
                if full is None:
                    return None
                if found := issue_asset(publication, full, around, environ, self._read_bytes, path):
                    return found
        return list_asset(publication, path, environ, templates)

    def _with_texts(self, issue: Issue) -> Issue | None:
        """Return ``issue`` with its texts as last read whole; None where it has errors and was not seen before."""
        folder = self._folders.get(issue.folder) or read_folder(self.root, issue.folder)
        digest, known = self._texts.get(issue.folder, ("", None))
        if digest != folder.digest:
            known, found = load_issue(folder, issue.prefix)
            if known is None or has_errors(found):
                return None
            self._folders[issue.folder] = folder
            self._texts[issue.folder] = (folder.digest, known)
        return known

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
        full = self._with_texts(found[0]) if found else None
        if copy.publication is None or found is None or full is None:
            return ()
        document = next(each for each in full.full_texts if each.slug == found[1].slug)
        with self._typesetting:
            key = (path, copy.version)
            if key not in self._pictures:
                made = self._typeset(copy.publication, full, document)
                self._pictures = {key: made}
            return self._pictures[key]

    def _typeset(self, publication: Publication, issue: Issue, document: FullText) -> tuple[bytes, ...]:
        from liulin_gazette.pdf.composition import fonts
        from liulin_gazette.pdf.composition.items import Items
        from liulin_gazette.pdf.editions.reading_edition import reading_pdf
        from liulin_gazette.pdf.editions.typeset_issue import document_metadata, typesetter_for
        from liulin_gazette.pdf.write.book import Part
        from liulin_gazette.pdf.write.sheets import drawings
        from liulin_gazette.workers.pool import WorkerPool

        templates = self.root / "templates"
        folder = self._folders.get(issue.folder) or read_folder(self.root, issue.folder)
        faces = fonts.prepare(self.root, characters(self.root, publication, issue, folder.read_bytes))
        with WorkerPool(1) as pool:
            typesetter = typesetter_for(publication, self.root, faces, pool, folder.read_bytes)
            item = Items(publication, issue, templates).document(document)
            layout = typesetter.layouts([item])[item.name]
        part = Part(document.slug, layout, None, 1, typesetter.key(item))
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
