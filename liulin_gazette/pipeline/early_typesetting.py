"""Typesetting that begins while the issue is still being checked.

Other processes have nothing to do then. What the check finds does not change a layout: it can only keep the build from
wanting it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.own_texts import OwnText
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition import glyph_coverage
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.source.folder import Folder
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.workers.pool import WorkerPool

if TYPE_CHECKING:
    from liulin_gazette.pdf.composition.fonts import Face
    from liulin_gazette.pdf.editions.typeset_issue import TypesetIssue
    from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter


@dataclass(frozen=True, slots=True)
class BegunIssue:
    """An issue of which other processes typeset their share."""

    made_from: str
    """A digest of the folder and of the settings."""
    faces: tuple[Face, ...]
    typesetter: CachedTypesetter
    job: Generator[None, None, TypesetIssue]
    """What goes on with it; it has yielded once."""


class EarlyTypesetting:
    """Begins to typeset an issue before it is checked; it can be given to ``examine_unchanged``."""

    def __init__(self, root: Path, templates: Templates, texts: Sequence[OwnText], pool: WorkerPool) -> None:
        """``root`` is the project folder, ``texts`` are those of gazette.toml."""
        self._root = root
        self._templates = templates
        self._texts = texts
        self._pool = pool
        self._begun: BegunIssue | None = None

    def __call__(self, folder: Folder, settings: Gazette, issue: Issue) -> None:
        """Hand out what other processes typeset of ``issue`` with ``settings``; a published issue keeps its PDFs.

        Where it cannot be printed, nothing is begun: the check says why, or the stage that prints.
        """
        if issue.record is None and self._pool.helpers and not self._pool.is_remote:
            with contextlib.suppress(EditorError, OSError):
                self._begun = self._begin(folder, settings, issue)

    def _begin(self, folder: Folder, settings: Gazette, issue: Issue) -> BegunIssue:
        from liulin_gazette.pdf.editions.typeset_issue import typeset_issue, typesetter_for

        root, templates, read_bytes = self._root, self._templates, folder.read_bytes
        faces = glyph_coverage.printable_faces(root, settings, issue, templates, read_bytes, self._texts)
        typesetter = typesetter_for(settings, root, templates, faces, self._pool, read_bytes, is_early=True)
        job = typeset_issue(settings, issue, templates, typesetter)
        next(job)
        return BegunIssue(_digest(folder, settings), faces, typesetter, job)

    def take(self, folder: Folder, settings: Gazette) -> BegunIssue | None:
        """Return what was begun of the issue in ``folder`` with ``settings``, once; None where nothing was."""
        begun, self._begun = self._begun, None
        return begun if begun is not None and begun.made_from == _digest(folder, settings) else None


def _digest(folder: Folder, settings: Gazette) -> str:
    return fingerprint(folder.path, folder.digest, printed_settings(settings))
