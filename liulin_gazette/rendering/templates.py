"""The folder ``templates/``, read once: what is made afterwards comes from one state of it."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from liulin_gazette.cache.program import names_below

FOLDER = "templates"
PRINTED = frozenset(("print", "report", "blocks.html", "tokens.css"))
"""The folders and files in it from which printed pages and reports are made; they take nothing of the others."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Jinja templates, style sheets and scripts, by their path below the folder.

    It can be handed to another machine, if it names no folder for compiled templates.
    """

    digest: str
    """SHA-256 of all files with their paths."""
    files: Mapping[str, bytes] = field(hash=False, compare=False, repr=False)
    compiled: Path | None = None
    """Where compiled templates are kept; None to keep none."""

    def read_bytes(self, name: str) -> bytes:
        """Return the content of the file ``name``. Raises FileNotFoundError."""
        if name not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), f"{FOLDER}/{name}")
        return self.files[name]

    def read_text(self, name: str) -> str:
        """Return the text of the file ``name``, its lines ended as on Unix. Raises FileNotFoundError, UnicodeDecodeError."""
        return _text(self.read_bytes(name))

    def source(self, name: str) -> str | None:
        """Return the text of the template ``name``; None when there is no such file. Raises UnicodeDecodeError."""
        return _text(self.files[name]) if name in self.files else None

    @property
    def print_digest(self) -> str:
        """SHA-256 of the files from which printed pages and reports can be made."""
        return _digest(self.print_files)

    @property
    def print_files(self) -> Mapping[str, bytes]:
        """The files from which printed pages and reports can be made."""
        return {name: file for name, file in self.files.items() if name.split("/", 1)[0] in PRINTED}


def read_templates(root: Path) -> Templates:
    """Return the templates of the project folder ``root`` as they are now. Raises OSError."""
    folder = root / FOLDER
    files = {name: _content(folder, name) for name in names_below(folder)}
    return Templates(_digest(files), files, root / ".cache" / FOLDER)


def are_unchanged(root: Path, templates: Templates) -> bool:
    """Tell whether the project folder ``root`` still has these ``templates`` and no others.

    Raises FileNotFoundError when one of them is gone, OSError when one cannot be read.
    """
    folder = root / FOLDER
    is_same = all(_content(folder, name) == content for name, content in templates.files.items())
    return is_same and set(names_below(folder)) == set(templates.files)


def _content(folder: Path, name: str) -> bytes:
    """Return the content of the file ``name`` below ``folder``. Raises OSError."""
    with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123 -- of hundreds of files; a Path would take as long again.
        return file.read()


def _digest(files: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name, content in files.items():
        whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\0".encode())
    return whole.hexdigest()


def _text(content: bytes) -> str:
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
