"""The preview's web server: read-only, on the loopback address only, with a stream of events about new versions."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.preview.snapshot import LiveContent
from liulin_gazette.text.editor_error import EditorError

LOOPBACK = "127.0.0.1"
POLL_INTERVAL = 0.1
"""Seconds between checks of the files."""
KEEP_ALIVE_INTERVAL = 15.0
"""Seconds of silence after which the stream of events sends a sign of life."""
PREVIEW_PATH = "/__preview/"
"""Below it are the preview's own addresses; all others are the site's."""
_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".pdf": "application/pdf",
}


class PreviewServer(ThreadingHTTPServer):
    """The server for the project ``root``. ``port`` 0 picks a free port."""

    daemon_threads = True

    def __init__(self, root: Path, port: int) -> None:
        self.content = LiveContent(root)
        self.changed = threading.Condition()
        self.is_closing = False
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def address(self) -> str:
        """URL of the preview."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/"

    def watch(self) -> None:
        """Check the files for changes until the server closes."""
        while not self.is_closing:
            if self.content.refresh():
                with self.changed:
                    self.changed.notify_all()
            time.sleep(POLL_INTERVAL)

    def run(self) -> None:
        """Serve and watch until ``stop`` is called or the process is interrupted."""
        self.content.refresh()
        threading.Thread(target=self.watch, daemon=True).start()
        self.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        """Make ``run`` return."""
        self.is_closing = True
        with self.changed:
            self.changed.notify_all()
        self.shutdown()


class _Handler(BaseHTTPRequestHandler):
    @property
    def preview(self) -> PreviewServer:
        """The server that received this request."""
        assert isinstance(self.server, PreviewServer)
        return self.server

    def do_GET(self) -> None:
        """Answer one request."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in (LOOPBACK, "localhost"):
            self.send_error(403)
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        try:
            if path == PREVIEW_PATH + "events":
                self._events()
            elif path == PREVIEW_PATH + "state":
                self._state(parse_qs(parts.query).get("page", ["/"])[0])
            elif path == PREVIEW_PATH + "picture":
                self._picture(parse_qs(parts.query))
            elif path in (PREVIEW_PATH + "preview.js", PREVIEW_PATH + "preview.css"):
                file = self.preview.content.root / "templates/preview" / path.removeprefix(PREVIEW_PATH)
                self._send(_MEDIA_TYPES[file.suffix], file.read_bytes())
            else:
                self._page(path)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that http.server uses
        """Log nothing: the terminal is for the editor."""

    def _page(self, path: str) -> None:
        """Send a file of the site; pages with the preview's panel."""
        site_path = _site_path(path)
        asset = self.preview.content.page(site_path)
        if asset is None and site_path.startswith("assets/search/"):
            index_file = self.preview.content.root / "output/site" / site_path
            if index_file.is_file() and ".." not in site_path:
                self._send(_MEDIA_TYPES.get(index_file.suffix, "text/plain"), index_file.read_bytes())
                return
        if asset is None:
            empty_page = b"<!DOCTYPE html><meta charset=utf-8><title>404</title><main></main>"
            self._send(_MEDIA_TYPES[".html"], _with_preview(empty_page), 404)
            return
        content = _with_preview(asset.content) if site_path.endswith(".html") else asset.content
        self._send(_MEDIA_TYPES.get(Path(site_path).suffix, "application/octet-stream"), content)

    def _state(self, page: str) -> None:
        """Send the version of the content, and the findings for ``page``: its own, and all errors."""
        content = self.preview.content
        snapshot = content.snapshot
        entry = content.document_at(_site_path(page))
        path = entry[1].path if entry else ""
        diagnostics = [
            diagnostic
            for diagnostic in snapshot.diagnostics
            if not path or diagnostic.place.path == path or diagnostic.severity is Severity.ERROR
        ]
        data = {
            "version": snapshot.version,
            "current": snapshot.is_current,
            "document": path,
            "findings": [
                {
                    "code": diagnostic.code,
                    "severity": diagnostic.severity.value,
                    "place": str(diagnostic.place),
                    "message": diagnostic.message,
                    "hint": diagnostic.hint,
                }
                for diagnostic in diagnostics
            ],
        }
        self._send(_MEDIA_TYPES[".json"], json.dumps(data, ensure_ascii=False).encode())

    def _picture(self, query: dict[str, list[str]]) -> None:
        """Send the printed page ``number`` of the document at ``page``; without a number, how many there are."""
        try:
            pictures = self.preview.content.printed_pages(_site_path(query.get("page", ["/"])[0]))
        except EditorError as error:
            self._send("text/plain; charset=utf-8", error.told.encode(), 409)
            return
        number = query.get("number", [""])[0]
        if not number:
            self._send(_MEDIA_TYPES[".json"], json.dumps(len(pictures)).encode())
        elif number.isdigit() and 1 <= int(number) <= len(pictures):
            self._send(_MEDIA_TYPES[".png"], pictures[int(number) - 1])
        else:
            self.send_error(404)

    def _events(self) -> None:
        """Send each new version of the content as a server-sent event, until the server closes."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        sent_version = -1
        while not self.preview.is_closing:
            version = self.preview.content.snapshot.version
            if version != sent_version:
                sent_version = version
                self.wfile.write(f"data: {version}\n\n".encode())
            else:
                self.wfile.write(b": here\n\n")
            self.wfile.flush()
            with self.preview.changed:
                if self.preview.content.snapshot.version == sent_version:
                    self.preview.changed.wait(KEEP_ALIVE_INTERVAL)

    def _send(self, media_type: str, content: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)


def _site_path(path: str) -> str:
    """Return the site's file for the URL path ``path``: ``2026/1/index.html`` for ``/2026/1/``."""
    relative = unquote(path).lstrip("/")
    return relative + "index.html" if not relative or relative.endswith("/") else relative


def _with_preview(content: bytes) -> bytes:
    """Return the HTML page ``content`` with the preview's style sheet and script."""
    links = f'<link rel="stylesheet" href="{PREVIEW_PATH}preview.css"><script src="{PREVIEW_PATH}preview.js" defer></script>'
    head, mark, rest = content.partition(b"</head>")
    return head + links.encode() + mark + rest if mark else content + links.encode()
