"""Pictures that an editor puts into the folder of an issue, from a document or from the settings of the issue."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.issue_folder import issue_of
from liulin_gazette.desk.screen import act, is_from_script, moved
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.new_pictures import TITLE, new_pictures


def routes(desk: Desk) -> list[Route]:
    """Return the route to which pictures are sent."""
    return [act(desk, "/issues/{folder}/pictures/", lambda request, form: _put(desk, request, form))]


def _put(desk: Desk, request: Request, form: Form) -> Response:
    """Put the pictures into the folder; a script is told what they are called there. Raises EditorError."""
    issue = issue_of(desk, request)
    sent = [(file.name, file.content) for file in form.files if file.name]
    names, changes = new_pictures(desk.root, issue, sent)
    if changes:
        apply(desk.root, TITLE, changes)
    words = f"放进了 {'、'.join(names)}；要撤销，到“撤销”一页。"
    if is_from_script(request):
        return JSONResponse({"names": names, "message": words})
    return moved(request, f"/issues/{issue}/settings/", words)
