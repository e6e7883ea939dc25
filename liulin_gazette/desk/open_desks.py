"""The desk that is open for a folder: whoever starts a second one is led to it.

Its address has a key, so it is written where only this user of this machine can read, never into the folder, which may
be a share. That the desk still runs is told by a lock, which the system frees however it ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.disk.file_locks import folder_lock
from liulin_gazette.disk.whole_file import write_whole

NAME = "liulin-gazette"
_ADDRESS = "address"
_PATIENCE = 5.0
"""Seconds in which a desk that is just being opened has an address."""
_LOOK_EVERY = 0.1
"""Seconds between looks."""


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """Where the address of the desk of one folder is told; nowhere where this user has no folder of their own."""

    folder: Path | None
    is_taken: bool = False
    """Whether another process has a desk open."""

    def tell(self, address: str) -> None:
        """Tell the ``address`` with which the next browser gets in; where that fails, a second start opens a desk of its own."""
        if self.folder is not None and not self.is_taken:
            with contextlib.suppress(OSError):
                write_whole(self.folder / _ADDRESS, address.encode())

    def open_address(self) -> str:
        """Return the address of the desk that another process has open; empty if there is none, or it is not told."""
        if self.folder is None or not self.is_taken:
            return ""
        end = time.monotonic() + _PATIENCE
        while True:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                return (self.folder / _ADDRESS).read_text("ascii")
            if time.monotonic() >= end:
                return ""
            time.sleep(_LOOK_EVERY)


@contextlib.contextmanager
def desk_place(root: Path, variables: Mapping[str, str] = os.environ) -> Generator[DeskPlace]:
    """Hold the place of the desk of the project at ``root`` during the block, unless another process does."""
    with contextlib.ExitStack() as stack:
        place = DeskPlace(None)
        with contextlib.suppress(
            OSError, RuntimeError
        ):  # Path.home raises the latter for a user without a folder.
            folder = _folder(root, variables)
            is_free = stack.enter_context(folder_lock(folder, 0))
            if is_free:
                (folder / _ADDRESS).unlink(missing_ok=True)
                stack.callback(_forget, folder)
            place = DeskPlace(folder, not is_free)
        yield place


def _folder(root: Path, variables: Mapping[str, str]) -> Path:
    """Make and return the folder of the desk of ``root``, which nobody but this user can read. Raises OSError."""
    if os.name == "nt":
        own = variables.get("LOCALAPPDATA", "")
    else:
        own = variables.get("XDG_RUNTIME_DIR") or variables.get("XDG_CACHE_HOME", "")
    parent = (Path(own) if own else Path.home() / ".cache") / NAME
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name != "nt":
        status = parent.stat()
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise PermissionError(f"{parent} is open to others")
    folder = parent / hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _forget(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / _ADDRESS).unlink(missing_ok=True)
