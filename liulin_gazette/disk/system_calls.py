"""The calls to the operating system that change files of the office, and nothing else.

Whoever writes such files calls these functions through this module, so that a test can record their order, refuse one
of them, or end the process at it.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from functools import partial
from pathlib import Path

from liulin_gazette.disk.patience import patiently

_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""Error numbers of disks that know no flushing, such as some network shares."""


def write(file: Path, content: bytes) -> None:
    """Write ``content`` to ``file``, which may be lost until ``sync``. Raises OSError."""
    file.write_bytes(content)


def sync(file: Path) -> None:
    """Wait until the content of ``file`` is on the disk. Raises OSError."""
    with file.open("r+b" if os.name == "nt" else "rb") as stream:
        _sync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk; Windows has no such call. Raises OSError."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def copy_mode(source: Path, target: Path) -> None:
    """Give ``target`` the permissions of ``source``. Raises OSError."""
    shutil.copymode(source, target)


def replace(source: Path, target: Path) -> None:
    """Move the file ``source`` to ``target``, whose former content is gone then. Raises OSError."""
    _allow(target)
    patiently(partial(source.replace, target))


def rename_folder(source: Path, target: Path) -> None:
    """Move the folder ``source`` to ``target``, which must not be there. Raises OSError."""
    patiently(partial(source.rename, target))


def unlink(file: Path) -> None:
    """Remove ``file`` if it is there. Raises OSError."""
    _allow(file)
    patiently(partial(file.unlink, missing_ok=True))


def make_folder(folder: Path) -> None:
    """Make ``folder``. Raises OSError."""
    folder.mkdir()


def remove_tree(folder: Path) -> None:
    """Remove ``folder`` with all that is in it, as far as the system lets it."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_folder(folder: Path) -> None:
    """Remove the empty ``folder``. Raises OSError."""
    folder.rmdir()


def _allow(file: Path) -> None:
    """Let a read-only ``file`` be replaced or removed, which Windows refuses otherwise."""
    if os.name == "nt" and file.exists():
        file.chmod(stat.S_IREAD | stat.S_IWRITE)
