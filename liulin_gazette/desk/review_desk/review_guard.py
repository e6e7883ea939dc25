"""The guard of the review server: a request passes it with the key of a reviewer, within bounds, or sees nothing.

The server is another one than the desk, at a port of its own: what it does not have, no key of a reviewer can reach.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from liulin_gazette.desk.act_words import for_reviewer
from liulin_gazette.desk.guards.protective_headers import REVIEW_PROTECTION
from liulin_gazette.desk.guards.request_guard import (
    KEY,
    READING_METHODS,
    Access,
    Headers,
    Refusal,
    cookies,
    refusal,
)
from liulin_gazette.editing.reviewers import Reviewer, read_reviewing
from liulin_gazette.text.editor_error import EditorError

REVIEWER = "liulin_gazette.reviewer"
"""Key of the scope of a request that has passed, with the reviewer."""
IS_ENTRY = "liulin_gazette.is_entry"
"""Key of the scope, with whether the request came with the key: the address bar is to forget it."""
MOST_BYTES = 64 * 1024
"""Of what one request may send: a comment."""
MOST_CHANGES = 30
"""Of one reviewer in a ``PERIOD``."""
MOST_REQUESTS = 400
"""Of one reviewer in a ``PERIOD``, pages, style sheets and pictures together."""
PERIOD = 60.0
"""Seconds."""
TOO_MANY = 429
UNAVAILABLE = 503
MESSAGES = {
    Refusal.METHOD: "审阅不接受这种请求。",
    Refusal.TARGET: "请求的网址不对。",
    Refusal.HOST: "这个网址不是审阅的。请用编辑发来的网址打开。",
    Refusal.SITE: "别的网站不能打开、不能改动审阅。请把编辑发来的网址复制到浏览器的地址栏。",
    Refusal.BODY: "送来的内容太大。意见分成几条写。",
    Refusal.SESSION: "审阅只给编辑请的人看。请用编辑发来的网址打开；打不开的，网址可能已经收回，请问编辑。",
}
"""What is told to those who are refused."""


@dataclass(slots=True)
class Rates:
    """How often each reviewer has asked lately. Several threads may use it."""

    clock: Callable[[], float] = time.monotonic
    _times: dict[tuple[str, bool], deque[float]] = field(
        default_factory=dict[tuple[str, bool], "deque[float]"]
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, name: str, is_change: bool) -> bool:
        """Count a request of the reviewer ``name``; tell whether it is within the bounds."""
        most = MOST_CHANGES if is_change else MOST_REQUESTS
        with self._lock:
            times = self._times.setdefault((name, is_change), deque())
            now = self.clock()
            while times and times[0] <= now - PERIOD:
                times.popleft()
            if len(times) >= most:
                return False
            times.append(now)
        return True


def session_of(reviewer: Reviewer) -> str:
    """Return the value of the cookie of ``reviewer``: it ends with the key, and does not tell it."""
    return _derived(reviewer, b"session")


def form_token_of(reviewer: Reviewer) -> str:
    """Return what a page has to send back with a change of ``reviewer``: another site cannot read it."""
    return _derived(reviewer, b"form")


def _derived(reviewer: Reviewer, purpose: bytes) -> str:
    return hmac.new(
        reviewer.key.encode(), purpose + b"\0" + reviewer.name.encode(), hashlib.sha256
    ).hexdigest()


def review_access(hosts: Sequence[str], port: int, scheme: str) -> Access:
    """Return what requests to the review server have to match; ``hosts`` are its names, without the port."""
    usual = {"http": 80, "https": 443}[scheme]
    lower = [host.lower() for host in hosts]  # As ``refusal`` compares them: a host's name has no case.
    names = [f"{host}:{port}" for host in lower] + (lower if port == usual else [])
    unknown = secrets.token_urlsafe(
        32
    )  # Nobody has it: a session is looked for among those of the reviewers.
    methods = (*READING_METHODS, "POST")
    return Access(tuple(names), f"gazette-review-{port}", unknown, methods, MOST_BYTES, scheme)


def review_guarded(application: ASGIApp, root: Path, access: Access, rates: Rates) -> ASGIApp:
    """Return ``application`` behind the guard: it sees requests of reviewers only, and knows of whom."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        cookie = ""

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in REVIEW_PROTECTION.items():
                    headers[name] = value
                if cookie:
                    headers.append("Set-Cookie", cookie)
            await send(message)

        passed = _passed(scope, root, access, rates)
        if isinstance(passed, PlainTextResponse):
            await passed(scope, receive, send_protected)
            return
        reviewer, is_entry = passed
        if is_entry:
            secure = "; Secure" if access.scheme == "https" else ""
            cookie = f"{access.cookie}={session_of(reviewer)}; Path=/; HttpOnly; SameSite=Strict{secure}"
        await application({**scope, REVIEWER: reviewer, IS_ENTRY: is_entry}, receive, send_protected)

    return serve


def _passed(
    scope: Scope, root: Path, access: Access, rates: Rates
) -> tuple[Reviewer, bool] | PlainTextResponse:
    """Return the reviewer who asks, and whether with the key; or the answer to somebody else."""
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    key = parse_qs(scope["query_string"].decode("latin-1")).get(KEY, [""])[0]
    is_entry = bool(key) and scope["path"] == "/" and scope["method"] in READING_METHODS
    target = scope["raw_path"].decode("latin-1") if scope.get("raw_path") else scope["path"]
    looked_at = _without_site(headers) if is_entry else headers
    reason = refusal(scope["method"], target, looked_at, access)
    is_change = scope["method"] not in READING_METHODS
    if is_change and not any(name.lower() == "origin" for name, _ in headers):
        reason = Refusal.SITE if reason is Refusal.SESSION else reason
    if reason is not Refusal.SESSION:
        return _refused(reason or Refusal.SESSION)
    try:
        reviewers = read_reviewing(root).reviewers
    except EditorError as error:
        return PlainTextResponse(error.told_with(for_reviewer), UNAVAILABLE)
    if is_entry:
        reviewer = next((each for each in reviewers if _is_same(each.key, key)), None)
    else:
        shown = cookies(headers, access.cookie)
        reviewer = next(
            (each for each in reviewers if any(_is_same(session_of(each), it) for it in shown)), None
        )
    if reviewer is None:
        return _refused(Refusal.SESSION)
    if not rates.allow(reviewer.name, is_change):
        return PlainTextResponse("一分钟里的请求太多了。过一会儿再做。", TOO_MANY)
    return reviewer, is_entry


def _refused(reason: Refusal) -> PlainTextResponse:
    return PlainTextResponse(MESSAGES[reason], reason.status)


def _without_site(headers: Headers) -> Headers:
    """Return ``headers`` without the site that a link is on: the address may come in a letter or a chat."""
    return [(name, value) for name, value in headers if name.lower() != "sec-fetch-site"]


def _is_same(known: str, shown: str) -> bool:
    return secrets.compare_digest(known.encode(), shown.encode())
