"""Changing the office's files so that it can be undone: the former content is kept first, writes are whole."""

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

from liulin_gazette.text.system_errors import reason

FOLDER = ".undo"
PARTIAL = "partial"
"""In it: a step being kept, or being removed."""
UNFINISHED = "unfinished"
"""In it, while the program's own files are changed: the name of the step. build.py takes that step back if it finds
it, since a program of two versions could not."""
KEPT = 50
"""So many steps can be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after; None where it does not exist."""

    path: str
    """Project path."""
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A step that was taken back."""

    title: str
    paths: tuple[str, ...]


class EditingError(Exception):
    """Files could not be changed; the argument says in Chinese why. Nothing was changed."""


class _HalfDoneError(Exception):
    """Some files are changed and could not be changed back."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.fault = reason(error, "写入") if isinstance(error, OSError) else "中断了"


def change(root: Path, path: str, after: bytes | None) -> Change:
    """Return the change of the file at the project ``path`` to ``after``. Raises EditingError if it cannot be read."""
    return Change(path, _content(root / path), after)


def apply(root: Path, title: str, changes: Sequence[Change], is_program: bool = False) -> str:
    """Carry out ``changes`` as one step called ``title``; return its name, for ``undo``.

    ``is_program`` says that they change the program itself. Raises EditingError when a file is no longer as it was before, or cannot be written; what was written
    until then is taken back.
    """
    for each in changes:
        if _content(root / each.path) != each.before:
            raise EditingError(f"{each.path} 刚刚被别的程序改过，没有动它。请再运行一次。")
    step = ""
    try:
        step = _keep(root, title, changes, is_program)
        with _marked(root / FOLDER / step, is_program):
            _put_all(root, changes)
    except _HalfDoneError as error:
        raise EditingError(_half_done(error, is_program)) from error
    except BaseException as error:
        shutil.rmtree(root / FOLDER / PARTIAL, ignore_errors=True)
        if step:
            with contextlib.suppress(OSError):
                _set_aside(root / FOLDER / step)
        if isinstance(error, OSError):
            raise EditingError(f"写不进文件（{reason(error, '写入')}）。什么都没有改。") from error
        raise
    return step


def undo(root: Path, wanted: str = "") -> Undone | None:
    """Take back the last step, or that of the name ``wanted``; None when there is none.

    Raises EditingError when a file has been changed since, for its new content would be lost, and when the step
    cannot be read or the files cannot be written.
    """
    steps = [each for each in _steps(root) if wanted in ("", each.name)]
    if not steps:
        return None
    step = steps[-1]
    title, changes, is_program = _read_step(step)
    for each in changes:
        # One that is as it was before already: the step was killed half-way.
        if _content(root / each.path) not in (each.before, each.after):
            raise EditingError(f"{each.path} 后来又改过，撤销会丢掉那些改动，没有撤销。")
    try:
        with _marked(step, is_program):
            _put_all(root, changes)
            try:
                _set_aside(step)
            except OSError:  # It would be undone a second time.
                _put_all(root, [Change(each.path, each.after, each.before) for each in changes])
                raise
    except _HalfDoneError as error:
        raise EditingError(_half_done(error, is_program)) from error
    except OSError as error:
        raise EditingError(f"写不进文件（{reason(error, '写入')}），没有撤销。") from error
    return Undone(title, tuple(each.path for each in changes))


def changes_program(root: Path) -> bool:
    """Tell whether the last step, which ``undo`` would take back, changed the program. Raises EditingError."""
    steps = _steps(root)
    return bool(steps) and _read_step(steps[-1])[2]


@contextlib.contextmanager
def _marked(step: Path, is_program: bool) -> Generator[None]:
    """Leave word that ``step`` is being carried out or taken back, where it ``is_program``."""
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
    remedy = (
        "检查磁盘和权限，再运行 python3 build.py，会先恢复原来的程序。"
        if is_program
        else ("检查磁盘和权限，再运行 python3 build.py undo。")
    )
    return f"写不进文件（{error.fault}），改了一半，也没能改回去。{remedy}"


def _read_step(step: Path) -> tuple[str, list[Change], bool]:
    """Return a ``step``'s title, the changes that take it back, and whether they are of the program.

    Raises EditingError.
    """
    try:
        journal: Any = json.loads((step / "journal.json").read_text("utf-8"))
        changes = [
            Change(
                str(entry["path"]),
                _content(step / f"{index}.after"),
                _content(step / f"{index}.before"),
            )
            for index, entry in enumerate(journal["files"])
        ]
        return str(journal["title"]), changes, bool(journal.get("program"))
    except OSError as error:
        raise EditingError(
            f"撤销用的 {FOLDER}/{step.name} 读不出来（{reason(error, '读取')}），没有撤销。"
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EditingError(f"撤销用的 {FOLDER}/{step.name} 已损坏，没有撤销。") from error


def _set_aside(step: Path) -> None:
    """Take ``step`` off the list whole; what is left of it goes when the next one is kept, if not at once."""
    partial = step.with_name(PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    step.rename(partial)
    shutil.rmtree(partial, ignore_errors=True)


def _keep(root: Path, title: str, changes: Sequence[Change], is_program: bool) -> str:
    """Keep what takes ``changes`` back as the newest step; return its name."""
    steps = _steps(root)
    step = root / FOLDER / f"{int(steps[-1].name) + 1 if steps else 1:06}"
    partial = root / FOLDER / PARTIAL
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for index, each in enumerate(changes):
        for content, kind in ((each.before, "before"), (each.after, "after")):
            if content is not None:
                (partial / f"{index}.{kind}").write_bytes(content)
    journal = {"title": title, "program": is_program, "files": [{"path": each.path} for each in changes]}
    (partial / "journal.json").write_text(json.dumps(journal, ensure_ascii=False), "utf-8")
    partial.rename(step)
    for old in steps[: -(KEPT - 1)]:
        shutil.rmtree(old, ignore_errors=True)
    return step.name


def _steps(root: Path) -> list[Path]:
    folder = root / FOLDER
    return sorted(entry for entry in folder.glob("*") if entry.name.isdigit()) if folder.is_dir() else []


def _content(file: Path) -> bytes | None:
    """Return what is in ``file``; None without it. Raises EditingError where it cannot be read."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise EditingError(f"{file.name} 读不出来（{reason(error, '读取')}）。什么都没有改。") from error


def _put_all(root: Path, changes: Sequence[Change]) -> None:
    """Write all of ``changes``; on OSError and interruption none. Raises _HalfDoneError where some stay written."""
    done: list[Change] = []
    try:
        for each in changes:
            done.append(each)
            _put(root / each.path, each.after)
    except BaseException as error:
        try:
            for each in done:
                if _content(root / each.path) != each.before:
                    _put(root / each.path, each.before)
        except (OSError, EditingError, KeyboardInterrupt) as second:
            raise _HalfDoneError(second) from error
        raise


def _put(file: Path, content: bytes | None) -> None:
    """Write ``content`` whole; remove the file, and folders left empty, when it is None."""
    if content is None:
        if file.exists():
            _allow(file)
        file.unlink(missing_ok=True)
        if file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.partial")  # Hidden: no part of the issue, should it be left.
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
