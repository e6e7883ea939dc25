"""A folder of ``content/`` as it stood when it was read: all that loading, checking and rendering see of it.

Each file is read once, so that one that changes meanwhile can give no page that is half of one state and
half of another; and a folder can be handed to another process, or another machine, as it is.
"""

from __future__ import annotations

import hashlib
import os
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from liulin_gazette.source.figures import MAX_BYTES, TYPES

_READ = (".md", ".toml", ".json", *TYPES)
"""Kinds of file that something is made from; of others only the digest is known."""
_REASONS = {2: "文件不存在", 13: "没有读取权限", 21: "这是文件夹，不是文件"}
_TEXTS = (".md", ".toml")
PortableDigests = Mapping[str, tuple[str, ...]]
"""Digests by the name of the file: of a text without byte order mark and with the line ends of Unix.

Of one with a mark there is another besides, with the mark, which records of earlier versions tell.
"""
_CHUNK = 1 << 20
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
            raise FileNotFoundError(path)
        return self.files[name]


def read_folder(root: Path, path: str) -> Folder:
    """Return the folder at ``path`` below ``root`` as it is now; an empty one where there is none."""
    files: dict[str, bytes] = {}
    unread: dict[str, str] = {}
    digests: dict[str, str] = {}
    try:
        entries = sorted(_entries(root / path), key=lambda each: each.name)
    except OSError as error:
        return Folder(path, unread={ISSUE_FILE: _reason(error)})
    for entry in entries:
        if (name := _readable(entry.name)) != entry.name:
            unread[name] = "文件名的编码不是 UTF-8，请改名"
            continue
        try:
            with FileIO(entry.path) as file:
                content = _begun(file)
                whole = hashlib.sha256(content)
                while len(content) > MAX_BYTES and (more := file.read(_CHUNK)):
                    whole.update(more)
        except OSError as error:
            unread[entry.name] = _reason(error)
            continue
        digests[entry.name] = whole.hexdigest()
        if entry.name.lower().endswith(_READ):
            files[entry.name] = content
    return Folder(path, files, unread, digests)


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, "系统说：" + (error.strerror or type(error).__name__))


def _readable(name: str) -> str:
    """Return ``name``, with what of it is not UTF-8 written out: names from old archives are in GBK."""
    return name.encode("utf-8", "backslashreplace").decode()


def _begun(file: FileIO) -> bytes:
    """Return the whole of a file, of a large one the beginning."""
    content = file.read(min(os.fstat(file.fileno()).st_size, MAX_BYTES) + 1)
    while len(content) <= MAX_BYTES and (more := file.read(_CHUNK)):
        content += more
    return content


def issue_folders(root: Path) -> list[str]:
    """Return the project paths of the folders in ``content/``, in order."""
    content = root / "content"
    try:
        with os.scandir(content) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []
    return [f"content/{_readable(name)}" for name in names]


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    if folder.is_dir():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and not entry.name.startswith((".", "~")):
                    yield entry


def _portable(name: str, content: bytes) -> tuple[str, ...]:
    """Return the digests of a text that is not as its portable form; none for all else."""
    if not name.endswith(_TEXTS) or not (b"\r\n" in content or content.startswith(BOM_UTF8)):
        return ()
    text = content.replace(b"\r\n", b"\n")
    forms = (text.removeprefix(BOM_UTF8), text)
    return tuple(hashlib.sha256(form).hexdigest() for form in dict.fromkeys(forms))
