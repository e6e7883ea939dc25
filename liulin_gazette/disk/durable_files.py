"""Files of the office, written so that after a power cut each is as it was before or as it was to become.

The new content is written beside the file and flushed to the disk; only then does it take the file's place, and the
folder, which holds the names, is flushed in turn. Several files are first all prepared, then all put in place: what a
full disk refuses is refused before anything has changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from liulin_gazette.disk import system_calls

Item = TypeVar("Item")
AT_ONCE = 8
"""Files that are flushed at the same time: a disk flushes several in little more time than one."""


def partial_of(file: Path) -> Path:
    """Return where the next content of ``file`` is prepared. Hidden, so that a leftover is not taken for content."""
    return file.with_name(f".{file.name}.partial")


def write_files(contents: Mapping[Path, bytes | None]) -> None:
    """Write ``contents``; None removes a file. Raises OSError; some files may have their new content then."""
    prepare(contents)
    try:
        put_in_place(contents)
    except BaseException:
        discard(contents)
        raise


def prepare(contents: Mapping[Path, bytes | None]) -> None:
    """Write ``contents`` beside the files that are to get them; None for those that are to be removed.

    Raises OSError, and like an interruption leaves nothing behind then.
    """
    try:
        made: list[Path] = []
        for file, content in contents.items():
            if content is not None:
                made += _make_folders(file.parent)
                partial = partial_of(file)
                system_calls.write(partial, content)
                if file.exists():
                    system_calls.copy_mode(file, partial)
        _at_once(
            system_calls.sync,
            [partial_of(file) for file, content in contents.items() if content is not None],
        )
        sync_folders(folder.parent for folder in made)
    except BaseException:
        discard(contents)
        raise


def discard(files: Iterable[Path]) -> None:
    """Remove what was prepared for ``files``, and the folders that are empty then, as far as the system lets it."""
    for file in files:
        with contextlib.suppress(OSError):
            system_calls.unlink(partial_of(file))
    for file in files:
        with contextlib.suppress(OSError):
            _remove_empty(file.parent)


def put_in_place(contents: Mapping[Path, bytes | None]) -> None:
    """Give each file what was prepared for it, and remove those of None, with folders that are empty then.

    When this returns, all of it is on the disk. Raises OSError, with the files before that one in place already.
    """
    for file, content in contents.items():
        if content is not None:
            system_calls.replace(partial_of(file), file)
        else:
            system_calls.unlink(file)
    folders = [_remove_empty(file.parent) for file in contents]
    sync_folders(folder for folder in folders if folder.is_dir())


def keep(files: Sequence[Path]) -> None:
    """Wait until ``files``, which were written in another way, are on the disk. Raises OSError."""
    _at_once(system_calls.sync, files)
    sync_folders(file.parent for file in files)


def write_new_folder(folder: Path, contents: Mapping[Path, bytes]) -> None:
    """Make ``folder``, unless it is there, and write ``contents`` below it. Raises OSError, and it is half done then."""
    made = [folder, *_make_folders(folder)]
    for file, content in contents.items():
        made += _make_folders(file.parent)
        system_calls.write(file, content)
    _at_once(system_calls.sync, list(contents))
    sync_folders(made)


def move_folder(source: Path, target: Path) -> None:
    """Move the folder ``source``, whose content is on the disk, to ``target`` beside it.

    Raises OSError, and it is where it was then.
    """
    system_calls.rename_folder(source, target)
    try:
        sync_folders([target.parent])
    except BaseException:
        system_calls.rename_folder(target, source)
        raise


def sync_folders(folders: Iterable[Path]) -> None:
    """Wait until the names in ``folders`` are on the disk. Raises OSError."""
    _at_once(system_calls.sync_folder, list(dict.fromkeys(folders)))


def make_folder(folder: Path) -> None:
    """Make ``folder`` unless it is there, so that it outlasts a power cut. Raises OSError."""
    sync_folders(each.parent for each in _make_folders(folder))


def _make_folders(folder: Path) -> list[Path]:
    """Make ``folder`` and those above it; return those that were not there. Raises OSError."""
    if folder.exists():
        return []
    made = _make_folders(folder.parent)
    system_calls.make_folder(folder)
    return [*made, folder]


def _remove_empty(folder: Path) -> Path:
    """Remove ``folder`` if it is empty, and so with those above it; return the first that stays. Raises OSError."""
    while not folder.is_dir() or not any(folder.iterdir()):
        if folder.is_dir():
            system_calls.remove_folder(folder)
        folder = folder.parent
    return folder


def _at_once(work: Callable[[Item], None], items: Sequence[Item]) -> None:
    """Do ``work`` for ``items``, several at the same time. Raises the first OSError."""
    if len(items) == 1:
        work(items[0])
    elif items:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(len(items), AT_ONCE)) as threads:
            list(threads.map(work, items))
