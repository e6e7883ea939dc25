"""What a document was after each save, as far as the steps that can be undone go back; and one of them taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.document_saving import (
    ChangedMeanwhileError,
    digest_of,
    read_saved,
    require_no_draft,
)
from liulin_gazette.editing.undo_journal import Change, EditingError, change_in_step, steps

STEP = "restore"
MOST_STEPS = 100
"""Steps of a document that are read at a time."""


@dataclass(frozen=True, slots=True)
class Version:
    """A document as it was between two changes."""

    key: str
    """Of the step that made it, such as 000012.after; 000012.before where something else made it before that step."""
    title: str
    """Of that step; empty where something else than the desk and the commands made it."""
    time: float
    """Seconds since 1970 of the step; 0 where it is not known."""
    content: bytes | None
    """None where the file did not exist."""
    fault: EditingError | None = None
    """Why the step cannot be read; None where it can."""


@dataclass(frozen=True, slots=True)
class DocumentHistory:
    """What a document has been, or the part of it that was asked for."""

    versions: tuple[Version, ...]
    """Oldest first."""
    older: str = ""
    """Name of the step before which there are more; empty where there are none."""


def document_history(root: Path, path: str, before: str = "", most: int = MOST_STEPS) -> DocumentHistory:
    """Return what the last ``most`` steps made of the document at the project ``path``, the present file not included.

    Only steps before the one called ``before`` are looked at, unless that is empty; none before the one that made the
    document: they are thousands, and each journal is a file.
    """
    found: list[_Found] = []
    for folder in reversed(steps(root)):
        if before and folder.name >= before:
            continue
        made = _found_in(folder, path)
        if made is None:
            continue
        if len(found) == most:
            return DocumentHistory(_versions(found), found[-1].name)
        found.append(made)
        if isinstance(made.change, Change) and made.change.before is None:
            break
    return DocumentHistory(_versions(found))


def version_called(root: Path, path: str, key: str) -> Version | None:
    """Return the version of the document at ``path`` that has this ``key``; None where no step that can be read has it."""
    name, _, kind = key.partition(".")
    folder = next((each for each in steps(root) if each.name == name), None)
    made = _found_in(folder, path) if folder else None
    if made is None or isinstance(made.change, EditingError) or kind not in ("before", "after"):
        return None
    if kind == "before":
        return Version(key, "", 0, made.change.before)
    return Version(key, made.title, made.time, made.change.after)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the step ``name`` did to a document, or why that cannot be read."""

    name: str
    title: str
    time: float
    change: Change | EditingError


def _found_in(folder: Path, path: str) -> _Found | None:
    """Return what the step in ``folder`` did to the document at ``path``; None where it did nothing, or is undone."""
    try:
        made, time = change_in_step(folder, path), folder.stat().st_mtime
    except EditingError as error:
        return _Found(folder.name, "", 0, error) if folder.exists() else None
    except OSError:  # Another command has just undone it.
        return None
    return _Found(folder.name, made[0], time, made[1]) if made else None


def _versions(found: Sequence[_Found]) -> tuple[Version, ...]:
    """Return the versions that the steps ``found``, newest first, tell of."""
    versions: list[Version] = []
    last: bytes | None = None
    for step in reversed(found):
        change = step.change
        if isinstance(change, EditingError):
            versions.append(Version(f"{step.name}.after", "", 0, None, change))
            continue
        if change.before is not None and change.before != last:
            versions.append(Version(f"{step.name}.before", "", 0, change.before))
        versions.append(Version(f"{step.name}.after", step.title, step.time, change.after))
        last = change.after
    return tuple(versions)


def restore_version(root: Path, path: str, version: Version, digest: str) -> bool:
    """Give the document at ``path``, shown with ``digest``, the content of ``version`` as a new step.

    Return whether anything changes. Raises ChangedMeanwhileError where the file is another one now, and EditingError
    where something was typed that is not saved, or where ``version`` has no content.
    """
    saved = read_saved(root, path)
    if version.content is None:
        raise EditingError("那时候没有这个文件，没有换回。", "要删去公文，到这一期的页面上删。")
    if digest_of(saved) != digest:
        raise ChangedMeanwhileError(path, saved)
    require_no_draft(root, path)
    if version.content == saved:
        return False
    apply(root, STEP, [Change(path, saved, version.content)])
    return True
