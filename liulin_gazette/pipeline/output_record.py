"""What the last build made, and from what, so that the next one makes only what has changed.

It is kept in ``.cache`` and compared by content; deleting it costs nothing but time.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.pipeline.typesetting_start import RECORD
from liulin_gazette.web.manifest import SIGNATURE_NAMES, Digest
from liulin_gazette.web.search.indexed_text import IndexedText

FILE = RECORD
"""Named as by earlier versions, whose record is read on."""
FORMAT = 4
"""Raise by one when a field of the record, or of the reports that it lists, changes its meaning."""
PARTS = (
    "site",
    "print",
    "report",
    "archive",
    "wechat",
    "portal",
)
"""The folders of the output that builds make."""
SITE = "site/"
_SIGNATURES = frozenset(SITE + name for name in SIGNATURE_NAMES)
Stand = tuple[int, int]
"""Size and time of change (ns) of a file."""
Mark = tuple[int, int]
"""Inode of a file and the time (ns) when anything of it last changed; programs can set the time of a stand, not this.

The inode is 0 where the disk has none. On Windows the time is that of creation.
"""
Present = dict[str, tuple[Stand, Mark]]
"""Stand and mark of files that are there, by path below ``output``."""


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
    cover_pdf: str = ""
    """Project path of the cover of a glued book (胶订), which is a file of its own; empty where there is none."""
    foldouts_pdf: str = ""
    """Project path of the file of the leaves that fold out (折页); empty where there are none."""


@dataclass(frozen=True, slots=True)
class RecordedFiles:
    """Files that are made together."""

    key: str
    """A digest of everything from which they are made."""
    paths: tuple[str, ...]
    """Below ``output``."""


@dataclass(frozen=True, slots=True)
class TextsEntry(RecordedFiles):
    """The files with the texts of an issue, from which search hits are shown."""

    texts: Mapping[str, IndexedText]
    """What the index needs to know of each, by the document's project path."""


@dataclass(frozen=True, slots=True)
class PdfsEntry(RecordedFiles):
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

    @property
    def pdf_paths(self) -> tuple[str, ...]:
        """The PDFs that are part of the site: what a published issue is known by."""
        return tuple(path for path in self.site_paths if path.endswith(".pdf"))

    @property
    def has_ofd(self) -> bool:
        """Whether the issue has OFD files beside its PDFs."""
        return any(path.endswith(".ofd") for path in self.site_paths)


@dataclass(frozen=True, slots=True)
class EditionEntry(RecordedFiles):
    """The files of one edition (成品) of an issue."""

    diagnostics: tuple[Diagnostic, ...] = ()
    """What the edition could not hold."""


@dataclass(frozen=True, slots=True)
class OutputRecord:
    """The record of one build. Entries of issues are listed by the project path of the issue's folder."""

    format: int = 0
    """``FORMAT`` when it was written."""
    inputs: str = ""
    """A digest of everything from which the output is made; empty where an edition could not be made, so that it is tried again."""
    pdfs: dict[str, PdfsEntry] = field(default_factory=dict[str, PdfsEntry])
    former_pdfs: dict[str, PdfsEntry] = field(default_factory=dict[str, PdfsEntry])
    """Of issues that have no PDFs of their present content: those of an earlier state that are left for the printers."""
    reports: dict[str, RecordedFiles] = field(default_factory=dict[str, RecordedFiles])
    texts: dict[str, TextsEntry] = field(default_factory=dict[str, TextsEntry])
    pages: dict[str, RecordedFiles] = field(default_factory=dict[str, RecordedFiles])
    """Pages, data and archive."""
    editions: dict[str, dict[str, EditionEntry]] = field(default_factory=dict[str, dict[str, EditionEntry]])
    """The editions (成品) of each issue by name; earlier versions recorded none."""
    volumes: dict[str, RecordedFiles] = field(default_factory=dict[str, RecordedFiles])
    """Volumes of the search index, by name."""
    lists: RecordedFiles | None = None
    """All pages and files of the site that belong to no single issue."""
    file_keys: dict[str, str] = field(default_factory=dict[str, str])
    """The keys of files that are made one by one, each PDF and each list, by path below ``output``."""
    files: dict[str, Stand] = field(default_factory=dict[str, Stand])
    """Every file in ``output``."""
    marks: dict[str, Mark] = field(default_factory=dict[str, Mark])
    """Of these files; earlier versions recorded none."""
    digests: dict[str, Digest] = field(default_factory=dict[str, Digest])
    """Of every file that the manifest lists, by path below ``output``."""
    checksums: dict[str, str] = field(default_factory=dict[str, str])
    """SHA-256 of every other file, by path below ``output``."""
    session: str = ""
    """The session of the machine's power in which the files were written, or found to be as they were written."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What the build said at the end."""

    def paths_of(self, folder: str) -> Iterable[str]:
        """Yield the paths below ``output`` of the files of the issue in ``folder`` by which its state is told."""
        for entries in (self.pdfs, self.former_pdfs, self.reports, self.texts, self.pages):
            if folder in entries:
                yield from entries[folder].paths

    def sha256(self, path: str) -> str:
        """Return the SHA-256 of the file at ``path`` below ``output`` as it was written; empty if it is not known."""
        digest = self.digests.get(path)
        return digest.sha256 if digest else self.checksums.get(path, "")

    def file_entry(self, path: str) -> RecordedFiles | None:
        """Return the entry of the file at ``path``, if it is one that is made by itself."""
        key = self.file_keys.get(path)
        return None if key is None else RecordedFiles(key, (path,))


def read(root: Path) -> OutputRecord:
    """Return the record of the last build; an empty one when there is none, or it is damaged or of another format."""
    if (content := sealed_file.read(root / FILE)) is not None:
        with contextlib.suppress(DamagedValueError):
            last = decode(content, OutputRecord)
            if last.format == FORMAT:
                return last
    return OutputRecord()


def read_again(root: Path) -> OutputRecord:
    """Return the same as ``read``, and what it was last time where the file is still that one: it grows with the archive."""
    try:
        status = (root / FILE).stat()
    except OSError:
        return OutputRecord()
    return _read_as_it_was(root, (status.st_size, status.st_mtime_ns), (status.st_ino, status.st_ctime_ns))


@lru_cache(maxsize=1)
def _read_as_it_was(root: Path, _stand: Stand, _mark: Mark) -> OutputRecord:
    return read(root)


def write(root: Path, record: OutputRecord) -> None:
    """Record a build; where that fails, the next one takes longer."""
    sealed_file.write(root / FILE, encode(replace(record, format=FORMAT)))


def stands(present: Present) -> dict[str, Stand]:
    """Return the stands of the files in ``present``."""
    return {path: stand for path, (stand, _) in present.items()}


def present_among(output: Path, paths: Iterable[str]) -> Present:
    """Return the stand and the mark of those files below ``output`` that are at ``paths`` and are there."""
    files: Present = {}
    for path in paths:
        with contextlib.suppress(OSError):
            status = (output / path).lstat()
            if not stat.S_ISDIR(status.st_mode):
                files[path] = (status.st_size, status.st_mtime_ns), (status.st_ino, status.st_ctime_ns)
    return files


def present_files(output: Path) -> Present:
    """Return the stand and the mark of every file that builds make below ``output``, by path. Raises OSError."""
    files: Present = {}
    folders = [f"{part}/" for part in PARTS if (output / part).is_dir()]
    while folders:
        folder = folders.pop()
        with os.scandir(output / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path + "/")
                else:
                    status = entry.stat(follow_symlinks=False)
                    # On Windows a stat that is read with the folder has no inode.
                    inode = status.st_ino or entry.inode()
                    files[path] = (status.st_size, status.st_mtime_ns), (inode, status.st_ctime_ns)
    return {path: file for path, file in files.items() if path not in _SIGNATURES}
