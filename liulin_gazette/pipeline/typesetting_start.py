"""The start of a process that typesets, before it is known what there is to typeset: it takes as long as reading an issue.

This module is loaded before all others of a build; it imports none of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

RECORD = Path(".cache") / "ledger"
"""The file of ``output_record``, below the project folder."""
NEWEST = 6
"""Folders in content/ that are looked at, the last by name: in others, next to nothing changes."""


@dataclass(frozen=True, slots=True)
class TypesettingStart:
    """What such a process does first: it loads the typesetter, compiles the templates of pages, and loads what writes PDFs."""

    root: Path
    """The project folder."""

    def __call__(self) -> None:
        """Load and compile. Raises TypesetterMissingError."""
        from liulin_gazette.pdf.typeset.typesetting_unit import preload
        from liulin_gazette.rendering.compiled_templates import compile_page_templates

        preload()
        compile_page_templates(self.root)
        import_module("liulin_gazette.pdf.editions.document_files")


def is_typesetting_likely(root: Path) -> bool:
    """Tell whether a build of everything below ``root`` has to typeset, by the times of files alone.

    It is a guess: a wrong one costs time and nothing else.
    """
    try:
        built = (root / RECORD).stat().st_mtime_ns
    except OSError:
        return True
    return any(changed > built for changed in _times(root / "content"))


def _times(folder: Path) -> Iterator[int]:
    """Yield the times (ns) when files in ``folder`` and in the newest folders in it last changed."""
    try:
        with os.scandir(folder) as entries:
            below = sorted(entries, key=lambda entry: entry.name)
        folders = [entry.path for entry in below if entry.is_dir()][-NEWEST:]
        yield from (entry.stat().st_mtime_ns for entry in below if entry.is_file())
        for each in folders:
            with os.scandir(each) as entries:
                yield from (entry.stat().st_mtime_ns for entry in entries)
    except OSError:  # It is read properly later on, and what is wrong is told then.
        return
