"""Changes to the office's files that can be undone: the former content is saved first, each file is written whole."""

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

UNDO_FOLDER = ".undo"
PARTIAL = "partial"
"""Folder in ``UNDO_FOLDER`` for a step that is being saved or removed."""
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
    """The system does not let a file be read or written."""

    exit_code = ENVIRONMENT


def file_change(root: Path, path: str, after: bytes | None) -> Change:
    """Return the change of the file at the project ``path`` to ``after``. Raises EditingError if it cannot be read."""
    return Change(path, _read(root / path), after)


def apply(root: Path, title: str, changes: Sequence[Change]) -> str:
    """Carry out ``changes`` as one step with ``title``, and return the step's name, which ``undo`` takes.

    Raises EditingError if a file has changed since, or cannot be written; then all files are as before.
    """
    for change in changes:
        if _read(root / change.path) != change.before:
            raise EditingError(f"{change.path} 刚刚被别的程序改过，没有动它。请再运行一次。")
    step = ""
    try:
        step = _save_step(root, title, changes)
        _write_all(root, changes)
    except OSError as error:
        if step:
            with contextlib.suppress(OSError):
                _remove_step(root / UNDO_FOLDER / step)
        raise FileAccessError(f"写不进文件（{reason(error, '写入')}）。什么都没有改。") from error
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
    title, changes = _read_step(step)
    for change in changes:
        # A file may have its former content already, if the step was killed half-way.
        if _read(root / change.path) not in (change.before, change.after):
            raise EditingError(f"{change.path} 后来又改过，撤销会丢掉那些改动，没有撤销。")
    try:
        _write_all(root, changes)
        try:
            _remove_step(step)
        except OSError:  # The step is still listed, and would be undone a second time.
            _write_all(root, [Change(change.path, change.after, change.before) for change in changes])
            raise
    except OSError as error:
        raise FileAccessError(f"写不进文件（{reason(error, '写入')}），没有撤销。") from error
    return UndoneStep(title, tuple(change.path for change in changes))


def _read_step(step: Path) -> tuple[str, list[Change]]:
    """Return the title of ``step`` and the changes that undo it. Raises EditingError."""
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
        return str(journal["title"]), changes
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


def _save_step(root: Path, title: str, changes: Sequence[Change]) -> str:
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
    journal = {"title": title, "files": [{"path": change.path} for change in changes]}
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
    """Write all of ``changes``; if one fails, restore the others and raise OSError."""
    written: list[Change] = []
    try:
        for change in changes:
            _write(root / change.path, change.after)
            written.append(change)
    except OSError:
        for change in written:
            _write(root / change.path, change.before)
        raise


def _write(file: Path, content: bytes | None) -> None:
    """Replace ``file`` by ``content``; if that is None, remove it, and its folder if that is empty then."""
    if content is None:
        file.unlink(missing_ok=True)
        if file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(
        f".{file.name}.partial"
    )  # Hidden, so that a leftover is not taken for a file of the issue.
    partial.write_bytes(content)
    partial.replace(file)
