"""The screen on which a document is moved to another section or another issue, or deleted: shown first, then done."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.desk.issue_folder import (
    head_of,
    is_published,
    issue_content,
    issue_of,
    require_unchanged,
    require_unpublished,
    shown_digest,
    shown_name,
    title_in,
)
from liulin_gazette.desk.screen import act, moved, page, view
from liulin_gazette.editing.changes import Change, apply
from liulin_gazette.editing.document_removal import (
    ListedDocument,
    deletion_changes,
    listed_document,
    transfer_changes,
)
from liulin_gazette.editing.document_saving import require_no_draft
from liulin_gazette.editing.issue_arrangement import ListedPlace, listed_sections, with_document_moved
from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.editing.undo_journal import read_file
from liulin_gazette.source.folder import ISSUE_FILE, issue_folders
from liulin_gazette.text.issue_name_form import ISSUE_NAME

ADDRESS = "/issues/{folder}/place/{name}/"
MOVE_TITLE = "移动公文"
DELETE_TITLE = "删除公文"


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the screen."""
    return [
        view(desk, ADDRESS, lambda request: _screen(desk, request)),
        act(desk, f"{ADDRESS}section", lambda request, form: _to_section(desk, request, form)),
        act(desk, f"{ADDRESS}issue", lambda request, form: _to_issue(desk, request, form)),
        act(desk, f"{ADDRESS}delete", lambda request, form: _delete(desk, request, form)),
    ]


def _screen(desk: Desk, request: Request) -> Response:
    name = issue_of(desk, request)
    require_unpublished(desk, name)
    document = listed_document(desk.root, name, request.path_params["name"])
    content, text = issue_content(desk, name), _text(desk, name, document)
    sections = [section.name for section in listed_sections(content)]
    return page(
        desk,
        request,
        "document_place",
        folder=name,
        name=shown_name(name),
        document=document,
        stem=document.name.removesuffix(".md"),
        sections=[(number, each) for number, each in enumerate(sections) if number != document.place.section],
        section=sections[document.place.section],
        others=tuple(_open_places(desk, name)),
        title=title_in(head_of(desk, f"content/{name}/{document.name}"), document.name),
        digest=shown_digest(content, text),
        back=_back(request, name),
    )


def _back(request: Request, name: str) -> str:
    """Return the address of the page that the screen was opened from: that of the issue, or of the document."""
    issue = f"/issues/{name}/"
    if request.query_params.get("from") != "document":
        return issue
    return f"{issue}documents/{quote(request.path_params['name'], safe='')}/"


def _text(desk: Desk, name: str, document: ListedDocument) -> bytes:
    return read_file(desk.root / "content" / name / document.name) or b""


def _open_places(desk: Desk, name: str) -> list[tuple[str, str, str]]:
    """Return the sections of other issues that are not published: value of the choice, issue, section."""
    places: list[tuple[str, str, str]] = []
    for folder in reversed(issue_folders(desk.root)):
        other = folder.rpartition("/")[2]
        if other == name or not ISSUE_NAME.fullmatch(other) or is_published(desk, other):
            continue
        try:
            sections = listed_sections(issue_content(desk, other))
        except NewError:
            continue
        places += [(f"{other}/{each.name}", shown_name(other), each.name) for each in sections]
    return places


def _asked(desk: Desk, request: Request, form: Form) -> tuple[str, ListedDocument]:
    """Return the issue and the document of ``request``, which are as the page showed them. Raises EditorError."""
    name = issue_of(desk, request)
    require_unpublished(desk, name)
    document = listed_document(desk.root, name, request.path_params["name"])
    require_unchanged(form["digest"], issue_content(desk, name), _text(desk, name, document))
    return name, document


def _to_section(desk: Desk, request: Request, form: Form) -> Response:
    name, document = _asked(desk, request, form)
    content = issue_content(desk, name)
    sections = listed_sections(content)
    number = int(form["section"]) if form["section"].isdecimal() else -1
    if not 0 <= number < len(sections) or number == document.place.section:
        raise FormError("没有选好移到哪个栏目。", "退回去选一个，再做一次。")
    after = with_document_moved(content, document.place, ListedPlace(number, len(sections[number].files)))
    apply(desk.root, MOVE_TITLE, (Change(f"content/{name}/{ISSUE_FILE}", content, after),))
    return moved(request, f"/issues/{name}/", f"{document.name} 移到了“{sections[number].name}”的最后。")


def _to_issue(desk: Desk, request: Request, form: Form) -> Response:
    name, document = _asked(desk, request, form)
    place = form["place"]
    found = next((each for each in _open_places(desk, name) if each[0] == place), None)
    if found is None:
        raise FormError("没有选好移到哪一期。", "退回去选一个，再做一次。")
    other = place.partition("/")[0]
    changes = transfer_changes(desk.root, name, document, other, found[2])
    require_no_draft(desk.root, f"content/{name}/{document.name}")
    apply(desk.root, MOVE_TITLE, changes)
    words = f"{document.name} 移到了{found[1]}的“{found[2]}”。移错了，点上面的“撤销”。"
    return moved(request, f"/issues/{other}/", words)


def _delete(desk: Desk, request: Request, form: Form) -> Response:
    name, document = _asked(desk, request, form)
    changes = deletion_changes(desk.root, name, document)
    require_no_draft(desk.root, f"content/{name}/{document.name}")
    apply(desk.root, DELETE_TITLE, changes)
    words = f"{document.name} 删去了。删错了，点上面的“撤销”。"
    return moved(request, f"/issues/{name}/", words)
