"""Writing ``output/``: the next edition is made beside the last one and takes its place whole."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Container, Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from liulin_gazette.pipeline.ledger import Stand, files_with_inodes
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web.manifest import SIGNATURES

PARTS = ("site", "print", "report")
NEXT, _RETIRED = ".next", ".retired"
"""Folders in ``output/``: the edition being made, and for a moment the one that it takes the place of."""
_PARTIAL = ".partial"
"""In ``.next``: the file being written."""
_AS_BEFORE = "上一次的成品没有改动。"
_MIXED = "有的成品已经换成新的，有的还是旧的：关掉打开着的文件，再运行一次。"


class OutputError(EditorError):
    """The output cannot be read or written; the message says why, and how things stand."""


def write_file(folder: Path, path: str, content: bytes) -> None:
    """Write ``content`` to the relative ``path`` below ``folder``.

    Raises OutputError where that fails, and for a path that would leave ``folder``.
    """
    target = _below(folder, path)
    with _writing(folder, ""):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


class Edition:
    """The next edition of the output: at first the last one, of which each file is kept, rewritten, or left out.

    Its files are the last edition's own (hard links) until they are rewritten, so that an edition costs what
    has changed in it.
    """

    def __init__(self, folder: Path, files: dict[str, Stand]) -> None:
        """``files`` are in ``folder``, and are as the last build made them."""
        self.folder = folder
        self._last = set(files)
        self._files = files
        self._wanted: set[str] = set()
        self._spelt = {folded: path for path in files if (folded := path.casefold()) != path}
        self._partial = folder / _PARTIAL

    def has(self, paths: Iterable[str]) -> bool:
        """Tell whether the last edition's files at ``paths`` are all here still, as they were made."""
        return self._last.issuperset(paths)

    def keep(self, paths: Iterable[str]) -> None:
        """Take over the last edition's files at ``paths``."""
        self._wanted.update(paths)

    def write(self, path: str, content: bytes) -> None:
        """Write a new file at ``path``. Raises OutputError where that fails, or it would leave the output."""
        target = _below(self.folder, path)
        with _writing(self.folder.parent):
            self._partial.write_bytes(content)  # Beside: what is at the path may be the last edition's own.
            self._respell(path, target)
            try:
                self._partial.replace(target)
            except FileNotFoundError:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._partial.replace(target)
            stat = target.stat()
        self._last.discard(path)
        self._files[path] = (stat.st_size, stat.st_mtime_ns)
        self._wanted.add(path)

    def _respell(self, path: str, target: Path) -> None:
        """Take away a file that is at ``path`` by a name of other case: on Windows the two are one."""
        other = self._spelt.get(folded := path.casefold(), folded)
        if path not in self._files and other in self._files and target.exists():
            target.unlink()
            del self._files[other]
            self._last.discard(other)

    def read(self, path: str) -> bytes:
        """Return the content of the file at ``path``. Raises OutputError."""
        try:
            return _below(self.folder, path).read_bytes()
        except OSError as error:
            raise _cannot_read(self.folder.parent, error) from error

    @property
    def emptied(self) -> frozenset[str]:
        """The parts of which the last edition had files, and this one has none."""
        return _parts(self._files) - _parts(self._wanted)

    def finish(self) -> dict[str, Stand]:
        """Leave out what is not wanted; return the stand of every file. Raises OutputError."""
        with _writing(self.folder.parent):
            for path in self._files.keys() - self._wanted:
                _remove(self.folder, path)
        return {path: each for path, each in self._files.items() if path in self._wanted}


@dataclass(frozen=True, slots=True)
class LastEdition:
    """What the next edition begins as."""

    output: Path
    files: Mapping[str, Stand]
    """Every file in ``output`` as the last build made it."""


def lay_out(last: LastEdition) -> frozenset[str]:
    """Lay out the next edition as the last one; return the files that it lacks: they are not as the last build made them.

    Raises OutputError.
    """
    recover(last.output)
    now = _found(last.output)
    whole = {path: each for path, each in now.items() if last.files.get(path) == each[0]}
    folder = last.output / NEXT
    with _writing(last.output):
        folder.mkdir(parents=True, exist_ok=True)
        for signature in folder.glob(f"site/{SIGNATURES}*"):
            signature.unlink()
        _make_as_last(last.output, folder, whole)
    return frozenset(last.files.keys() - whole.keys())


def stand_of(output: Path) -> dict[str, Stand]:
    """Return the stand of every file that builds make below ``output``, by path. Raises OutputError."""
    return {path: each for path, (each, _) in _found(output).items()}


def _found(output: Path) -> dict[str, tuple[Stand, int]]:
    try:
        return files_with_inodes(output)
    except OSError as error:
        raise _cannot_read(output, error) from error


def begin_edition(last: LastEdition, laid_out: Callable[[], frozenset[str]] | None = None) -> Edition:
    """Return the next edition, which begins as the ``last`` one.

    ``laid_out`` gives what ``lay_out`` returns where that was begun before. An earlier build that was killed is put
    right. Raises OutputError when the folder cannot be written.
    """
    lost = laid_out() if laid_out else lay_out(last)
    return Edition(last.output / NEXT, {path: each for path, each in last.files.items() if path not in lost})


def publish(output: Path, emptied: Container[str] = ()) -> None:
    """Put each part of the next edition in the place of the last good one, which is the next one's beginning.

    A part that the next edition does not have stays as it is, unless it is one of ``emptied``. The
    old ones wait in ``.retired`` until all are in their places; ``recover`` puts them back if the process dies. Raises
    OutputError where a rename is refused, as it is on Windows while a file is open; those before it are taken back.
    """
    made, retired = output / NEXT, output / _RETIRED
    done: list[tuple[Path, Path]] = []
    try:
        for part in PARTS:
            is_made = (made / part).is_dir()
            if (is_made or part in emptied) and (output / part).exists():
                retired.mkdir(exist_ok=True)
                _rename(output / part, retired / part, done)
            if is_made:
                _rename(made / part, output / part, done)
    except OSError as error:
        raise _cannot_write(output, error, _AS_BEFORE if _taken_back(done) else _MIXED) from error
    except BaseException:  # Ctrl-C, perhaps after a rename that ``done`` does not know of.
        with contextlib.suppress(OutputError):
            recover(output)
        raise
    shutil.rmtree(made, ignore_errors=True)
    try:
        retired.rename(made)
    except OSError:  # The new edition is in its place all the same.
        shutil.rmtree(retired, ignore_errors=True)


def _rename(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    source.rename(target)
    done.append((source, target))


def _taken_back(done: list[tuple[Path, Path]]) -> bool:
    """Take back the renames in ``done``, the last one first; tell whether all could be."""
    is_whole = True
    for source, target in reversed(done):
        try:
            target.rename(source)
        except OSError:
            is_whole = False
    return is_whole


def recover(output: Path) -> None:
    """Take back the renames of a build that was killed before the last of them. Raises OutputError.

    A part that there was not before stays.
    """
    made, retired = output / NEXT, output / _RETIRED
    with _writing(output):
        is_begun = any((made / part).is_dir() for part in PARTS)
        for part in PARTS:
            if (retired / part).exists():
                if is_begun and (output / part).exists() and not (made / part).exists():
                    (output / part).rename(made / part)
                if not (output / part).exists():
                    (retired / part).rename(output / part)
    shutil.rmtree(retired, ignore_errors=True)


def _make_as_last(output: Path, folder: Path, last: Mapping[str, tuple[Stand, int]]) -> None:
    """Make ``folder`` have the files of ``output`` that are in ``last``, and no others.

    A file of ``folder`` that is not the very one, but of its size and time, was left by a build that was killed.
    On a disk without hard links every file is copied anew.
    """
    there = files_with_inodes(folder)
    for path in there.keys() - last.keys():
        _remove(folder, path)
    made: set[Path] = set()
    for path, each in last.items():
        if there.get(path) != each or not each[1]:
            target = _below(folder, path)
            if path in there:
                target.unlink()
            elif target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            _link(_below(output, path), target)


def _parts(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path.split("/", 1)[0] for path in paths)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove(folder: Path, path: str) -> None:
    """Remove the file at ``path``, and the folders that it leaves empty."""
    target = _below(folder, path)
    target.unlink()
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
def _writing(output: Path, stands: str = _AS_BEFORE) -> Generator[None]:
    """Have what fails within blamed on the folder ``output``, and said how things stand then."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(output, error, stands) from error


def _cannot_read(output: Path, error: OSError) -> OutputError:
    return OutputError(f"读不了输出文件夹 {output.name}/（{reason(error, '读取')}）。")


def _cannot_write(output: Path, error: OSError, stands: str) -> OutputError:
    return OutputError(f"写不进输出文件夹 {output.name}/（{reason(error, '写入')}）。{stands}")
