"""The parts of which every screen of the desk is made: pages, changes, and what is told where something fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk, desk_advice, desk_words
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form, read_form
from liulin_gazette.desk.tour_steps import shown_step
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.review.fault_report import fault_number, write_report
from liulin_gazette.text.editor_error import EditorError

MESSAGE = "gazette-desk-message"
"""Cookie with what the last change tells, shown once."""
MOST_MESSAGE = 400
"""Characters of it: each Chinese one takes nine bytes, and browsers drop a cookie of more than 4,096."""
NOT_POSSIBLE = 422
NOT_FOUND = 404
FAULT = 500
View = Callable[[Request], Response]
Act = Callable[[Request, Form], Response]


def view(desk: Desk, path: str, endpoint: View) -> Route:
    """Return the route of a page at ``path``, which changes nothing."""

    def handle(request: Request) -> Response:
        try:
            return endpoint(request)
        except Exception as error:  # Told on the page, with a report: no traceback reaches the editor.
            return refused(desk, request, error)

    return Route(path, handle, methods=["GET"])


def act(desk: Desk, path: str, endpoint: Act) -> Route:
    """Return the route of a change at ``path``: ``endpoint`` is called with what a page of this session has sent."""

    async def handle(request: Request) -> Response:
        try:
            sent = await read_form(request, desk.token)
            return await run_in_threadpool(endpoint, request, sent)
        except Exception as error:  # Likewise.
            return refused(desk, request, error)

    return Route(path, handle, methods=["POST"])


def page(desk: Desk, request: Request, template: str, status: int = 200, **values: object) -> Response:
    """Return the page made from ``templates/desk/<template>.html`` with ``values``."""
    message = unquote(request.cookies.get(MESSAGE, ""))
    rendered = environment(read_templates(desk.root)).get_template(f"desk/{template}.html")
    publication = desk.content.snapshot.publication
    name = publication.gazette.name if publication else ""
    words = {"advice": desk_advice, "words": desk_words, "tour": shown_step(desk, request)}
    response = HTMLResponse(
        rendered.render(desk=desk, token=desk.token, gazette=name, message=message, **words, **values), status
    )
    if message:
        response.delete_cookie(MESSAGE, path="/", httponly=True, samesite="strict")
    return response


def moved(request: Request, address: str, message: str = "") -> Response:
    """Return the answer to a change that was made: the page at ``address`` is next, and shows ``message`` once."""
    response: Response
    if is_from_script(request):
        response = JSONResponse({"address": address, "message": message})
    else:
        response = RedirectResponse(address, 303)
    if message:
        short = message if len(message) <= MOST_MESSAGE else message[: MOST_MESSAGE - 1] + "…"
        response.set_cookie(MESSAGE, quote(short), path="/", httponly=True, samesite="strict")
    return response


def refused(desk: Desk, request: Request, error: Exception) -> Response:
    """Return what is told where ``error`` keeps a request from being carried out, as a page or as JSON.

    What nobody foresaw is written to a report, whose number is told.
    """
    status, told = NOT_POSSIBLE, ""
    if isinstance(error, EditorError):
        told = error.told_with(at_desk)
    elif isinstance(error, MissingScreenError):
        status, told = NOT_FOUND, "没有这一页：它可能已经改名或者删去了。"
    else:
        file = write_report(desk.root, error, "desk")
        where = f"请把 {file} 发给维护者。" if file else "请把编号告诉维护者。"
        status, told = FAULT, f"程序出错了（编号 {fault_number(error)}）。什么都没有丢。{where}"
    if is_from_script(request):
        return JSONResponse({"message": told}, status)
    return page(desk, request, "refused", status, told=told)


class MissingScreenError(Exception):
    """There is nothing at the address asked for."""


def missing() -> MissingScreenError:
    """Return the exception that answers “there is no such page”."""
    return MissingScreenError()


def is_from_script(request: Request) -> bool:
    """Tell whether a script of the page asks, which wants JSON."""
    accepted: Any = request.headers.get("accept", "")
    return accepted.startswith("application/json")
