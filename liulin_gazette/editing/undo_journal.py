"""The steps that can be undone, as ``.undo`` keeps them: what each file was before and after.

A step is on the disk before the first file that it tells of is touched. While its files are being changed it is marked
as pending: if the process or the power ends meanwhile, the next command takes the step back.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.disk import durable_files, system_calls
from liulin_gazette.text.editor_error import CONTENT, ENVIRONMENT, EditorError
from liulin_gazette.text.system_errors import reason

UNDO_FOLDER = ".undo"
PARTIAL = "partial"
"""Folder in ``UNDO_FOLDER`` for a step that is being saved or removed."""
PENDING = "pending"
"""File in the folder of a step whose files are being changed; it says ``APPLYING`` or ``UNDOING``."""
APPLYING, UNDOING = "apply", "undo"
LEAST_STEPS = 50
"""So many of the newest steps are kept, whatever their size."""
MOST_STEPS = 2_000
"""So many steps are kept, as far as their size allows: years of saving."""
MOST_BYTES = 256 * 1024 * 1024
"""Of all steps that are kept, apart from the newest."""
WEIGHED_EVERY = 16
"""Steps after which the size of all is looked at; a large step has it looked at at once."""
LARGE_STEP = 1024 * 1024
"""Bytes of a large step."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file's content before and after a change; None where the file does not exist."""

    path: str
    """Project path."""
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Step:
    """What a step changes."""

    title: str
    changes: tuple[Change, ...]
    is_program: bool
    """Whether the files are those of the program itself."""


class EditingError(EditorError):
    """Files could not be changed, and none was; the message says why."""

    exit_code = CONTENT


class FileAccessError(EditingError):
    """The system does not let a file be read or written; the message says so where some files were changed."""

    exit_code = ENVIRONMENT


def steps(root: Path) -> list[Path]:
    """Return the folders of all steps, oldest first."""
    folder = root / UNDO_FOLDER
    return sorted(entry for entry in folder.glob("*") if entry.name.isdigit()) if folder.is_dir() else []


def pending_step(root: Path) -> Path | None:
    """Return the folder of the step whose files are being changed, or were when the process ended.

    It is one of the newest: nothing else is changed until it is settled.
    """
    return next((step for step in steps(root)[-LEAST_STEPS:] if (step / PENDING).exists()), None)


def save_step(root: Path, step: Step) -> Path:
    """Save what is needed to undo ``step``, as the newest and as pending; return its folder. Raises OSError."""
    known = steps(root)
    folder = root / UNDO_FOLDER / f"{int(known[-1].name) + 1 if known else 1:06}"
    partial = folder.with_name(PARTIAL)
    system_calls.remove_tree(partial)
    journal = {
        "title": step.title,
        "program": step.is_program,
        "files": [{"path": change.path} for change in step.changes],
    }
    files = {
        partial / f"{index}.{kind}": content
        for index, change in enumerate(step.changes)
        for content, kind in ((change.before, "before"), (change.after, "after"))
        if content is not None
    }
    files[partial / "journal.json"] = json.dumps(journal, ensure_ascii=False).encode()
    files[partial / PENDING] = APPLYING.encode()
    durable_files.write_new_folder(partial, files)
    durable_files.move_folder(partial, folder)
    if int(folder.name) % WEIGHED_EVERY == 0 or sum(map(len, files.values())) >= LARGE_STEP:
        _forget_old_steps(root)
    return folder


def _forget_old_steps(root: Path) -> None:
    """Remove the oldest steps beyond what is kept. Raises OSError."""
    size = 0
    for number, folder in enumerate(reversed(steps(root))):
        size += _size(folder)
        if number >= LEAST_STEPS and (number >= MOST_STEPS or size > MOST_BYTES):
            system_calls.remove_tree(folder)


def _size(folder: Path) -> int:
    """Return the bytes of the files in ``folder``. Raises OSError."""
    with os.scandir(folder) as entries:
        return sum(entry.stat().st_size for entry in entries)


def mark_undoing(folder: Path) -> None:
    """Mark the step in ``folder`` as pending, to be taken back. Raises OSError."""
    system_calls.write(folder / PENDING, UNDOING.encode())
    system_calls.sync(folder / PENDING)
    durable_files.sync_folders([folder])


def settle(folder: Path) -> None:
    """Take the mark from the step in ``folder``, whose files are as they are to be. Raises OSError."""
    system_calls.unlink(folder / PENDING)
    durable_files.sync_folders([folder])


def is_undoing(folder: Path) -> bool:
    """Tell whether the pending step in ``folder`` was being undone. Raises OSError."""
    return (folder / PENDING).read_bytes() != APPLYING.encode()


def read_step(folder: Path) -> Step:
    """Return the step in ``folder``. Raises EditingError."""
    try:
        journal: Any = json.loads((folder / "journal.json").read_text("utf-8"))
        changes = tuple(
            Change(
                str(entry["path"]),
                read_file(folder / f"{index}.before"),
                read_file(folder / f"{index}.after"),
            )
            for index, entry in enumerate(journal["files"])
        )
        return Step(str(journal["title"]), changes, bool(journal.get("program")))
    except OSError as error:
        raise EditingError(
            f"撤销用的 {UNDO_FOLDER}/{folder.name} 读不出来（{reason(error, '读取')}），没有撤销。"
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EditingError(f"撤销用的 {UNDO_FOLDER}/{folder.name} 已损坏，没有撤销。") from error


def change_in_step(folder: Path, path: str) -> tuple[str, Change] | None:
    """Return the title of the step in ``folder`` and what it did to the file at the project ``path``; None if nothing.

    The step's other files are not read. Raises EditingError.
    """
    try:
        journal: Any = json.loads((folder / "journal.json").read_text("utf-8"))
        for index, entry in enumerate(journal["files"]):
            if str(entry["path"]) == path:
                before, after = (read_file(folder / f"{index}.{kind}") for kind in ("before", "after"))
                return str(journal["title"]), Change(path, before, after)
    except OSError as error:
        raise FileAccessError(f"{UNDO_FOLDER}/{folder.name} 读不出来（{reason(error, '读取')}）。") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EditingError(f"{UNDO_FOLDER}/{folder.name} 已损坏。") from error
    return None


def effects_of_undoing(step: Step) -> dict[str, list[str]]:
    """Return what undoing ``step`` does to its files: their project paths by the words for it."""
    groups: dict[str, list[str]] = {}
    for change in step.changes:
        way = "删去" if change.before is None else "恢复" if change.after is None else "改回原来的内容"
        groups.setdefault(way, []).append(change.path)
    return groups


def remove_step(folder: Path) -> None:
    """Remove the step, first from the list, then from the disk; the latter may wait until the next step is saved.

    Raises OSError, and the step is still listed then.
    """
    partial = folder.with_name(PARTIAL)
    system_calls.remove_tree(partial)
    durable_files.move_folder(folder, partial)
    system_calls.remove_tree(partial)


def read_file(file: Path) -> bytes | None:
    """Return the content of ``file``; None if there is no such file. Raises FileAccessError if it cannot be read."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise FileAccessError(f"{file.name} 读不出来（{reason(error, '读取')}）。什么都没有改。") from error
