"""The issue that an address names: its folder, its name in words, and whether it may still be changed."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import lru_cache

from starlette.requests import Request

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.screen import missing
from liulin_gazette.editing.issue_arrangement import listed_sections
from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.editing.undo_journal import EditingError, read_file
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.examination import Examined, examine
from liulin_gazette.source.folder import ISSUE_FILE, read_plain_file
from liulin_gazette.source.publication_records import RECORD_FILE
from liulin_gazette.source.settings_tables.issue_numbering import CODES
from liulin_gazette.text.issue_name_form import ISSUE_NAME

_HEAD = 8192
"""Bytes at the beginning of a file in which its title stands."""
_TITLE = re.compile(r"^标题:[ \t]*(?P<title>\S.*)$", re.MULTILINE)


class IssueChangedError(EditingError):
    """What a page showed of an issue is no longer so; nothing was written."""


def issue_of(desk: Desk, request: Request) -> str:
    """Return the name (2026-2) of the issue at the address of ``request``. Raises MissingScreenError without one."""
    name: str = request.path_params["folder"]
    folder = desk.root / "content" / name
    if not ISSUE_NAME.fullmatch(name) or folder.is_symlink() or not folder.is_dir():
        raise missing()
    return name


def shown_name(name: str) -> str:
    """Return the issue ``name`` (2026-2) in words: 2026年第2期."""
    match = ISSUE_NAME.fullmatch(name)
    if match is None:
        return name
    year, letter, count, number, merged_with = match.groups()
    supplement = next((key for key, code in CODES.items() if code == letter), "")
    code = name.partition("-")[2] if supplement else ""
    issue = Issue(
        f"content/{name}",
        int(year),
        int(count or number),
        None,
        date.min,
        (),
        merged_with=int(merged_with or 0),
        supplement=supplement,
        code=code,
    )
    return issue_name(issue)


def is_published(desk: Desk, name: str) -> bool:
    """Tell whether the issue ``name`` has a record of its publication."""
    return (desk.root / "content" / name / RECORD_FILE).exists()


def require_unpublished(desk: Desk, name: str) -> None:
    """Raise EditingError where the issue ``name`` is published: its documents and their order are settled."""
    if is_published(desk, name):
        raise EditingError(
            f"{shown_name(name)}已经发布，不再增减公文，也不改次序。",
            "文字有错的，改公文，再到“生成与发布”写明理由。",
        )


def issue_content(desk: Desk, name: str) -> bytes:
    """Return the issue.toml of the issue ``name``; empty where there is none. Raises EditingError."""
    return read_file(desk.root / "content" / name / ISSUE_FILE) or b""


def listed_documents(desk: Desk, name: str) -> int:
    """Return how many documents the issue.toml of the issue ``name`` lists; 0 where it cannot be read."""
    try:
        return _listed(issue_content(desk, name))
    except (NewError, EditingError):
        return 0


@lru_cache(maxsize=2000)
def _listed(content: bytes) -> int:
    """Return how many documents the issue.toml ``content`` lists; the first screen asks it of every issue of the archive.

    Raises NewError.
    """
    return sum(len(section.files) for section in listed_sections(content))


def is_listed(desk: Desk, name: str, file: str) -> bool:
    """Tell whether the issue.toml of the issue ``name`` lists ``file``; False where it cannot be read."""
    try:
        return any(file in section.files for section in listed_sections(issue_content(desk, name)))
    except (NewError, EditingError):
        return False


def head_of(desk: Desk, path: str) -> str | None:
    """Return the beginning of the file at the project ``path``; None where it cannot be read."""
    try:
        return head_in(read_plain_file(desk.root, path))
    except OSError:
        return None


def head_in(content: bytes) -> str:
    """Return the beginning of ``content``, in which the title stands."""
    return content[:_HEAD].decode("utf-8", "replace")


def title_in(head: str | None, name: str) -> str:
    """Return the title in ``head``, the beginning of the file ``name``; the name where it has none."""
    match = _TITLE.search(head or "")
    return match["title"].strip().strip("\"'") if match else name


def shown_digest(*contents: bytes) -> str:
    """Return what tells ``contents`` from any others."""
    state = hashlib.sha256()
    for content in contents:
        state.update(hashlib.sha256(content).digest())
    return state.hexdigest()


def require_unchanged(shown: str, *contents: bytes) -> None:
    """Raise IssueChangedError where ``shown``, the digest on the page, is not that of ``contents``."""
    if shown != shown_digest(*contents):
        raise IssueChangedError(
            "这一期刚刚在别处改过（别的窗口、别的人或别的程序），没有动它。", "看过现在的样子，再做一次。"
        )


def current(desk: Desk) -> tuple[Examined, Publication]:
    """Return the content as it is now. Raises EditingError where gazette.toml cannot be read."""
    examined = examine(desk.root)
    if examined.readable is None:
        raise EditingError("content/gazette.toml 读不懂。", "先到“设置”改正。")
    return examined, examined.readable
