"""Changing the office's files so that it can be undone: the former content is kept first, writes are whole."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.text.editor_error import CONTENT, ENVIRONMENT, EditorError
from liulin_gazette.text.system_errors import reason

FOLDER = ".undo"
PARTIAL = "partial"
"""In it: a step being kept, or being removed."""
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


class EditingError(EditorError):
    """Files could not be changed, and none was; the message says why."""

    exit_code = CONTENT


class FileAccessError(EditingError):
    """The system does not let a file be read or written."""

    exit_code = ENVIRONMENT


def change(root: Path, path: str, after: bytes | None) -> Change:
    """Return the change of the file at the project ``path`` to ``after``. Raises EditingError if it cannot be read."""
    return Change(path, _content(root / path), after)


def apply(root: Path, title: str, changes: Sequence[Change]) -> str:
    """Carry out ``changes`` as one step called ``title``; return its name, for ``undo``.

    Raises EditingError when a file is no longer as it was before, or cannot be written; what was written
    until then is taken back.
    """
    for each in changes:
        if _content(root / each.path) != each.before:
            raise EditingError(f"{each.path} 刚刚被别的程序改过，没有动它。请再运行一次。")
    step = ""
    try:
        step = _keep(root, title, changes)
        _put_all(root, changes)
    except OSError as error:
        if step:
            with contextlib.suppress(OSError):
                _set_aside(root / FOLDER / step)
        raise FileAccessError(f"写不进文件（{reason(error, '写入')}）。什么都没有改。") from error
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
    title, changes = _read_step(step)
    for each in changes:
        # One that is as it was before already: the step was killed half-way.
        if _content(root / each.path) not in (each.before, each.after):
            raise EditingError(f"{each.path} 后来又改过，撤销会丢掉那些改动，没有撤销。")
    try:
        _put_all(root, changes)
        try:
            _set_aside(step)
        except OSError:  # It would be undone a second time.
            _put_all(root, [Change(each.path, each.after, each.before) for each in changes])
            raise
    except OSError as error:
        raise FileAccessError(f"写不进文件（{reason(error, '写入')}），没有撤销。") from error
    return Undone(title, tuple(each.path for each in changes))


def _read_step(step: Path) -> tuple[str, list[Change]]:
    """Return the title of a ``step`` and the changes that take it back. Raises EditingError."""
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
        return str(journal["title"]), changes
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


def _keep(root: Path, title: str, changes: Sequence[Change]) -> str:
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
    journal = {"title": title, "files": [{"path": each.path} for each in changes]}
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
        raise FileAccessError(f"{file.name} 读不出来（{reason(error, '读取')}）。什么都没有改。") from error


def _put_all(root: Path, changes: Sequence[Change]) -> None:
    """Write all of ``changes`` or, with OSError, none."""
    done: list[Change] = []
    try:
        for each in changes:
            _put(root / each.path, each.after)
            done.append(each)
    except OSError:
        for each in done:
            _put(root / each.path, each.before)
        raise


def _put(file: Path, content: bytes | None) -> None:
    """Write ``content`` whole; remove the file, and folders left empty, when it is None."""
    if content is None:
        file.unlink(missing_ok=True)
        if file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.partial")  # Hidden: no part of the issue, should it be left.
    partial.write_bytes(content)
    partial.replace(file)
