"""Digests of the program and of folders such as the templates, as inputs of a build."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from liulin_gazette.cache.libraries import versions_for_reading

_CACHES = (".cache", "__pycache__")
"""The names of folders of caches, in which another process may be writing."""
_NO_FOLDER = (FileNotFoundError, NotADirectoryError, PermissionError)
"""What is raised by a folder that has no files for this user."""


@cache
def program_digest() -> str:
    """Return the SHA-256 of the files of the program and of the versions in ``versions_for_reading``."""
    folder = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for name in names_below(folder):
        digest.update(f"{name}\0".encode() + (folder / name).read_bytes())
    for version in versions_for_reading():
        digest.update(f"{version}\0".encode())
    return digest.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` in order, without compiled Python and caches."""
    for name in names_below(folder):
        yield folder / name


def names_below(folder: Path) -> list[str]:
    """Return the paths of these files below ``folder``, with forward slashes: a build asks for them several times."""
    found: list[list[str]] = []
    folders: list[tuple[str, list[str]]] = [(str(folder), [])]
    while folders:
        place, parts = folders.pop()
        with contextlib.suppress(*_NO_FOLDER), os.scandir(place) as entries:
            for entry in entries:
                if entry.name in _CACHES:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, [*parts, entry.name]))
                elif _is_file(entry):
                    found.append([*parts, entry.name])
    return ["/".join(parts) for parts in sorted(found)]


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Tell whether ``entry`` is a file, or a link to one; a link in a circle leads to none."""
    return entry.is_file(follow_symlinks=False) or (entry.is_symlink() and Path(entry.path).is_file())
