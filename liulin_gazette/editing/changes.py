"""Changes to the office's files that can be undone: the former content is saved first, each file is written whole."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from liulin_gazette.disk import durable_files, system_calls
from liulin_gazette.disk.file_locks import folder_lock
from liulin_gazette.editing.undo_journal import (
    PARTIAL,
    UNDO_FOLDER,
    Change,
    EditingError,
    FileAccessError,
    Step,
    is_undoing,
    mark_undoing,
    pending_step,
    read_file,
    read_step,
    remove_step,
    save_step,
    settle,
    steps,
)
from liulin_gazette.text.advised_acts import Act, Advice, advice
from liulin_gazette.text.system_errors import reason

UNFINISHED = "unfinished"
"""File in ``UNDO_FOLDER`` while the program's own files are changed, with the name of the step. build.py restores the
former program if it finds it, since a program of two versions could not."""
PATIENCE = 30.0
"""Seconds to wait for another command that changes files."""


@dataclass(frozen=True, slots=True)
class UndoneStep:
    """A step that has been undone."""

    title: str
    paths: tuple[str, ...]
    """Project paths of its files."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of a step that the end of the process or of the power had interrupted."""

    title: str
    was_undoing: bool
    """Whether it was being undone; if not, it was being carried out."""
    blocked_by: tuple[str, ...] = ()
    """Project paths of files that are neither as before nor as after. If there are any, nothing was touched; else the
    step is taken back."""
    is_damaged: bool = False
    """Whether what was saved of it cannot be read, so that nothing was touched."""


class _HalfDoneError(Exception):
    """Some files are changed and could not be changed back."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.fault = reason(error, "写入") if isinstance(error, OSError) else "中断了"


class _MarkLeftError(Exception):
    """All files are changed, and the mark ``UNFINISHED`` cannot be removed."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.words = f"标记 {UNDO_FOLDER}/{UNFINISHED} 删不掉（{reason(error, '删除')}）"


def file_change(root: Path, path: str, after: bytes | None) -> Change:
    """Return the change of the file at the project ``path`` to ``after``. Raises EditingError if it cannot be read."""
    return Change(path, read_file(root / path), after)


def apply(root: Path, title: str, changes: Sequence[Change], is_program: bool = False) -> str:
    """Carry out ``changes`` as one step with ``title``, and return the step's name, which ``undo`` takes.

    ``is_program`` tells that the files are those of the program itself. Raises EditingError if a file has changed since,
    or cannot be written; then all files are as before, unless the message says otherwise.
    """
    with _alone(root):
        for change in changes:
            if read_file(root / change.path) != change.before:
                raise EditingError(f"{change.path} 刚刚被别的程序改过，没有动它。请再做一次。")
        step: Path | None = None
        try:
            step = save_step(root, Step(title, tuple(changes), is_program))
            with _marked(step, is_program):
                _write_all(root, changes)
                _or_back(root, changes, partial(settle, step))
        except _HalfDoneError as error:
            raise FileAccessError(_half_done(error, is_program)) from error
        except _MarkLeftError as error:
            raise FileAccessError(
                f"都改好了，可是{error.words}。请删去这个文件；不删，下一次打开程序会换回原来的。"
            ) from error
        except BaseException as error:
            system_calls.remove_tree(root / UNDO_FOLDER / PARTIAL)
            if step:
                with contextlib.suppress(OSError):
                    remove_step(step)
            if isinstance(error, OSError):
                raise FileAccessError(f"写不进文件（{reason(error, '写入')}）。什么都没有改。") from error
            raise
        return step.name


def undo(root: Path, name: str = "") -> UndoneStep | None:
    """Undo the last step, or the one called ``name``, and return it; None if there is none.

    Raises EditingError if a file has been changed since (its new content would be lost), or if the step
    cannot be read, or the files cannot be written.
    """
    if not steps(root):
        return None
    with _alone(root):
        found = [folder for folder in steps(root) if name in ("", folder.name)]
        if not found:
            return None
        folder = found[-1]
        step = read_step(folder)
        _refuse_later_changes(root, folder, step)
        try:
            mark_undoing(folder)
            with _marked(folder, step.is_program):
                _take_back(root, folder, step)
        except _HalfDoneError as error:
            raise FileAccessError(_half_done(error, step.is_program)) from error
        except _MarkLeftError as error:
            raise FileAccessError(f"已撤销“{step.title}”，可是{error.words}。请删去这个文件。") from error
        except BaseException as error:
            with contextlib.suppress(OSError):
                settle(folder)
            if isinstance(error, OSError):
                raise FileAccessError(f"写不进文件（{reason(error, '写入')}），没有撤销。") from error
            raise
        return UndoneStep(step.title, tuple(change.path for change in step.changes))


def next_to_undo(root: Path) -> tuple[str, Step] | None:
    """Return the name and the content of the step that ``undo`` would undo; None if there is none.

    Raises EditingError if it cannot be read, or if one of its files has been changed since.
    """
    known = steps(root)
    if not known:
        return None
    step = read_step(known[-1])
    _refuse_later_changes(root, known[-1], step)
    return known[-1].name, step


def recover(root: Path) -> Recovery | None:
    """Take back the step that was being carried out or undone when the process or the power ended.

    Return what became of it; None if there is none. Raises EditingError, and it is still to be done then.
    """
    leftover = root / UNDO_FOLDER / PARTIAL
    if pending_step(root) is None and not leftover.exists():
        return None
    with _alone(root, is_recovery=True):
        system_calls.remove_tree(leftover)
        folder = pending_step(root)
        if folder is None:
            return None
        try:
            was_undoing = is_undoing(folder)
            try:
                step = read_step(folder)
            except FileAccessError:
                raise
            except EditingError:
                settle(folder)
                return Recovery("", was_undoing, is_damaged=True)
            durable_files.discard([root / change.path for change in step.changes])
            others = _changed_since(root, step)
            if others:
                settle(folder)
                return Recovery(step.title, was_undoing, others)
            _take_back(root, folder, step)
            if step.is_program:
                system_calls.unlink(folder.with_name(UNFINISHED))
        except (OSError, _HalfDoneError) as error:
            fault = error.fault if isinstance(error, _HalfDoneError) else reason(error, "写入")
            raise FileAccessError(
                f"上一次改动文件没有做完，现在恢复不了（{fault}）。检查磁盘和权限，再做一次。"
            ) from error
        return Recovery(step.title, was_undoing)


@contextlib.contextmanager
def _alone(root: Path, is_recovery: bool = False) -> Generator[None]:
    """Let no other process change files during the block. Raises EditingError.

    Unless it ``is_recovery``, no step may be left from before.
    """
    folder = root / UNDO_FOLDER
    with contextlib.ExitStack() as stack:
        try:
            durable_files.make_folder(folder)
            is_free = stack.enter_context(folder_lock(folder, PATIENCE))
        except OSError as error:
            raise FileAccessError(f"写不进文件（{reason(error, '写入')}）。什么都没有改。") from error
        if not is_free:
            raise EditingError("另一个命令正在改动文件，没有动。等它结束，再做一次。")
        if not is_recovery and pending_step(root) is not None:
            raise EditingError(advice("上一次改动文件没有做完，没有动。请", Act.RECOVER, "，会先恢复原样。"))
        yield


@contextlib.contextmanager
def _marked(step: Path, is_program: bool) -> Generator[None]:
    """Mark ``step`` as unfinished during the block, if it ``is_program``; the mark stays where some files stay changed.

    Raises _MarkLeftError where it stays although the block has done its work.
    """
    if not is_program:
        yield
        return
    marker = step.with_name(UNFINISHED)
    try:
        system_calls.write(marker, step.name.encode())
        system_calls.sync(marker)
        durable_files.sync_folders([marker.parent])
        yield
    except _HalfDoneError:
        raise
    except BaseException:
        system_calls.unlink(marker)
        raise
    try:
        system_calls.unlink(marker)
        durable_files.sync_folders([marker.parent])
    except OSError as error:
        raise _MarkLeftError(error) from error


def _half_done(error: _HalfDoneError, is_program: bool) -> Advice:
    former = "原来的程序" if is_program else "原样"
    return advice(
        f"写不进文件（{error.fault}），改了一半，也没能改回去。检查磁盘和权限，",
        Act.RECOVER,
        f"，会先恢复{former}。",
    )


def _changed_since(root: Path, step: Step) -> tuple[str, ...]:
    """Return the paths of files that are neither as before nor as after ``step``; half of it may have been done."""
    return tuple(
        change.path
        for change in step.changes
        if read_file(root / change.path) not in (change.before, change.after)
    )


def _refuse_later_changes(root: Path, folder: Path, step: Step) -> None:
    """Raise EditingError if a file of ``step``, which ``folder`` keeps, was changed after it."""
    if others := _changed_since(root, step):
        raise EditingError(
            f"{others[0]} 后来又改过，撤销会丢掉那些改动，没有撤销。"
            f"要撤销，先在编辑器里退回后来的改动；改动以前的内容在 {UNDO_FOLDER}/{folder.name} 里，也可以从那里拷回来。"
        )


def _take_back(root: Path, folder: Path, step: Step) -> None:
    """Give the files of ``step`` their former content, and remove it. Raises OSError, _HalfDoneError."""
    back = [Change(change.path, change.after, change.before) for change in step.changes]
    _write_all(root, back)
    _or_back(root, back, partial(remove_step, folder))


def _write_all(root: Path, changes: Sequence[Change]) -> None:
    """Write all of ``changes``; on OSError and interruption none. Raises _HalfDoneError where some stay written."""
    contents = {root / change.path: change.after for change in changes}
    durable_files.prepare(contents)
    try:
        durable_files.put_in_place(contents)
    except BaseException as error:
        durable_files.discard(contents)
        _write_back(root, changes, error)
        raise


def _or_back(root: Path, changes: Sequence[Change], finish: Callable[[], None]) -> None:
    """Call ``finish``, and take back ``changes`` where that fails. Raises OSError, _HalfDoneError."""
    try:
        finish()
    except BaseException as error:
        _write_back(root, changes, error)
        raise


def _write_back(root: Path, changes: Sequence[Change], error: BaseException) -> None:
    """Take back those of ``changes`` that are written, because of ``error``. Raises _HalfDoneError."""
    try:
        durable_files.write_files(
            {
                root / change.path: change.before
                for change in changes
                if read_file(root / change.path) != change.before
            }
        )
    except (OSError, EditingError, KeyboardInterrupt) as second:
        raise _HalfDoneError(second) from error
