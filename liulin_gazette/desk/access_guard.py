"""The guard of the desk: every request passes it before any screen is asked, and every answer is protected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.guards.protective_headers import DESK_PROTECTION, SITE_PROTECTION
from liulin_gazette.desk.guards.request_guard import KEY, READING_METHODS, Refusal, refusal
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment

FRAMED = "/site/"
"""Where the pages are that a page of the desk shows in a frame, in which no script runs."""
MESSAGES = {
    Refusal.METHOD: "编辑台不接受这种请求。",
    Refusal.TARGET: "请求的网址不对。",
    Refusal.HOST: "这个网址不是编辑台的。请用打开编辑台的窗口里的网址打开。",
    Refusal.SITE: "别的网站不能打开、不能改动编辑台。请把打开编辑台的窗口里的网址复制到浏览器的地址栏。",
    Refusal.BODY: "送来的内容太大。分几次做。",
    Refusal.SESSION: "编辑台只给打开它的人用。请看打开编辑台时出现的那个窗口：把最后一个网址整个复制到浏览器的地址栏"
    "（每个网址只能用一次）。窗口已经关了的，重新打开编辑台。",
}
"""What is told to those who are refused."""


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """What a guard answers to those who may not pass, and how it protects the answers to the others."""

    protection: Callable[[str], Mapping[str, str]]
    """Returns the headers of the answer to a request for a path."""
    refused: Callable[[Refusal], Response]
    """Returns the answer to those who may not pass."""
    entry: Callable[[Desk], Response] | None = None
    """Returns the page that leads on whoever comes with a key by a link of another desk of this machine."""


def _desk_protection(path: str) -> Mapping[str, str]:
    return SITE_PROTECTION if path.startswith(FRAMED) else DESK_PROTECTION


def _desk_refusal(reason: Refusal) -> Response:
    return PlainTextResponse(MESSAGES[reason], reason.status)


def _sample_entry(desk: Desk) -> Response:
    entry = environment(read_templates(desk.root)).get_template("desk/sample_entry.html")
    return HTMLResponse(entry.render(), headers={"Set-Cookie": desk.access.set_cookie})


def _way_back(desk: Desk) -> Response:
    """Return the page that leads from the sample back to ``desk``; it opens no session."""
    leading = environment(read_templates(desk.root)).get_template("desk/way_back.html")
    return HTMLResponse(leading.render())


DESK_POLICY = AccessPolicy(_desk_protection, _desk_refusal)
SAMPLE_POLICY = AccessPolicy(_desk_protection, _desk_refusal, _sample_entry)


def guarded(application: ASGIApp, desk: Desk, keys: Keys, policy: AccessPolicy = DESK_POLICY) -> ASGIApp:
    """Return ``application`` behind the guard of ``desk``, with its ``policy``."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await application(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in policy.protection(scope["path"]).items():
                    headers[name] = value
            await send(message)

        answer = refusal_answer(scope, desk, keys, policy)
        await (answer or application)(scope, receive, send_protected)

    return serve


def refusal_answer(scope: Scope, desk: Desk, keys: Keys, policy: AccessPolicy) -> Response | None:
    """Return the answer to a request that no screen is to see; None for those that may pass."""
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    query = scope["query_string"].decode("latin-1")
    target = scope["raw_path"].decode("latin-1") if scope.get("raw_path") else scope["path"]
    reason = refusal(scope["method"], target, headers, desk.access)
    key = parse_qs(query).get(KEY, [""])[0]
    link_reason = _refusal_of_link(scope["method"], target, headers, desk) if key else Refusal.SITE
    if policy.entry and link_reason in (None, Refusal.SESSION) and keys.take(key):
        return policy.entry(desk)
    if link_reason is None and desk.sample.way_back.take(key):
        return _way_back(desk)
    if key and reason is Refusal.SESSION and keys.take(key):
        return RedirectResponse("/", 303, {"Set-Cookie": desk.access.set_cookie})
    if key and reason is None:  # From a browser that has the session: its address bar is to forget the key.
        return RedirectResponse("/", 303)
    if reason is None and scope["method"] not in READING_METHODS and not _values(headers, "origin"):
        reason = Refusal.SITE  # Browsers name where a change comes from.
    return policy.refused(reason) if reason else None


def _refusal_of_link(method: str, target: str, headers: list[tuple[str, str]], desk: Desk) -> Refusal | None:
    """Return why a link that stands on another port of this machine is refused besides standing there.

    ``Refusal.SITE`` for a request that is no such link. The page that answers it leads on to the desk: what follows a
    link from elsewhere counts as from elsewhere.
    """
    if method != "GET" or _values(headers, "sec-fetch-site") != ["same-site"]:
        return Refusal.SITE
    others = [(name, value) for name, value in headers if name.lower() != "sec-fetch-site"]
    return refusal(method, target, others, desk.access)


def _values(headers: list[tuple[str, str]], name: str) -> list[str]:
    return [value for each, value in headers if each.lower() == name]
