"""Changes to the office's files that can be undone: the former content is saved first, each file is written whole."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.text.editor_error import CONTENT, ENVIRONMENT, EditorError
from liulin_gazette.text.system_errors import reason

UNDO_FOLDER = ".undo"
PARTIAL = "partial"
"""Folder in ``UNDO_FOLDER`` for a step that is being saved or removed."""
UNFINISHED = "unfinished"
"""File in ``UNDO_FOLDER`` while the program's own files are changed, with the name of the step. build.py restores the
former program if it finds it, since a program of two versions could not."""
MAX_STEPS = 50
"""How many steps can be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file's content before and after a change; None where the file does not exist."""

    path: str
    """Project path."""
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class UndoneStep:
    """A step that has been undone."""

    title: str
    paths: tuple[str, ...]
    """Project paths of its files."""


class EditingError(EditorError):
    """Files could not be changed, and none was; the message says why."""

    exit_code = CONTENT


class FileAccessError(EditingError):
    """The system does not let a file be read or written; the message says so where some files were changed."""

    exit_code = ENVIRONMENT


class _HalfDoneError(Exception):
    """Some files are changed and could not be changed back."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.fault = reason(error, "写入") if isinstance(error, OSError) else "中断了"


def file_change(root: Path, path: str, after: bytes | None) -> Change:
    """Return the change of the file at the project ``path`` to ``after``. Raises EditingError if it cannot be read."""
    return Change(path, _read(root / path), after)


def apply(root: Path, title: str, changes: Sequence[Change], is_program: bool = False) -> str:
    """Carry out ``changes`` as one step with ``title``, and return the step's name, which ``undo`` takes.

    ``is_program`` tells that the files are those of the program itself. Raises EditingError if a file has changed since,
    or cannot be written; then all files are as before, unless the message says otherwise.
    """
    for change in changes:
        if _read(root / change.path) != change.before:
            raise EditingError(f"{change.path} 刚刚被别的程序改过，没有动它。请再运行一次。")
    step = ""
    try:
        step = _save_step(root, title, changes, is_program)
        with _marked(root / UNDO_FOLDER / step, is_program):
            _write_all(root, changes)
    except _HalfDoneError as error:
        raise FileAccessError(_half_done(error, is_program)) from error
    except BaseException as error:
        shutil.rmtree(root / UNDO_FOLDER / PARTIAL, ignore_errors=True)
        if step:
            with contextlib.suppress(OSError):
                _remove_step(root / UNDO_FOLDER / step)
        if isinstance(error, OSError):
            raise FileAccessError(f"写不进文件（{reason(error, '写入')}）。什么都没有改。") from error
        raise
    return step


def undo(root: Path, name: str = "") -> UndoneStep | None:
    """Undo the last step, or the one called ``name``, and return it; None if there is none.

    Raises EditingError if a file has been changed since (its new content would be lost), or if the step
    cannot be read, or the files cannot be written.
    """
    steps = [step for step in _steps(root) if name in ("", step.name)]
    if not steps:
        return None
    step = steps[-1]
    title, changes, is_program = _read_step(step)
    for change in changes:
        # A file may have its former content already, if the step was killed half-way.
        if _read(root / change.path) not in (change.before, change.after):
            raise EditingError(f"{change.path} 后来又改过，撤销会丢掉那些改动，没有撤销。")
    try:
        with _marked(step, is_program):
            _write_all(root, changes)
            try:
                _remove_step(step)
            except OSError:  # The step is still listed, and would be undone a second time.
                _write_all(root, [Change(change.path, change.after, change.before) for change in changes])
                raise
    except _HalfDoneError as error:
        raise FileAccessError(_half_done(error, is_program)) from error
    except OSError as error:
        raise FileAccessError(f"写不进文件（{reason(error, '写入')}），没有撤销。") from error
    return UndoneStep(title, tuple(change.path for change in changes))


def changes_program(root: Path) -> bool:
    """Tell whether the last step, which ``undo`` would undo, changed the program. Raises EditingError."""
    steps = _steps(root)
    return bool(steps) and _read_step(steps[-1])[2]


@contextlib.contextmanager
def _marked(step: Path, is_program: bool) -> Generator[None]:
    """Mark ``step`` as unfinished during the block, if it ``is_program``; the mark stays where some files stay changed."""
    marker = step.parent / UNFINISHED
    if is_program:
        marker.write_text(step.name, "ascii")
    try:
        yield
    except _HalfDoneError:
        raise
    except BaseException:
        marker.unlink(missing_ok=True)
        raise
    marker.unlink(missing_ok=True)


def _half_done(error: _HalfDoneError, is_program: bool) -> str:
    command = "，会先恢复原来的程序" if is_program else " undo"
    return f"写不进文件（{error.fault}），改了一半，也没能改回去。检查磁盘和权限，再运行 python3 build.py{command}。"


def _read_step(step: Path) -> tuple[str, list[Change], bool]:
    """Return the title of ``step``, the changes that undo it, and whether they are of the program. Raises EditingError."""
    try:
        journal: Any = json.loads((step / "journal.json").read_text("utf-8"))
        changes = [
            Change(
                str(entry["path"]),
                _read(step / f"{index}.after"),
                _read(step / f"{index}.before"),
            )
            for index, entry in enumerate(journal["files"])
        ]
        return str(journal["title"]), changes, bool(journal.get("program"))
    except OSError as error:
        raise EditingError(
            f"撤销用的 {UNDO_FOLDER}/{step.name} 读不出来（{reason(error, '读取')}），没有撤销。"
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EditingError(f"撤销用的 {UNDO_FOLDER}/{step.name} 已损坏，没有撤销。") from error


def _remove_step(step: Path) -> None:
    """Remove ``step``, first from the list, then from the disk; the latter may wait until the next step is saved."""
    partial = step.with_name(PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    step.rename(partial)
    shutil.rmtree(partial, ignore_errors=True)


def _save_step(root: Path, title: str, changes: Sequence[Change], is_program: bool) -> str:
    """Save what is needed to undo ``changes`` as the newest step, and return its name."""
    steps = _steps(root)
    step = root / UNDO_FOLDER / f"{int(steps[-1].name) + 1 if steps else 1:06}"
    partial = root / UNDO_FOLDER / PARTIAL
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for index, change in enumerate(changes):
        for content, kind in ((change.before, "before"), (change.after, "after")):
            if content is not None:
                (partial / f"{index}.{kind}").write_bytes(content)
    journal = {"title": title, "program": is_program, "files": [{"path": change.path} for change in changes]}
    (partial / "journal.json").write_text(json.dumps(journal, ensure_ascii=False), "utf-8")
    partial.rename(step)
    for old in steps[: -(MAX_STEPS - 1)]:
        shutil.rmtree(old, ignore_errors=True)
    return step.name


def _steps(root: Path) -> list[Path]:
    """Return the folders of all steps, oldest first."""
    folder = root / UNDO_FOLDER
    return sorted(entry for entry in folder.glob("*") if entry.name.isdigit()) if folder.is_dir() else []


def _read(file: Path) -> bytes | None:
    """Return the content of ``file``; None if there is no such file. Raises EditingError if it cannot be read."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise FileAccessError(f"{file.name} 读不出来（{reason(error, '读取')}）。什么都没有改。") from error


def _write_all(root: Path, changes: Sequence[Change]) -> None:
    """Write all of ``changes``; on OSError and interruption none. Raises _HalfDoneError where some stay written."""
    begun: list[Change] = []
    try:
        for change in changes:
            begun.append(change)
            _write(root / change.path, change.after)
    except BaseException as error:
        try:
            for change in begun:
                if _read(root / change.path) != change.before:
                    _write(root / change.path, change.before)
        except (OSError, EditingError, KeyboardInterrupt) as second:
            raise _HalfDoneError(second) from error
        raise


def _write(file: Path, content: bytes | None) -> None:
    """Replace ``file`` by ``content``; if that is None, remove it, and its folder if that is empty then."""
    if content is None:
        if file.exists():
            _allow(file)
        file.unlink(missing_ok=True)
        if file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(
        f".{file.name}.partial"
    )  # Hidden, so that a leftover is not taken for a file of the issue.
    try:
        partial.write_bytes(content)
        if file.exists():
            shutil.copymode(file, partial)
            _allow(file)
        partial.replace(file)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _allow(file: Path) -> None:
    """Let a read-only ``file`` be replaced or removed, which Windows refuses otherwise."""
    if os.name == "nt":
        file.chmod(stat.S_IREAD | stat.S_IWRITE)
