"""What the screen of an issue shows and does about documents in its folder that no section lists."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.issue_folder import (
    head_in,
    issue_content,
    issue_of,
    require_unchanged,
    require_unpublished,
    shown_digest,
    title_in,
)
from liulin_gazette.desk.screen import act, moved
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.document_removal import pictures_in
from liulin_gazette.editing.document_saving import require_no_draft
from liulin_gazette.editing.undo_journal import read_file
from liulin_gazette.editing.unlisted_files import (
    listing_change,
    unlisted_deletion,
    unlisted_in,
    unlisted_names,
)
from liulin_gazette.source.file_names import is_portable
from liulin_gazette.source.folder import read_folder

LIST_TITLE = "列入栏目"
DELETE_TITLE = "删除没有列入栏目的文件"


@dataclass(frozen=True, slots=True)
class UnlistedFile:
    """A document that no section lists, as the screen of its issue shows it."""

    name: str
    title: str
    pictures: tuple[str, ...]
    """Those that it alone names."""
    is_portable: bool
    """Whether the desk can open it: its name is one that every system can have."""
    digest: str

    @property
    def stem(self) -> str:
        """Its name without .md."""
        return self.name.removesuffix(".md")


def routes(desk: Desk) -> list[Route]:
    """Return the routes of what is done about such files."""
    return [
        act(desk, "/issues/{folder}/unlisted/list", lambda request, form: _list(desk, request, form)),
        act(desk, "/issues/{folder}/unlisted/delete", lambda request, form: _delete(desk, request, form)),
    ]


def unlisted_files(desk: Desk, issue: str, content: bytes) -> tuple[UnlistedFile, ...]:
    """Return the documents that ``content``, the issue.toml of ``issue``, does not list. Raises EditorError."""
    files = read_folder(desk.root, f"content/{issue}").files  # Once: it has the pictures, too.
    return tuple(
        UnlistedFile(
            name,
            title_in(head_in(files[name]), name),
            pictures_in(files, name)[0],
            is_portable(name),
            shown_digest(content, files[name]),
        )
        for name in unlisted_in(files)
    )


def _text(desk: Desk, issue: str, name: str) -> bytes:
    return read_file(desk.root / "content" / issue / name) or b""


def _asked(desk: Desk, request: Request, form: Form) -> tuple[str, str]:
    """Return the issue and the name of the file, which are as the page showed them. Raises EditorError."""
    issue, name = issue_of(desk, request), form["file"]
    require_unpublished(desk, issue)
    known = name if name in unlisted_names(desk.root, issue) else ""
    require_unchanged(form["digest"], issue_content(desk, issue), _text(desk, issue, known) if known else b"")
    return issue, name


def _list(desk: Desk, request: Request, form: Form) -> Response:
    issue, name = _asked(desk, request, form)
    section = form["section"]
    apply(desk.root, LIST_TITLE, (listing_change(desk.root, issue, name, section),))
    return moved(request, f"/issues/{issue}/", f"{name} 列在“{section}”的最后。列错了，点上面的“撤销”。")


def _delete(desk: Desk, request: Request, form: Form) -> Response:
    issue, name = _asked(desk, request, form)
    changes = unlisted_deletion(desk.root, issue, name)
    require_no_draft(desk.root, f"content/{issue}/{name}")
    apply(desk.root, DELETE_TITLE, changes)
    return moved(request, f"/issues/{issue}/", f"{name} 删去了。删错了，点上面的“撤销”。")
