"""What a document that is being typed is read with: the gazette's own files, and the folder of its issue.

Both are asked for at each pause of typing, and change seldom: a profile of inks has megabytes, and the settings of years
take longer to read than a document takes to check.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.source.loader import LoadedSeries, load_series

Stamps = tuple[tuple[str, int, int, int, int], ...]
"""Name, time of modification and of change (ns), size and number of each entry of a folder, by name."""
SETTLED = 2.0
"""Seconds after which another change of a file gives it another time on every file system (2 s on FAT)."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A folder as it was read, with the series where it is that of the gazette."""

    path: str
    stamps: Stamps
    folder: Folder
    series: LoadedSeries | None = None


class TypedFolders:
    """The gazette's folder and that of one issue below ``root``, read again once a file in them is another.

    Several threads may ask.
    """

    def __init__(self, root: Path, clock: Callable[[], float] = time.time) -> None:
        self._root = root
        self._clock = clock
        self._lock = threading.Lock()
        self._content: _Read | None = None
        self._issue: _Read | None = None

    def series(self) -> LoadedSeries:
        """Return everything in ``content`` that is about the gazette as a whole."""
        with self._lock:
            known, stamps = self._content, self._stamps("content")
            if known and known.series and known.stamps == stamps:
                return known.series
            folder = read_folder(self._root, "content")
            series = load_series(folder)
            self._content = self._kept(_Read("content", stamps, folder, series))
            return series

    def issue(self, path: str) -> Folder:
        """Return the folder of an issue at the project ``path``."""
        with self._lock:
            known, stamps = self._issue, self._stamps(path)
            if known and known.path == path and known.stamps == stamps:
                return known.folder
            folder = read_folder(self._root, path)
            self._issue = self._kept(_Read(path, stamps, folder))
            return folder

    def _kept(self, read: _Read) -> _Read | None:
        """Return ``read``; None where a file could become another and keep its time, or became one meanwhile."""
        newest = max((max(modified, changed) for _, modified, changed, _, _ in read.stamps), default=0)
        is_settled = newest < (self._clock() - SETTLED) * 1e9
        is_whole = not read.folder.unreadable and not read.folder.fault
        return read if is_settled and is_whole and self._stamps(read.path) == read.stamps else None

    def _stamps(self, path: str) -> Stamps:
        """Return the stamps of the entries of the folder at ``path``; none where it cannot be read."""
        try:
            with os.scandir(self._root / path) as entries:
                found = [(entry.name, Path(entry.path).lstat()) for entry in entries]
        except OSError:
            return ()
        return tuple(sorted((name, s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino) for name, s in found))
