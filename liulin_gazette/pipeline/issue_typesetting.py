"""The beginning of the typesetting of an issue, which may be while it is still being checked.

Other processes have nothing to do then. What the check finds does not change a layout: it can only keep the build from
wanting it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.own_texts import OwnText
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition import glyph_coverage
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.pipeline.inputs import Inputs
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.source.folder import Folder
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.workers.pool import WorkerPool

if TYPE_CHECKING:
    from liulin_gazette.pdf.composition.fonts import Face
    from liulin_gazette.pdf.editions.typeset_issue import TypesetIssue
    from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter


@dataclass(frozen=True, slots=True)
class TypesettingInputs:
    """What typesetting an issue needs besides the issue."""

    root: Path
    """The project folder."""
    templates: Templates
    texts: tuple[OwnText, ...]
    """Those of gazette.toml."""
    pool: WorkerPool


def typesetting_inputs(inputs: Inputs, pool: WorkerPool) -> TypesettingInputs:
    """Return what a build with these ``inputs`` typesets issues with."""
    return TypesettingInputs(inputs.content.reader.root, inputs.templates, inputs.content.series.texts, pool)


@dataclass(frozen=True, slots=True)
class BegunIssue:
    """An issue of which other processes typeset their share."""

    made_from: str
    """A digest of the folder and of the settings."""
    issue: Issue
    faces: tuple[Face, ...]
    typesetter: CachedTypesetter
    job: Generator[None, None, TypesetIssue]
    """What goes on with it; it has yielded once."""


def begin_issue(
    inputs: TypesettingInputs, folder: Folder, settings: Gazette, issue: Issue, *, is_early: bool = False
) -> BegunIssue:
    """Hand out what other processes typeset of ``issue`` in ``folder`` with ``settings``.

    ``is_early`` says that this process does something else before it typesets its own share. Raises UnprintableError
    and TypesettingError.
    """
    from liulin_gazette.pdf.editions.typeset_issue import typeset_issue, typesetter_for

    root, templates, read_bytes = inputs.root, inputs.templates, folder.read_bytes
    faces = glyph_coverage.printable_faces(root, settings, issue, templates, read_bytes, inputs.texts)
    typesetter = typesetter_for(settings, root, templates, faces, inputs.pool, read_bytes, is_early)
    job = typeset_issue(settings, issue, templates, typesetter)
    next(job)
    return BegunIssue(_digest(folder, settings), issue, faces, typesetter, job)


class EarlyTypesetting:
    """Begins to typeset an issue before it is checked; it can be given to ``examine_unchanged``."""

    def __init__(self, inputs: TypesettingInputs) -> None:
        """Hand the work to the pool of ``inputs``."""
        self._inputs = inputs
        self._begun: BegunIssue | None = None

    def __call__(self, folder: Folder, settings: Gazette, issue: Issue) -> None:
        """Hand out what other processes typeset of ``issue`` with ``settings``; a published issue keeps its PDFs.

        Where it cannot be printed, nothing is begun: the check says why, or the stage that prints.
        """
        if issue.record is None and self._inputs.pool.helpers and not self._inputs.pool.is_remote:
            with contextlib.suppress(EditorError, OSError):
                self._begun = begin_issue(self._inputs, folder, settings, issue, is_early=True)

    def take(self, folder: Folder, settings: Gazette) -> BegunIssue | None:
        """Return what was begun of the issue in ``folder`` with ``settings``, once; None where nothing was."""
        begun, self._begun = self._begun, None
        return begun if begun is not None and begun.made_from == _digest(folder, settings) else None


def _digest(folder: Folder, settings: Gazette) -> str:
    return fingerprint(folder.path, folder.digest, printed_settings(settings))
