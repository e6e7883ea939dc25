"""What ``serve`` shows: the pages of the site as the content is now, with a panel of findings and printed pages."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import Template
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from liulin_gazette.desk.access_guard import AccessPolicy, guarded
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.guards.protective_headers import PROTECTION
from liulin_gazette.desk.guards.request_guard import READING_METHODS, Refusal
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.live_pages import UNREADABLE, events_route, printed_page, site_file, site_path
from liulin_gazette.desk.media_types import media_type
from liulin_gazette.desk.running_desk import Face, TellFault
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.text.editor_error import EditorError

OWN = "/__preview/"
"""Below it are the preview's own addresses; all others are the site's."""
MESSAGES = {
    Refusal.METHOD: "预览只供查看。",
    Refusal.TARGET: "请求的网址不对。",
    Refusal.HOST: "这个网址不是预览的。请用终端里的网址打开。",
    Refusal.SITE: "别的网站不能打开预览。请把终端里的网址复制到浏览器的地址栏。",
    Refusal.BODY: "预览不接收内容。",
    Refusal.SESSION: "预览里有还没有公布的公文，只有运行它的人能看。"
    "请看运行 python3 build.py serve 的终端：把最后一个网址整个复制到浏览器的地址栏（每个网址只能用一次）。"
    "终端已经关了的，重新运行 python3 build.py serve --open。",
}
"""What is told to those who are refused."""
NOTHING_HERE = "没有这个网页。"


def preview(desk: Desk, keys: Keys, tell_fault: TellFault) -> ASGIApp:
    """Return the web application of the preview of ``desk``: it only reads. Raises UnreadableError for its templates.

    ``tell_fault`` reports what nobody foresaw, and returns words for the page.
    """
    with template_errors_named(desk.root):
        environ = environment(read_templates(desk.root))
        links, message = (environ.get_template(f"preview/{name}.html") for name in ("links", "message"))

    def told(words: str, status: int) -> Response:
        return HTMLResponse(message.render(message=words), status)

    def route(path: str, endpoint: Callable[[Request], Response]) -> Route:
        def handle(request: Request) -> Response:
            try:
                return endpoint(request)
            except Exception as error:  # What nobody foresaw is told in place of the page.
                return told(tell_fault(error), 500)

        return Route(path, handle, methods=["GET"])

    def page(request: Request) -> Response:
        return _page(desk, request, links, told)

    routes = [
        events_route(desk, f"{OWN}events", told),
        route(f"{OWN}state", lambda request: _state(desk, request)),
        route(f"{OWN}picture", lambda request: _picture(desk, request, told)),
        route(f"{OWN}{{name}}", lambda request: _own_file(desk, request, told)),
        route("/{path:path}", page),
    ]
    policy = AccessPolicy(lambda _: PROTECTION, lambda reason: told(MESSAGES[reason], reason.status))
    return guarded(Starlette(routes=routes), desk, keys, policy)


PREVIEW = Face("预览", "serve", preview, READING_METHODS, most_bytes=0)
"""``serve`` as a face of the desk."""
Told = Callable[[str, int], Response]
"""Returns a page with words alone, of a status."""


def _page(desk: Desk, request: Request, links: Template, told: Told) -> Response:
    """Return a file of the site; pages with the panel. A page in its place tells of a faulty template."""
    path, snapshot = site_path(request.path_params["path"]), desk.content.snapshot
    panel = links.render(version=snapshot.version).encode()  # What has changed since is fetched once more.
    try:
        content = site_file(desk.content, path)
    except EditorError as error:
        return _with_panel(told(error.told, 500), panel)
    if content is None:
        return _with_panel(told(NOTHING_HERE if snapshot.last_readable else UNREADABLE, 404), panel)
    answer = Response(content, media_type=media_type(path))
    return _with_panel(answer, panel) if path.endswith(".html") else answer


def _with_panel(page: Response, panel: bytes) -> Response:
    """Return ``page`` with the ``panel``'s style sheet and script at the end of its head, or of the page without one."""
    head, mark, rest = bytes(page.body).partition(b"</head>")
    return HTMLResponse(head + panel + mark + rest if mark else head + panel, page.status_code)


def _state(desk: Desk, request: Request) -> Response:
    """Return the version of the content, and the findings for ``page``: its own, and all errors."""
    snapshot = desk.content.snapshot
    entry = desk.content.document_at(_shown(request))
    path = entry[1].path if entry else ""
    findings = [
        {
            "code": each.code,
            "severity": each.severity.value,
            "place": str(each.place),
            "message": each.message,
            "hint": each.advice,
        }
        for each in snapshot.diagnostics
        if not path or each.place.path == path or each.severity is Severity.ERROR
    ]
    return JSONResponse(
        {
            "version": snapshot.version,
            "current": snapshot.is_current,
            "document": path,
            "findings": findings,
        }
    )


def _picture(desk: Desk, request: Request, told: Told) -> Response:
    """Return the printed page ``number`` of the document at ``page``; without a number, how many there are."""
    try:
        pictures = desk.content.printed_document(_shown(request)).pictures
    except EditorError as error:
        return PlainTextResponse(error.told, 409)
    number = request.query_params.get("number", "")
    if not number:
        return JSONResponse(len(pictures))
    return printed_page(pictures, number) or told(NOTHING_HERE, 404)


def _own_file(desk: Desk, request: Request, told: Told) -> Response:
    """Return the preview's script or style sheet."""
    name: str = request.path_params["name"]
    if not re.fullmatch(r"preview\.(?:js|css)", name):
        return told(NOTHING_HERE, 404)
    return Response((desk.root / "templates/preview" / name).read_bytes(), media_type=media_type(name))


def _shown(request: Request) -> str:
    """Return the file of the site that the page at ``page`` of the query is."""
    return site_path(request.query_params.get("page", "/"))
