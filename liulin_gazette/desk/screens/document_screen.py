"""The screen of one document: 文首信息 as a form, the text with its findings, and the pages beside it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.document_fields import flat_fields, form_fields, sent_head
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.issue_folder import is_listed, is_published
from liulin_gazette.desk.issue_reviews import document_review
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.desk.typed_text import (
    TypedDocuments,
    fix_of,
    known_findings,
    shown_findings,
    shown_needs,
    typed_in,
    waived,
)
from liulin_gazette.editing.document_file import DocumentFile, read_document
from liulin_gazette.editing.document_saving import (
    ChangedMeanwhileError,
    Draft,
    digest_of,
    draft_digest,
    read_draft,
    read_saved,
    remove_draft,
    require_own_draft,
    save_document,
    save_draft,
    typed_document,
)
from liulin_gazette.editing.front_matter_edits import ABSENT
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue
from liulin_gazette.review.paper_proof import proofed_document
from liulin_gazette.source.file_names import is_portable
from liulin_gazette.source.folder import is_hidden, issue_folders
from liulin_gazette.web import addresses

CONFLICT = 409
ADDRESS = "/issues/{folder}/documents/{name}/"
DocumentAct = Callable[[Request, Form, str], Response]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line of two versions side by side."""

    saved: str
    typed: str
    is_same: bool


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the screens of documents."""
    typing = TypedDocuments(desk.root)

    def document_act(path: str, endpoint: DocumentAct) -> Route:
        return act(
            desk, ADDRESS + path, lambda request, form: endpoint(request, form, document_path(desk, request))
        )

    def findings(_request: Request, form: Form, path: str) -> Response:
        typed = typed_in(desk, path, form, typing)
        return JSONResponse(
            {
                "findings": shown_findings(typed),
                "needs": shown_needs(desk, typed),
                "digest": typed.saved_digest,
            }
        )

    def fix(_request: Request, form: Form, path: str) -> Response:
        return JSONResponse(_filled(*fix_of(typed_in(desk, path, form, typing), form)))

    def waive(_request: Request, form: Form, path: str) -> Response:
        return JSONResponse(_filled(*waived(typed_in(desk, path, form, typing), form)))

    return [
        view(desk, ADDRESS, lambda request: _document(desk, request)),
        document_act("", lambda request, form, path: _save(desk, request, form, path)),
        document_act("findings", findings),
        document_act("fix", fix),
        document_act("waive", waive),
        document_act("draft", lambda _request, form, path: _draft(desk, form, path)),
        document_act("draft/discard", lambda request, form, path: _discard(desk, request, form, path)),
    ]


def document_path(desk: Desk, request: Request) -> str:
    """Return the project path of the document asked for. Raises MissingScreenError for a name that none can have."""
    folder, name = f"content/{request.path_params['folder']}", f"{request.path_params['name']}.md"
    if folder not in issue_folders(desk.root) or is_hidden(name) or not is_portable(name):
        raise missing()
    return f"{folder}/{name}"


def _document(desk: Desk, request: Request) -> Response:
    path = document_path(desk, request)
    saved, draft = read_saved(desk.root, path), read_draft(desk.root, path)
    if saved is None and draft is None:
        raise missing()
    desk.content.expect_edits(path.rpartition("/")[0])
    is_draft = draft is not None and draft.content != saved
    shown = draft.content if draft is not None else saved or b""
    digest = draft.digest if draft is not None and is_draft else digest_of(saved)
    file = read_document(shown)
    gazette = desk.content.snapshot.gazette
    issue, document = _entry(desk, path)
    findings = known_findings(desk, path)
    title = (file.values or {}).get("标题", ABSENT).text
    return page(
        desk,
        request,
        "document",
        file=file,
        fields=form_fields(file.values, gazette) if file.values is not None else None,
        digest=digest,
        draft=draft_digest(desk.root, path),
        is_saved=saved is not None,
        is_draft=is_draft,
        path=path,
        folder=request.path_params["folder"],
        name=request.path_params["name"],
        heading=document.title if document else title or path.rpartition("/")[2],
        issue=issue,
        section=_section(issue, path),
        site_page=_site_page(issue, document),
        place=_place(desk, path),
        has_proof=proofed_document(desk.root, path) is not None,
        findings=findings,
        review=document_review(desk, path),
        is_head_open=document is None
        or any(each.severity is Severity.ERROR and each.place.line < file.text_line for each in findings),
    )


def _save(desk: Desk, request: Request, form: Form, path: str) -> Response:
    head, text = sent_head(form), form["text"]
    is_script = request.headers.get("accept", "").startswith("application/json")
    if not form["digest"] and read_draft(desk.root, path) is None:
        raise missing()  # Only a document that was there is put back.
    try:
        is_changed = save_document(desk.root, path, form["digest"], head, text, form.get("draft"))
    except ChangedMeanwhileError as error:
        draft = _keep_draft(desk, form, path)
        if is_script:
            return JSONResponse({"message": error.told_with(at_desk), "draft": draft}, CONFLICT)
        return _compare(desk, request, form, path, error)
    message = "存好了。要退回上一次，用“撤销”。" if is_changed else "没有改动，不用存。"
    if not is_script:
        return moved(request, request.url.path, message)
    saved = read_saved(desk.root, path)
    return JSONResponse({"message": message, "digest": digest_of(saved)})


def _compare(desk: Desk, request: Request, form: Form, path: str, error: ChangedMeanwhileError) -> Response:
    """Return the page that shows what is on the disk and what was typed, of which one is to be chosen."""
    saved = error.current
    typed = typed_document(saved, sent_head(form), form["text"])
    return page(
        desk,
        request,
        "document_conflict",
        CONFLICT,
        told=error.told_with(at_desk),
        lines=_compared(saved or b"", typed),
        is_gone=saved is None,
        digest=digest_of(saved),
        draft=draft_digest(desk.root, path),
        sent=[
            (name, value)
            for name, values in form.fields.items()
            if name not in ("digest", "draft")
            for value in values
        ],
        address=request.url.path,
        path=path,
    )


def _compared(saved: bytes, typed: bytes) -> list[ComparedLine]:
    """Return the lines of both versions that differ, with those around them."""
    old, new = (each.decode("utf-8-sig", "replace").splitlines() for each in (saved, typed))
    lines: list[ComparedLine] = []
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(2):
        for tag, start, stop, new_start, new_stop in group:
            for offset in range(max(stop - start, new_stop - new_start)):
                left = old[start + offset] if start + offset < stop else ""
                right = new[new_start + offset] if new_start + offset < new_stop else ""
                lines.append(ComparedLine(left, right, tag == "equal"))
    return lines


def _draft(desk: Desk, form: Form, path: str) -> Response:
    draft = _keep_draft(desk, form, path)
    return JSONResponse({"digest": digest_of(read_saved(desk.root, path)), "draft": draft})


def _keep_draft(desk: Desk, form: Form, path: str) -> str:
    """Keep what ``form`` sends as the draft, and return its digest. Raises OtherDraftError, FileAccessError."""
    content = typed_document(read_saved(desk.root, path), sent_head(form), form["text"])
    require_own_draft(desk.root, path, form.get("draft"), content)
    save_draft(desk.root, path, Draft(form["digest"], content))
    return draft_digest(desk.root, path)


def _discard(desk: Desk, request: Request, form: Form, path: str) -> Response:
    require_own_draft(desk.root, path, form.get("draft"))
    remove_draft(desk.root, path)
    address = request.url.path.removesuffix("draft/discard")
    return moved(request, address if read_saved(desk.root, path) is not None else "/", "草稿已经删去。")


def _filled(file: DocumentFile, before: str, after: str) -> Mapping[str, object]:
    """Return what a script needs to show a change and to fill in the form anew."""
    return {
        "text": file.text,
        "head": file.head,
        "fields": flat_fields(file),
        "before": before,
        "after": after,
    }


def _entry(desk: Desk, path: str) -> tuple[Issue | None, Document | None]:
    """Return the issue and the document at the project ``path``, as last read whole."""
    publication = desk.content.snapshot.publication
    for issue in publication.issues if publication else ():
        if issue.folder == path.rpartition("/")[0]:
            return issue, next((each for each in issue.documents if each.path == path), None)
    return None, None


def _place(desk: Desk, path: str) -> str:
    """Return where the document is moved or deleted: ``own``, ``unlisted``, or nowhere once its issue is published."""
    _, issue, file = path.rsplit("/", 2)
    if is_published(desk, issue) or read_saved(desk.root, path) is None:
        return ""
    return "own" if is_listed(desk, issue, file) else "unlisted"


def _section(issue: Issue | None, path: str) -> str:
    sections = issue.sections if issue else ()
    found = (each.name for each in sections for document in each.documents if document.path == path)
    return next(found, "")


def _site_page(issue: Issue | None, document: Document | None) -> str:
    """Return the address of the document's page below ``/site/`` and ``/prints/``; empty where it was never readable."""
    if issue is None or document is None:
        return ""
    return addresses.document_page(issue, document).removesuffix("index.html")
