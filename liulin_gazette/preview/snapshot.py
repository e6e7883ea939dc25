"""The content that the preview shows: the last readable state, its findings, and printed pages on demand."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.publication import Document, FullText, Issue, Publication
from liulin_gazette.pipeline.examination import Examined, examine
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templates import Templates, read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web import addresses
from liulin_gazette.web.references import References
from liulin_gazette.web.site import issue_asset, issue_contexts, list_asset

RESOLUTION = 96
"""Of the pictures of printed pages, in dpi."""
WATCHED_FOLDERS = ("content", "templates")
FileStamps = Mapping[str, tuple[int, int]]
"""Time of modification (ns) and size of each watched file, by its path."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the content."""

    version: int
    last_readable: Examined | None
    """The content when it could last be read whole; None if it never could."""
    diagnostics: tuple[Diagnostic, ...]
    """Of the files as they are now."""
    is_current: bool
    """Whether ``last_readable`` is the content of the files as they are now."""

    @property
    def publication(self) -> Publication | None:
        """The publication of ``last_readable``, without texts."""
        return self.last_readable.publication if self.last_readable else None


class LiveContent:
    """Keeps a snapshot up to date with the files below ``root``. Several threads may use it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stamps: FileStamps = {}
        self._snapshot = Snapshot(0, None, (), False)
        self._templates = Templates("", {})
        self._folders: dict[str, Folder] = {}
        """Folders of issues as last read whole, by their path."""
        self._issues: dict[str, tuple[str, Issue]] = {}
        """Digest of the folder, and issue with its texts, by the path of the folder."""
        self._typesetting = threading.Lock()
        self._pictures: dict[tuple[str, int], tuple[bytes, ...]] = {}
        """Pictures of one document, by its page and the version of the snapshot."""

    @property
    def snapshot(self) -> Snapshot:
        """The latest state."""
        return self._snapshot

    def refresh(self) -> bool:
        """Read the content again if a file has changed; tell whether one has."""
        stamps = self._file_stamps()
        if stamps == self._stamps:
            return False
        self._stamps = stamps
        with contextlib.suppress(OSError):  # One that is being saved: the next look reads it.
            self._templates = read_templates(self.root)
        examined = examine(self.root)
        is_readable = examined.publication is not None
        last = self._snapshot
        self._snapshot = Snapshot(
            last.version + 1,
            examined if is_readable else last.last_readable,
            examined.diagnostics,
            is_readable,
        )
        if examined.publication is not None:
            self._save_folders(examined.publication.issues)
        return True

    def _save_folders(self, issues: Sequence[Issue]) -> None:
        """Save the folders of the newest issue and of those viewed, to show them while their files have errors."""
        viewed = set(self._folders)
        self._folders = {
            issue.folder: read_folder(self.root, issue.folder)
            for issue in issues
            if issue is issues[-1] or issue.folder in viewed
        }

    def page(self, path: str) -> Asset | None:
        """Return the file at ``path`` of the site, built from the latest readable content; None if there is none."""
        readable, publication = self._snapshot.last_readable, self._snapshot.publication
        if readable is None or publication is None:
            return None
        templates = self._templates
        environ = environment(templates)
        folder = "/".join(path.split("/")[:2])
        for index, issue in enumerate(publication.issues):
            if addresses.issue_page(issue).startswith(folder + "/"):
                context = next(issue_contexts(publication, References(publication, readable.cited), [index]))
                full_issue = self._with_texts(issue)
                if full_issue is None:
                    return None
                asset = issue_asset(publication, full_issue, context, environ, self._read_bytes, path)
                if asset:
                    return asset
        return list_asset(publication, path, environ, templates)

    def _with_texts(self, issue: Issue) -> Issue | None:
        """Return ``issue`` with its texts as last read whole; None if it has errors and was never read whole."""
        folder = self._folders.get(issue.folder) or read_folder(self.root, issue.folder)
        digest, full_issue = self._issues.get(issue.folder, ("", None))
        if digest != folder.digest:
            full_issue, diagnostics = load_issue(folder, issue.prefix)
            if full_issue is None or has_errors(diagnostics):
                return None
            self._folders[issue.folder] = folder
            self._issues[issue.folder] = (folder.digest, full_issue)
        return full_issue

    def document_at(self, path: str) -> tuple[Issue, Document] | None:
        """Return the document whose page is at ``path``, with its issue; None if there is none."""
        publication = self._snapshot.publication
        for issue in publication.issues if publication else ():
            for document in issue.documents:
                if addresses.document_page(issue, document) == path:
                    return issue, document
        return None

    def printed_pages(self, path: str) -> tuple[bytes, ...]:
        """Return the printed pages of the document whose page is at ``path``, as PNG; empty if there is none.

        Raises TypesettingError, fonts.FontMissingError.
        """
        snapshot, entry = self._snapshot, self.document_at(path)
        if snapshot.publication is None or entry is None:
            return ()
        issue, outline = entry
        full_issue = self._with_texts(issue)
        if full_issue is None:
            return ()
        document = next(document for document in full_issue.full_texts if document.slug == outline.slug)
        with self._typesetting:
            key = (path, snapshot.version)
            if key not in self._pictures:
                self._pictures = {key: self._typeset(snapshot.publication, full_issue, document)}
            return self._pictures[key]

    def _typeset(self, publication: Publication, issue: Issue, document: FullText) -> tuple[bytes, ...]:
        """Return the printed pages of ``document`` as PNG. Raises as ``printed_pages``."""
        from liulin_gazette.pdf.composition import fonts
        from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
        from liulin_gazette.pdf.composition.items import Items
        from liulin_gazette.pdf.editions.reading_edition import reading_pdf
        from liulin_gazette.pdf.editions.typeset_issue import document_metadata, workshop_for
        from liulin_gazette.pdf.typeset.workshop import Typesetters
        from liulin_gazette.pdf.write.book import Part
        from liulin_gazette.pdf.write.page_content import collect_drawings

        templates = self._templates
        folder = self._folders.get(issue.folder) or read_folder(self.root, issue.folder)
        faces = fonts.prepare(self.root, printed_characters(publication, issue, templates, folder.read_bytes))
        with Typesetters(1) as typesetters:
            workshop = workshop_for(publication, self.root, templates, faces, typesetters, folder.read_bytes)
            item = Items(publication, issue, templates).document(document)
            layout = workshop.lay_out([item])[item.name]
        part = Part(document.slug, layout, None, 1, workshop.key(item))
        metadata = document_metadata(publication, issue, document)
        pdf = reading_pdf([part], collect_drawings([part], faces), metadata, environment(templates), {})
        return tuple(_pictures(pdf))

    def _read_bytes(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def _file_stamps(self) -> FileStamps:
        stamps: dict[str, tuple[int, int]] = {}
        for folder in WATCHED_FOLDERS:
            for file in (self.root / folder).rglob("*"):
                try:
                    status = file.stat()
                except OSError:
                    continue
                if file.is_file() and not file.name.startswith((".", "~")) and ".cache" not in file.parts:
                    stamps[str(file)] = (status.st_mtime_ns, status.st_size)
        return stamps


def _pictures(pdf: bytes) -> list[bytes]:
    """Return the pages of ``pdf`` as PNG."""
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
