"""The content of a file that is no bundle."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.open_file import ContentReader, read_content, read_manuscripts


def read_manuscript(file: Path, read: ContentReader = read_content) -> Manuscript:
    """Return the content of ``file``, read by ``read``. Raises IntakeError where it cannot be read."""
    (found,) = read_manuscripts(file, read)
    if isinstance(found, IntakeError):
        raise found
    return found
