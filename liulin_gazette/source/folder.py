"""A folder of ``content/``, read once; loading, checking and rendering see only this copy of it.

A file that changes during a build therefore cannot make pages that mix two states of it. The copy is a plain
value that can be sent to another process or another machine.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path, PurePosixPath

from liulin_gazette.text.system_errors import reason

Fault = tuple[str, str]
"""What is wrong with a picture, to be put after its name, and what to do, both in Chinese."""
NOT_PLAIN = "不是普通文件，是链接、管道或设备"
PICTURE_TYPES = (".png", ".jpg", ".jpeg", ".svg")
PROFILE_TYPE = ".icc"
MAX_PICTURE_BYTES = 20 * 1024 * 1024
_SOURCE_TYPES = (".md", ".toml", ".json", PROFILE_TYPE, *PICTURE_TYPES)
"""Files of these types are read into memory; of all others only the digest is kept."""
_TEXT_TYPES = (".md", ".toml")
PortableDigests = Mapping[str, tuple[str, ...]]
"""SHA-256 digests by file name, the same on every system.

A text file is normalised first: no byte order mark, LF line ends. A text file that has a byte order mark gets a
second digest, over the mark and the text with LF line ends, because records written by earlier versions of the
program have that one.
"""
_CHUNK_BYTES = 1 << 20
_NEVER_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Flags of ``open``, as far as the system has them: a file that became a pipe or a link meanwhile is not waited for."""
_WINDOWS_FILES = ("thumbs.db", "desktop.ini")
"""Files that Windows Explorer creates in the folders it shows."""
ISSUE_FILE = "issue.toml"


@dataclass(frozen=True, slots=True)
class Folder:
    """The files directly in one folder, by name, without links, subfolders and hidden files."""

    path: str
    """Its project path: ``content/2026-1``."""
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """Contents of the files of the source types; a file above ``MAX_PICTURE_BYTES`` is cut off beyond that."""
    unreadable: Mapping[str, str] = field(default_factory=dict[str, str])
    """The reason, in Chinese, why each of these files could not be read."""
    digests: Mapping[str, str] = field(default_factory=dict[str, str])
    """SHA-256 of the bytes of every file that could be read."""
    misnamed: tuple[str, ...] = ()
    """Names that are not UTF-8, in a form that can be shown; these entries are not read."""
    fault: str = ""
    """Why the folder itself could not be read, in Chinese."""
    not_plain: tuple[str, ...] = ()
    """Names of links, pipes, devices and sockets, which are not read."""
    undecodable: Mapping[str, Fault] = field(default_factory=dict[str, Fault])
    """What is wrong with pictures of which the pixels cannot be decoded, where that was tried."""
    published: Mapping[str, str] = field(default_factory=dict[str, str])
    """SHA-256 of the files as the record of the issue has them; empty where there is none, or it was not read yet."""

    @property
    def name(self) -> str:
        """The last part of its path: ``2026-1``."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def digest(self) -> str:
        """SHA-256 over everything that was read."""
        state = hashlib.sha256(self.path.encode())
        for name, digest in sorted({**self.digests, **self.unreadable}.items()):
            state.update(f"{name}\0{digest}\0".encode())
        state.update("\0".join((*self.misnamed, self.fault)).encode())
        state.update("".join(f"\0{name}\0" for name in self.not_plain).encode())
        return state.hexdigest()

    @property
    def portable_digests(self) -> PortableDigests:
        """The digests of every file in a form that is the same on every system."""
        return {
            name: _normalised_digests(name, self.files.get(name, b"")) or (digest,)
            for name, digest in self.digests.items()
        }

    def read_bytes(self, path: str) -> bytes:
        """Return the content of the file at project path ``path``. Raises FileNotFoundError if it is not here."""
        folder, _, name = path.rpartition("/")
        if folder != self.path or name not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.files[name]


def read_folder(root: Path, path: str) -> Folder:
    """Return a copy of the folder at ``path`` below ``root``; an empty one if there is no such folder."""
    try:
        entries = _entries(root / path)
    except OSError as error:
        return Folder(path, fault=reason(error, "读取"))
    files: dict[str, bytes] = {}
    unreadable: dict[str, str] = {}
    digests: dict[str, str] = {}
    not_plain: list[str] = []
    for entry in entries:
        if not _is_decodable(entry.name):
            continue
        try:
            if not entry.is_file(follow_symlinks=False):
                if not entry.is_dir(follow_symlinks=False):
                    not_plain.append(entry.name)
                continue
            with _open_plain(Path(entry.path)) as file:
                content = _read_limited(file)
                digest = hashlib.sha256(content)
                while len(content) > MAX_PICTURE_BYTES and (more := file.read(_CHUNK_BYTES)):
                    digest.update(more)
        except OSError as error:
            unreadable[entry.name] = reason(error, "读取")
            continue
        digests[entry.name] = digest.hexdigest()
        if entry.name.lower().endswith(_SOURCE_TYPES):
            files[entry.name] = content
    misnamed = tuple(_readable_name(entry.name) for entry in entries if not _is_decodable(entry.name))
    return Folder(path, files, unreadable, digests, misnamed, not_plain=tuple(not_plain))


def read_plain_file(root: Path, path: str) -> bytes:
    """Return the content of the file at the project ``path``, which lies in a folder of ``content`` or in it.

    Raises FileNotFoundError for a link, in which nothing of ``content`` is, and for a folder, a pipe or a device.
    """
    *above, name = PurePosixPath(path).parts
    places = [root.joinpath(*above[: depth + 1]) for depth in range(1, len(above))] + [
        root.joinpath(*above, name)
    ]
    if ".." in above or any(place.is_symlink() for place in places) or not places[-1].is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    with _open_plain(places[-1]) as file:
        return file.read()


def _open_plain(path: Path) -> FileIO:
    """Open the plain file at ``path``. Raises FileNotFoundError if it is a link or no file: a pipe is not waited for."""
    handle = os.open(path, os.O_RDONLY | _NEVER_WAITING)
    file = FileIO(handle)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return file


def _read_limited(file: FileIO) -> bytes:
    """Return the content of ``file``, or its beginning if it is larger than ``MAX_PICTURE_BYTES``."""
    content = file.read(min(os.fstat(file.fileno()).st_size, MAX_PICTURE_BYTES) + 1)
    while len(content) <= MAX_PICTURE_BYTES and (more := file.read(_CHUNK_BYTES)):
        content += more
    return content


def issue_folders(root: Path) -> list[str]:
    """Return the project paths of the folders in ``content/`` in order, without those whose name is not UTF-8."""
    try:
        with os.scandir(root / "content") as entries:
            names = [
                entry.name
                for entry in entries
                if _is_decodable(entry.name) and entry.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return []
    return [f"content/{name}" for name in sorted(names)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return the entries of ``folder`` without hidden ones, sorted; none if it does not exist. Raises OSError."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (entry for entry in entries if not is_hidden(entry.name)),
                key=lambda entry: entry.name,
            )
    except (FileNotFoundError, NotADirectoryError):
        return []


def is_hidden(name: str) -> bool:
    """Tell whether a file of this ``name`` is left out: hidden, temporary, or created by Windows."""
    return name.startswith((".", "~")) or name.lower() in _WINDOWS_FILES


def _is_decodable(name: str) -> bool:
    """Tell whether ``name`` is UTF-8 on disk. On Linux it can be any bytes, which Python shows as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _readable_name(name: str) -> str:
    """Return a name that is not UTF-8 as its author most likely meant it: in GB 18030."""
    raw = os.fsencode(name)
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _normalised_digests(name: str, content: bytes) -> tuple[str, ...]:
    """Return the portable digests of a text file with CRLF or a byte order mark; none for any other file."""
    if not name.endswith(_TEXT_TYPES) or not (b"\r\n" in content or content.startswith(BOM_UTF8)):
        return ()
    text = content.replace(b"\r\n", b"\n")
    forms = (text.removeprefix(BOM_UTF8), text)
    return tuple(hashlib.sha256(form).hexdigest() for form in dict.fromkeys(forms))
