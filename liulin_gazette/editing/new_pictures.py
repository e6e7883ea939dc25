"""Pictures put into the folder of an issue, where its documents and its settings can name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from liulin_gazette.editing.changes import Change
from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.source.file_names import NAME_HINT, is_portable, same_but_for_case
from liulin_gazette.source.folder import PICTURE_TYPES, read_folder
from liulin_gazette.source.pictures.picture_files import declared_fault

TITLE = "放进图片"
"""Of the step that can be undone."""
_NOT_IN_MARKDOWN = re.compile(r"[\s()\[\]<>\"]+")
_MOST_OF_ONE_NAME = 100


def pictures_of_issue(root: Path, issue: str) -> tuple[str, ...]:
    """Return the names of the pictures in the folder of ``issue`` (2026-2)."""
    files = read_folder(root, f"content/{issue}").files
    return tuple(sorted(name for name in files if name.lower().endswith(PICTURE_TYPES)))


def new_pictures(
    root: Path, issue: str, sent: Sequence[tuple[str, bytes]]
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Return what the pictures ``sent``, by name, are called in the folder of ``issue``, and the changes that put them there.

    One that is there already needs no change; another file of the same name stays, and the new one gets a number.
    Raises NewError for what cannot be printed.
    """
    if not sent:
        raise NewError("没有选图片。")
    files = dict(read_folder(root, f"content/{issue}").files)
    names: list[str] = []
    changes: list[Change] = []
    for given, content in sent:
        _require_printable(given, content)
        name = _free_name(files, _NOT_IN_MARKDOWN.sub("-", given), content)
        if name not in files:
            files[name] = content
            changes.append(Change(f"content/{issue}/{name}", None, content))
        names.append(name)
    return tuple(names), tuple(changes)


def _require_printable(name: str, content: bytes) -> None:
    if not name.lower().endswith(PICTURE_TYPES):
        raise NewError(f"“{name}”不是图片，或者格式不支持，没有放。", "图片用 PNG、JPEG 或 SVG 格式。")
    if not is_portable(_NOT_IN_MARKDOWN.sub("-", name)):
        raise NewError(f"图片“{name}”的文件名不能用，没有放。", f"换个名字：{NAME_HINT}")
    if fault := declared_fault(name, content):
        raise NewError(f"图片“{name}”{fault[0]}，没有放。", fault[1])


def _free_name(files: Mapping[str, bytes], name: str, content: bytes) -> str:
    """Return ``name``, or one with a number where another file has it, also one that differs in case only."""
    stem, dot, extension = name.rpartition(".")
    for number in range(1, _MOST_OF_ONE_NAME):
        candidate = name if number == 1 else f"{stem}-{number}{dot}{extension}"
        if files.get(candidate, content) == content and not same_but_for_case(candidate, files):
            return candidate
    raise NewError(f"这一期里叫“{name}”的图片太多了。", "换个名字再放。")
