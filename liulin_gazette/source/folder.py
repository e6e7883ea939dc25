"""A folder of ``content/`` as it stood when it was read: all that loading, checking and rendering see of it.

Each file is read once, so that one that changes meanwhile can give no page that is half of one state and
half of another; and a folder can be handed to another process, or another machine, as it is.
"""

from __future__ import annotations

import errno
import hashlib
import os
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from liulin_gazette.text.system_errors import reason

PICTURE_TYPES = (".png", ".jpg", ".jpeg", ".svg")
LARGEST_PICTURE = 20 * 1024 * 1024
"""Bytes."""
_READ = (".md", ".toml", ".json", *PICTURE_TYPES)
"""Kinds of file that something is made from; of others only the digest is known."""
_TEXTS = (".md", ".toml")
PortableDigests = Mapping[str, tuple[str, ...]]
"""Digests by the name of the file: of a text without byte order mark and with the line ends of Unix.

Of one with a mark there is another besides, with the mark, which records of earlier versions tell.
"""
_CHUNK = 1 << 20
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini")
"""What Windows leaves in a folder that someone looks at."""
ISSUE_FILE = "issue.toml"


@dataclass(frozen=True, slots=True)
class Folder:
    """The files directly in one folder, by name; links, folders and hidden files are none of them."""

    path: str
    """Its project path: ``content/2026-1``."""
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """Contents, of a large file only as much as shows that it is too large."""
    unread: Mapping[str, str] = field(default_factory=dict[str, str])
    """Why a file could not be read, in Chinese."""
    digests: Mapping[str, str] = field(default_factory=dict[str, str])
    """SHA-256 of every file, as it is."""
    misnamed: tuple[str, ...] = ()
    """What has a name that is not UTF-8, as it can be shown; nothing else is known of it."""
    fault: str = ""
    """Why the folder itself could not be read, in Chinese."""

    @property
    def name(self) -> str:
        """The last part of its path: ``2026-1``."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def digest(self) -> str:
        """A digest of everything in it."""
        whole = hashlib.sha256(self.path.encode())
        for name, digest in sorted({**self.digests, **self.unread}.items()):
            whole.update(f"{name}\0{digest}\0".encode())
        whole.update("\0".join((*self.misnamed, self.fault)).encode())
        return whole.hexdigest()

    @property
    def portable_digests(self) -> PortableDigests:
        """SHA-256 of every file, of texts as they are on any system."""
        return {
            name: _portable(name, self.files.get(name, b"")) or (digest,)
            for name, digest in self.digests.items()
        }

    def read_bytes(self, path: str) -> bytes:
        """Return the content of the file at the project ``path``. Raises FileNotFoundError."""
        folder, _, name = path.rpartition("/")
        if folder != self.path or name not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.files[name]


def read_folder(root: Path, path: str) -> Folder:
    """Return the folder at ``path`` below ``root`` as it is now; an empty one where there is none."""
    try:
        entries = _entries(root / path)
    except OSError as error:
        return Folder(path, fault=reason(error, "读取"))
    files: dict[str, bytes] = {}
    unread: dict[str, str] = {}
    digests: dict[str, str] = {}
    for entry in entries:
        if not _is_text(entry.name):
            continue
        try:
            if not entry.is_file(follow_symlinks=False):
                continue
            with FileIO(entry.path) as file:
                content = _begun(file)
                whole = hashlib.sha256(content)
                while len(content) > LARGEST_PICTURE and (more := file.read(_CHUNK)):
                    whole.update(more)
        except OSError as error:
            unread[entry.name] = reason(error, "读取")
            continue
        digests[entry.name] = whole.hexdigest()
        if entry.name.lower().endswith(_READ):
            files[entry.name] = content
    misnamed = tuple(_shown(entry.name) for entry in entries if not _is_text(entry.name))
    return Folder(path, files, unread, digests, misnamed)


def _begun(file: FileIO) -> bytes:
    """Return the whole of a file, of a large one the beginning."""
    content = file.read(min(os.fstat(file.fileno()).st_size, LARGEST_PICTURE) + 1)
    while len(content) <= LARGEST_PICTURE and (more := file.read(_CHUNK)):
        content += more
    return content


def issue_folders(root: Path) -> list[str]:
    """Return the project paths of the folders in ``content/`` whose names can be told, in order."""
    try:
        with os.scandir(root / "content") as entries:
            found = [each for each in entries if _is_text(each.name) and each.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [f"content/{name}" for name in sorted(each.name for each in found)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in ``folder`` and not hidden, in order; nothing where there is none. Raises OSError."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (entry for entry in entries if not is_hidden(entry.name)),
                key=lambda entry: entry.name,
            )
    except (FileNotFoundError, NotADirectoryError):
        return []


def is_hidden(name: str) -> bool:
    """Tell whether a file of this ``name`` is no part of the folder that it lies in."""
    return name.startswith((".", "~")) or name.lower() in _OF_THE_SYSTEM


def _is_text(name: str) -> bool:
    """Tell whether ``name`` could be decoded; on Linux a name is any bytes."""
    return not any("\ud800" <= each <= "\udfff" for each in name)


def _shown(name: str) -> str:
    """Return a name that is not UTF-8 as it was meant, most likely."""
    written = os.fsencode(name)
    try:
        return written.decode("gb18030")
    except UnicodeDecodeError:
        return written.decode("utf-8", "replace")


def _portable(name: str, content: bytes) -> tuple[str, ...]:
    """Return the digests of a text that is not as its portable form; none for all else."""
    if not name.endswith(_TEXTS) or not (b"\r\n" in content or content.startswith(BOM_UTF8)):
        return ()
    text = content.replace(b"\r\n", b"\n")
    forms = (text.removeprefix(BOM_UTF8), text)
    return tuple(hashlib.sha256(form).hexdigest() for form in dict.fromkeys(forms))
