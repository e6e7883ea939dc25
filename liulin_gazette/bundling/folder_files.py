"""What of the project's folder goes into the portable folder: the program, and the content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from liulin_gazette.editing.counties.program_files import (
    FILES,
    FOLDERS,
    VERSION_FILE,
    Program,
    belongs,
    stated_version,
    version_record_text,
)

CONTENT = "content"


def program_files(root: Path) -> dict[str, bytes]:
    """Return the program in ``root`` as a county has it, templates that it changed included, by path. Raises OSError."""
    paths = [*(name for name in FILES if (root / name).is_file()), *(_below(root, FOLDERS))]
    files = {path: (root / path).read_bytes() for path in sorted(paths) if belongs(path)}
    record = root / VERSION_FILE
    if record.is_file():
        return files | {VERSION_FILE: record.read_bytes()}
    version, content_format = stated_version(files["liulin_gazette/__init__.py"], str(root))
    text = version_record_text(Program(version, content_format, files), files)
    return files | {VERSION_FILE: text.encode()}


def content_files(root: Path) -> dict[str, bytes]:
    """Return all files of the content by path; none where there is no content. Raises OSError."""
    return {path: (root / path).read_bytes() for path in _below(root, (f"{CONTENT}/",))}


def _below(root: Path, folders: tuple[str, ...]) -> Iterator[str]:
    """Yield the paths of the files below ``folders``; links and what programs leave behind are passed over."""
    for top in folders:
        for place, inner, names in os.walk(root / top):
            inner[:] = sorted(each for each in inner if each not in ("__pycache__", ".cache", "node_modules"))
            for name in sorted(names):
                file = Path(place) / name
                if not file.is_symlink():
                    yield file.relative_to(root).as_posix()
