"""A web server on the loopback address for one user: what it serves passes the guard, within bounds, and is protected.

A subclass of GuardedHandler only says what the answer is.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from html import escape
from http.client import LineTooLong
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader
from typing import Any
from urllib.parse import parse_qs, unquote

from liulin_gazette.desk.request_bounds import ANSWER_SECONDS, RequestHead, WaitingConnections
from liulin_gazette.desk.request_guard import Refusal, local_access, refusal
from liulin_gazette.web.page import CONTENT_SECURITY

LOOPBACK = "127.0.0.1"
HTML = "text/html; charset=utf-8"
KEY = "key"
"""Name of the query's value that opens a session."""
PROTECTION = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{CONTENT_SECURITY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer."""


class GuardedServer(ThreadingHTTPServer):
    """A server at ``port``, 0 for a free one. ``tell`` prints a message to whoever runs it."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, handler: type[GuardedHandler], tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.waiting = WaitingConnections()
        self._key_lock = threading.Lock()
        self._key = secrets.token_urlsafe(32)
        super().__init__((LOOPBACK, port), handler)
        self.access = local_access(LOOPBACK, self.server_address[1], ("localhost",))

    @property
    def address(self) -> str:
        """URL for a browser that has a session."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/"

    @property
    def entry_address(self) -> str:
        """URL that opens a session in one browser; the next browser needs the next one."""
        return f"{self.address}?{KEY}={self._key}"

    def take_key(self, key: str) -> bool:
        """Tell whether ``key`` opens a session. It does so once, since other users can see how a browser was started."""
        with self._key_lock:
            if not secrets.compare_digest(key.encode(), self._key.encode()):
                return False
            self._key = secrets.token_urlsafe(32)
        self.tell(f"已在一个浏览器里打开。再打开一个，用：{self.entry_address}")
        return True

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a new connection in a thread of its own."""
        self.waiting.add(request)
        super().process_request(request, client_address)


class GuardedHandler(BaseHTTPRequestHandler):
    """Answers one request; the connection is closed after it."""

    server_version = "gazette"
    sys_version = ""

    @property
    def _guarded(self) -> GuardedServer:
        assert isinstance(self.server, GuardedServer)
        return self.server

    def answer(self, path: str, query: dict[str, list[str]]) -> None:
        """Answer a request that the guard has let through; ``path`` is decoded. Each server has its own answers."""
        raise NotImplementedError

    def setup(self) -> None:
        """Read the head of the request within bounds."""
        super().setup()
        self.rfile = BufferedReader(RequestHead(self.connection))

    def handle(self) -> None:
        """Answer; a client that goes away, is too slow or sends too much gets no answer."""
        try:
            super().handle()
        except (ConnectionError, TimeoutError, LineTooLong):
            self.close_connection = True
        finally:
            self._guarded.waiting.remove(self.connection)

    def parse_request(self) -> bool:
        """Read the head; tell whether the request is to be answered. Whoever is refused has been told already."""
        is_sound = super().parse_request()
        self._guarded.waiting.remove(self.connection)
        self.connection.settimeout(ANSWER_SECONDS)
        if not is_sound:
            return False
        reason = refusal(self.command, self.path, self.headers.items(), self._guarded.access)
        key = _key(self.path)
        if reason is Refusal.SESSION and key and self._guarded.take_key(key):
            self._send_home(self._guarded.access.set_cookie)
        elif (
            reason is None and key
        ):  # From a browser that has a session already: its address bar is to forget the key.
            self._send_home("")
        elif reason is None:
            return True
        else:
            self.send_message(reason.message, reason.status)
        return False

    def do_GET(self) -> None:
        """Answer."""
        path, _, query = self.path.partition("?")
        self.answer(unquote(path), parse_qs(query))

    def do_HEAD(self) -> None:
        """Answer as to GET; the content is not sent."""
        self.do_GET()

    def end_headers(self) -> None:
        """Add the headers that every answer has."""
        for name, value in PROTECTION.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(  # http.server calls it too
        self,
        code: int,
        message: str | None = None,  # noqa: ARG002 -- the words of http.server are English
        explain: str | None = None,  # noqa: ARG002 -- likewise
    ) -> None:
        """Send a page that says that there is nothing to show; the status says why."""
        self.close_connection = True
        self.send_message("没有这个网页，或者请求的写法不对。", code)

    def send_content(self, media_type: str, content: bytes, status: int = 200) -> None:
        """Send ``content``."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_message(self, message: str, status: int) -> None:
        """Send a page of its own with ``message``."""
        self.send_content(HTML, message_page(message), status)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that http.server uses
        """Log nothing: the terminal is for the editor."""

    def _send_home(self, set_cookie: str) -> None:
        """Send the browser to the first page, without the key."""
        self.send_response(303)
        if set_cookie:
            self.send_header("Set-Cookie", set_cookie)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()


def message_page(message: str) -> bytes:
    """Return a page of its own with ``message``; the preview's script loads the real one as soon as there is one."""
    page = f"<!DOCTYPE html><html lang=zh-CN data-message><meta charset=utf-8><title>预览</title><main>{escape(message)}</main>"
    return page.encode()


def _key(target: str) -> str:
    """Return the key in the query of ``target``; empty if it has none."""
    return parse_qs(target.partition("?")[2]).get(KEY, [""])[0]
