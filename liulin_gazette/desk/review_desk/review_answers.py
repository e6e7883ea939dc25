"""The parts of which the pages of the review server are made: views, acts, and what is told where something fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import for_reviewer
from liulin_gazette.desk.form import Form, FormError, read_form
from liulin_gazette.desk.review_desk.review_guard import REVIEWER, form_token_of
from liulin_gazette.desk.snapshot import LiveContent
from liulin_gazette.editing.reviewers import Reviewer
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.review.fault_report import fault_number, write_report
from liulin_gazette.text.editor_error import EditorError

MESSAGE = "gazette-review-message"
"""Cookie with what the last act tells, shown once."""
MOST_MESSAGE = 300
"""Characters of it."""


@dataclass(frozen=True, slots=True)
class ReviewSite:
    """What the pages are made from."""

    root: Path
    content: LiveContent


View = Callable[[Request, Reviewer], Response]
Act = Callable[[Request, Reviewer, Form], Response]


def view(site: ReviewSite, path: str, endpoint: View) -> Route:
    """Return the route of a page at ``path``, which changes nothing."""

    def handle(request: Request) -> Response:
        try:
            return endpoint(request, request.scope[REVIEWER])
        except Exception as error:  # Told on the page, with a report: no traceback reaches the reviewer.
            return refused(site, request, error)

    return Route(path, handle, methods=["GET"])


def act(site: ReviewSite, path: str, endpoint: Act) -> Route:
    """Return the route of an act at ``path``: ``endpoint`` is called with what a page of the reviewer has sent."""

    async def handle(request: Request) -> Response:
        try:
            reviewer: Reviewer = request.scope[REVIEWER]
            form = await read_form(request, form_token_of(reviewer))
            if form.files:
                raise FormError("审阅不接收文件。", "要送文件，请交给编辑。")
            return await run_in_threadpool(endpoint, request, reviewer, form)
        except Exception as error:  # Likewise.
            return await run_in_threadpool(refused, site, request, error)

    return Route(path, handle, methods=["POST"])


def page(site: ReviewSite, request: Request, template: str, status: int = 200, **values: object) -> Response:
    """Return the page made from ``templates/desk/<template>.html`` with ``values``."""
    publication = site.content.snapshot.publication
    rendered = environment(read_templates(site.root)).get_template(f"desk/{template}.html")
    name = publication.gazette.name if publication else ""
    return answer(rendered.render(gazette=name, **around(request), **values), request, status)


def around(request: Request) -> dict[str, object]:
    """Return what every page shows around its content."""
    reviewer: Reviewer = request.scope[REVIEWER]
    message = unquote(request.cookies.get(MESSAGE, ""))
    return {"reviewer": reviewer.name, "token": form_token_of(reviewer), "message": message}


def answer(text: str, request: Request, status: int = 200) -> Response:
    """Return ``text``, an HTML page that has shown the message of the last act."""
    response = HTMLResponse(text, status)
    if request.cookies.get(MESSAGE):
        response.delete_cookie(MESSAGE, path="/", httponly=True, samesite="strict")
    return response


def moved(address: str, message: str) -> Response:
    """Return the answer to an act that was done: the page at ``address`` is next, and shows ``message`` once."""
    response = RedirectResponse(address, 303)
    response.set_cookie(MESSAGE, quote(message[:MOST_MESSAGE]), path="/", httponly=True, samesite="strict")
    return response


def refused(site: ReviewSite, request: Request, error: Exception) -> Response:
    """Return the page that is told where ``error`` keeps a request from being carried out."""
    if isinstance(error, EditorError):
        status, told = HTTPStatus.UNPROCESSABLE_ENTITY, error.told_with(for_reviewer)
    elif isinstance(error, HTTPException):
        status, told = HTTPStatus.NOT_FOUND, "没有这一页：它可能不再送审，或者已经改名、删去了。"
    else:
        write_report(site.root, error, "review")
        status, told = (
            HTTPStatus.INTERNAL_SERVER_ERROR,
            f"程序出错了（编号 {fault_number(error)}）。请把编号告诉编辑。",
        )
    return page(site, request, "review_refused", status, told=told)
