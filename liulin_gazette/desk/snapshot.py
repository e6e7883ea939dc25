"""The content that the preview shows: the last readable state, its findings, and printed pages on demand."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from liulin_gazette.desk.drawn_pages import PagePictures
from liulin_gazette.desk.printed_blocks import PrintedDocument, printed_document
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, IssueFormat, Publication, issue_format
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pipeline.edited_issues import EditedIssues
from liulin_gazette.pipeline.examination import Examined, examine, learn_issue
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.template_errors import UnreadableError, template_errors_named
from liulin_gazette.rendering.templates import Templates, read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web import addresses
from liulin_gazette.web.comparison_page import comparison_page
from liulin_gazette.web.references import References
from liulin_gazette.web.search.pair_index import Unit
from liulin_gazette.web.search.search_index import document_units
from liulin_gazette.web.site import (
    IssueContext,
    issue_contexts,
    issue_files,
    list_asset,
    list_renderer,
    mark_pictures,
)

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

    @property
    def gazette(self) -> Gazette | None:
        """The settings of now; None where there is no publication."""
        return self.publication.gazette if self.publication else None


@dataclass(frozen=True, slots=True)
class WholeIssue:
    """An issue with its texts, and all that its pages are made from."""

    publication: Publication
    """Without texts."""
    issue: Issue
    folder: Folder
    context: IssueContext
    templates: Templates


class LiveContent:
    """Keeps a snapshot up to date with the files below ``root``. Several threads may use it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stamps: FileStamps = {}
        self._snapshot = Snapshot(0, None, (), False)
        self._templates = Templates("", {})
        self._found_templates: str | None = None
        """Digest of the templates that the last look found, "" where it could not read them; None before any look."""
        self._folders: dict[str, Folder] = {}
        """Folders of issues as last read whole, by their path."""
        self._issues: dict[str, tuple[str, IssueFormat, Issue]] = {}
        """Digest of the folder, what gazette.toml says of it, and issue with its texts, by the path of the folder."""
        self._documents = EditedIssues()
        self._faces: tuple[frozenset[str], tuple[str, ...], tuple[Face, ...]] = frozenset(), (), ()
        """The characters and the digests of the font files for which the last faces were prepared, and these faces."""
        self._expected = ""
        """Path of the folder of the issue of which a document was opened last; empty once its documents are known."""
        self._typesetting = threading.Lock()
        self._printed: dict[tuple[str, int], PrintedDocument] = {}
        """The printed pages of one document, by its page and the version of the snapshot."""

    @property
    def snapshot(self) -> Snapshot:
        """The latest state."""
        return self._snapshot

    def refresh(self) -> bool:
        """Read the content again if a file has changed; tell whether one has."""
        stamps = self._file_stamps()
        if stamps == self._stamps or not self._read_templates():
            return False
        examined = examine(self.root, self._documents)
        if examined.publication is not None:
            folders = self._folders_of(examined, examined.publication.issues)
            if folders is None:  # The next look reads it.
                return False
            self._folders = folders
        is_readable = examined.publication is not None
        last = self._snapshot
        self._snapshot = Snapshot(
            last.version + 1,
            examined if is_readable else last.last_readable,
            examined.diagnostics,
            is_readable,
        )
        self._stamps = stamps  # Only now: where reading was stopped by an error, the next look reads again.
        return True

    def expect_edits(self, path: str) -> None:
        """Tell that a document in the folder at the project ``path`` was opened: ``get_ready`` does what it needs.

        Nothing is needed for a published issue, which seldom has an edit.
        """
        publication = self._snapshot.publication
        issues = publication.issues if publication else ()
        is_published = any(issue.folder == path and issue.record is not None for issue in issues)
        if not is_published and not self._documents.has(path):
            self._expected = path

    def get_ready(self) -> None:
        """Read what the first save of an opened document would wait for. Called by the thread that calls ``refresh``."""
        if not self._expected or self._file_stamps() != self._stamps:
            return  # A change is read first.
        path, self._expected = self._expected, ""
        if not self._documents.has(path):
            learn_issue(self.root, path, self._documents)

    def _read_templates(self) -> bool:
        """Read the templates again; return False where they may be half saved, so that the next look has to decide.

        Unlike a document, an emptied or halved template can be valid. So other templates than those shown are used
        when two looks in a row find the same.
        """
        try:
            templates = read_templates(self.root)
        except OSError:
            templates = None
        found = templates.digest if templates else ""
        is_settled = found in (self._templates.digest, self._found_templates) or self._found_templates is None
        self._found_templates = found
        if is_settled and templates:
            self._templates = templates
        return is_settled

    def _folders_of(self, examined: Examined, issues: Sequence[Issue]) -> dict[str, Folder] | None:
        """Return the folders of the newest issue and of those viewed, to show them while their files have errors.

        None where one is no longer as it was ``examined``.
        """
        viewed = set(self._folders)
        folders = {
            issue.folder: read_folder(self.root, issue.folder)
            for issue in issues
            if issue is issues[-1] or issue.folder in viewed
        }
        is_same = all(examined.folders[path] == folder.digest for path, folder in folders.items())
        return folders if is_same else None

    def page(self, path: str) -> Asset | None:
        """Return the file at ``path`` of the site, built from the latest readable content; None if there is none.

        Raises UnreadableError for a fault of a template, such as that it leaves the page empty.
        """
        with template_errors_named(self.root):
            asset = self._page(path)
        if asset and path.endswith(".html") and not asset.content.strip():
            raise UnreadableError("这一页的模板是空的。", "模板保存完整以后，这一页自动恢复。")
        return asset

    def _page(self, path: str) -> Asset | None:
        readable, publication = self._snapshot.last_readable, self._snapshot.publication
        if readable is None or publication is None:
            return None
        templates = self._templates
        environ = environment(templates)
        folder = "/".join(path.split("/")[:2])
        references = References(publication, readable.cited)
        for index, issue in enumerate(publication.issues):
            if addresses.issue_page(issue).startswith(folder + "/"):
                context = next(issue_contexts(publication, references, [index]))
                full_issue = self._with_texts(publication.gazette, issue)
                if full_issue is None:
                    return None
                gazette, read_bytes = settings_at(publication, issue), self._folder(issue).read_bytes
                files = issue_files(
                    publication.gazette, gazette, full_issue, context, None, environ, read_bytes
                )
                if asset := dict(files).get(path):
                    return asset()
                return self._comparison(publication, references, path, environ)
        if path.startswith(addresses.MARKS):
            files = read_folder(self.root, "content").files
            pictures = mark_pictures(publication.gazette, lambda name: files.get(name, b""))
            return next((picture.asset() for picture in pictures if picture.path == path), None)
        return list_asset(publication, references, path, environ, templates)

    def _comparison(
        self, publication: Publication, references: References, path: str, environ: Environment
    ) -> Asset | None:
        """Return the page at ``path`` that has two texts of one instrument side by side; None if there is none."""
        for before, after in references.comparisons():
            if after.comparison == path:
                old, new = self._units(publication, before.path), self._units(publication, after.path)
                renderer = list_renderer(publication, environ)
                return comparison_page(renderer, before, after, (old, new)).asset() if old and new else None
        return None

    def _units(self, publication: Publication, path: str) -> tuple[Unit, ...]:
        """Return the lines of the document at the project ``path``; empty where it was never read whole."""
        issue = next(each for each in publication.issues if any(one.path == path for one in each.documents))
        full_issue = self._with_texts(publication.gazette, issue)
        texts = full_issue.full_texts if full_issue else ()
        document = next((each for each in texts if each.path == path), None)
        return document_units(full_issue, document) if full_issue and document else ()

    def _with_texts(self, gazette: Gazette, issue: Issue) -> Issue | None:
        """Return ``issue`` with its texts as last read whole; None if it has errors and was never read whole."""
        folder, form = self._folder(issue), issue_format(gazette, issue.prefix)
        known = self._issues.get(issue.folder)
        if known and known[:2] == (folder.digest, form):
            return known[2]
        full_issue = self._documents.whole_issue(issue.folder, folder.digest, form)
        if full_issue is None:
            full_issue, diagnostics = load_issue(folder, form)
            if full_issue is None or has_errors(diagnostics):
                return None
        self._folders[issue.folder] = folder
        self._issues[issue.folder] = folder.digest, form, full_issue
        return full_issue

    def _folder(self, issue: Issue) -> Folder:
        """Return the folder of ``issue`` as last read whole; as it is now if it never was."""
        return self._folders.get(issue.folder) or read_folder(self.root, issue.folder)

    def whole_issue(self, path: str) -> WholeIssue | None:
        """Return the issue in the folder at the project ``path`` as last read whole; None if it never could be."""
        readable, publication = self._snapshot.last_readable, self._snapshot.publication
        for index, outline in enumerate(publication.issues if publication else ()):
            if outline.folder == path and readable and publication:
                context = next(issue_contexts(publication, References(publication, readable.cited), [index]))
                issue = self._with_texts(publication.gazette, outline)
                folder = self._folder(outline)
                return WholeIssue(publication, issue, folder, context, self._templates) if issue else None
        return None

    def document_at(self, path: str) -> tuple[Issue, Document] | None:
        """Return the document whose page is at ``path``, with its issue; None if there is none."""
        publication = self._snapshot.publication
        for issue in publication.issues if publication else ():
            for document in issue.documents:
                if addresses.document_page(issue, document) == path:
                    return issue, document
        return None

    def printed_document(self, path: str) -> PrintedDocument:
        """Return the printed pages of the document whose page is at ``path``; none if there is no such document.

        Raises TypesettingError, fonts.FontMissingError, UnreadableError.
        """
        snapshot, entry = self._snapshot, self.document_at(path)
        publication = snapshot.publication
        if publication is None or entry is None:
            return PrintedDocument()
        issue, outline = entry
        full_issue = self._with_texts(publication.gazette, issue)
        if full_issue is None:
            return PrintedDocument()
        document = next((each for each in full_issue.full_texts if each.slug == outline.slug), None)
        if document is None:  # The files have moved on since the snapshot.
            return PrintedDocument()
        gazette = settings_at(publication, issue)
        with self._typesetting, template_errors_named(self.root):
            key = (path, snapshot.version)
            if key not in self._printed:
                self._printed = {key: self._typeset(gazette, full_issue, document)}
            return self._printed[key]

    def _typeset(self, gazette: Gazette, issue: Issue, document: FullText) -> PrintedDocument:
        """Return the printed pages of ``document``. Raises as ``printed_document``."""
        from liulin_gazette.pdf.composition import fonts
        from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
        from liulin_gazette.pdf.composition.items import Items
        from liulin_gazette.pdf.editions.reading_edition import reading_pdf
        from liulin_gazette.pdf.editions.typeset_issue import document_metadata, typesetter_for
        from liulin_gazette.pdf.write.book import Part
        from liulin_gazette.pdf.write.page_content import collect_drawings
        from liulin_gazette.workers.pool import WorkerPool

        templates = self._templates
        folder = self._folder(issue)
        characters = printed_characters(gazette, issue, templates, folder.read_bytes)
        sources = tuple(fonts.source_digests(self.root))
        faces = self._faces[2]
        if self._faces[:2] != (characters, sources) or not all(face.file.is_file() for face in faces):
            faces = fonts.prepare(self.root, characters)
            self._faces = characters, sources, faces
        with WorkerPool(1) as pool:
            typesetter = typesetter_for(gazette, self.root, templates, faces, pool, folder.read_bytes)
            item = Items(gazette, issue, templates).document(document)
            layout = typesetter.layouts([item])[item.name]
        part = Part(document.slug, layout, None, 1, typesetter.key(item))
        metadata = document_metadata(gazette, issue, document)
        pdf = reading_pdf([part], collect_drawings([part], faces), metadata, environment(templates), {})
        return printed_document(document, folder.read_bytes(document.path), layout, PagePictures(pdf))

    def _file_stamps(self) -> FileStamps:
        stamps: dict[str, tuple[int, int]] = {}
        for folder in WATCHED_FOLDERS:
            for file in _files_below(self.root / folder):
                with contextlib.suppress(OSError):  # It has vanished; the next look does not find it.
                    status = file.stat()
                    if stat.S_ISREG(status.st_mode):
                        stamps[str(file)] = (status.st_mtime_ns, status.st_size)
        return stamps


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield what lies below ``folder``, hidden files and the cache apart; a folder that vanishes meanwhile has nothing."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".cache"]
        yield from (Path(place, name) for name in names if not name.startswith((".", "~")))
