"""Digests of the program and of folders such as the templates, as inputs of a build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from liulin_gazette.cache.libraries import versions_for_reading


@cache
def program_digest() -> str:
    """Return the SHA-256 of the files of the program and of the versions in ``versions_for_reading``."""
    folder = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for file in files_below(folder):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes())
    for version in versions_for_reading():
        digest.update(f"{version}\0".encode())
    return digest.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` in order, without compiled Python and caches."""
    for file in sorted(folder.rglob("*")):
        if file.suffix != ".pyc" and ".cache" not in file.relative_to(folder).parts and file.is_file():
            yield file
