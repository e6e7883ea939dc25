"""Who may review, with which key, and which issues are offered: ``.desk/review.json``, beside content and the site.

The keys open what is not yet published, so the folder and the file are for the editor's own account alone (0700, 0600;
on Windows the folder has the rights of the one above it).
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from liulin_gazette.disk import durable_files
from liulin_gazette.disk.file_locks import folder_lock
from liulin_gazette.editing.undo_journal import EditingError, FileAccessError, read_file
from liulin_gazette.model.reviewing import MOST_NAME, MOST_REVIEWERS, is_reviewer_name
from liulin_gazette.source.file_names import is_portable, same_but_for_case
from liulin_gazette.text.issue_name_form import ISSUE_NAME
from liulin_gazette.text.system_errors import reason

FOLDER = ".desk"
FILE = f"{FOLDER}/review.json"
_KEY_BYTES = 32
_PATIENCE = 10.0
"""Seconds to wait for another process that writes the file."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may review."""

    name: str
    key: str
    """Long and random; whoever has it is taken for the reviewer."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What is offered, and to whom."""

    reviewers: tuple[Reviewer, ...] = ()
    issues: tuple[str, ...] = ()
    """Names of the issues (2026-2) that the editor has offered."""


def read_reviewing(root: Path) -> Reviewing:
    """Return who may review, and what. Raises EditingError for a file that cannot be read."""
    content = read_file(root / FILE)
    if content is None:
        return Reviewing()
    try:
        read: Any = json.loads(content)
        reviewers = tuple(Reviewer(str(each["name"]), str(each["key"])) for each in read["reviewers"])
        issues = tuple(str(name) for name in read["issues"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EditingError(f"{FILE} 已损坏，审阅打不开。", "删去这个文件，重新添加审阅的人。") from error
    if not all(is_reviewer_name(each.name) and len(each.key) >= _KEY_BYTES for each in reviewers):
        raise EditingError(f"{FILE} 已损坏，审阅打不开。", "删去这个文件，重新添加审阅的人。")
    return Reviewing(reviewers, tuple(name for name in issues if ISSUE_NAME.fullmatch(name)))


def add_reviewer(root: Path, name: str) -> Reviewer:
    """Give ``name`` a key, unless there is one, and return both. Raises EditingError."""
    name = name.strip()
    if not is_reviewer_name(name) or not is_portable(name):
        raise EditingError(
            f"审阅人的名字“{name[:MOST_NAME]}”不能用。",
            f"用汉字、字母、数字，不超过 {MOST_NAME} 个，例如 王局长。",
        )
    with _changing(root) as reviewing:
        known = next((each for each in reviewing.reviewers if each.name == name), None)
        if known:
            return known
        if other := same_but_for_case(name, (each.name for each in reviewing.reviewers)):
            raise EditingError(f"“{name}”和“{other}”只差大小写，在 Windows 上分不开。", "换一个名字。")
        if len(reviewing.reviewers) >= MOST_REVIEWERS:
            raise EditingError(f"审阅的人最多 {MOST_REVIEWERS} 个。", "先收回不再用的。")
        added = Reviewer(name, secrets.token_urlsafe(_KEY_BYTES))
        _write(root, replace(reviewing, reviewers=(*reviewing.reviewers, added)))
        return added


def withdraw_reviewer(root: Path, name: str) -> None:
    """Take the key of ``name`` away; what was written stays. Raises EditingError."""
    with _changing(root) as reviewing:
        kept = tuple(each for each in reviewing.reviewers if each.name != name)
        _write(root, replace(reviewing, reviewers=kept))


def offer_issue(root: Path, issue: str, is_offered: bool) -> None:
    """Offer the issue of this name (2026-2) for review, or no longer. Raises EditingError."""
    with _changing(root) as reviewing:
        others = tuple(name for name in reviewing.issues if name != issue)
        _write(root, replace(reviewing, issues=(*others, issue) if is_offered else others))


@contextmanager
def _changing(root: Path) -> Generator[Reviewing]:
    """Yield what the file has, which no other process changes during the block. Raises EditingError."""
    folder = root / FOLDER
    try:
        durable_files.make_folder(folder)
        folder.chmod(0o700)
        with folder_lock(folder, _PATIENCE) as is_free:
            if not is_free:
                raise EditingError("另一个程序正在改审阅的设置，没有动。", "再做一次。")
            yield read_reviewing(root)
    except OSError as error:
        raise FileAccessError(f"{FILE} 写不进（{reason(error, '写入')}）。") from error


def _write(root: Path, reviewing: Reviewing) -> None:
    """Write the file, which nobody but the owner can read at any moment. Raises OSError."""
    file = root / FILE
    if not file.exists():  # What takes its place later gets its permissions.
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    file.chmod(0o600)
    content = {
        "reviewers": [{"name": each.name, "key": each.key} for each in reviewing.reviewers],
        "issues": list(reviewing.issues),
    }
    durable_files.write_files({file: json.dumps(content, ensure_ascii=False, indent=1).encode()})
