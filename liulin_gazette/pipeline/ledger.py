"""What the last build made, and from what, so that the next one makes only what has changed.

It is kept in ``.cache`` and compared by content; deleting it costs nothing but time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from liulin_gazette.cache import sealed_file
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.web.indexed_text import IndexedText
from liulin_gazette.web.manifest import SIGNATURES, Digest

FILE = Path(".cache") / "ledger"
FORMAT = 3
"""Raise by one when a field of the ledger, or of the reports that it lists, changes its meaning."""
PARTS = ("site", "print", "report")
"""The folders of the output that builds make."""
SITE = "site/"
_SIGNATURES = SITE + SIGNATURES
Stand = tuple[int, int]
"""Size and time of change (ns) of a file."""


@dataclass(frozen=True, slots=True)
class BuiltIssue:
    """What a build says about one issue that is typeset."""

    name: str
    """2026年第1期（总第30期）."""
    documents: int
    pages: int
    first_pages: dict[str, int]
    """The printed page on which each document begins, by slug."""
    pdf: str
    """Project path of the reading edition."""
    print_pdf: str
    """Project path of the print edition."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Files that are made together."""

    key: str
    """A digest of everything from which they are made."""
    paths: tuple[str, ...]
    """Below ``output``."""


@dataclass(frozen=True, slots=True)
class TextsEntry(LedgerEntry):
    """The files with the texts of an issue, from which search hits are shown."""

    texts: Mapping[str, IndexedText]
    """What the index needs to know of each, by the document's project path."""


@dataclass(frozen=True, slots=True)
class PdfsEntry(LedgerEntry):
    """The PDFs of an issue, with everything else that is made for its print."""

    content: str
    """A digest of the issue's content and file names alone, whatever the settings and the program were."""
    issue: BuiltIssue
    spans: Mapping[str, tuple[int, int]]
    """The first and last printed page of each document, by slug."""

    @property
    def site_paths(self) -> tuple[str, ...]:
        """The files that are part of the site."""
        return tuple(path for path in self.paths if path.startswith(SITE))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record of one build. Entries of issues are listed by the project path of the issue's folder."""

    format: int = 0
    """``FORMAT`` when it was written."""
    inputs: str = ""
    """A digest of everything from which the output is made."""
    pdfs: dict[str, PdfsEntry] = field(default_factory=dict[str, PdfsEntry])
    former_pdfs: dict[str, PdfsEntry] = field(default_factory=dict[str, PdfsEntry])
    """Of issues that have no PDFs of their present content: those of an earlier state that are left for the printers."""
    reports: dict[str, LedgerEntry] = field(default_factory=dict[str, LedgerEntry])
    texts: dict[str, TextsEntry] = field(default_factory=dict[str, TextsEntry])
    pages: dict[str, LedgerEntry] = field(default_factory=dict[str, LedgerEntry])
    """Pages, data and archive."""
    volumes: dict[str, LedgerEntry] = field(default_factory=dict[str, LedgerEntry])
    """Volumes of the search index, by name."""
    lists: LedgerEntry | None = None
    """All pages and files of the site that belong to no single issue."""
    file_keys: dict[str, str] = field(default_factory=dict[str, str])
    """The keys of files that are made one by one, each PDF and each list, by path below ``output``."""
    files: dict[str, Stand] = field(default_factory=dict[str, Stand])
    """Every file in ``output``."""
    digests: dict[str, Digest] = field(default_factory=dict[str, Digest])
    """Of every file that the manifest lists, by path below ``output``."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What the build said at the end."""

    def file_entry(self, path: str) -> LedgerEntry | None:
        """Return the entry of the file at ``path``, if it is one that is made by itself."""
        key = self.file_keys.get(path)
        return None if key is None else LedgerEntry(key, (path,))


def read(root: Path) -> Ledger:
    """Return the record of the last build; an empty one when there is none, or it is damaged or of another format."""
    if (content := sealed_file.read(root / FILE)) is not None:
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            last = msgspec.msgpack.decode(content, type=Ledger)
            if last.format == FORMAT:
                return last
    return Ledger()


def write(root: Path, ledger: Ledger) -> None:
    """Record a build; where that fails, the next one takes longer."""
    sealed_file.write(root / FILE, msgspec.msgpack.encode(replace(ledger, format=FORMAT)))


def files_with_inodes(output: Path) -> dict[str, tuple[Stand, int]]:
    """Return the stand and the inode of every file that builds make below ``output``, by path.

    The inode is 0 where the disk has none. Raises OSError.
    """
    files: dict[str, tuple[Stand, int]] = {}
    folders = [f"{part}/" for part in PARTS if (output / part).is_dir()]
    while folders:
        folder = folders.pop()
        with os.scandir(output / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path + "/")
                else:
                    stat = entry.stat(follow_symlinks=False)
                    # On Windows a stat that is read with the folder has no inode.
                    inode = stat.st_ino or entry.inode()
                    files[path] = (stat.st_size, stat.st_mtime_ns), inode
    return {path: stand for path, stand in files.items() if not path.startswith(_SIGNATURES)}
