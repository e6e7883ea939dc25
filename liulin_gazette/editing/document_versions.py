"""What a document was after each save, as far as the steps that can be undone go back; and one of them taken back."""

from __future__ import annotations

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


def document_versions(root: Path, path: str) -> tuple[Version, ...]:
    """Return what the document at the project ``path`` has been, oldest first, the present file not included."""
    versions: list[Version] = []
    last: bytes | None = None
    for folder in steps(root):
        try:
            found, time = change_in_step(folder, path), folder.stat().st_mtime
        except EditingError as error:
            versions.append(Version(f"{folder.name}.after", "", 0, None, error))
            continue
        except OSError:  # Another command has just undone it.
            continue
        if found is None:
            continue
        title, change = found
        if change.before is not None and change.before != last:
            versions.append(Version(f"{folder.name}.before", "", 0, change.before))
        versions.append(Version(f"{folder.name}.after", title, time, change.after))
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
