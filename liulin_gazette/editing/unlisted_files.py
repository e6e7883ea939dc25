"""Documents in an issue's folder that no section lists: put into a section, or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.document_removal import pictures_of
from liulin_gazette.editing.issue_arrangement import listed_sections
from liulin_gazette.editing.issue_file import NewError, add_to_section
from liulin_gazette.source.folder import ISSUE_FILE, read_folder
from liulin_gazette.source.publication_records import NOT_DOCUMENTS


def unlisted_names(root: Path, issue: str) -> tuple[str, ...]:
    """Return the names of the documents in the folder of ``issue`` (2026-2) that its issue.toml does not list (B013).

    Raises NewError where issue.toml cannot be understood.
    """
    return unlisted_in(read_folder(root, f"content/{issue}").files)


def unlisted_in(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the documents in ``files``, those of an issue's folder, that its issue.toml does not list.

    Raises NewError where issue.toml cannot be understood.
    """
    listed = {file for section in listed_sections(files.get(ISSUE_FILE, b"")) for file in section.files}
    return tuple(
        name
        for name in sorted(files)
        if name.endswith(".md") and name not in listed and name not in NOT_DOCUMENTS
    )


def listing_change(root: Path, issue: str, name: str, section: str) -> Change:
    """Return the change of issue.toml that lists ``name`` last in ``section``. Raises NewError."""
    _require_unlisted(root, issue, name)
    settings = file_change(root, f"content/{issue}/{ISSUE_FILE}", None)
    return replace(settings, after=add_to_section(settings.before or b"", section, name))


def unlisted_deletion(root: Path, issue: str, name: str) -> tuple[Change, ...]:
    """Return the changes that delete ``name``, with the pictures that it alone names. Raises NewError."""
    _require_unlisted(root, issue, name)
    folder = f"content/{issue}"
    own, _ = pictures_of(root, folder, name)
    return tuple(file_change(root, f"{folder}/{each}", None) for each in (name, *own))


def _require_unlisted(root: Path, issue: str, name: str) -> None:
    if name not in unlisted_names(root, issue):
        raise NewError(
            f"没有列入栏目的文件里没有 {name}。", "它可能刚刚列入、改名或者删去了；回到这一期看看。"
        )
