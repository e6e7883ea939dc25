"""The preview's web server: loopback only, reading only, and a stream that tells pages to look again."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.preview.snapshot import DeskCopy
from liulin_gazette.text.editor_error import EditorError

LOOPBACK = "127.0.0.1"
LOOK_EVERY = 0.1
"""Seconds between looks at the files."""
KEEP_ALIVE = 15.0
"""Seconds after which a silent stream says that it is still there."""
OWN = "/__preview/"
_TYPES = {
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
    """Serves one project. ``port`` 0 takes a free one."""

    daemon_threads = True

    def __init__(self, root: Path, port: int) -> None:
        self.desk = DeskCopy(root)
        self.changed = threading.Condition()
        self.is_closing = False
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def address(self) -> str:
        """Where the preview is."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/"

    def watch(self) -> None:
        """Look at the files until the server closes."""
        while not self.is_closing:
            if self.desk.refresh():
                with self.changed:
                    self.changed.notify_all()
            time.sleep(LOOK_EVERY)

    def run(self) -> None:
        """Serve and watch until ``stop`` is called, or the process is interrupted."""
        self.desk.refresh()
        threading.Thread(target=self.watch, daemon=True).start()
        self.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        """End ``run``."""
        self.is_closing = True
        with self.changed:
            self.changed.notify_all()
        self.shutdown()


class _Handler(BaseHTTPRequestHandler):
    @property
    def preview(self) -> PreviewServer:
        """The server that this request came to."""
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
            if path == OWN + "events":
                self._events()
            elif path == OWN + "state":
                self._state(parse_qs(parts.query).get("page", ["/"])[0])
            elif path == OWN + "picture":
                self._picture(parse_qs(parts.query))
            elif path in (OWN + "preview.js", OWN + "preview.css"):
                file = self.preview.desk.root / "templates/preview" / path.removeprefix(OWN)
                self._send(_TYPES[file.suffix], file.read_bytes())
            else:
                self._page(path)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that http.server uses
        """Say nothing: the terminal is for the editor."""

    def _page(self, path: str) -> None:
        inside = _inside(path)
        asset = self.preview.desk.page(inside)
        if asset is None and inside.startswith("assets/search/"):
            asset_file = self.preview.desk.root / "output/site" / inside
            if asset_file.is_file() and ".." not in inside:
                self._send(_TYPES.get(asset_file.suffix, "text/plain"), asset_file.read_bytes())
                return
        if asset is None:
            waiting = b"<!DOCTYPE html><meta charset=utf-8><title>404</title><main></main>"
            self._send(_TYPES[".html"], _with_preview(waiting), 404)
            return
        content = _with_preview(asset.content) if inside.endswith(".html") else asset.content
        self._send(_TYPES.get(Path(inside).suffix, "application/octet-stream"), content)

    def _state(self, page: str) -> None:
        desk = self.preview.desk
        copy = desk.copy
        found = desk.document_at(_inside(page))
        path = found[1].path if found else ""
        own = [each for each in copy.diagnostics if not path or each.place.path == path or _is_error(each)]
        data = {
            "version": copy.version,
            "current": copy.is_current,
            "document": path,
            "findings": [
                {
                    "code": each.code,
                    "severity": each.severity.value,
                    "place": str(each.place),
                    "message": each.message,
                    "hint": each.hint,
                }
                for each in own
            ],
        }
        self._send(_TYPES[".json"], json.dumps(data, ensure_ascii=False).encode())

    def _picture(self, query: dict[str, list[str]]) -> None:
        try:
            pictures = self.preview.desk.printed_pages(_inside(query.get("page", ["/"])[0]))
        except EditorError as error:
            self._send("text/plain; charset=utf-8", error.told.encode(), 409)
            return
        number = query.get("number", [""])[0]
        if not number:
            self._send(_TYPES[".json"], json.dumps(len(pictures)).encode())
        elif number.isdigit() and 1 <= int(number) <= len(pictures):
            self._send(_TYPES[".png"], pictures[int(number) - 1])
        else:
            self.send_error(404)

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        told = -1
        while not self.preview.is_closing:
            version = self.preview.desk.copy.version
            if version != told:
                told = version
                self.wfile.write(f"data: {version}\n\n".encode())
            else:
                self.wfile.write(b": here\n\n")
            self.wfile.flush()
            with self.preview.changed:
                if self.preview.desk.copy.version == told:
                    self.preview.changed.wait(KEEP_ALIVE)

    def _send(self, kind: str, content: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)


def _inside(path: str) -> str:
    """Return the path in the site that the address ``path`` asks for."""
    inside = unquote(path).lstrip("/")
    return inside + "index.html" if not inside or inside.endswith("/") else inside


def _with_preview(content: bytes) -> bytes:
    added = f'<link rel="stylesheet" href="{OWN}preview.css"><script src="{OWN}preview.js" defer></script>'
    head, mark, rest = content.partition(b"</head>")
    return head + added.encode() + mark + rest if mark else content + added.encode()


def _is_error(found: Diagnostic) -> bool:
    from liulin_gazette.model.diagnostics import Severity

    return found.severity is Severity.ERROR
