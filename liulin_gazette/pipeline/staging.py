"""Writing ``output/``: the next edition is built beside the last one and takes its place as a whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Container, Generator, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from liulin_gazette.disk.patience import patiently
from liulin_gazette.disk.whole_file import write_whole
from liulin_gazette.pipeline.output_record import PARTS, SITE, Present, Stand, present_files
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import SIGNATURE_NAMES

NEXT, _RETIRED, _REMOVED = ".next", ".retired", ".removed"
"""Folders in ``output/``: the next edition, during publication the last one, and what ``clean`` is removing."""
MANIFEST = SITE + addresses.MANIFEST
_PARTIAL = ".partial"
"""In ``.next``: the file being written."""
_AS_BEFORE = "上一次的成品没有改动。"
_MIXED = "有的成品已经换成新的，有的还是旧的：关掉打开着的文件，再生成一次。"


class OutputError(EditorError):
    """The output cannot be read or written; the message says why, and how things stand."""


class DamagedFileError(OutputError):
    """A file of the last edition has its size and time, but not its content."""


def write_file(folder: Path, path: str, content: bytes) -> None:
    """Write ``content`` to the relative ``path`` below ``folder``, whole or not at all.

    Raises OutputError where that fails, and for a path that would leave ``folder``.
    """
    target = _below(folder, path)
    with _writing(folder, ""):
        write_whole(target, content)


class Edition:
    """A staging copy of ``output/``, the next edition.

    It starts as hard links to the files of the last edition, each of which is then kept, replaced or dropped, so that
    an edition costs only what has changed in it.
    """

    def __init__(self, folder: Path, files: dict[str, Stand], sha256: Callable[[str], str]) -> None:
        """``files`` are those in ``folder`` that are still as the last build wrote them.

        ``sha256`` returns the SHA-256 that one of them had then, or nothing where that is not known.
        """
        self.folder = folder
        self.checksums: dict[str, str] = {}
        """SHA-256 of the files written that the manifest does not list, by path."""
        self._sha256 = sha256
        self._last = set(files)
        self._files = files
        self._wanted: set[str] = set()
        self._spelt = {folded: path for path in files if (folded := path.casefold()) != path}
        self._partial = folder / _PARTIAL

    def has(self, paths: Iterable[str]) -> bool:
        """Tell whether the files of the last edition at ``paths`` are all here, unchanged."""
        return self._last.issuperset(paths)

    def keep(self, paths: Iterable[str]) -> None:
        """Take over the last edition's files at ``paths``."""
        self._wanted.update(paths)

    def write(self, path: str, content: bytes) -> None:
        """Write a new file at ``path``. Raises OutputError where that fails, or it would leave the output."""
        target = _below(self.folder, path)
        with _writing(self.folder.parent):
            self._partial.write_bytes(
                content
            )  # Not over the file itself, which may be a link to the last edition's.
            self._put(path, target)
        if not path.startswith(SITE) or path == MANIFEST:
            self.checksums[path] = hashlib.sha256(content).hexdigest()

    def write_pieces(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a new file of the site from its ``pieces``, one after the other. Raises OutputError as ``write`` does."""
        target = _below(self.folder, path)
        with _writing(self.folder.parent):
            with self._partial.open("wb") as stream:
                stream.writelines(pieces)
            self._put(path, target)

    def _put(self, path: str, target: Path) -> None:
        """Give the file that was just written its name ``path``, which is at ``target``. Raises OSError."""
        self._respell(path, target)
        try:
            patiently(partial(self._partial.replace, target))
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            patiently(partial(self._partial.replace, target))
        stat = target.stat()
        self._last.discard(path)
        self._files[path] = (stat.st_size, stat.st_mtime_ns)
        self._wanted.add(path)

    def _respell(self, path: str, target: Path) -> None:
        """Remove the file at ``path`` if its name differs only by case: on Windows the two would be one."""
        other = self._spelt.get(folded := path.casefold(), folded)
        if path not in self._files and other in self._files and target.exists():
            patiently(target.unlink)
            del self._files[other]
            self._last.discard(other)

    def read(self, path: str) -> bytes:
        """Return the content of the file at ``path``. Raises OutputError, DamagedFileError."""
        try:
            content = _below(self.folder, path).read_bytes()
        except OSError as error:
            raise _cannot_read(self.folder.parent, error) from error
        known = self._sha256(path) if path in self._last else ""
        if known and hashlib.sha256(content).hexdigest() != known:
            raise DamagedFileError(
                f"{self.folder.parent.name}/{path} 已损坏。删去它，再生成一次。{_AS_BEFORE}"
            )
        return content

    @property
    def emptied(self) -> frozenset[str]:
        """The folders of ``PARTS`` that had files in the last edition and have none in this one."""
        return _parts(self._files) - _parts(self._wanted)

    def finish(self) -> dict[str, Stand]:
        """Drop the files that were neither kept nor written; return the stand of the others. Raises OutputError."""
        with _writing(self.folder.parent):
            for path in self._files.keys() - self._wanted:
                _remove(self.folder, path)
        return {path: stand for path, stand in self._files.items() if path in self._wanted}


@dataclass(frozen=True, slots=True)
class LastEdition:
    """The edition with which the next one starts."""

    output: Path
    files: Mapping[str, Stand]
    """Every file in ``output`` as the last build wrote it."""


def lay_out(last: LastEdition) -> frozenset[str]:
    """Make the folder of the next edition a copy of the last one; return the files that it lacks.

    They are missing from ``output``, or no longer as the last build wrote them. Raises OutputError.
    """
    recover(last.output)
    now = files_in(last.output)
    whole = {path: file for path, file in now.items() if last.files.get(path) == file[0]}
    folder = last.output / NEXT
    with _writing(last.output):
        folder.mkdir(parents=True, exist_ok=True)
        for name in SIGNATURE_NAMES:
            (folder / "site" / name).unlink(missing_ok=True)
        _copy(last.output, folder, whole)
    return frozenset(last.files.keys() - whole.keys())


def files_in(output: Path) -> Present:
    """Return the stand and the mark of every file that builds make below ``output``, by path. Raises OutputError."""
    try:
        return present_files(output)
    except OSError as error:
        raise _cannot_read(output, error) from error


def _unknown(path: str) -> str:
    """Return that the SHA-256 of the file at ``path`` is not known."""
    del path
    return ""


def begin_edition(
    last: LastEdition,
    laid_out: Callable[[], frozenset[str]] | None = None,
    sha256: Callable[[str], str] = _unknown,
) -> Edition:
    """Return the next edition, which starts as a copy of the ``last`` one.

    ``sha256`` is as for ``Edition``. ``laid_out`` returns the result of a ``lay_out`` that was started earlier. What a killed build left is cleared up.
    Raises OutputError when the folder cannot be written.
    """
    lost = laid_out() if laid_out else lay_out(last)
    return Edition(
        last.output / NEXT, {path: stand for path, stand in last.files.items() if path not in lost}, sha256
    )


def publish(output: Path, emptied: Container[str] = ()) -> None:
    """Put each folder of the next edition in the place of the last one, from which a later edition starts.

    A folder that the next edition lacks stays as it is, unless it is one of ``emptied``. The old folders wait in
    ``.retired`` until all new ones are in place; ``recover`` puts them back if the process dies. Raises OutputError
    when a rename is refused, as on Windows while a file is open; the renames before it are taken back.
    """
    staged, retired = output / NEXT, output / _RETIRED
    done: list[tuple[Path, Path]] = []
    try:
        for part in PARTS:
            is_staged = (staged / part).is_dir()
            if (is_staged or part in emptied) and (output / part).exists():
                retired.mkdir(exist_ok=True)
                _rename(output / part, retired / part, done)
            if is_staged:
                _rename(staged / part, output / part, done)
    except OSError as error:
        raise _cannot_write(output, error, _AS_BEFORE if _take_back(done) else _MIXED) from error
    except BaseException:  # Ctrl-C, perhaps after a rename that is not in ``done`` yet.
        with contextlib.suppress(OutputError):
            recover(output)
        raise
    shutil.rmtree(staged, ignore_errors=True)
    try:
        retired.rename(staged)
    except OSError:  # The new edition is in its place all the same.
        shutil.rmtree(retired, ignore_errors=True)


def _rename(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    patiently(partial(source.rename, target))
    done.append((source, target))


def _take_back(done: list[tuple[Path, Path]]) -> bool:
    """Undo the renames in ``done``, the last one first; return whether all could be undone."""
    is_whole = True
    for source, target in reversed(done):
        try:
            patiently(partial(target.rename, source))
        except OSError:
            is_whole = False
    return is_whole


def recover(output: Path) -> None:
    """Undo the renames of a build that was killed before the last of them. Raises OutputError.

    A folder that had no predecessor stays.
    """
    staged, retired = output / NEXT, output / _RETIRED
    with _writing(output):
        is_half_done = any((staged / part).is_dir() for part in PARTS)
        for part in PARTS:
            if (retired / part).exists():
                if is_half_done and (output / part).exists() and not (staged / part).exists():
                    patiently(partial((output / part).rename, staged / part))
                if not (output / part).exists():
                    patiently(partial((retired / part).rename, output / part))
    shutil.rmtree(retired, ignore_errors=True)
    shutil.rmtree(output / _REMOVED, ignore_errors=True)


def remove_output(output: Path, entries: Iterable[Path]) -> list[str]:
    """Remove ``entries`` of the folder ``output``; return why some could not be.

    They leave their places before the first file is removed: cut off, this leaves no site that lacks pages.
    """
    removed = output / _REMOVED
    faults: list[str] = []
    for entry in entries:
        if entry != removed:
            try:
                removed.mkdir(exist_ok=True)
                patiently(partial(entry.rename, removed / entry.name))
            except OSError as error:
                faults.append(f"{output.name}/{entry.name}（{reason(error, '删除')}）")
    return [*faults, removal_fault(removed)]


def removal_fault(path: Path) -> str:
    """Remove the file or folder ``path``; return why that failed, or nothing."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        shutil.rmtree(path, ignore_errors=True)
        return f"{path.parent.name}/{path.name}（{reason(error, '删除')}）"
    return ""


def _copy(output: Path, folder: Path, wanted: Present) -> None:
    """Give ``folder`` the ``wanted`` files of ``output``, and no others.

    A file in ``folder`` of the right size and time but with another inode is left from a build that was killed. On a
    disk without hard links every file is copied anew.
    """
    present = {path: (stand, inode) for path, (stand, (inode, _)) in present_files(folder).items()}
    for path in present.keys() - wanted.keys():
        _remove(folder, path)
    folders: set[Path] = set()
    for path, (stand, (inode, _)) in wanted.items():
        if present.get(path) != (stand, inode) or not inode:
            target = _below(folder, path)
            if path in present:
                patiently(target.unlink)
            elif target.parent not in folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                folders.add(target.parent)
            _link(_below(output, path), target)


def _parts(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path.split("/", 1)[0] for path in paths)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove(folder: Path, path: str) -> None:
    """Remove the file at ``path``, and the folders that are empty then."""
    target = _below(folder, path)
    patiently(target.unlink)
    with contextlib.suppress(OSError):
        for parent in target.parents:
            if parent == folder:
                return
            parent.rmdir()


def _below(folder: Path, path: str) -> Path:
    relative = PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts or "\\" in path:
        raise OutputError(f"输出路径“{path}”越出了输出文件夹。")
    return folder.joinpath(*relative.parts)


@contextlib.contextmanager
def _writing(output: Path, stand: str = _AS_BEFORE) -> Generator[None]:
    """Turn an OSError of the block into an OutputError that names the folder ``output`` and how things ``stand``."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(output, error, stand) from error


def _cannot_read(output: Path, error: OSError) -> OutputError:
    return OutputError(f"读不了输出文件夹 {output.name}/（{reason(error, '读取')}）。")


def _cannot_write(output: Path, error: OSError, stand: str) -> OutputError:
    return OutputError(f"写不进输出文件夹 {output.name}/（{reason(error, '写入')}）。{stand}")
