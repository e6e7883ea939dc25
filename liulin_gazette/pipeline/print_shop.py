"""Where issues are typeset: faces, layouts that are kept, and processes that start when something has to be set."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition import glyph_coverage
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.source.folder import Folder

if TYPE_CHECKING:
    from liulin_gazette.pdf.editions.typeset_issue import TypesetIssue
    from liulin_gazette.pdf.typeset.workshop import Typesetters


@dataclass(frozen=True, slots=True)
class TypesetWork:
    """An issue typeset, with what it was typeset with."""

    issue: TypesetIssue
    faces: tuple[Face, ...]
    typeset: tuple[str, ...]
    """Names of the items that were not in the cache."""


class PrintShop:
    """Used as a context. Faces and layouts are kept below the project folder."""

    def __init__(self, root: Path, templates: Templates, jobs: int | None) -> None:
        """Typeset with at most ``jobs`` processes; with as many as there are cores when it is None."""
        self._root = root
        self._templates = templates
        self._jobs = jobs
        self._stack = contextlib.ExitStack()
        self._typesetters: Typesetters | None = None

    def __enter__(self) -> PrintShop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def start(self) -> Typesetters:
        """Start the processes, unless they are running: they take half a second to be ready."""
        if self._typesetters is None:
            from liulin_gazette.pdf.typeset.workshop import Typesetters

            self._typesetters = self._stack.enter_context(Typesetters(self._jobs))
        return self._typesetters

    @property
    def redone(self) -> int:
        """Items that were lost with another process and set in this one."""
        return self._typesetters.redone if self._typesetters else 0

    def typeset(self, publication: Publication, issue: Issue, folder: Folder) -> TypesetWork:
        """Return ``issue``, which has its texts and lies in ``folder``, typeset.

        Raises TypesettingError, and UnprintableError when the faces lack something.
        """
        from liulin_gazette.pdf.editions.typeset_issue import Typesetting, workshop_for

        read_bytes, templates = folder.read_bytes, self._templates
        faces = glyph_coverage.printable_faces(self._root, publication, issue, templates, read_bytes)
        workshop = workshop_for(publication, self._root, templates, faces, self.start(), read_bytes)
        typeset = Typesetting(publication, issue, templates, workshop).finish()
        return TypesetWork(typeset, faces, tuple(workshop.typeset))
