"""The program itself as an input: another version of it, or of a library, makes other output."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from liulin_gazette.cache.libraries import versions_for_reading


@cache
def program_digest() -> str:
    """Return a digest of the program's files and of the libraries that it reads and renders with."""
    folder = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for file in files_below(folder):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes())
    for each in versions_for_reading():
        digest.update(f"{each}\0".encode())
    return digest.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` in order, but none that Python compiled or that a cache holds."""
    for file in sorted(folder.rglob("*")):
        if file.suffix != ".pyc" and ".cache" not in file.relative_to(folder).parts and file.is_file():
            yield file
