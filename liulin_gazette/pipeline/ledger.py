"""What the last build made, and from what: so that the next one makes only what has changed.

Kept in ``.cache``. Decisions go by content; deleting it changes nothing but the time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.web.indexed_text import IndexedText
from liulin_gazette.web.manifest import SIGNATURES, Digest

FILE = Path(".cache") / "ledger"
FORMAT = 2
"""Another one when the fields of a ledger, or of the reports that it tells of, mean something else than before."""
BUILT = ("site/", "print/", "report/")
"""The parts of the output that builds make."""

_SIGNATURES = BUILT[0] + SIGNATURES
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
    pdf: str
    """Project path of the reading edition."""
    print_pdf: str
    """Project path of the print edition."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Files that are made together."""

    key: str
    """A digest of everything that they are made from."""
    paths: tuple[str, ...]
    """Below ``output``."""
    texts: Mapping[str, IndexedText] = field(default_factory=dict[str, IndexedText])
    """Of the texts of an issue: the file with the text of each document, by the document's project path."""
    issue: BuiltIssue | None = None
    """Of an issue's PDFs: what is said of them."""
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """Of an issue's PDFs: the first and last printed page of each document, by slug."""
    content: str = ""
    """Of an issue's PDFs: a digest of the content that they are of, and of what they are called."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record of one build."""

    format: int = 0
    """``FORMAT`` when it was written."""
    inputs: str = ""
    """A digest of everything that the output is made from."""
    made: dict[str, LedgerEntry] = field(default_factory=dict[str, LedgerEntry])
    """By what it is: ``texts content/2026-1``, ``pages content/2026-1``, ``pdf content/2026-1``,
    ``report content/2026-1``, ``volume 3-…``, ``lists``, or a path."""
    files: dict[str, Stand] = field(default_factory=dict[str, Stand])
    """Every file in ``output``."""
    digests: dict[str, Digest] = field(default_factory=dict[str, Digest])
    """Of every file that the manifest lists, by path below ``output``."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was said at the end."""


def read(root: Path) -> Ledger:
    """Return the record of the last build; an empty one when there is none, or it is damaged or of another form.

    That another version of the program made something is told by the keys of what was made.
    """
    if (content := sealed_file.read(root / FILE)) is not None:
        with contextlib.suppress(DamagedValueError):
            last = decode(content, Ledger)
            if last.format == FORMAT:
                return last
    return Ledger()


def write(root: Path, ledger: Ledger) -> None:
    """Record a build; where that fails, the next one takes longer."""
    sealed_file.write(root / FILE, encode(replace(ledger, format=FORMAT)))


def files_with_inodes(output: Path) -> dict[str, tuple[Stand, int]]:
    """Return the stand and the inode of every file that builds make below ``output``, by path.

    The inode is 0 where the disk has none. Raises OSError.
    """
    found: dict[str, tuple[Stand, int]] = {}
    waiting = [part for part in BUILT if (output / part).is_dir()]
    while waiting:
        folder = waiting.pop()
        with os.scandir(output / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path + "/")
                else:
                    stat = entry.stat(follow_symlinks=False)
                    # On Windows a stat that is read with the folder has no inode.
                    inode = stat.st_ino or entry.inode()
                    found[path] = (stat.st_size, stat.st_mtime_ns), inode
    return {path: each for path, each in found.items() if not path.startswith(_SIGNATURES)}
