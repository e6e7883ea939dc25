"""The screen on which files of departments are dropped, compared with their drafts, and taken into an issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.desk.intake_batches import Batches
from liulin_gazette.desk.issue_folder import current, issue_of, require_unpublished, shown_name
from liulin_gazette.desk.kept_batches import Batch
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.issue_file import open_sections
from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.editing.new_issues import requested_issue
from liulin_gazette.intake.draft_files import ComparedDraft, Plan, compared, plan_drafts
from liulin_gazette.intake.drafts import Draft, Intake

TITLE = "intake"
ADDRESS = "/issues/{folder}/intake/"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A draft with the number that the page calls it by."""

    number: int
    draft: ComparedDraft

    @property
    def identifier(self) -> str:
        """发文字号 or 令号; empty without one."""
        return _identifier(self.draft[0].document)


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the screen."""
    batches = desk.batches
    batch = f"{ADDRESS}{{batch}}/"
    return [
        view(desk, ADDRESS, partial(_screen, desk, batches)),
        act(desk, ADDRESS, partial(_receive, desk, batches)),
        view(desk, batch, partial(_drafts, desk, batches)),
        view(desk, f"{batch}progress", partial(_progress, batches)),
        act(desk, f"{batch}accept", partial(_accept, desk, batches)),
        act(desk, f"{batch}discard", partial(_discard, batches)),
    ]


def _screen(desk: Desk, batches: Batches, request: Request) -> Response:
    name = issue_of(desk, request)
    require_unpublished(desk, name)
    return page(
        desk,
        request,
        "intake",
        folder=name,
        name=shown_name(name),
        waiting=batches.of_issue(name),
        lost=batches.told,
    )


def _receive(desk: Desk, batches: Batches, request: Request, form: Form) -> Response:
    """Begin to read the files that were dropped. Raises EditorError."""
    name = issue_of(desk, request)
    require_unpublished(desk, name)
    open_sections(desk.root, name)
    files = [file for file in form.files if file.name or file.content]
    if not files:
        raise FormError("没有送来文件。", "把文件拖到框里，或者点“选文件”。")
    return moved(request, f"/issues/{name}/intake/{batches.start(name, files)}/")


def _batch(batches: Batches, request: Request) -> tuple[str, str, Batch]:
    """Return the issue, the key and the batch of ``request``. Raises MissingScreenError where there is none."""
    name, key = request.path_params["folder"], request.path_params["batch"]
    batch = batches.get(key, name)
    if batch is None:
        raise missing()
    return name, key, batch


def _progress(batches: Batches, request: Request) -> Response:
    _, _, batch = _batch(batches, request)
    return JSONResponse(
        {
            "done": batch.done,
            "total": len(batch.names),
            "reading": batch.reading,
            "isRead": batch.is_read,
        }
    )


def _drafts(desk: Desk, batches: Batches, request: Request) -> Response:
    """Return the page of a batch: how far it is read, then its drafts beside the manuscripts."""
    name, key, batch = _batch(batches, request)
    files: list[tuple[Intake, list[Numbered]]] = []
    sections: tuple[str, ...] = ()
    if batch.is_read:
        intakes = batch.intakes
        plan = _plan(desk, name, intakes)
        sections = open_sections(desk.root, name)
        number = 0
        for intake, drafts in compared(intakes, plan):
            files.append((intake, [Numbered(number + at, draft) for at, draft in enumerate(drafts)]))
            number += len(drafts)
    return page(
        desk,
        request,
        "intake_drafts",
        folder=name,
        name=shown_name(name),
        key=key,
        batch=batch,
        files=files,
        sections=sections,
        drafts=sum(draft.draft[2] is not None for _, drafts in files for draft in drafts),
        marks=sum(draft.draft[2].marks for _, drafts in files for draft in drafts if draft.draft[2]),
    )


def _plan(desk: Desk, name: str, intakes: Sequence[Intake]) -> Plan:
    """Return what taking ``intakes`` into the issue ``name`` writes, as things stand now. Raises EditorError."""
    _, publication = current(desk)
    issue = requested_issue(desk.root, publication, name, date.today())
    return plan_drafts(desk.root, publication, issue, "", intakes)


def _accept(desk: Desk, batches: Batches, request: Request, form: Form) -> Response:
    """Write the drafts that were chosen, each into the section chosen for it. Raises EditorError."""
    name, key, batch = _batch(batches, request)
    require_unpublished(desk, name)
    if not batch.is_read:
        raise FormError("还没有转换完。", "等它转换完，再做一次。")
    taken = set(form.all("take"))
    sections = open_sections(desk.root, name)
    chosen: list[Intake] = []
    number = 0
    for intake in batch.intakes:
        drafts: list[Draft] = []
        for draft in intake.drafts:
            if str(number) in taken:
                section = form.get(f"section-{number}")
                if section not in sections:
                    raise FormError(f"这一期没有“{section}”这个栏目。", "刷新这一页，再选一次。")
                drafts.append(replace(draft, section=section))
            number += 1
        chosen.append(replace(intake, drafts=tuple(drafts)))
    plan = _plan(desk, name, chosen)
    if not plan.planned:
        raise FormError("没有选要转入的草稿。", "在要转入的草稿前面打勾，再做一次。")
    apply(desk.root, TITLE, plan.changes)
    batches.discard(key)
    marks = sum(planned.marks for planned in plan.planned)
    left = f"{len(plan.duplicates)} 份的文号已经有了，没有写。" if plan.duplicates else ""
    words = f"转入了 {len(plan.planned)} 份，待核 {marks} 处。{left}要撤销，点上面的“撤销”。"
    return moved(request, f"/issues/{name}/", words)


def _discard(batches: Batches, request: Request, _form: Form) -> Response:
    name, key, _ = _batch(batches, request)
    batches.discard(key)
    return moved(request, f"/issues/{name}/intake/", "这一批没有转入，什么都没有写。")


def _identifier(document: NewDocument) -> str:
    return document.number or str(document.fields.get("令号", ""))
