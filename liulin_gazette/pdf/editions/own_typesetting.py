"""What an edition that is typeset on its own (大字版, 张贴页) is made from, and what its maker returns."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.gazette import Gazette, PageSize
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.workers.pool import WorkerPool

A4 = PageSize("A4", 210.0, 297.0)
"""What every office printer has, whatever the size of the issue."""


@dataclass(frozen=True, slots=True)
class TypesettingSource:
    """An issue with everything that typesetting it takes."""

    root: Path
    """The project folder, whose cache keeps layouts."""
    gazette: Gazette
    """The settings that hold for the issue, with the address of the site of today."""
    issue: Issue
    """With its texts."""
    spans: Mapping[str, tuple[int, int]]
    """The first and last page by which each document of the printed issue is cited, by slug."""
    templates: Templates
    faces: tuple[Face, ...]
    """They have every character of the issue."""
    pool: WorkerPool
    read_bytes: Callable[[str], bytes]
    """Returns the content of a picture by project path."""


@dataclass(frozen=True, slots=True)
class TypesetEdition:
    """An edition as it was typeset."""

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    """What did not fit as it should (S090)."""


TypesetEditionMaker = Callable[[TypesettingSource], Generator[None, None, TypesetEdition]]
"""Makes one edition of an issue, as a job for ``WorkerPool.interleave``; the same source gives the same bytes."""
